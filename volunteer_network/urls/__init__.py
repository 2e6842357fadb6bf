"""The site map; one file per noun beside it. Other apps are named as strings."""

from django.urls import URLPattern, URLResolver, include, path

from volunteer_network.views.design import design

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("volunteer_network.urls.accounts")),
    path("admin/", include("volunteer_network.urls.admin")),
    path("design/", design, name="design"),
    path("health/", include("volunteer_network.urls.health")),
    path("reports/", include("reports.urls")),
    path("volunteers/", include("volunteer_network.urls.volunteers")),
    path("activities/", include("volunteer_network.urls.activities")),
    path("seminars/", include("seminars.door_urls")),
    path("files/", include("volunteer_network.urls.stored_files")),
]

handler400 = "volunteer_network.views.errors.bad_request"
handler403 = "volunteer_network.views.errors.permission_denied"
handler404 = "volunteer_network.views.errors.not_found"
handler500 = "volunteer_network.views.errors.server_error"
