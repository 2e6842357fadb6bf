"""Seminars and who is registered for them."""

from django.urls import path

from seminars.enums import SeminarState
from seminars.views import plans, registration_moves, registrations, seminars

app_name = "seminars"
urlpatterns = [
    path("", seminars.seminar_list, name="list"),
    path("new/", seminars.seminar_create, name="create"),
    path("<int:pk>/", seminars.seminar_detail, name="detail"),
    path("<int:pk>/update/", plans.seminar_update, name="update"),
    path("<int:pk>/programme/", plans.seminar_programme, name="programme"),
    path("<int:pk>/classes/", plans.seminar_classes, name="classes"),
    path("<int:pk>/province-seats/", plans.seminar_province_seats, name="province-seats"),
    path("<int:pk>/clone/", seminars.seminar_clone, name="clone"),
    path("<int:pk>/remind/", seminars.seminar_remind, name="remind"),
    path("<int:pk>/recall/", seminars.seminar_recall, name="recall"),
    *(
        path(f"<int:pk>/{name}/", seminars.seminar_move, {"to": to}, name=name)
        for name, to in (
            ("publish", SeminarState.OPEN),
            ("close", SeminarState.CLOSED),
            ("finish", SeminarState.FINISHED),
            ("cancel", SeminarState.CANCELLED),
            ("take-back", SeminarState.DRAFT),
        )
    ),
    path("<int:pk>/registrations/", registrations.registration_list, name="registrations"),
    path("<int:pk>/registrations/new/", registrations.registration_create, name="register"),
    path(
        "<int:pk>/registrations/many/", registration_moves.registrations_many, name="many"
    ),
    *(
        path(f"<int:pk>/registrations/<int:registration>/{address}", view, name=name)
        for name, address, view in (
            ("registration", "", registrations.registration_detail),
            ("change", "update/", registrations.registration_update),
            ("substitute", "substitute/", registrations.registration_substitute),
            ("withdraw", "withdraw/", registration_moves.registration_withdraw),
            ("accept", "accept/", registration_moves.registration_accept),
            ("move", "move/", registration_moves.registration_move),
        )
    ),
]  # fmt: skip
