"""Seminars and who comes to them among what people find by search and Ctrl K."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seminars.models import Registration, Seminar
from volunteer_network.access.roles import Capability
from volunteer_network.models import User
from volunteer_network.name_search import holding, nearness, words_of
from volunteer_network.thai_calendar import short_date
from volunteer_network.ui.registry import Hit, SearchSource, register_search

SEES_WHO_COMES = (Capability.RUN_SEMINARS, Capability.REGISTER_FOR_SEMINARS)


def register() -> None:
    for order, title, icon, find in (
        (50, gettext_lazy("สัมมนา"), "badge", seminars),
        (55, gettext_lazy("ผู้ลงทะเบียนสัมมนา"), "user", registrations),
    ):
        register_search(
            SearchSource(
                title=title, icon=icon, order=order, find=find, needs=Capability.VIEW_SEMINARS
            )
        )


def seminars(user: User, typed: str, most: int) -> list[Hit]:
    """The latest first: the same seminar comes back every year."""
    rows = Seminar.objects.visible_to(user).matching(typed).order_by("-starts_on", "-pk")
    return [
        Hit(
            label=seminar.title,
            detail=_("ครั้งที่ %(edition)d ปีงบประมาณ %(year)d · %(day)s · %(venue)s")
            % {
                "edition": seminar.edition,
                "year": seminar.fiscal_year,
                "day": short_date(seminar.starts_on),
                "venue": seminar.venue,
            },
            href=seminar.get_absolute_url(),
        )
        for seminar in rows[:most]
    ]


def registrations(user: User, typed: str, most: int) -> list[Hit]:
    """Only for those who name or receive the participants; a list of names is no figure."""
    if not any(user.can(capability) for capability in SEES_WHO_COMES):
        return []
    words = words_of(typed)
    nearest = (nearness(words), "sort_key", "-pk")
    visible = Registration.objects.visible_to(user)
    # Thousands may hold the words: they are sorted as keys, and only the first are read whole.
    found = visible.filter(holding(words)).order_by(*nearest).values("pk")[:most]
    rows = visible.filter(pk__in=found).select_related("seminar").order_by(*nearest)
    return [
        Hit(
            label=registration.display_name,
            detail=_("%(state)s · %(seminar)s ปี %(year)d")
            % {
                "state": registration.get_state_display(),
                "seminar": registration.seminar.title,
                "year": registration.seminar.fiscal_year,
            },
            href=registration.get_absolute_url(),
        )
        for registration in rows
    ]
