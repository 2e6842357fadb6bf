"""One plan line by line beside last year's and beside the edition before it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from reports.enums import PlanState
from reports.models import Plan, PlanComment, PlanLine
from reports.plan_exceptions import (
    Finding,
    LineFacts,
    PlanFacts,
    by_lineage,
    change_in_percent,
    findings_of,
    findings_of_line,
)
from reports.queries.plan_actuals import LineResult, results_of
from reports.queries.plan_facts import approved_in, facts_of, lines_of
from volunteer_network.access.scope import HasScope


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line, the same work of last year with what came of it, and of the former edition."""

    number: int
    line: PlanLine
    facts: LineFacts
    last_year: LineFacts | None
    result: LineResult | None  # of last year
    former: LineFacts | None
    findings: tuple[Finding, ...]
    comments: tuple[PlanComment, ...]
    is_compared: bool  # there is a plan of last year at all
    is_revised: bool  # there is a former edition at all

    @property
    def target_change(self) -> int | None:
        before = self.last_year.target if self.last_year else None
        return change_in_percent(self.line.target, before)

    @property
    def money_change(self) -> int | None:
        before = self.last_year.allotted if self.last_year else None
        return change_in_percent(self.line.allotted, before)

    @property
    def is_new(self) -> bool:
        """Work that last year's plan did not have."""
        return self.is_compared and self.last_year is None

    @property
    def changed_quarters(self) -> tuple[tuple[int, int | None], ...]:
        """Each quarter's target with the former edition's where it differs."""
        former = self.former.targets if self.former else self.line.targets
        return tuple(
            (now, before if now != before else None)
            for now, before in zip(self.line.targets, former, strict=True)
        )

    @property
    def former_target(self) -> int | None:
        """The former edition's, where it differs."""
        before = self.former.target if self.former else None
        return before if before != self.line.target else None

    @property
    def former_money(self) -> Decimal | None:
        """The former edition's, where it differs; baht."""
        before = self.former.allotted if self.former else None
        return before if before != self.line.allotted else None

    @property
    def came_with_this_edition(self) -> bool:
        return self.is_revised and self.former is None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A plan as the centre reads it; money in baht."""

    plan: Plan
    facts: PlanFacts
    lines: tuple[ComparedLine, ...]
    findings: tuple[Finding, ...]
    former: Plan | None
    dropped: tuple[str, ...]  # work of last year's plan that this one leaves out
    given_up: tuple[str, ...]  # work of the former edition that this one leaves out
    comments: tuple[PlanComment, ...]  # on the plan as a whole

    @property
    def last_year_money(self) -> Decimal | None:
        lines = self.facts.last_year
        return None if lines is None else sum((line.allotted for line in lines), Decimal(0))

    @property
    def money_change(self) -> int | None:
        return change_in_percent(self.facts.allotted, self.last_year_money)

    @property
    def left_under_ceiling(self) -> Decimal | None:
        ceiling = self.facts.ceiling
        return None if ceiling is None else ceiling - self.facts.allotted


def comparison_of(plan: Plan, *, user: HasScope) -> Comparison:
    """Some fifteen queries, whatever the number of lines."""
    facts = facts_of({plan.pk: plan.province_id}, plan.fiscal_year, user=user)[plan.pk]
    lines = list(
        PlanLine.objects.visible_to(user).of(plan).select_related("responsible").order_by("place")
    )
    own = by_lineage(facts.lines)
    last_year = by_lineage(facts.last_year or ())
    former = _former_of(plan, user)
    before = by_lineage(lines_of([former.pk], user=user).get(former.pk, ()) if former else ())
    results = _results_of_last_year(plan, user) if facts.last_year else {}
    comments = _comments_by_line(plan, user)
    return Comparison(
        plan=plan,
        facts=facts,
        lines=tuple(
            ComparedLine(
                number=number,
                line=line,
                facts=own[line.lineage],
                last_year=last_year.get(line.lineage),
                result=results.get(line.lineage),
                former=before.get(line.lineage),
                findings=findings_of_line(own[line.lineage], last_year.get(line.lineage)),
                comments=tuple(comments[line.pk]),
                is_compared=facts.last_year is not None,
                is_revised=former is not None,
            )
            for number, line in enumerate(lines, start=1)
        ),
        findings=findings_of(facts),
        former=former,
        dropped=_titles(last_year, own.keys()),
        given_up=_titles(before, own.keys()),
        comments=tuple(comments[None]),
    )


def _comments_by_line(plan: Plan, user: HasScope) -> defaultdict[int | None, list[PlanComment]]:
    """In the order in which they were made; those on the whole plan under None."""
    rows = PlanComment.objects.visible_to(user).filter(plan=plan).select_related("by")
    found: defaultdict[int | None, list[PlanComment]] = defaultdict(list)
    for comment in rows.order_by("at", "pk"):
        found[comment.line_id].append(comment)
    return found


def _former_of(plan: Plan, user: HasScope) -> Plan | None:
    """The edition that held before this one: approved, or replaced by it."""
    held = (PlanState.APPROVED, PlanState.REPLACED)
    editions = Plan.objects.visible_to(user).of_year(plan.fiscal_year).in_state(*held)
    earlier = editions.filter(province=plan.province_id, edition__lt=plan.edition)
    return earlier.order_by("-edition").first()


def _results_of_last_year(plan: Plan, user: HasScope) -> dict[UUID, LineResult]:
    """What came of last year's lines: lineage → result."""
    year = plan.fiscal_year - 1
    pk = approved_in(year, [plan.province_id], user=user)[plan.province_id]
    last = Plan.objects.visible_to(user).get(pk=pk)
    lines = list(PlanLine.objects.visible_to(user).of(last))
    results = results_of(last, lines, user=user).of_line
    return {line.lineage: results[line.pk] for line in lines}


def _titles(lines: dict[UUID, LineFacts], kept: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(line.title for lineage, line in lines.items() if lineage not in set(kept))
