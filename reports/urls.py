"""/reports/: documents made in the background."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("volunteer-register/", views.volunteer_register_make, name="make-register"),
    path("<int:pk>/", views.report_detail, name="detail"),
    path("<int:pk>/stop/", views.report_stop, name="stop"),
    path("<int:pk>/repeat/", views.report_repeat, name="repeat"),
    path("<int:pk>/file", views.report_file, name="file"),
]
