"""The site's addresses, and stand-ins for rows whose own pages come with their app.

What the site itself has stands first and wins.
"""

from django.http import HttpResponse
from django.urls import include, path

from volunteer_network.urls import handler400, handler403, handler404, handler500
from volunteer_network.urls import urlpatterns as of_the_site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def nothing(request, **parameters):
    return HttpResponse()


def of(app, *routes):
    return path(
        f"{app}/", include(([path(route, nothing, name=name) for route, name in routes], app))
    )


stand_in_urls = [
    of("mentors", ("<int:pk>/", "detail")),
    of(
        "seminars",
        ("<int:pk>/", "detail"),
        ("<int:seminar_pk>/registrations/<int:pk>/", "registration"),
    ),
]
urlpatterns = [*of_the_site, *stand_in_urls]
