"""/dashboard/: the country in figures, and each province."""

from django.urls import path

from reports.views import dashboard, printouts, saved_views

app_name = "dashboard"
urlpatterns = [
    path("", dashboard.national, name="national"),
    path("document/", dashboard.document, name="document"),
    path("printed/<str:reference>/", printouts.printed, name="printed"),
    path("recount/", dashboard.recount, name="recount"),
    path("views/", saved_views.view_create, name="view-create"),
    path("views/<int:pk>/remove/", saved_views.view_remove, name="view-remove"),
    path("<int:code>/", dashboard.province, name="province"),
]
