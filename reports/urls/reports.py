"""/reports/: documents made in the background."""

from django.urls import path

from reports.views import jobs

app_name = "reports"
urlpatterns = [
    path("", jobs.report_list, name="list"),
    path("volunteer-register/", jobs.volunteer_register_make, name="make-register"),
    path("<int:pk>/", jobs.report_detail, name="detail"),
    path("<int:pk>/stop/", jobs.report_stop, name="stop"),
    path("<int:pk>/repeat/", jobs.report_repeat, name="repeat"),
    path("<int:pk>/file", jobs.report_file, name="file"),
]
