"""The directions of a fiscal year: written by the centre, opened for the provinces, closed."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.enums import DirectionState
from reports.models import Ceiling, Direction, StandingProject
from reports.services import plan_notices
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.services.edits import refuse_stale

COPIED: Final = (
    *("place", "group", "title", "objective", "indicator", "unit", "measure", "categories"),
    "required",
)
# From which states a year may go where.
MOVES: Final[Mapping[DirectionState, frozenset[DirectionState]]] = {
    DirectionState.OPEN: frozenset({DirectionState.DRAFT, DirectionState.CLOSED}),
    DirectionState.CLOSED: frozenset({DirectionState.OPEN}),
}


class Part(TextChoices):
    """What comes along from the year before."""

    TEXT = "text", gettext_lazy("แนวทางของปี")
    PROJECTS = "projects", gettext_lazy("โครงการของส่วนกลาง")
    CEILINGS = "ceilings", gettext_lazy("เพดานงบประมาณรายจังหวัด")


@transaction.atomic
def make_direction(
    *,
    fiscal_year: int,
    text: str,
    propose_by: date,
    send_by: date,
    decide_by: date,
    parts: Collection[str] = (),
    by: User,
) -> Direction:
    """Make the draft of a year; `parts` (of `Part`) are copied from the latest year before it."""
    if Direction.objects.filter(fiscal_year=fiscal_year).exists():
        raise RuleViolation(_("มีแนวทางของปีนี้แล้ว เปิดปีนั้นแล้วแก้ หรือกรอกปีอื่น"), field="fiscal_year")
    former = Direction.objects.filter(fiscal_year__lt=fiscal_year).order_by("-fiscal_year").first()
    direction = Direction.objects.create(
        fiscal_year=fiscal_year,
        text=former.text if former and Part.TEXT in parts and not text.strip() else text,
        propose_by=propose_by,
        send_by=send_by,
        decide_by=decide_by,
        made_by=by,
    )
    if former and Part.PROJECTS in parts:
        _copy_projects(former, direction)
    if former and Part.CEILINGS in parts:
        _copy_ceilings(former, direction)
    _record("made", direction, by, {"parts": sorted(parts)})
    return direction


@transaction.atomic
def change_direction(
    *,
    direction: Direction,
    text: str,
    propose_by: date,
    send_by: date,
    decide_by: date,
    version: int,
    by: User,
) -> Direction:
    """Change what is said of the year and its three days; a closed year stays as it was."""
    direction = lock_direction(direction)
    refuse_stale(direction, version)
    values = {
        "text": text,
        "propose_by": propose_by,
        "send_by": send_by,
        "decide_by": decide_by,
    }
    changed = [name for name, value in values.items() if getattr(direction, name) != value]
    for name in changed:
        setattr(direction, name, values[name])
    direction.version += 1
    direction.save(update_fields=["version", *changed])
    _record("changed", direction, by, {"fields": changed})
    return direction


@transaction.atomic
def move_direction(*, direction: Direction, to: DirectionState, by: User) -> Direction:
    """Open a year, which tells all provinces the first time, or close it."""
    direction = Direction.objects.select_for_update(of=("self",)).get(pk=direction.pk)
    was = DirectionState(direction.state)
    if was not in MOVES[to]:
        raise RuleViolation(
            _("ปีนี้อยู่ที่ “%(state)s” แล้ว เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด") % {"state": was.label}
        )
    if to is DirectionState.OPEN and not direction.projects.exists():
        raise RuleViolation(_("เพิ่มโครงการของส่วนกลางอย่างน้อยหนึ่งโครงการก่อนเปิด จังหวัดเริ่มแผนจากที่นี่"))
    direction.state = to
    direction.version += 1
    direction.save(update_fields=["state", "version"])
    _record("opened" if to is DirectionState.OPEN else "closed", direction, by, {"was": was})
    if was is DirectionState.DRAFT:
        plan_notices.tell_opened(direction, by=by)
    return direction


def lock_direction(direction: Direction) -> Direction:
    """The year's row, locked and read again: one lock for all that is set for the year.

    Raises RuleViolation for a closed year.
    """
    direction = Direction.objects.select_for_update(of=("self",)).get(pk=direction.pk)
    if direction.state == DirectionState.CLOSED:
        raise RuleViolation(_("ปีนี้ปิดแล้ว เปิดปีอีกครั้งก่อนแก้ไข"))
    return direction


def _copy_projects(former: Direction, direction: Direction) -> None:
    StandingProject.objects.bulk_create(
        StandingProject(direction=direction, **{name: getattr(one, name) for name in COPIED})
        for one in former.projects.order_by("place", "pk")
    )


def _copy_ceilings(former: Direction, direction: Direction) -> None:
    Ceiling.objects.bulk_create(
        Ceiling(direction=direction, province_id=one.province_id, amount=one.amount)
        for one in former.ceilings.all()
    )


def _record(verb: str, direction: Direction, by: User, detail: dict[str, Any]) -> None:
    audit.record(
        f"direction.{verb}",
        by=by,
        target=direction,
        detail={"fiscal_year": direction.fiscal_year, **detail},
    )
