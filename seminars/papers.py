"""Sign-in sheets and badges as PDF: read with the person's rights, drawn outside transactions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seminars.models import ParticipantClass, Registration, Seminar, SignInSheet
from seminars.qr import badge_text
from seminars.services.sheets import BADGES, SIGN_IN_SHEET, in_paper_order
from volunteer_network.access.roles import Capability
from volunteer_network.documents.papers import make_paper, make_paper_in_parts
from volunteer_network.documents.qr import qr_picture
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import JobContext, JobKind, Result, register_kind
from volunteer_network.thai_calendar import long_date
from volunteer_network.thai_text import to_thai_digits

BADGES_ON_A_SHEET = 8
BADGES_IN_A_PART = 15 * BADGES_ON_A_SHEET
LONG_NAME = 19  # letters above the line in the longer half of a name; beyond it is set smaller
VERY_LONG_NAME = 25
LONGEST_UNBROKEN = 20  # letters and marks that fit into the column of names
_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")


@dataclass(frozen=True)
class NamePart:
    """The first name with its title, or the last name; `whole` when it may not be broken."""

    text: str
    whole: bool


@dataclass(frozen=True)
class SheetLine:
    number: str
    names: tuple[NamePart, ...]
    position: str
    home: str


@dataclass(frozen=True)
class BadgeCard:
    name: str
    names: tuple[str, str]  # title and first name, last name: a line each
    size: str  # class of the type
    kind: str
    home: str
    code: str
    qr: str


def register_kinds() -> None:
    register_kind(
        JobKind(
            name=SIGN_IN_SHEET,
            title=gettext_lazy("ใบลงทะเบียน"),
            make=make_sign_in_sheet,
            needs=Capability.RUN_SEMINARS,
        )
    )
    register_kind(
        JobKind(
            name=BADGES,
            title=gettext_lazy("บัตรผู้เข้าร่วม"),
            make=make_badges,
            needs=Capability.RUN_SEMINARS,
        )
    )


def make_sign_in_sheet(job: JobContext) -> Result:
    """Layout 6 of the ministry's forms, with the numbers that the door knows."""
    job.progress(0, 2, _("กำลังอ่านรายชื่อ"))
    digits = to_thai_digits if job.parameters["thai_digits"] else str
    with job.rights():
        sheet = SignInSheet.objects.select_related("seminar", "participant_class").get(
            pk=job.parameters["sheet"]
        )
        people = _people_of(job, sheet.rows)
        lines = list(_lines(sheet.rows, people, digits))
    day = date.fromisoformat(job.parameters["day"])
    last = len(lines)
    spare = [digits(str(last + number)) for number in range(1, job.parameters["spare"] + 1)]
    job.progress(1, 2, _("กำลังจัดหน้าเอกสาร %(count)d คน") % {"count": last})
    year = str(sheet.seminar.fiscal_year)
    context = {
        "title": digits(sheet.seminar.title),
        "year": "" if year in sheet.seminar.title else digits(year),
        "edition": digits(str(sheet.seminar.edition)),
        "place": digits(place_of(sheet.seminar)),
        "kind": sheet.participant_class or _("ผู้เข้าร่วมทุกประเภท"),
        "day": digits(long_date(day)),
        "count": digits(str(last)),
        "lines": lines,
        "spare": spare,
    }
    name = _("ใบลงทะเบียน %(kind)s %(count)d คน") % {"kind": context["kind"], "count": last}
    template = "seminars/papers/sign_in_sheet.html"
    return make_paper(template, context, name, "css/sign_in_sheet.css")


def make_badges(job: JobContext) -> Result:
    """Badges, eight to a sheet, a part at a time so that a thousand of them may be watched."""
    with job.rights():
        seminar = Seminar.objects.get(pk=job.parameters["seminar"])
        kind = job.parameters["participant_class"]
        of_class = ParticipantClass.objects.get(pk=kind) if kind else None
        people = list(
            in_paper_order(seminar, of_class, job.person).select_related(
                "province", "participant_class"
            )
        )
    if not people:
        raise RuleViolation(_("ไม่มีผู้ตอบรับแล้ว รายชื่ออาจเปลี่ยนหลังสั่งพิมพ์ ตรวจรายชื่อแล้วสั่งใหม่"))

    def parts() -> Iterator[dict[str, Any]]:
        for start in range(0, len(people), BADGES_IN_A_PART):
            words = _("บัตรที่ %(done)d จาก %(all)d") % {"done": start + 1, "all": len(people)}
            job.progress(start, len(people), words)
            part = people[start : start + BADGES_IN_A_PART]
            yield {"seminar": seminar, "badges": [_badge(person) for person in part]}

    name = _("บัตรผู้เข้าร่วม %(count)d ใบ") % {"count": len(people)}
    return make_paper_in_parts("seminars/papers/badges.html", parts(), name, "css/badges.css")


def place_of(seminar: Seminar) -> str:
    """ห้องปรินซ์บอลรูม 3 ชั้น 11 อาคาร 1 โรงแรมปรินซ์ พาเลซ"""
    floor = _("ชั้น %(floor)s") % {"floor": seminar.floor} if seminar.floor else ""
    parts = (seminar.room, floor, seminar.building, seminar.venue)
    return " ".join(part for part in parts if part)


def _people_of(job: JobContext, rows: Sequence[int]) -> dict[int, Registration]:
    people = Registration.objects.visible_to(job.person).select_related("province")
    return people.in_bulk(list(rows))


def _lines(
    rows: Sequence[int], people: dict[int, Registration], digits: Any
) -> Iterator[SheetLine]:
    """One line for each number; who was deleted since leaves an empty one.

    The sheet lies open to all who sign: remarks on food or help that is needed stay away from it.
    """
    for number, row in enumerate(rows, start=1):
        person = people.get(row)
        yield SheetLine(
            number=digits(str(number)),
            names=_name_parts(person) if person else (),
            position=person.position if person else "",
            home=_home(person) if person else "",
        )


def _name_parts(person: Registration) -> tuple[NamePart, ...]:
    texts = (f"{person.title}{person.first_name}", person.last_name)
    return tuple(NamePart(text, len(text) <= LONGEST_UNBROKEN) for text in texts)


def _home(person: Registration) -> str:
    return str(person.province or person.organisation or _("ส่วนกลาง"))


def _badge(person: Registration) -> BadgeCard:
    names = (f"{person.title}{person.first_name}", person.last_name)
    longest = max(sum(letter not in _MARKS for letter in name) for name in names)
    size = "very-long" if longest > VERY_LONG_NAME else "long" if longest > LONG_NAME else ""
    return BadgeCard(
        name=person.display_name,
        names=names,
        size=size,
        kind=str(person.participant_class),
        home=_home(person),
        code=person.code,
        qr=qr_picture(badge_text(person.seminar_id, person.code)),
    )
