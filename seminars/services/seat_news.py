"""Telling whoever registered a person that the seat from the waiting list has come."""

from django.urls import reverse
from django.utils.translation import gettext as _

from seminars.models import Registration
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.enums import NoticeKind
from volunteer_network.services.notices import notify

AT_ONCE = 500


def tell_of_seats(seminar_id: int | None = None) -> int:
    """Tell once of each seat that has come; return how many. Two at once share the work."""
    with open_scope(SYSTEM):
        waiting = (
            Registration.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(has_news=True)
            .select_related("registered_by", "seminar")
            .order_by("pk")
        )
        news = list(waiting.filter(seminar=seminar_id) if seminar_id else waiting[:AT_ONCE])
        for registration in news:
            _tell(registration)
        Registration.objects.filter(pk__in=[one.pk for one in news]).update(has_news=False)
    return len(news)


def _tell(registration: Registration) -> None:
    if registration.registered_by is None:
        return
    notify(
        to=[registration.registered_by],
        kind=NoticeKind.SEMINAR,
        text=_("ได้ที่นั่งจากรายชื่อสำรอง 1 คน %(seminar)s")
        % {"seminar": registration.seminar.short_name},
        href=reverse("seminars:registration", args=[registration.seminar_id, registration.pk]),
        by=None,
    )
