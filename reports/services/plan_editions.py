"""How an edition begins and ends: from last year, from the centre's projects, from the one before.

The database holds that a province works on one edition of a year at a time; of two who begin at
once the second is told by the name of that rule.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Max, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.enums import DirectionState, PlanAction
from reports.models import Direction, Plan, PlanLine, PlanProof, StandingProject
from reports.services.plan_steps import lock_plan, refuse_closed_year, take_step
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.thai_calendar import fiscal_year_bounds


class Source(TextChoices):
    """From what a plan begins."""

    LAST_YEAR = "last_year", gettext_lazy("เริ่มจากปีก่อน")
    STANDING = "standing", gettext_lazy("เริ่มจากโครงการของส่วนกลาง")
    EMPTY = "empty", gettext_lazy("เริ่มจากแผนว่าง")


# What a line takes along into another edition or year.
_WORDS: Final = (
    *("lineage", "place", "group", "project", "title", "objective", "indicator", "unit"),
    *("target", "target_1", "target_2", "target_3", "target_4", "budget_type", "allotted"),
    *("months", "area", "responsible_id", "partners", "measure", "province_id"),
)


@transaction.atomic
def begin_plan(*, province: int, fiscal_year: int, source: str, by: User) -> Plan:
    """Begin the province's plan of a year (Buddhist) for which the centre has opened directions."""
    direction = Direction.objects.filter(fiscal_year=fiscal_year).first()
    if direction is None or direction.state != DirectionState.OPEN:
        raise RuleViolation(
            _("ส่วนกลางยังไม่เปิด หรือปิดการทำแผนปีงบประมาณ %(year)d แล้ว") % {"year": fiscal_year}
        )
    editions = Plan.objects.visible_to(by).of_year(fiscal_year).filter(province=province)
    if editions.standing().exists():
        raise RuleViolation(_("แผนปีนี้อนุมัติแล้ว ใช้ “ปรับแผน” เพื่อทำฉบับใหม่"))
    if editions.unfinished().exists():
        raise RuleViolation(_("มีแผนของปีนี้ที่ยังทำไม่เสร็จอยู่แล้ว เปิดหน้าแผนเพื่อทำต่อ"))
    plan = Plan.objects.create(
        province_id=province,
        fiscal_year=fiscal_year,
        edition=_next_edition(editions),
        made_by=by,
    )
    if source == Source.LAST_YEAR:
        _from_last_year(plan, direction, by)
    elif source == Source.STANDING:
        _from_standing_projects(plan, direction)
    _record("plan.begun", plan, by)
    return plan


@transaction.atomic
def revise_plan(*, plan: Plan, reason: str, by: User) -> Plan:
    """Begin the next edition of an approved plan, which holds until the new one is approved."""
    former = lock_plan(plan.pk, by=by)
    refuse_closed_year(former.fiscal_year)
    former = take_step(former, PlanAction.REVISE, by=by, reason=reason)
    editions = Plan.objects.visible_to(by).of_year(former.fiscal_year)
    rows = editions.filter(province=former.province_id)
    if rows.unfinished().exists():
        raise RuleViolation(_("มีฉบับใหม่ของปีนี้ที่ยังทำไม่เสร็จอยู่แล้ว เปิดหน้าแผนเพื่อทำต่อ"))
    revised = Plan.objects.create(
        province_id=former.province_id,
        fiscal_year=former.fiscal_year,
        edition=_next_edition(rows),
        change_note=reason.strip(),
        made_by=by,
    )
    lines = PlanLine.objects.visible_to(by).of(former)
    _copy(
        lines,
        PlanProof.objects.visible_to(by).filter(plan=former),
        revised,
        standing={line.pk: line.standing_id for line in lines},
    )
    _record("plan.begun", revised, by)
    return revised


def _from_last_year(plan: Plan, direction: Direction, by: User) -> None:
    """Lines and targets of the approved edition of the year before; seminars are of their year."""
    before = Plan.objects.visible_to(by).of_year(plan.fiscal_year - 1).standing()
    former = before.filter(province=plan.province_id).first()
    if former is None:
        raise RuleViolation(_("ไม่มีแผนปีก่อนที่อนุมัติแล้ว เริ่มจากโครงการของส่วนกลางแทน"))
    lines = PlanLine.objects.visible_to(by).of(former).select_related("standing", "responsible")
    projects = dict(direction.projects.values_list("title", "pk"))
    begins = fiscal_year_bounds(plan.fiscal_year)[0]
    known = [line for line in lines if line.standing]
    _copy(
        lines,
        PlanProof.objects.visible_to(by).filter(plan=former).exclude(category=""),
        plan,
        standing={line.pk: projects.get(line.standing.title) for line in known if line.standing},
        left_by=max(begins, timezone.localdate()),
    )


def _copy(
    lines: Iterable[PlanLine],
    proofs: Iterable[PlanProof],
    plan: Plan,
    *,
    standing: dict[int, int | None],
    left_by: date | None = None,
) -> None:
    """Write the lines anew under another plan, each with its lineage and its proofs.

    A responsible mentor whose time ended before `left_by` is left out: somebody else is needed.
    """
    made: dict[int, PlanLine] = {}
    for line in lines:
        copy = PlanLine(plan=plan, standing_id=standing.get(line.pk))
        for name in _WORDS:
            setattr(copy, name, getattr(line, name))
        left = left_by and line.responsible and line.responsible.ends_on
        if left and left_by and left < left_by:
            copy.responsible = None
        made[line.pk] = copy
    PlanLine.objects.bulk_create(made.values())
    PlanProof.objects.bulk_create(
        PlanProof(
            province_id=plan.province_id,
            plan=plan,
            line=made[proof.line_id],
            category=proof.category,
            seminar_id=proof.seminar_id,
        )
        for proof in proofs
    )


def _from_standing_projects(plan: Plan, direction: Direction) -> None:
    """A line for each project of the centre; a category proves the first project that names it."""
    taken: set[str] = set()
    for project in direction.projects.order_by("place"):
        line = line_from(project, plan)
        line.save()
        for category in [one for one in project.categories if one not in taken]:
            taken.add(category)
            PlanProof.objects.create(
                province_id=plan.province_id, plan=plan, line=line, category=category
            )


def line_from(project: StandingProject, plan: Plan) -> PlanLine:
    """A line of the plan as the centre's project has it, not saved yet."""
    return PlanLine(
        plan=plan,
        province_id=plan.province_id,
        standing=project,
        place=project.place,
        group=project.group,
        title=project.title,
        objective=project.objective,
        indicator=project.indicator,
        unit=project.unit,
        measure=project.measure,
    )


def _next_edition(editions: QuerySet[Plan]) -> int:
    last: int = editions.aggregate(Max("edition"))["edition__max"] or 0
    return last + 1


def _record(verb: str, plan: Plan, by: User) -> None:
    audit.record(
        verb,
        by=by,
        target=plan,
        province_code=plan.province_id,
        detail={"fiscal_year": plan.fiscal_year, "edition": plan.edition},
    )
