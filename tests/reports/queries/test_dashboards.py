"""The figures of a dashboard against a recount of the rows, whatever was written and folded."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentors.services.receipts import fold_receipts
from reports.enums import Measure, PlanState
from reports.models import PlanLine, PlanProgress
from reports.queries.cells import FEWEST_SHOWN, Cell
from reports.queries.dashboards import dashboard_of
from reports.queries.hiding import hide_few
from reports.queries.plan_actuals import results_of
from reports.queries.questions import Question
from reports.queries.recounts import recount_of
from seminars.models import CheckIn
from tests.factories import (
    ActivityFactory,
    MonthReportFactory,
    TermFactory,
    UserFactory,
    VolunteerFactory,
)
from tests.factories.cases import CaseFactory
from tests.factories.plans import (
    PlanFactory,
    PlanLineFactory,
    PlanProgressFactory,
    PlanProofFactory,
)
from tests.factories.seminars import RegistrationFactory, SessionFactory
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.enums import CaseOutcome, CaseState, Category, VolunteerStatus
from volunteer_network.models import Activity, Case, Province, Volunteer
from volunteer_network.services.case_figures import fold_case_figures
from volunteer_network.services.figures import fold_figures

CHIANG_MAI, SONGKHLA = 50, 90
TODAY = date(2026, 11, 20)
MONTHS = [date(2025, 10, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]
CATEGORIES = [Category.SAFETY, Category.SOCIAL_SECURITY]
QUESTIONS = [
    Question(fiscal_year=2570, today=TODAY),
    Question(fiscal_year=2569, today=TODAY),
    Question(fiscal_year=2570, today=TODAY, month=MONTHS[2]),
    Question(fiscal_year=2570, today=TODAY, quarter=1, category=CATEGORIES[0]),
    Question(fiscal_year=2570, today=TODAY, region="ภาคใต้"),
    Question(fiscal_year=2570, today=TODAY, province=CHIANG_MAI),
]


@pytest.fixture
def cast(db):
    provinces = [Province.objects.get(pk=code) for code in (CHIANG_MAI, SONGKHLA)]
    return SimpleNamespace(
        centre=UserFactory(role=Role.CENTRAL_OFFICER, province=None),
        officers=[UserFactory(province=province) for province in provinces],
        people=[VolunteerFactory(province=province) for province in provinces],
    )


def scope_of(row):
    return Scope(ScopeRole.PROVINCE, (row.province_id,), cleared=True)


def check_in(seat):
    session = SessionFactory(seminar=seat.seminar)
    with open_scope(NATION):
        return CheckIn.objects.create(
            province=seat.province, seminar=seat.seminar, session=session, registration=seat,
            way="scan",
        )  # fmt: skip


step = st.one_of(
    st.tuples(
        st.just("log"), st.integers(0, 1), st.sampled_from(MONTHS), st.sampled_from(CATEGORIES)
    ),
    st.tuples(st.just("forget"), st.integers(0, 9)),
    st.tuples(
        st.just("case"), st.integers(0, 1), st.sampled_from(MONTHS), st.sampled_from(CATEGORIES)
    ),
    st.tuples(st.just("answer"), st.integers(0, 9), st.sampled_from(list(CaseOutcome))),
    st.tuples(st.just("join"), st.integers(0, 1), st.booleans()),
    st.tuples(st.just("leave"), st.integers(0, 9)),
    st.tuples(st.just("report"), st.integers(0, 9), st.booleans()),
    st.tuples(st.just("come"), st.integers(0, 1), st.booleans()),
    st.tuples(st.just("fold")),
)


def play(cast, made, move, *details):
    """Do one step; `made` holds the rows by kind."""
    if move == "fold":
        fold_figures(), fold_case_figures(), fold_receipts()
    elif move == "log":
        who, month, category = details
        made.activities.append(
            ActivityFactory(
                volunteer=cast.people[who],
                recorded_by=cast.officers[who],
                on_date=month.replace(day=9),
                category=category,
                spotted=3,
                screened=2,
                referred=1,
            )
        )
    elif move == "case":
        who, month, topic = details
        made.cases.append(
            CaseFactory(
                volunteer=cast.people[who],
                opened_by=cast.officers[who],
                opened_on=month.replace(day=9),
                topic=topic,
            )
        )
    elif move == "join":
        who, in_office = details
        one = VolunteerFactory(
            province=cast.people[who].province,
            status=VolunteerStatus.ACTIVE if in_office else VolunteerStatus.APPLICANT,
        )
        TermFactory(volunteer=one, starts_on=date(2026, 9, 11), ends_on=date(2026, 10, 9))
        made.people.append(one)
    elif move == "come":
        who, here = details
        seat = RegistrationFactory(province=cast.people[who].province)
        if here:
            check_in(seat)
    else:
        change(made, move, *details)


def change(made, move, number, *details):
    rows = {
        "forget": made.activities,
        "answer": made.cases,
        "leave": made.people,
        "report": made.people,
    }[move]
    if not rows:
        return
    row = rows[number % len(rows)]
    with open_scope(scope_of(row)):
        if move == "forget":
            Activity.objects.filter(pk=row.pk).delete()
            rows.remove(row)
        elif move == "answer":
            Case.objects.filter(pk=row.pk).update(
                state=CaseState.CLOSED, outcome=details[0], answered_on=TODAY
            )
        elif move == "leave":
            Volunteer.objects.filter(pk=row.pk).update(status=VolunteerStatus.RESIGNED)
    if move == "report" and row.pk not in made.reported:
        made.reported.add(row.pk)
        MonthReportFactory(
            volunteer=row, month=MONTHS[2], late=details[0], state="sent",
            sent_at="2026-11-03T09:00:00+07:00",
            sent_by=UserFactory(province=row.province),
        )  # fmt: skip


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(step, max_size=14))
def test_every_figure_equals_a_recount_whatever_was_written_and_folded(cast, steps):
    with transaction.atomic():
        made = SimpleNamespace(activities=[], cases=[], people=[], reported=set())
        for move in steps:
            play(cast, made, *move)

        for user in (cast.centre, *cast.officers):
            with open_scope(user.scope):
                for question in QUESTIONS:
                    board = dashboard_of(question, user=user)
                    lines = recount_of(board, user=user)
                    assert [line for line in lines if line.differs] == [], question
        transaction.set_rollback(True)


def test_the_parts_of_a_board_agree(cast):
    for who in (0, 1):
        for month in MONTHS:
            ActivityFactory(
                volunteer=cast.people[who], recorded_by=cast.officers[who], on_date=month
            )

    with open_scope(NATION):
        board = dashboard_of(QUESTIONS[0], user=cast.centre)

    assert board.total.activities == 4
    assert sum(one.activities for one in board.months) == 4
    assert sum(cell.activities for cell in board.regions) == 4
    assert [cell.code for cell in board.provinces if cell.activities] == [CHIANG_MAI, SONGKHLA]
    assert len(board.provinces) == 76
    assert board.total.places == 7256


def test_only_months_that_are_over_are_compared_with_the_year_before(cast):
    volunteer, officer = cast.people[0], cast.officers[0]
    for day, people in (
        (date(2025, 10, 5), 10),  # the same month of the year before
        (date(2026, 10, 5), 15),
        (date(2025, 11, 5), 100),
        (date(2026, 11, 5), 1),  # runs still
    ):
        ActivityFactory(
            volunteer=volunteer,
            recorded_by=officer,
            on_date=day,
            people_male=people,
            people_female=0,
        )

    with open_scope(officer.scope):
        total = dashboard_of(QUESTIONS[0], user=officer).total

    assert (total.people, total.people_ended, total.people_before) == (16, 15, 10)
    assert total.growth_percent == 50.0


def test_a_month_that_was_empty_the_year_before_is_compared_with_nothing(cast):
    volunteer, officer = cast.people[0], cast.officers[0]
    for day, people in ((date(2025, 10, 5), 10), (date(2026, 10, 5), 15), (date(2026, 11, 5), 30)):
        ActivityFactory(
            volunteer=volunteer,
            recorded_by=officer,
            on_date=day,
            people_male=people,
            people_female=0,
        )

    with open_scope(officer.scope):
        december = replace(QUESTIONS[0], today=date(2026, 12, 15))
        total = dashboard_of(december, user=officer).total

    assert (total.people, total.people_ended, total.people_before) == (45, 15, 10)


def test_one_to_four_people_of_another_province_are_hidden_with_the_next_smallest():
    cells = [
        Cell(code=code, people=people)
        for code, people in ((50, 2), (90, 3), (91, 40), (92, 8), (93, 0))
    ]

    hide_few(cells, seen={50})

    assert [cell.shown("people") for cell in cells] == [2, None, 40, None, 0]
    assert FEWEST_SHOWN == 5


def test_who_sees_the_nation_sees_every_figure():
    cell = Cell(code=90, people=1)

    hide_few([cell], seen=None)

    assert cell.shown("people") == 1


def test_a_page_of_another_province_hides_its_few_also_by_month(cast):
    ActivityFactory(
        volunteer=cast.people[1],
        recorded_by=cast.officers[1],
        on_date=MONTHS[2],
        people_male=3,
        people_female=0,
        spotted=0,
        screened=0,
        referred=0,
    )
    fold_figures()

    question = Question(fiscal_year=2570, today=TODAY, province=SONGKHLA)
    with open_scope(cast.officers[0].scope):
        abroad = dashboard_of(question, user=cast.officers[0])
    with open_scope(cast.officers[1].scope):
        at_home = dashboard_of(question, user=cast.officers[1])

    assert (abroad.total.shown("people"), at_home.total.shown("people")) == (None, 3)
    assert abroad.months[0].shown("people") is None
    assert at_home.months[0].shown("people") == 3


@pytest.fixture
def plan(cast):
    """An approved plan of Chiang Mai: one line counts people, one is typed."""
    plan = PlanFactory(
        province=cast.people[0].province,
        state=PlanState.APPROVED,
        sent_at="2026-10-20T09:00:00+07:00",
        sent_by=cast.officers[0],
        made_by=cast.officers[0],
    )
    counted = PlanLineFactory(
        plan=plan, measure=Measure.PEOPLE, target=120, target_1=30, target_2=30,
        target_3=30, target_4=30, allotted=50_000,
    )  # fmt: skip
    PlanProofFactory(line=counted, category=CATEGORIES[0])
    typed = PlanLineFactory(plan=plan, allotted=10_000)
    PlanProgressFactory(
        province=plan.province, lineage=typed.lineage, quarter=1, disbursed=2_500, committed=100
    )
    return plan


def test_plan_and_budget_are_those_of_the_plan_itself(cast, plan):
    for month, category in ((MONTHS[2], 0), (MONTHS[3], 0), (MONTHS[2], 1)):
        ActivityFactory(
            volunteer=cast.people[0],
            recorded_by=cast.officers[0],
            on_date=month,
            category=CATEGORIES[category],
            people_male=8,
            people_female=0,
        )
    officer = cast.officers[0]

    for _time in range(2):
        with open_scope(officer.scope):
            board = dashboard_of(QUESTIONS[0], user=officer)
            lines = list(PlanLine.objects.filter(plan=plan))
            results = results_of(plan, lines, user=officer).of_line
            spent = sum(row.disbursed for row in PlanProgress.objects.all())
        counted = next(line for line in lines if line.measure == Measure.PEOPLE)
        assert board.quarters[0].people == results[counted.pk].actual[0] == 16
        assert board.quarters[0].target == 30
        assert (board.total.plan_people, board.total.plan_target) == (8, 10)  # October is over
        assert board.total.plan_percent == 80.0
        assert board.total.allotted == 60_000
        assert board.total.disbursed == spent == 2_500
        assert [one.allotted for one in board.budgets] == [60_000]
        fold_figures()


def test_a_plan_that_is_not_approved_counts_nowhere(cast, plan):
    with open_scope(cast.officers[0].scope):
        type(plan).objects.filter(pk=plan.pk).update(state=PlanState.SENT)
        board = dashboard_of(QUESTIONS[0], user=cast.officers[0])

    assert (board.total.plans, board.total.allotted, board.total.plan_thirds) == (0, 0, 0)


def test_a_plan_has_no_part_for_one_category(cast, plan):
    with open_scope(cast.officers[0].scope):
        board = dashboard_of(QUESTIONS[3], user=cast.officers[0])

    assert (board.total.plans, board.total.plan_thirds, board.total.plan_people) == (1, 0, 0)


def test_a_check_in_that_was_taken_back_is_no_attendance(cast):
    noted = check_in(RegistrationFactory(province=cast.people[0].province))
    with open_scope(NATION):
        before = dashboard_of(QUESTIONS[0], user=cast.centre).total
        CheckIn.objects.filter(pk=noted.pk).update(undone_at="2026-11-03T09:00:00+07:00")
        after = dashboard_of(QUESTIONS[0], user=cast.centre).total

    assert (before.accepted, before.attended) == (1, 1)
    assert (after.accepted, after.attended) == (1, 0)
