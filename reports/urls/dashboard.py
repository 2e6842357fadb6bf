"""/dashboard/: the country in figures, and each province."""

from django.urls import path

from reports.views import dashboard

app_name = "dashboard"
urlpatterns = [
    path("", dashboard.national, name="national"),
    path("document/", dashboard.document, name="document"),
    path("recount/", dashboard.recount, name="recount"),
    path("<int:code>/", dashboard.province, name="province"),
]
