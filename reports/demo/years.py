"""The plans of one fiscal year of the demo country, line by line."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Final
from uuid import UUID, uuid5

from django.utils import timezone

from reports.demo.directions import Kept
from reports.demo.people import People
from reports.demo.standing import STANDING, Standing
from reports.demo.table import LEFT_OUT, MORE_MONEY, ON_THE_TABLE, Kind, targets_on_the_table
from reports.enums import (
    BudgetType,
    DirectionState,
    Measure,
    PlanAction,
    PlanState,
    ProjectGroup,
    ReturnReason,
)
from reports.models import (
    Ceiling,
    Direction,
    Plan,
    PlanComment,
    PlanLine,
    PlanProgress,
    PlanProof,
    PlanStep,
    StandingProject,
)
from reports.plan_moves import MOVES
from seminars.models import Seminar
from volunteer_network.models import Province
from volunteer_network.thai_calendar import quarter

_NAMES: Final = UUID("7d2c7f64-0f0e-4a55-9a58-2f1a8f0e5d11")  # the work of a province, by its name
_LONGEST_WAY: Final = (
    PlanAction.PROPOSE,
    PlanAction.AGREE,
    PlanAction.SEND,
    PlanAction.APPROVE,
)
_QUESTIONS: Final = (
    (ReturnReason.COST, "ค่าใช้จ่ายต่อคนสูงกว่าปีก่อนมาก เพราะเหตุใด"),
    (ReturnReason.TARGET, "ปีก่อนทำได้มากกว่านี้ เหตุใดเป้าหมายจึงลดลง"),
    (ReturnReason.INDICATOR, "ขอตัวชี้วัดที่นับจากบันทึกกิจกรรมได้"),
)
_PROBLEMS: Final = (
    ("ฤดูเก็บเกี่ยว แกนนำลงพื้นที่ได้น้อย", "เลื่อนการลงพื้นที่ไปไตรมาสถัดไป"),
    ("สถานประกอบการในพื้นที่ปิดกิจการ", "เพิ่มเป้าหมายในอำเภอใกล้เคียง"),
    ("น้ำท่วมหลายตำบล", "จัดหน่วยเคลื่อนที่ร่วมกับจัดหางานจังหวัด"),
)


class PlansOfAYear:
    """The plans of one fiscal year, gathered and then written at once."""

    def __init__(
        self,
        chance: Random,
        today: date,
        direction: Direction,
        projects: dict[str, StandingProject],
        people: People,
        kept: Kept,
        *,
        former: "PlansOfAYear | None",
    ) -> None:
        self.chance, self.today, self.direction = chance, today, direction
        self.projects, self.people, self.kept = projects, people, kept
        self.year = direction.fiscal_year
        self.over = direction.state == DirectionState.CLOSED
        self.seminar = Seminar.objects.filter(fiscal_year=self.year).order_by("pk").first()
        self.former = former  # the year before
        self.money: dict[int, Decimal] = {}  # by province
        self.targets: dict[tuple[int, str], list[int]] = {}  # by province and work
        self.on_the_table = 0
        self.ceilings: list[Ceiling] = []
        self.plans: list[Plan] = []
        self.lines: list[PlanLine] = []
        self.proofs: list[PlanProof] = []
        self.progress: list[PlanProgress] = []
        self.steps: list[PlanStep] = []
        self.comments: list[PlanComment] = []

    def add(self, province: Province, state: PlanState | None) -> None:
        money = Decimal(self.chance.randint(45, 90) * 10_000)
        kind = self._kind(state)
        if kind and self.former:
            money = _hundreds(self.former.money[province.pk] * Decimal(MORE_MONEY))
        self.money[province.pk] = money
        self.ceilings.append(Ceiling(direction=self.direction, province=province, amount=money))
        if state is None:
            return
        plan = self._plan(province, state, edition=1)
        over = kind is Kind.OVER_CEILING
        self._lines_of(plan, money * (Decimal("1.12") if over else Decimal("0.97")), kind)
        if state == PlanState.RETURNED:
            self._ask(plan)
        if state == PlanState.APPROVED and province.pk % 19 == 0 and not self.over:
            self._second_edition(plan, money)

    def _kind(self, state: PlanState | None) -> Kind | None:
        """What sets a plan that waits apart; None for the others."""
        if state != PlanState.SENT or self.former is None:
            return None
        kind = ON_THE_TABLE[self.on_the_table % len(ON_THE_TABLE)]
        self.on_the_table += 1
        return kind

    def _second_edition(self, first: Plan, money: Decimal) -> None:
        """A plan changed in the middle of the year: the first edition gives way to the second."""
        first.state = PlanState.REPLACED
        second = self._plan(first.province, PlanState.APPROVED, edition=2)
        second.change_note = "ปรับเป้าหมายตามสถานการณ์ในพื้นที่"
        self._lines_of(second, money)

    def _plan(self, province: Province, state: PlanState, *, edition: int) -> Plan:
        begun = self.direction.propose_by - timedelta(days=self.chance.randint(6, 16))
        plan = Plan(
            province=province,
            fiscal_year=self.year,
            edition=edition,
            state=state,
            made_by_id=self.people.makers[province.pk],
            made_at=_at(begun, time(9, 10)),
        )
        self.plans.append(plan)
        way = list(self._way_to(state))
        day = begun
        for action in way:
            day = min(day + timedelta(days=self.chance.randint(1, 7)), self.today)
            self._step(plan, action, day)
        return plan

    def _way_to(self, state: PlanState) -> Iterator[PlanAction]:
        if state == PlanState.CANCELLED:
            yield PlanAction.CANCEL
        if state == PlanState.RETURNED:
            yield from (*_LONGEST_WAY[:-1], PlanAction.RETURN)
        for action in _LONGEST_WAY:
            if state in {PlanState.DRAFT, PlanState.CANCELLED, PlanState.RETURNED}:
                return
            yield action
            if MOVES[action].to == state:
                return

    def _step(self, plan: Plan, action: PlanAction, day: date) -> None:
        who, at = self.people.who(action, plan.province_id), _at(day, time(10, 20))
        after = MOVES[action].to
        name = {PlanAction.CANCEL: "", PlanAction.RETURN: "returned"}.get(action, str(after))
        reason = "ขอคำชี้แจงในงานที่มีข้อคิดเห็น" if action == PlanAction.RETURN else ""
        if action == PlanAction.CANCEL:
            reason = "ทำซ้ำกับแผนที่สำนักงานเดิมส่งไว้"
        if name:
            setattr(plan, f"{name}_at", at)
            setattr(plan, f"{name}_by_id", who)
        if action == PlanAction.RETURN:
            plan.returned_because = reason
        self.steps.append(
            PlanStep(
                province_id=plan.province_id,
                plan=plan,
                action=action,
                state=after or plan.state,
                reason=reason,
                by_id=who,
                at=at,
            )
        )

    def _lines_of(self, plan: Plan, money: Decimal, kind: Kind | None = None) -> None:
        mentors = self.people.mentors[plan.province_id]
        for place, standing in enumerate(STANDING, start=1):
            if kind is Kind.MISSING and place == LEFT_OUT:
                continue
            work = (plan.province_id, standing.title)
            if kind and self.former:
                before = self.former.targets[work]
                targets = targets_on_the_table(kind, place, before, self.chance)
            else:
                targets = self._targets(plan.province_id, standing)
            self.targets[work] = targets
            line = PlanLine(
                province_id=plan.province_id,
                plan=plan,
                lineage=uuid5(_NAMES, f"{plan.province_id} {standing.title}"),
                place=place,
                standing=self.projects[standing.title],
                group=standing.group,
                title=standing.title,
                objective=standing.objective,
                indicator=standing.indicator,
                unit=standing.unit,
                target=sum(targets) + (10 if kind is Kind.QUARTERS and place == 1 else 0),
                budget_type=standing.budget if standing.share else BudgetType.NONE,
                allotted=_hundreds(money * Decimal(str(standing.share))),
                months=list(standing.months),
                area="ทุกอำเภอ" if standing.group == ProjectGroup.CORE else "",
                responsible_id=self.chance.choice(mentors) if mentors else None,
                partners=list(standing.partners),
                measure=standing.measure,
                **{f"target_{one}": target for one, target in enumerate(targets, start=1)},
            )
            self.lines.append(line)
            self._prove(line, standing)
            if plan.state == PlanState.APPROVED and plan.edition == 1:
                self._tell_of(line)

    def _targets(self, province: int, standing: Standing) -> list[int]:
        """Near what was done last year, so that shares look as in life."""
        if not standing.categories:
            return list(standing.typed)
        over = self.chance.uniform(0.92, 1.25)
        name = standing.measure.value
        done = [
            sum(
                self.kept.get((province, category, one), {}).get(name, 0)
                for category in standing.categories
            )
            for one in (1, 2, 3, 4)
        ]
        known = [one for one in done if one] or [4]
        mean = sum(known) / len(known)
        return [max(1, round((one or mean) * over)) for one in done]

    def _prove(self, line: PlanLine, standing: Standing) -> None:
        shared = {"province_id": line.province_id, "plan": line.plan, "line": line}
        self.proofs += [PlanProof(category=one, **shared) for one in standing.categories]
        if standing.measure == Measure.ATTENDANCE and self.seminar:
            self.proofs.append(PlanProof(seminar=self.seminar, **shared))

    def _tell_of(self, line: PlanLine) -> None:
        """What was spent, and typed results, of the quarters that have begun."""
        running = 4 if self.over else quarter(self.today)
        for one in range(1, running + 1):
            part = self.chance.uniform(0.8, 1.02) if self.over else self.chance.uniform(0.3, 0.7)
            spent = _hundreds(line.allotted / 4 * Decimal(str(min(part, 1))))
            target = line.targets[one - 1]
            typed = line.measure == Measure.TYPED
            actual = round(target * min(part + 0.05, 1.1)) if typed else None
            problem = ("", "")
            if self.over and self.chance.random() < 0.12:
                problem = self.chance.choice(_PROBLEMS)
            self.progress.append(
                PlanProgress(
                    province_id=line.province_id,
                    fiscal_year=self.year,
                    lineage=line.lineage,
                    quarter=one,
                    actual=actual,
                    disbursed=spent,
                    problems=problem[0],
                    suggestions=problem[1],
                )
            )

    def _ask(self, plan: Plan) -> None:
        """The centre's questions, each on its line."""
        lines = [line for line in self.lines if line.plan is plan]
        asked = self.chance.sample(range(len(_QUESTIONS)), self.chance.randint(1, 2))
        for place, number in enumerate(asked):
            reason, text = _QUESTIONS[number]
            self.comments.append(
                PlanComment(
                    province_id=plan.province_id,
                    plan=plan,
                    line=lines[(0, 6)[place]],
                    reason=reason,
                    text=text,
                    by=self.people.centre,
                    at=plan.returned_at or timezone.now(),
                    returns=True,
                )
            )

    def save(self) -> None:
        Ceiling.objects.bulk_create(self.ceilings)
        Plan.objects.bulk_create(self.plans)
        for rows in (self.lines, self.steps):
            for row in rows:
                row.plan_id = row.plan.pk
        PlanLine.objects.bulk_create(self.lines, batch_size=500)
        for proof in self.proofs:
            proof.plan_id, proof.line_id = proof.plan.pk, proof.line.pk
        for comment in self.comments:
            comment.plan_id = comment.plan.pk
            comment.line_id = comment.line.pk if comment.line else None
        PlanProof.objects.bulk_create(self.proofs, batch_size=1000)
        PlanProgress.objects.bulk_create(self.progress, batch_size=1000)
        PlanStep.objects.bulk_create(self.steps, batch_size=1000)
        PlanComment.objects.bulk_create(self.comments)


def _hundreds(amount: Decimal) -> Decimal:
    return Decimal(round(amount / 100) * 100)


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
