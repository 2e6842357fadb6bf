"""What proves a line, counted once and equal to a recount of the log."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from django.db import IntegrityError

from reports.enums import Measure
from reports.models import PlanLine, PlanProof
from reports.queries.plan_actuals import results_of
from reports.queries.plan_tables import plan_table
from seminars.enums import CheckInWay, HalfDay
from seminars.models import CheckIn
from tests.factories import (
    ActivityFactory,
    ParticipantClassFactory,
    RegistrationFactory,
    SeminarFactory,
    SessionFactory,
    VolunteerFactory,
)
from tests.factories.plans import (
    CeilingFactory,
    PlanFactory,
    PlanLineFactory,
    PlanProgressFactory,
    PlanProofFactory,
)
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import Category
from volunteer_network.models import Activity
from volunteer_network.services.figures import fold_figures
from volunteer_network.thai_calendar import quarter


@pytest.fixture
def plan(chiang_mai):
    return PlanFactory(province=chiang_mai, fiscal_year=2570)


def result(plan, line, user):
    with open_scope(user.scope):
        return results_of(plan, [line], user=user).of_line[line.pk]


def test_activities_of_the_proving_category_count_in_their_quarter(plan, chiang_mai_officer):
    line = PlanLineFactory(plan=plan, measure=Measure.PEOPLE)
    PlanProofFactory(line=line, category=Category.INFORMAL_WORKERS)
    volunteer = VolunteerFactory(province=plan.province)
    about = {"volunteer": volunteer, "category": Category.INFORMAL_WORKERS}
    ActivityFactory(on_date=date(2026, 10, 1), people_male=3, people_female=4, **about)
    ActivityFactory(on_date=date(2027, 1, 31), people_male=1, people_female=1, **about)
    ActivityFactory(on_date=date(2026, 9, 30), people_male=9, people_female=9, **about)  # last year

    found = result(plan, line, chiang_mai_officer)

    assert found.actual == (7, 2, 0, 0)
    assert found.by_month == (7, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)


def test_nothing_of_another_category_or_province_counts(plan, songkhla, chiang_mai_officer):
    line = PlanLineFactory(plan=plan, measure=Measure.ACTIVITIES)
    PlanProofFactory(line=line, category=Category.LABOUR_DATA)
    day = date(2026, 10, 5)
    ActivityFactory(
        volunteer=VolunteerFactory(province=plan.province), category=Category.SAFETY, on_date=day
    )
    ActivityFactory(
        volunteer=VolunteerFactory(province=songkhla), category=Category.LABOUR_DATA, on_date=day
    )

    assert result(plan, line, chiang_mai_officer).actual == (0, 0, 0, 0)


def test_work_of_no_line_is_listed(plan, chiang_mai_officer):
    line = PlanLineFactory(plan=plan, measure=Measure.ACTIVITIES)
    PlanProofFactory(line=line, category=Category.LABOUR_DATA)
    volunteer = VolunteerFactory(province=plan.province)
    for category in (Category.LABOUR_DATA, Category.SAFETY, Category.SAFETY):
        ActivityFactory(volunteer=volunteer, category=category, on_date=date(2026, 10, 5))

    with open_scope(chiang_mai_officer.scope):
        [left] = results_of(plan, [line], user=chiang_mai_officer).unclaimed

    assert (left.category, left.totals.activities) == (Category.SAFETY, 2)


def test_every_activity_counts_for_one_line_or_is_listed(plan, chiang_mai_officer):
    """On random work, before and after it is folded, the lines and the rest make the whole log."""
    chance = Random(4)
    volunteer = VolunteerFactory(province=plan.province)
    lines = PlanLineFactory.create_batch(4, plan=plan, measure=Measure.ACTIVITIES)
    for category in chance.sample(list(Category), 12):
        PlanProofFactory(line=chance.choice(lines), category=category)
    for number in range(60):
        ActivityFactory(
            volunteer=volunteer,
            category=chance.choice(list(Category)),
            on_date=date(2026, 10, 1).replace(month=chance.choice((10, 11))),
        )
        if number == 30:
            fold_figures()

    with open_scope(chiang_mai_officer.scope):
        found = results_of(plan, lines, user=chiang_mai_officer)
        counted = {
            line.pk: [
                sum(
                    quarter(row.on_date) == one
                    for row in Activity.objects.filter(
                        category__in=line.proofs.values("category"), province=plan.province
                    )
                )
                for one in (1, 2, 3, 4)
            ]
            for line in lines
        }

    assert {pk: list(one.actual) for pk, one in found.of_line.items()} == counted
    in_lines = sum(sum(one.actual) for one in found.of_line.values())
    assert in_lines + sum(left.totals.activities for left in found.unclaimed) == 60


def test_a_category_proves_one_line_only(plan):
    first, second = PlanLineFactory.create_batch(2, plan=plan)
    PlanProofFactory(line=first, category=Category.SAFETY)

    with pytest.raises(IntegrityError, match="category_proves_one_line"):
        PlanProofFactory(line=second, category=Category.SAFETY)


def test_whoever_came_to_a_seminar_counts_once(plan, chiang_mai, songkhla, chiang_mai_officer):
    seminar = SeminarFactory(starts_on=date(2026, 12, 3), ends_on=date(2026, 12, 4))
    of_people = ParticipantClassFactory(seminar=seminar)
    sessions = [
        SessionFactory(seminar=seminar, on_date=date(2026, 12, day), half=HalfDay.MORNING)
        for day in (3, 4)
    ]
    came, stayed_away, foreign = (
        RegistrationFactory(participant_class=of_people, province=province)
        for province in (chiang_mai, chiang_mai, songkhla)
    )
    with open_scope(NATION):
        for session in sessions:
            for one in (came, foreign):
                CheckIn.objects.create(
                    province=one.province, seminar=seminar, session=session, registration=one,
                    way=CheckInWay.SCAN,
                )  # fmt: skip
        CheckIn.objects.create(
            province=chiang_mai, seminar=seminar, session=sessions[0], registration=stayed_away,
            way=CheckInWay.SCAN, undone_at="2026-12-03T14:00+07:00",
        )  # fmt: skip
    line = PlanLineFactory(plan=plan, measure=Measure.ATTENDANCE)
    PlanProofFactory(line=line, category="", seminar=seminar)

    found = result(plan, line, chiang_mai_officer)

    assert found.actual == (1, 0, 0, 0)


def test_typed_results_and_money_belong_to_the_work(plan, chiang_mai_officer):
    line = PlanLineFactory(plan=plan, measure=Measure.TYPED, target=20, target_1=5, target_2=5,
                           target_3=5, target_4=5)  # fmt: skip
    PlanProgressFactory(lineage=line.lineage, quarter=1, actual=4, disbursed=Decimal(900))

    found = result(plan, line, chiang_mai_officer)

    assert found.actual == (4, None, None, None)
    assert found.actual_year == 4
    assert found.disbursed_year == Decimal(900)


def test_a_table_sums_money_and_leaves_what_is_under_the_ceiling(plan, chiang_mai_officer):
    CeilingFactory(province=plan.province, amount=Decimal(100_000))
    PlanLineFactory(plan=plan, allotted=Decimal(60_000))
    PlanLineFactory(plan=plan, allotted=Decimal(50_000), group="network")

    with open_scope(chiang_mai_officer.scope):
        table = plan_table(plan, user=chiang_mai_officer)

    assert table.allotted == Decimal(110_000)
    assert table.left_under_ceiling == Decimal(-10_000)
    assert [(group.place, group.allotted) for group in table.groups] == [
        (1, Decimal(60_000)),
        (2, Decimal(50_000)),
    ]


def test_the_queries_of_a_table_do_not_grow_with_its_lines(
    plan, chiang_mai_officer, django_assert_num_queries
):
    lines = PlanLineFactory.create_batch(12, plan=plan)
    for line, category in zip(lines, Category, strict=False):
        PlanProofFactory(line=line, category=category)

    with open_scope(chiang_mai_officer.scope), django_assert_num_queries(5):
        plan_table(plan, user=chiang_mai_officer)


def test_lines_of_another_province_are_behind_both_walls(songkhla, chiang_mai_officer, monkeypatch):
    PlanLineFactory(plan=PlanFactory(province=songkhla))

    with open_scope(chiang_mai_officer.scope):
        assert not PlanLine.objects.exists()
        assert not PlanProof.objects.exists()
    with open_scope(NATION):
        assert not PlanLine.objects.visible_to(chiang_mai_officer).exists()
