"""Writing the lines of a plan: cells of the grid, whole lines, their order, their proofs.

The plan's row is the lock: whoever proposes or returns it meanwhile comes before or after a
change, never in between. A line has a version, so that two people see each other's change.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from reports.enums import LOG_MEASURES, BudgetType, Measure, PlanAction, PlanState
from reports.models import Plan, PlanComment, PlanLine, PlanProof
from reports.models.plan_lines import TARGETS
from reports.queries.plan_differences import came_back_at
from reports.services.plan_steps import lock_plan, refuse_unless
from seminars.models import Seminar
from volunteer_network import audit
from volunteer_network.access.scope import HasScope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.services.edits import StaleEdit, refuse_stale

CELLS: Final = (*TARGETS, "target", "allotted")
LINES_AT_MOST: Final = 60  # a plan of more is a list of events, not a plan
UP, DOWN = "up", "down"


class CellChanged(StaleEdit):
    """Somebody else wrote this line since the page was opened."""

    def __init__(self, line: PlanLine) -> None:
        super().__init__(_("มีคนแก้งานนี้หลังจากที่เปิดหน้า พิมพ์อีกครั้งถ้าต้องการเปลี่ยน"))
        self.line = line


@dataclass(frozen=True)
class TypedLine:
    """What was typed of one line in the grid, from its version on."""

    line: int
    version: int
    cells: Mapping[str, Any]


def open_lines(plan: Plan, *, user: HasScope) -> frozenset[int] | None:
    """After a return only the lines that were commented on may be written; None: all of them."""
    if plan.state != PlanState.RETURNED:
        return None
    asked = PlanComment.objects.visible_to(user).filter(
        plan=plan, returns=True, settled_at__isnull=True, line__isnull=False
    )
    return frozenset(asked.values_list("line_id", flat=True)) or None


@transaction.atomic
def type_cells(*, plan: Plan, typed: TypedLine, by: User) -> PlanLine:
    """Write some cells of one line. Raises CellChanged when somebody else did since `version`."""
    plan = _take(plan, by)
    line = _line(plan, typed.line, by)
    if line.version != typed.version:
        raise CellChanged(line)
    return _write_cells(plan, line, typed.cells, by)


@transaction.atomic
def type_lines(*, plan: Plan, typed: Sequence[TypedLine], by: User) -> list[PlanLine]:
    """Write the cells of many lines, all of them or none; lines in which nothing changed stay."""
    plan = _take(plan, by)
    lines = {line.pk: line for line in PlanLine.objects.visible_to(by).of(plan)}
    changed: list[PlanLine] = []
    for one in typed:
        line = lines.get(one.line)
        cells = {name: value for name, value in one.cells.items() if _differs(line, name, value)}
        if not cells:
            continue
        line = _line(plan, one.line, by)
        if line.version != one.version:
            raise CellChanged(line)
        changed.append(_write_cells(plan, line, cells, by))
    return changed


@transaction.atomic
def add_line(
    *, plan: Plan, categories: Iterable[str], seminars: Iterable[Seminar], by: User, **words: Any
) -> PlanLine:
    """Add a line at the end of the plan, with what proves it."""
    plan = _take(plan, by)
    _refuse_after_a_return(plan, by)
    rows = PlanLine.objects.visible_to(by).of(plan)
    if rows.count() >= LINES_AT_MOST:
        raise RuleViolation(
            _("แผนหนึ่งมีได้ไม่เกิน %(most)d งาน รวมงานที่คล้ายกันเข้าด้วยกัน") % {"most": LINES_AT_MOST}
        )
    last = rows.aggregate(Max("place"))["place__max"] or 0
    line = PlanLine(plan=plan, province_id=plan.province_id, place=last + 1, **words)
    _refuse_money_without_budget(line)
    line.save()
    _prove(line, categories, seminars)
    _record("plan_line.added", line, by)
    return line


@transaction.atomic
def change_line(
    *,
    line: PlanLine,
    version: int,
    categories: Iterable[str],
    seminars: Iterable[Seminar],
    by: User,
    **words: Any,
) -> PlanLine:
    """Change everything of a line and what proves it, from the version that was shown."""
    plan = _take(line.plan, by)
    line = _line(plan, line.pk, by)
    refuse_stale(line, version)
    before = _remember(plan, line)
    for name, value in words.items():
        setattr(line, name, value)
    _refuse_money_without_budget(line)
    line.version = before + 1
    line.save(update_fields=[*words, "version"])
    PlanProof.objects.visible_to(by).filter(line=line).delete()
    _prove(line, categories, seminars)
    _record("planline.changed", line, by)
    return line


@transaction.atomic
def remove_line(*, line: PlanLine, by: User) -> Plan:
    """Take a line out of the plan. What was said of it has to be answered instead."""
    plan = _take(line.plan, by)
    _refuse_after_a_return(plan, by)
    line = _line(plan, line.pk, by)
    if PlanComment.objects.visible_to(by).filter(line=line).exists():
        raise RuleViolation(_("งานนี้มีข้อคิดเห็นแล้วจึงลบไม่ได้ ตั้งเป้าหมายและงบเป็น 0 แล้วตอบข้อคิดเห็นว่าตัดงานนี้"))
    _record("plan_line.removed", line, by)
    line.delete()
    return plan


@transaction.atomic
def move_line(*, line: PlanLine, to: str, by: User) -> PlanLine:
    """Swap a line with its neighbour above ("up") or below ("down") under the same heading."""
    plan = _take(line.plan, by)
    _refuse_after_a_return(plan, by)
    line = _line(plan, line.pk, by)
    rows = list(
        PlanLine.objects.visible_to(by).of(plan).filter(group=line.group).order_by("place", "pk")
    )
    here = [row.pk for row in rows].index(line.pk)
    there = here - 1 if to == UP else here + 1
    if not 0 <= there < len(rows):
        raise RuleViolation(_("งานนี้อยู่ปลายของกลุ่มแล้ว"))
    places = [row.place for row in rows]
    rows[here], rows[there] = rows[there], rows[here]
    for place, row in zip(places, rows, strict=True):
        if row.place != place:
            row.place = place
            row.save(update_fields=["place"])
    return line


@transaction.atomic
def answer_comment(*, line: PlanLine, text: str, by: User) -> PlanComment:
    """Answer what was said of a line, beside it."""
    plan = _take(line.plan, by)
    line = _line(plan, line.pk, by)
    comment = PlanComment.objects.create(
        province_id=plan.province_id, plan=plan, line=line, text=text, by=by
    )
    _record("plan_line.answered", line, by)
    return comment


@transaction.atomic
def tie_category(*, plan: Plan, line: PlanLine, category: str, by: User) -> PlanProof:
    """Let work that belongs to no line count for one."""
    plan = _take(plan, by)
    line = _line(plan, line.pk, by)
    if Measure(line.measure) not in LOG_MEASURES:
        raise RuleViolation(
            _("งานนี้ไม่ได้นับผลจากบันทึกกิจกรรม เปิดรายละเอียดของงานแล้วเลือก “ผลนับจาก” ก่อน"),
            field="line",
        )
    _remember(plan, line)
    proof = PlanProof.objects.create(
        province_id=plan.province_id, plan=plan, line=line, category=category
    )
    PlanLine.objects.filter(pk=line.pk).update(version=F("version") + 1)
    _record("planline.changed", line, by)
    return proof


def _take(plan: Plan, by: User) -> Plan:
    """The plan, locked, if it may be written now."""
    plan = lock_plan(plan.pk, by=by)
    refuse_unless(plan, PlanAction.WRITE)
    return plan


def _line(plan: Plan, pk: int, by: User) -> PlanLine:
    """A line of the locked plan that may be written; refuses those that a return left closed."""
    line = PlanLine.objects.visible_to(by).of(plan).filter(pk=pk).first()
    if line is None:
        raise RuleViolation(_("งานนี้ถูกลบไปแล้ว เปิดหน้าแผนอีกครั้งเพื่อดูงานที่มีอยู่"))
    allowed = open_lines(plan, user=by)
    if allowed is not None and line.pk not in allowed:
        raise RuleViolation(_("แผนถูกส่งกลับมาแก้บางงาน งานนี้ไม่มีข้อคิดเห็นจึงแก้ไม่ได้ในรอบนี้"))
    return line


def _differs(line: PlanLine | None, name: str, value: Any) -> bool:
    return line is None or getattr(line, name) != value


def _refuse_after_a_return(plan: Plan, by: User) -> None:
    if open_lines(plan, user=by) is not None:
        raise RuleViolation(
            _("แผนถูกส่งกลับมาแก้บางงาน จึงเพิ่ม ลบ หรือสลับงานไม่ได้ในรอบนี้ แก้งานที่มีข้อคิดเห็นแล้วเสนอใหม่")
        )


def _write_cells(plan: Plan, line: PlanLine, cells: Mapping[str, Any], by: User) -> PlanLine:
    """Quarters carry the year along while they made it up; a year typed by itself stays typed."""
    before = _remember(plan, line)
    summed = line.adds_up or not line.target
    for name, value in cells.items():
        setattr(line, name, value)
    if summed and "target" not in cells:
        line.target = sum(line.targets)
    _refuse_money_without_budget(line)
    line.version = before + 1
    line.save(update_fields=[*CELLS, "version"])
    _record("planline.changed", line, by)
    return line


def _remember(plan: Plan, line: PlanLine) -> int:
    """The line's version; after a return its history first keeps how it came back."""
    if plan.state == PlanState.RETURNED:
        events = PlanLine.pgh_event_model.objects  # type: ignore[attr-defined]  # by pghistory
        if not events.filter(pgh_obj=line.pk, pgh_created_at__gte=came_back_at(plan)).exists():
            line.version += 1
            line.save(update_fields=["version"])
    return line.version


def _refuse_money_without_budget(line: PlanLine) -> None:
    if line.allotted and line.budget_type == BudgetType.NONE:
        raise RuleViolation(
            _("งานนี้ตั้งไว้ว่าไม่ใช้งบประมาณ เลือกประเภทงบของงานก่อน หรือเว้นช่องนี้ว่าง"), field="allotted"
        )


def _prove(line: PlanLine, categories: Iterable[str], seminars: Iterable[Seminar]) -> None:
    shared = {"province_id": line.province_id, "plan_id": line.plan_id, "line": line}
    for category in categories if line.measure in LOG_MEASURES else ():
        PlanProof.objects.create(category=category, **shared)
    for seminar in seminars if line.measure == Measure.ATTENDANCE else ():
        PlanProof.objects.create(seminar=seminar, **shared)


def _record(verb: str, line: PlanLine, by: User) -> None:
    audit.record(
        verb, by=by, target=line, province_code=line.province_id, detail={"plan": line.plan_id}
    )
