"""Kept figures of cases against a recount, in every order of writing and folding."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import UserFactory, VolunteerFactory
from tests.factories.cases import CaseFactory
from volunteer_network import tasks
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, SYSTEM, Scope, ScopeRole, open_scope
from volunteer_network.case_figures_sql import CASE_FIGURES_LOCK
from volunteer_network.case_steps import ANSWERED, WITH_OFFICE
from volunteer_network.celery import app as celery_app
from volunteer_network.enums import CaseOutcome, CaseState, Category, DeclineReason
from volunteer_network.models import Case, CaseDelta, CaseMonth, CaseTopicMonth, Office, Province
from volunteer_network.services.case_figures import (
    CaseCounts,
    cases_by_province,
    check_case_figures,
    differing_case_cells,
    fold_case_figures,
    rebuild_case_figures,
)

CHIANG_MAI, SONGKHLA = 50, 90
MONTHS = [date(2026, 9, 1), date(2026, 10, 1)]
TOPICS = [Category.SAFETY, Category.SOCIAL_SECURITY, Category.TRAFFICKING]


@pytest.fixture
def people(db):
    provinces = [Province.objects.get(pk=code) for code in (CHIANG_MAI, SONGKHLA)]
    return [
        (VolunteerFactory(province=province), UserFactory(province=province))
        for province in provinces
    ]


def standing(case):
    """In the words of the figures, from the state and the outcome."""
    if case.state in ANSWERED:
        return case.outcome
    if case.state in WITH_OFFICE:
        return "at_office"
    return "withdrawn" if case.state == CaseState.WITHDRAWN else "waiting"


def recount(rows, topic=None):
    found = {}
    for case in rows:
        if case.topic == Category.TRAFFICKING or (topic and case.topic != topic):
            continue
        cell = (case.province_id, case.opened_on.replace(day=1))
        found.setdefault(cell, Counter())[standing(case)] += 1
    return {cell: CaseCounts(**counts) for cell, counts in found.items()}


def read(topic=None):
    counts = {
        (province, month): CaseCounts(*counted)
        for month in MONTHS
        for province, *counted in cases_by_province(month_from=month, month_to=month, topic=topic)
    }
    return {cell: one for cell, one in counts.items() if one != CaseCounts()}


def change(case, state, outcome):
    """The row as the services leave it in a state, whichever way it went there."""
    answered = state in ANSWERED
    office = Office.objects.filter(province=case.province_id).first()
    Case.objects.filter(pk=case.pk).update(
        state=state,
        outcome=outcome if answered else "",
        answered_on=case.opened_on if answered else None,
        decline_reason=DeclineReason.OTHER if state == CaseState.DECLINED else "",
        office=None if state == CaseState.OPENED else office,
    )


step = st.one_of(
    st.tuples(st.just("open"), st.integers(0, 1), st.sampled_from(MONTHS), st.sampled_from(TOPICS)),
    st.tuples(
        st.just("move"),
        st.integers(0, 9),
        st.sampled_from(list(CaseState)),
        st.sampled_from(list(CaseOutcome)),
    ),
    st.tuples(st.just("re-topic"), st.integers(0, 9), st.sampled_from(TOPICS)),
    st.tuples(st.just("re-date"), st.integers(0, 9), st.sampled_from(MONTHS)),
    st.tuples(st.just("fold")),
)


def play(rows, people, move, *details):
    if move == "fold":
        fold_case_figures()
    elif move == "open":
        who, month, topic = details
        volunteer, officer = people[who]
        opened_on = month.replace(day=9)
        rows.append(
            CaseFactory(volunteer=volunteer, opened_by=officer, topic=topic, opened_on=opened_on)
        )
    elif rows:
        case = rows[details[0] % len(rows)]
        with open_scope(Scope(ScopeRole.PROVINCE, (case.province_id,), cleared=True)):
            if move == "move":
                change(case, *details[1:])
            elif move == "re-topic":
                Case.objects.filter(pk=case.pk).update(topic=details[1])
            else:
                Case.objects.filter(pk=case.pk).update(opened_on=details[1])


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(step, max_size=12))
def test_figures_of_cases_equal_a_recount_whatever_was_written_and_folded(people, steps):
    with transaction.atomic():
        made = []
        for move in steps:
            play(made, people, *move)

        for _time in range(2):
            with open_scope(Scope(ScopeRole.NATION, cleared=True)):
                rows = list(Case.objects.all())
                assert read() == recount(rows)
                for topic in TOPICS:
                    assert read(topic) == recount(rows, topic)
                assert [differing_case_cells(month) for month in MONTHS] == [[], []]
            fold_case_figures()
        transaction.set_rollback(True)


def test_a_figure_is_fresh_for_the_own_province_and_a_fold_old_for_others(people):
    for volunteer, officer in people:
        CaseFactory(volunteer=volunteer, opened_by=officer, opened_on=MONTHS[0])

    with open_scope(Scope(ScopeRole.PROVINCE, (CHIANG_MAI,))):
        assert read() == {(CHIANG_MAI, MONTHS[0]): CaseCounts(at_office=1)}
    assert fold_case_figures() == 2
    with open_scope(Scope(ScopeRole.PROVINCE, (CHIANG_MAI,))):
        assert read().keys() == {(CHIANG_MAI, MONTHS[0]), (SONGKHLA, MONTHS[0])}


def test_no_figure_tells_of_trafficking_even_to_the_cleared(people):
    volunteer, officer = people[0]
    CaseFactory(
        volunteer=volunteer, opened_by=officer, topic=Category.TRAFFICKING, opened_on=MONTHS[0]
    )

    with open_scope(Scope(ScopeRole.NATION, cleared=True)):
        assert not CaseDelta.objects.exists()
    fold_case_figures()
    with open_scope(Scope(ScopeRole.NATION, cleared=True)):
        assert not CaseMonth.objects.exists()
        assert not CaseTopicMonth.objects.exists()


def test_the_parts_of_the_counts_make_the_whole():
    counts = CaseCounts(1, 2, 4, 8, 16, 32, 64)

    assert (counts.answered, counts.referred, counts.opened) == (60, 62, 127)
    assert counts + counts == CaseCounts(2, 4, 8, 16, 32, 64, 128)


@pytest.mark.usefixtures("committed")
def test_a_rebuild_mends_and_the_nightly_check_notices(caplog):
    province = Province.objects.get(pk=CHIANG_MAI)
    volunteer, officer = VolunteerFactory(province=province), UserFactory(province=province)
    CaseFactory(volunteer=volunteer, opened_by=officer, opened_on=timezone.localdate())
    with open_scope(SYSTEM):
        CaseDelta.objects.all().delete()

    assert check_case_figures() == 1
    assert "figures of cases differ from the cases" in caplog.text
    with as_owner():
        rebuild_case_figures()
    assert check_case_figures() == 0
    with open_scope(NATION):
        assert differing_case_cells(timezone.localdate().replace(day=1)) == []


@pytest.mark.usefixtures("committed")
def test_two_folds_at_once_are_one():
    """Two would both take deltas, and each upsert from what it saw before the other."""
    province = Province.objects.get(pk=CHIANG_MAI)
    volunteer, officer = VolunteerFactory(province=province), UserFactory(province=province)
    CaseFactory(volunteer=volunteer, opened_by=officer, opened_on=MONTHS[0])

    def beside():
        try:
            return fold_case_figures()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CASE_FIGURES_LOCK])
        assert other.submit(beside).result() == 0
    assert fold_case_figures() == 1


def test_the_fold_and_the_check_are_on_the_schedule():
    schedule = celery_app.conf.beat_schedule

    assert schedule["fold_case_figures"]["task"] == tasks.fold_case_figures.name
    assert schedule["fold_case_figures"]["schedule"] == 60.0
    assert schedule["check_case_figures"]["task"] == tasks.check_case_figures.name
