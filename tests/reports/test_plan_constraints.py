"""What PostgreSQL itself holds of plans, also against a service that forgot its rule."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from reports.enums import BudgetType, PlanState
from reports.models import Ceiling, Direction, Plan, PlanComment, PlanLine, PlanProgress, PlanProof
from tests.factories import UserFactory
from tests.factories.plans import (
    CeilingFactory,
    DirectionFactory,
    PlanCommentFactory,
    PlanFactory,
    PlanLineFactory,
    PlanProgressFactory,
    PlanProofFactory,
    StandingProjectFactory,
)
from tests.factories.seminars import SeminarFactory
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.enums import Category
from volunteer_network.models import Province

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 20, 3, tzinfo=UTC)
OURS, THEIRS = Scope(ScopeRole.PROVINCE, (50,)), Scope(ScopeRole.PROVINCE, (90,))
NATION = Scope(ScopeRole.NATION)


def changing(row, scope=OURS, **values):
    with open_scope(scope), transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**values)


def held(rule):
    return pytest.raises(IntegrityError, match=f'"{rule}"')


@pytest.fixture
def plan(db):
    return PlanFactory()


@pytest.fixture
def line(plan):
    return PlanLineFactory(plan=plan)


def done(who, *steps):
    return {f"{step}_{what}": value for step in steps for what, value in (("by", who), ("at", AT))}


def test_a_province_works_on_one_edition_and_stands_by_one(plan):
    with held("one_plan_of_an_edition"):
        PlanFactory(state=PlanState.CANCELLED)
    with held("one_unfinished_plan_of_a_year"):
        PlanFactory(edition=2, state=PlanState.PROPOSED)
    maker, head = plan.made_by, UserFactory(province=plan.province)
    steps = done(maker, "proposed") | done(head, "agreed", "sent", "approved")
    changing(plan, state=PlanState.APPROVED, **steps)
    with held("one_approved_plan_of_a_year"):
        PlanFactory(edition=2, state=PlanState.APPROVED, **steps)


@pytest.mark.parametrize("step", ["proposed", "agreed", "sent", "approved", "returned"])
def test_who_and_when_of_a_step_go_together(step, plan):
    with held(f"plan_{step}_by_and_at_go_together"):
        changing(plan, **{f"{step}_at": AT})
    with held(f"plan_{step}_by_and_at_go_together"):
        changing(plan, **{f"{step}_by": plan.made_by})


def test_whoever_proposed_never_stands_as_who_agreed(plan):
    with held("plan_maker_and_approver_differ"):
        changing(plan, **done(plan.made_by, "proposed", "agreed"))


def test_a_plan_is_with_the_centre_or_back_by_its_steps_only(plan):
    with held("plan_steps_in_order"):
        changing(plan, state=PlanState.SENT)
    with held("plan_returned_with_a_reason"):
        changing(plan, state=PlanState.RETURNED, **done(plan.made_by, "returned"))
    with held("plan_returned_with_a_reason"):
        changing(plan, state=PlanState.RETURNED, returned_because="ตัวเลขไม่ตรง")


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("line_months_of_the_year", {"months": [0]}),
        ("line_months_of_the_year", {"months": [13]}),
        ("line_without_budget_has_no_money", {"budget_type": BudgetType.NONE}),
        ("line_money_is_not_negative", {"allotted": Decimal("-0.01")}),
        ("reports_planline_target_1_check", {"target_1": -1}),
        ("reports_planline_target_check", {"target": -1}),
    ],
)
def test_a_line_holds_months_and_money_that_can_be(rule, values, line):
    with held(rule):
        changing(line, **values)


def test_a_work_stands_once_in_a_plan(line):
    with held("one_line_of_a_lineage"):
        PlanLineFactory(plan=line.plan, lineage=line.lineage)


def test_a_proof_is_one_thing_and_proves_one_line(line):
    other, seminar = PlanLineFactory(plan=line.plan), SeminarFactory()
    PlanProofFactory(line=line, category=Category.INFORMAL_WORKERS)
    PlanProofFactory(line=line, seminar=seminar)

    with held("proof_is_one_thing"):
        PlanProofFactory(line=line)
    with held("proof_is_one_thing"):
        PlanProofFactory(line=line, category=Category.SOCIAL_SECURITY, seminar=SeminarFactory())
    with held("category_proves_one_line"):
        PlanProofFactory(line=other, category=Category.INFORMAL_WORKERS)
    with held("seminar_proves_one_line"):
        PlanProofFactory(line=other, seminar=seminar)


def test_progress_is_of_a_quarter_once_and_never_less_than_nothing(line):
    row = PlanProgressFactory(lineage=line.lineage)

    with held("one_progress_of_a_quarter"):
        PlanProgressFactory(lineage=line.lineage)
    for quarter in (0, 5):
        with held("progress_of_a_quarter"):
            changing(row, quarter=quarter)
    for name in ("disbursed", "committed"):
        with held("progress_money_is_not_negative"):
            changing(row, **{name: Decimal("-0.01")})
    with held("reports_planprogress_actual_check"):
        changing(row, actual=-1)


def test_a_comment_is_settled_after_it_was_made(line):
    comment = PlanCommentFactory(plan=line.plan, line=line, at=timezone.now())

    with held("comment_settled_after_it_was_made"):
        changing(comment, settled_at=AT)


def test_what_the_centre_sets_for_a_year_fits_together():
    direction, project = DirectionFactory(), StandingProjectFactory(title="อบรม")
    ceiling = CeilingFactory(direction=direction)

    for values in ({"propose_by": date(2027, 1, 1)}, {"decide_by": date(2026, 1, 1)}):
        with held("direction_days_in_order"):
            changing(direction, NATION, **values)
    with held("one_standing_project_of_a_title"):
        StandingProjectFactory(direction=project.direction, title="อบรม")
    with held("one_ceiling_of_a_province"):
        CeilingFactory(direction=direction)
    with held("ceiling_is_not_negative"):
        changing(ceiling, NATION, amount=Decimal(-1))
    with held("reports_direction_fiscal_year_key"), open_scope(NATION), transaction.atomic():
        Direction.objects.create(
            fiscal_year=direction.fiscal_year,
            propose_by=AT, send_by=AT, decide_by=AT, made_by=direction.made_by,
        )  # fmt: skip


@pytest.mark.parametrize("model", [PlanLine, PlanProof, PlanComment])
def test_what_hangs_on_a_plan_is_of_its_province(model, line):
    """Row security lets a province write its own rows: the key of two columns looks at the rest."""
    plan, theirs = line.plan_id, Province.objects.get(pk=90)
    rows = {
        PlanLine: lambda: PlanLine(
            province=theirs, plan_id=plan, place=1, group="core", title="ก", indicator="ข", unit="ค"
        ),
        PlanProof: lambda: PlanProof(
            province=theirs, plan_id=plan, line_id=line.pk, category=Category.INFORMAL_WORKERS
        ),
        PlanComment: lambda: PlanComment(
            province=theirs, plan_id=plan, line_id=line.pk, text="ก", by=line.plan.made_by
        ),
    }  # fmt: skip

    with held(r"\w+_same_province"), open_scope(THEIRS), transaction.atomic():
        rows[model]().save()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("scope", [OURS, NATION, Scope(ScopeRole.REGIONS, (50,))], ids=str)
def test_nobody_takes_a_plan_or_its_progress_away(scope, line):
    row = PlanProgressFactory(lineage=line.lineage)

    for one in (line.plan, row):
        with open_scope(scope), pytest.raises(DatabaseError), transaction.atomic():
            type(one).objects.filter(pk=one.pk)._raw_delete("default")


@pytest.mark.parametrize("scope", [THEIRS, Scope(ScopeRole.REGIONS, (90,))], ids=str)
def test_another_province_sees_nothing_of_a_plan(scope, line):
    PlanProgressFactory(lineage=line.lineage)
    PlanCommentFactory(plan=line.plan, line=line)
    PlanProofFactory(line=line, category=Category.INFORMAL_WORKERS)

    with open_scope(scope):
        for model in (Plan, PlanLine, PlanProof, PlanProgress, PlanComment):
            assert not model.objects.exists()


def test_only_the_centre_sets_ceilings(line):
    ceiling = CeilingFactory(province=line.province)

    for scope in (OURS, Scope(ScopeRole.REGIONS, (50,))):
        with open_scope(scope), pytest.raises(DatabaseError), transaction.atomic():
            Ceiling.objects.filter(pk=ceiling.pk).update(amount=Decimal(1))
