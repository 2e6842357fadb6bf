"""What sets a plan apart from last year's and from the rules: pure functions over light rows.

A plan without any finding is like last year's within a tenth and keeps every rule; the centre
approves such plans together and spends its time on the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ALIKE_WITHIN: Final = Decimal("0.10")  # of last year's target or money


class Finding(TextChoices):
    """Why a plan is read by itself, the gravest first: a plan stands in the group of its first."""

    OVER_CEILING = "over_ceiling", _("เกินเพดาน")
    MISSING = "missing", _("ขาดโครงการที่ต้องมี")
    QUARTERS = "quarters", _("ไตรมาสรวมไม่เท่าเป้าทั้งปี")
    LESS_FOR_MORE = "less_for_more", _("เป้าลดแต่เงินเพิ่ม")
    NO_CEILING = "no_ceiling", _("ยังไม่มีเพดานของจังหวัด")
    NEW = "new", _("ไม่มีแผนปีก่อนให้เทียบ")
    CHANGED = "changed", _("ต่างจากปีก่อนเกิน 10%")


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is compared of one line; money in baht."""

    lineage: UUID
    title: str
    standing: int | None  # the centre's project from which the line began
    targets: tuple[int, int, int, int]
    target: int
    allotted: Decimal


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan beside last year's approved one (None: there was none) and the year's rules."""

    lines: tuple[LineFacts, ...]
    last_year: tuple[LineFacts, ...] | None
    ceiling: Decimal | None
    required: Mapping[int, str]  # projects that every province has: id → title

    @property
    def allotted(self) -> Decimal:
        return money_of(self.lines)

    @property
    def missing(self) -> tuple[str, ...]:
        """The required projects that no line takes up, neither by its origin nor by its name."""
        origins = {line.standing for line in self.lines}
        titles = {line.title for line in self.lines}
        return tuple(
            title
            for pk, title in self.required.items()
            if pk not in origins and title not in titles
        )


def findings_of(plan: PlanFacts) -> tuple[Finding, ...]:
    """Everything found, the gravest first; nothing for a plan to be approved with its like."""
    found = set()
    if plan.ceiling is None:
        found.add(Finding.NO_CEILING)
    elif plan.allotted > plan.ceiling:
        found.add(Finding.OVER_CEILING)
    if plan.missing:
        found.add(Finding.MISSING)
    if plan.last_year is None:
        found.add(Finding.NEW)
    before = by_lineage(plan.last_year or ())
    for line in plan.lines:
        found.update(findings_of_line(line, before.get(line.lineage)))
    if plan.last_year is not None and _differs(plan.lines, before):
        found.add(Finding.CHANGED)
    return tuple(one for one in Finding if one in found)


def findings_of_line(line: LineFacts, before: LineFacts | None) -> tuple[Finding, ...]:
    """What is found at one line beside the same work of last year; `before` is None for new."""
    found = []
    if sum(line.targets) != line.target:
        found.append(Finding.QUARTERS)
    if before is not None:
        if line.target < before.target and line.allotted > before.allotted:
            found.append(Finding.LESS_FOR_MORE)
        if not _is_alike(line, before):
            found.append(Finding.CHANGED)
    return tuple(found)


def money_of(lines: Iterable[LineFacts]) -> Decimal:
    """The money of the lines together, in baht."""
    return sum((line.allotted for line in lines), Decimal(0))


def by_lineage(lines: Iterable[LineFacts]) -> dict[UUID, LineFacts]:
    return {line.lineage: line for line in lines}


def change_in_percent(now: Decimal | int, before: Decimal | int | None) -> int | None:
    """How much more (less: negative) than before, in whole percent; None from nothing."""
    if not before:
        return None
    return round((Decimal(now) - Decimal(before)) * 100 / Decimal(before))


def _differs(lines: tuple[LineFacts, ...], before: Mapping[UUID, LineFacts]) -> bool:
    """Whether work came or went, or the money as a whole is not like last year's."""
    return {line.lineage for line in lines} != before.keys() or not _near(
        money_of(lines), money_of(before.values())
    )


def _is_alike(line: LineFacts, before: LineFacts) -> bool:
    return _near(line.target, before.target) and _near(line.allotted, before.allotted)


def _near(now: Decimal | int, before: Decimal | int) -> bool:
    return abs(Decimal(now) - Decimal(before)) <= Decimal(before) * ALIKE_WITHIN
