"""Kept receipts against a recount of the reports, in every order of writing and folding."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentors import tasks
from mentors.enums import RECEIVED_STATES, MonthState
from mentors.models import MonthReport, ReceiptDelta
from mentors.models.months import FROZEN
from mentors.services.receipts import (
    Receipt,
    by_mentor,
    by_province,
    check_receipts,
    differing_cells,
    fold_receipts,
    rebuild_receipts,
)
from tests.factories import (
    MentorFactory,
    MentorshipFactory,
    MonthReportFactory,
    TermFactory,
    UserFactory,
    VolunteerFactory,
)
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.celery import app as celery_app
from volunteer_network.models import Province, Term

MONTH = date(2026, 10, 1)
AT = datetime(2026, 11, 3, 9, tzinfo=ZoneInfo("Asia/Bangkok"))
STEPS = ("sent", "certified", "approved", "locked")
REACHED = {
    MonthState.DRAFT: 0,
    MonthState.RETURNED: 1,
    MonthState.SENT: 1,
    MonthState.CERTIFIED: 2,
    MonthState.APPROVED: 3,
    MonthState.LOCKED: 4,
}


@pytest.fixture
def officer(chiang_mai):
    return UserFactory(province=chiang_mai)


@pytest.fixture
def team(chiang_mai):
    """Two people of one mentor and one without."""
    mentor = MentorFactory(province=chiang_mai)
    people = VolunteerFactory.create_batch(3, province=chiang_mai)
    for one in people:
        TermFactory(volunteer=one, starts_on=date(2025, 6, 11), ends_on=date(2028, 6, 10))
    for one in people[:2]:
        MentorshipFactory(volunteer=one, mentor=mentor)
    return mentor, people


def fields_of(state, officer):
    done = STEPS[: REACHED[state]]
    fields = {f"{step}_at": AT if step in done else None for step in STEPS}
    fields |= {f"{step}_by": officer if step in done else None for step in STEPS}
    returned = state == MonthState.RETURNED
    fields |= (
        {"returned_at": AT, "returned_by": officer, "returned_because": "แก้"} if returned else {}
    )
    return fields | dict.fromkeys(FROZEN, 0 if state == MonthState.LOCKED else None)


def recount():
    """Counted from the reports, in plain Python."""
    with open_scope(NATION):
        rows = list(MonthReport.objects.filter(month=MONTH))
    received = [row for row in rows if row.state in RECEIVED_STATES]
    return Receipt(
        received=len(received),
        on_time=sum(not row.late for row in received),
        certified=sum(REACHED[row.state] >= 2 for row in rows),
        approved=sum(REACHED[row.state] >= 3 for row in rows),
        locked=sum(row.state == "locked" for row in rows),
        nothing=sum(bool(row.nothing_because) for row in received),
        returned=sum(row.state == "returned" for row in rows),
        expected=3,
    )


moves = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from([*MonthState, "fold", "move"]),
        st.booleans(),
        st.sampled_from(["", "ill"]),
    ),
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(moves=moves)
def test_receipts_equal_a_recount_in_every_order(moves, team, officer):
    mentor, people = team
    with open_scope(officer.scope):
        MonthReport.objects.filter(month=MONTH).update(
            state=MonthState.DRAFT, late=False, nothing_because="",
            **fields_of(MonthState.DRAFT, officer),
        )  # fmt: skip
    for who, what, late, because in moves:
        if what == "fold":
            fold_receipts()
            continue
        with open_scope(officer.scope):
            rows = MonthReport.objects.filter(volunteer=people[who], month=MONTH)
            if not rows:
                MonthReportFactory(volunteer=people[who], month=MONTH, mentor=mentor)
            if what == "move":
                rows.update(mentor=None)
            else:
                changed = {"state": what, "late": late, "nothing_because": because}
                rows.update(**changed, **fields_of(what, officer))

    with open_scope(officer.scope):
        province = by_province([MONTH], user=officer)[MONTH][50]
        mentors = by_mentor(MONTH, province=50, user=officer)
    with open_scope(NATION):
        assert differing_cells(MONTH) == []
    assert province == recount()
    total = Receipt()
    for one in mentors.values():
        total += one
    assert total == recount()


def test_who_is_expected_follows_from_terms_and_mentorships(team, officer):
    mentor, _people = team

    with open_scope(officer.scope):
        found = by_mentor(MONTH, province=50, user=officer)
        before = by_province([date(2025, 5, 1)], user=officer)

    assert found == {mentor.pk: Receipt(expected=2), 0: Receipt(expected=1)}
    assert before == {date(2025, 5, 1): {}}


def test_a_provincial_officer_sees_the_own_province_only(team, officer, songkhla, songkhla_officer):
    foreign = VolunteerFactory(province=songkhla)
    TermFactory(volunteer=foreign, starts_on=date(2025, 6, 11), ends_on=date(2028, 6, 10))
    MonthReportFactory(volunteer=foreign, state="sent", sent_at=AT, sent_by=songkhla_officer)
    fold_receipts()

    with open_scope(officer.scope):
        assert by_province([MONTH], user=officer)[MONTH].keys() == {50}


term_moves = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["appoint", "end", "move", "remove", "fold"]),
        st.integers(0, 7),
    ),
    max_size=10,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(moves=term_moves)
def test_the_expected_equal_the_terms_in_every_order(moves, officer, chiang_mai):
    """Two terms of one volunteer may meet within a month, which is expected once."""
    with transaction.atomic():
        people = VolunteerFactory.create_batch(3, province=chiang_mai)
        for who, what, number in moves:
            if what == "fold":
                fold_receipts()
                continue
            with open_scope(officer.scope):
                terms = people[who].terms.order_by("starts_on")
                last = terms.last()
                first_day = last.lasts_until + timedelta(days=1) if last else date(2026, 3, 11)
                if what == "appoint":
                    TermFactory(
                        volunteer=people[who],
                        starts_on=first_day,
                        ends_on=first_day + timedelta(days=20 * number + 1),
                    )
                elif what == "end" and last and not last.ended_on:
                    span = (last.ends_on - last.starts_on).days
                    ended_on = last.starts_on + timedelta(days=span * number // 8)
                    terms.filter(pk=last.pk).update(ended_on=ended_on, end_reason="resigned")
                elif what == "move" and last:
                    terms.filter(pk=last.pk).update(ends_on=last.ends_on + timedelta(days=40))
                elif what == "remove" and last:
                    terms.filter(pk=last.pk).delete()

        with open_scope(officer.scope):
            terms = list(Term.objects.filter(volunteer__in=people))
            months = [date(2026 + number // 12, number % 12 + 1, 1) for number in range(40)]
            found = by_province(months, user=officer)
        counted = {
            month: len({one.volunteer_id for one in terms if is_on_some_day_of(month, one)})
            for month in months
        }
        kept = {month: found[month].get(50, Receipt()).expected for month in months}
        assert kept == counted
        with open_scope(NATION):
            assert [month for month in months if differing_cells(month)] == []
        transaction.set_rollback(True)


def is_on_some_day_of(month, term):
    last_day = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return term.starts_on <= last_day and term.lasts_until >= month


def test_figures_of_all_provinces_are_asked_for_by_name(officer, songkhla):
    foreign = VolunteerFactory(province=songkhla)
    TermFactory(volunteer=foreign, starts_on=date(2025, 6, 11), ends_on=date(2028, 6, 10))

    with open_scope(officer.scope):
        fresh = by_province([MONTH], user=officer, everywhere=True)
    fold_receipts()
    with open_scope(officer.scope):
        folded = by_province([MONTH], user=officer, everywhere=True)

    assert fresh == {MONTH: {}}  # another province's newest come with the next fold
    assert folded == {MONTH: {songkhla.pk: Receipt(expected=1)}}


def test_a_fold_empties_the_deltas_and_changes_no_figure(team, officer):
    _mentor, people = team
    fold_receipts()  # what the terms of the team let expect
    MonthReportFactory(volunteer=people[0], month=MONTH, state="sent", sent_at=AT, sent_by=officer)
    with open_scope(officer.scope):
        before = by_province([MONTH], user=officer)

    assert fold_receipts() == 1

    with open_scope(SYSTEM):
        assert not ReceiptDelta.objects.exists()
    with open_scope(officer.scope):
        assert by_province([MONTH], user=officer) == before


@pytest.mark.usefixtures("committed")
def test_a_rebuild_mends_and_the_nightly_check_notices(caplog):
    officer = UserFactory(province=Province.objects.get(pk=50))
    month = timezone.localdate().replace(day=1)
    MonthReportFactory(month=month, state="sent", sent_at=AT, sent_by=officer)
    with open_scope(SYSTEM):
        ReceiptDelta.objects.all().delete()

    assert check_receipts() == 1
    assert "receipts differ from the reports" in caplog.text
    with as_owner():
        rebuild_receipts()
    assert check_receipts() == 0


def test_the_fold_and_the_check_are_on_the_schedule():
    schedule = celery_app.conf.beat_schedule

    for task in (tasks.fold_receipts, tasks.check_receipts):
        assert task.name in {entry["task"] for entry in schedule.values()}
    assert schedule["fold_receipts"]["schedule"] == 60.0
