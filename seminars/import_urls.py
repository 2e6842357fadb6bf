"""Participants from workbooks, below /seminars/."""

from django.urls import path

from seminars.views import participant_imports

app_name = "seminar-imports"
urlpatterns = [
    path("import/template/", participant_imports.participant_import_template, name="template"),
    path("<int:pk>/import/", participant_imports.participant_import, name="create"),
]
