"""The site map; one file per noun beside it. Other apps are named as strings."""

from django.urls import URLPattern, URLResolver, include, path

from volunteer_network.views.design import design

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("volunteer_network.urls.accounts")),
    path("", include("volunteer_network.urls.notices")),
    path("", include("volunteer_network.urls.search")),
    path("admin/", include("volunteer_network.urls.admin")),
    path("design/", design, name="design"),
    path("health/", include("volunteer_network.urls.health")),
    path("reports/", include("reports.urls.reports")),
    path("dashboard/", include("reports.urls.dashboard")),
    path("plans/directions/", include("reports.urls.directions")),
    path("plans/decisions/", include("reports.urls.decisions")),
    path("plans/", include("reports.urls.plans")),
    path("seminars/", include("seminars.urls")),
    path("volunteers/", include("volunteer_network.urls.volunteers")),
    path("activities/", include("volunteer_network.urls.activities")),
    path("cases/", include("volunteer_network.urls.cases")),
    path("seminars/", include("seminars.import_urls")),
    path("imports/", include("volunteer_network.urls.imports")),
    path("months/", include("mentors.urls.months")),
    path("check-requests/", include("mentors.urls.check_requests")),
    path("seminars/", include("seminars.door_urls")),
    path("files/", include("volunteer_network.urls.stored_files")),
    path("mentors/", include("mentors.urls.mentors")),
    path("verify/", include("volunteer_network.urls.verify")),
]

handler400 = "volunteer_network.views.errors.bad_request"
handler403 = "volunteer_network.views.errors.permission_denied"
handler404 = "volunteer_network.views.errors.not_found"
handler500 = "volunteer_network.views.errors.server_error"
