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


stand_ins = [
    ("mentors", "<int:pk>/", "detail"),
    ("seminars", "<int:pk>/", "detail"),
    ("seminars", "<int:seminar_pk>/registrations/<int:pk>/", "registration"),
]
urlpatterns = [
    *of_the_site,
    *(
        path(
            f"{app}/",
            include(
                (
                    [
                        path(route, nothing, name=name)
                        for one, route, name in stand_ins
                        if one == app
                    ],
                    app,
                )
            ),
        )
        for app in ("mentors", "seminars")
    ),
]
