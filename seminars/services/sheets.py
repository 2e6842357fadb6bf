"""The papers of the day: asked for here, made by a worker (papers.py)."""

from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from seminars.models import ParticipantClass, Registration, Seminar, SignInSheet
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Job, User
from volunteer_network.services.jobs import ask_for_job

SIGN_IN_SHEET = "sign_in_sheet"
BADGES = "badges"
MOST_LINES = 2000
MOST_BADGES = 1200  # about 20 ms each, in the minute that a worker has


@transaction.atomic
def ask_for_sheet(
    *,
    seminar: Seminar,
    participant_class: ParticipantClass | None,
    day: date,
    spare: int,
    thai_digits: bool,
    by: User,
) -> Job:
    """Keep who stands under which number, then let a worker print it."""
    rows = list(in_paper_order(seminar, participant_class, by).values_list("pk", flat=True))
    _refuse_none_or_too_many(len(rows), MOST_LINES)
    latest = seminar.sheets.filter(participant_class=participant_class).first()
    sheet = latest if latest and latest.rows == rows else None
    if sheet is None:
        sheet = SignInSheet.objects.create(
            seminar=seminar, participant_class=participant_class, rows=rows, made_by=by
        )
    return ask_for_job(
        kind=SIGN_IN_SHEET,
        title=_("ใบลงทะเบียน %(of)s") % {"of": _subject(seminar, participant_class)},
        parameters={
            "sheet": sheet.pk,
            "day": day.isoformat(),
            "spare": spare,
            "thai_digits": thai_digits,
        },
        by=by,
    )


def ask_for_badges(
    *, seminar: Seminar, participant_class: ParticipantClass | None, by: User
) -> Job:
    """Badges of all who are expected, or of a class."""
    count = in_paper_order(seminar, participant_class, by).count()
    _refuse_none_or_too_many(count, MOST_BADGES)
    return ask_for_job(
        kind=BADGES,
        title=_("บัตรผู้เข้าร่วม %(of)s") % {"of": _subject(seminar, participant_class)},
        parameters={
            "seminar": seminar.pk,
            "participant_class": participant_class.pk if participant_class else None,
        },
        by=by,
    )


def in_paper_order(
    seminar: Seminar, participant_class: ParticipantClass | None, user: User
) -> QuerySet[Registration]:
    """Whoever is expected, by province in the order of the dictionary, the centre last."""
    people = Registration.objects.visible_to(user).filter(seminar=seminar).accepted()
    if participant_class:
        people = people.filter(participant_class=participant_class)
    return people.order_by(F("province__sort_key").asc(nulls_last=True), "sort_key", "pk")


def _refuse_none_or_too_many(count: int, most: int) -> None:
    if not count:
        raise RuleViolation(
            _("ยังไม่มีผู้ตอบรับในประเภทนี้ จึงยังไม่มีอะไรให้พิมพ์ ลงทะเบียนหรือเลือกประเภทอื่น"),
            field="participant_class",
        )
    if count > most:
        raise RuleViolation(
            _("พิมพ์ได้ครั้งละไม่เกิน %(most)s คน ตอนนี้ %(count)s คน เลือกทีละประเภท")
            % {"most": f"{most:,}", "count": f"{count:,}"},
            field="participant_class",
        )


def _subject(seminar: Seminar, participant_class: ParticipantClass | None) -> str:
    """The kind of people, and as much of the title as a list of documents has room for."""
    kind = str(participant_class) if participant_class else _("ทุกประเภท")
    return f"{kind} · {seminar.title}"[:150]
