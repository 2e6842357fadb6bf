"""Links for helpers at the door: made for the days of a seminar, shown once, withdrawn any time."""

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from seminars.models import DoorLink, Seminar
from seminars.services.check_ins import refuse_unless_held
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.models.sign_ins import digest_of

_TOKEN_BYTES = 18


@transaction.atomic
def make_door_link(*, seminar: Seminar, name: str, rehearsal: bool, by: User) -> str:
    """Return the token of a fresh link, which nobody can read out again.

    It is valid on the days of the seminar; for a rehearsal, today.
    """
    refuse_unless_held(seminar)
    today = timezone.localdate()
    first, last = (today, today) if rehearsal else (seminar.starts_on, seminar.ends_on)
    if last < today:
        raise RuleViolation(_("สัมมนานี้จัดไปแล้ว ลิงก์ใช้ได้เฉพาะวันสัมมนา เช็กอินย้อนหลังได้จากหน้าประตูของผู้จัด"))
    _end_those_of_the_past(seminar, today)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    link = DoorLink.objects.create(
        seminar=seminar,
        name=name,
        digest=digest_of(token),
        valid_from=first,
        valid_until=last,
        made_by=by,
    )
    audit.record("door_link.made", by=by, target=link, detail={"seminar": seminar.pk})
    return token


@transaction.atomic
def withdraw_door_link(*, link: DoorLink, by: User) -> DoorLink:
    """End a link at once; whoever holds it sees nothing any more."""
    link = DoorLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.withdrawn_at is None:
        link.withdrawn_at = timezone.now()
        link.save(update_fields=["withdrawn_at"])
        audit.record("door_link.withdrawn", by=by, target=link, detail={"seminar": link.seminar_id})
    return link


def find_door_link(token: str) -> DoorLink | None:
    """The link behind a token, open or not; None when it was never made."""
    return DoorLink.objects.select_related("seminar").filter(digest=digest_of(token)).first()


def _end_those_of_the_past(seminar: Seminar, today: date) -> None:
    """A rehearsal's door gives its name back once its day is over."""
    past = seminar.door_links.filter(withdrawn_at=None, valid_until__lt=today)
    past.update(withdrawn_at=timezone.now())
