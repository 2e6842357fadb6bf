"""/seminars/<id>/door/ for officials, /helper/ for those with a link, and the papers of the day."""

from django.urls import path

from seminars.views import door_links, doors, papers
from seminars.views.desks import at_a_door, at_own_desk

app_name = "door"
_KEPT = {
    "page": ("", doors.page),
    "scan": ("scan/", doors.scan),
    "check-in": ("check-in/", doors.let_in),
    "undo": ("undo/", doors.take_back),
    "walk-in": ("walk-in/", doors.register),
    "paper": ("paper/", doors.from_paper),
    "counter": ("counter/", doors.counter),
}

urlpatterns = [
    *(
        path(f"<int:pk>/door/{below}", at_own_desk(view), name=f"door-{name}")
        for name, (below, view) in _KEPT.items()
    ),
    *(
        path(f"<int:pk>/helper/{below}", at_a_door(view), name=f"helper-{name}")
        for name, (below, view) in _KEPT.items()
    ),
    path("<int:pk>/door/links/", door_links.door_link_list, name="links"),
    path(
        "<int:pk>/door/links/<int:link>/withdraw/",
        door_links.door_link_withdraw,
        name="link-withdraw",
    ),
    path("door/<str:token>/", door_links.door_open, name="open"),
    path("<int:pk>/papers/", papers.paper_list, name="papers"),
    path("<int:pk>/papers/sheet/", papers.sheet_make, name="sheet"),
    path("<int:pk>/papers/badges/", papers.badges_make, name="badges"),
]
