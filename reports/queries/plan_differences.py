"""What is different between two lists of lines: editions, years, before and after a return."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.enums import PlanState
from reports.models import Plan, PlanLine
from reports.models.plan_lines import TARGETS
from volunteer_network.access.scope import HasScope
from volunteer_network.thai_text import baht

NUMBERS: Final = (*TARGETS, "target", "allotted")
WORDS: Final = ("title", "indicator", "unit", "budget_type", "measure", "responsible_id", "area")
_UNITS: Final = {"allotted": gettext_lazy("บาท")}
_LABELS: Final[dict[str, Promise]] = {
    "target": gettext_lazy("ทั้งปี"),
    "allotted": gettext_lazy("งบ"),
    "responsible_id": gettext_lazy("ผู้รับผิดชอบ"),
}


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class AnyLine(Protocol):
    """A line, or a line as its history remembers it."""

    lineage: UUID
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different; `line` is None where the line is no longer there.

    `before` and `after` are in words; both are empty where only the fact matters.
    """

    kind: Kind
    line: PlanLine | None
    title: str
    field: str = ""
    label: str = ""
    before: str = ""
    after: str = ""
    unit: str = ""

    @property
    def anchor(self) -> str:
        """The id on the plan's page to jump to."""
        if self.line is None:
            return ""
        place = self.field.removeprefix("target_")
        return f"l{self.line.pk}-q{place}" if place.isdecimal() else f"l{self.line.pk}"


def differences(
    before: Iterable[AnyLine],
    after: Sequence[PlanLine],
    *,
    fields: Sequence[str] = (*NUMBERS, *WORDS),
) -> tuple[Difference, ...]:
    """Compare by lineage, in the order of `after`; what is gone comes last."""
    known = {line.lineage: line for line in before}
    found: list[Difference] = []
    for line in after:
        former = known.pop(line.lineage, None)
        if former is None:
            found.append(Difference(Kind.ADDED, line, line.title))
        else:
            found += _changes(former, line, fields)
    found += [Difference(Kind.REMOVED, None, gone.title) for gone in known.values()]
    return tuple(found)


def _changes(former: Any, line: PlanLine, fields: Sequence[str]) -> list[Difference]:
    # Where a quarter moved and the sum of the year with it, the quarter alone is told.
    moved = [name for name in fields if getattr(former, name) != getattr(line, name)]
    if "target" in moved and any(name in TARGETS for name in moved):
        moved.remove("target")
    return [
        Difference(
            Kind.CHANGED,
            line,
            line.title,
            field=name,
            label=str(_LABELS.get(name) or PlanLine._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            before=_in_words(former, name),
            after=_in_words(line, name),
            unit=str(_UNITS.get(name, line.unit if name in NUMBERS else "")),
        )
        for name in moved
    ]


def _in_words(line: Any, name: str) -> str:
    value = getattr(line, name)
    if name == "responsible_id":
        return str(line.responsible or _("ไม่ระบุ"))
    if isinstance(value, int | Decimal):
        return baht(value)
    if hasattr(line, f"get_{name}_display"):
        return str(getattr(line, f"get_{name}_display")())
    return str(value or _("ไม่ระบุ"))


def lines_of(plan: Plan, *, user: HasScope) -> list[PlanLine]:
    return list(
        PlanLine.objects.visible_to(user)
        .of(plan)
        .select_related("responsible")
        .order_by("place", "pk")
    )


def since_return(
    plan: Plan, after: Sequence[PlanLine], *, user: HasScope
) -> tuple[Difference, ...]:
    """What was changed since the plan last came back; empty when it never did.

    The first entry of a line's history after the return holds the line as it was then
    (`plan_lines` writes it before the first change). Lines are not added or taken out meanwhile.
    """
    since = came_back_at(plan)
    if since is None:
        return ()
    history = PlanLine.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # by pghistory
        pgh_obj__in=[line.pk for line in after],
        province=plan.province_id,
        pgh_created_at__gte=since,
    )
    first: dict[int, Any] = {}
    for event in history.select_related("responsible").order_by("pgh_id"):
        first.setdefault(event.pgh_obj_id, event)
    changed = [line for line in after if line.pk in first]
    return differences([first[line.pk] for line in changed], changed)


def came_back_at(plan: Plan) -> datetime | None:
    """When the plan last came back, by the clock of its history; None when it never did."""
    if plan.returned_at is None:
        return None
    history = Plan.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # by pghistory
        pgh_obj=plan.pk, province=plan.province_id, state=PlanState.RETURNED
    )
    moments = history.order_by("-pgh_id").values_list("pgh_created_at", flat=True)
    found: datetime | None = moments.first()
    return found or plan.returned_at
