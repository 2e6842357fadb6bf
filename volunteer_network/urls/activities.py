"""The activity log."""

from django.urls import path

from volunteer_network.views import activities

app_name = "activities"
urlpatterns = [
    path("", activities.activity_list, name="list"),
    path("new/", activities.activity_create, name="create"),
    path("<int:pk>/", activities.activity_detail, name="detail"),
    path("<int:pk>/update/", activities.activity_update, name="update"),
    path("<int:pk>/remove/", activities.activity_remove, name="remove"),
    path("<int:pk>/removed/", activities.activity_removed, name="removed"),
]
