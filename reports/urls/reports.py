"""/reports/: documents made in the background."""

from django.urls import path

from reports.views import documents, jobs

app_name = "reports"
urlpatterns = [
    path("", jobs.report_list, name="list"),
    path("new/", documents.document_new, name="new"),
    path("bundle/", documents.bundle_new, name="bundle-new"),
    path("plan-document/", documents.plan_document_make, name="make-plan-document"),
    path("quarter-document/", documents.quarter_document_make, name="make-quarter-document"),
    path("<int:pk>/", jobs.report_detail, name="detail"),
    path("<int:pk>/stop/", jobs.report_stop, name="stop"),
    path("<int:pk>/repeat/", jobs.report_repeat, name="repeat"),
    path("<int:pk>/file", jobs.report_file, name="file"),
]
