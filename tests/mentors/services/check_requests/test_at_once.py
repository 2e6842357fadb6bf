"""Questions, answers and corrections at the same moment."""

from datetime import date

import pytest

from mentors.models import CheckRequest
from mentors.services import check_requests
from mentors.services.check_requests import withdraw_check
from tests.factories import ActivityFactory, TermFactory, UserFactory, VolunteerFactory
from tests.mentors.services.check_requests.asking import DAY, ask, change, confirm, events, withdraw
from tests.seminars.services.test_races import run
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, Notice, Province


@pytest.fixture
def stage(committed):
    province = Province.objects.get(pk=50)
    officer = UserFactory(username="race-mentor", province=province)
    centre = UserFactory(username="race-centre", role=Role.CENTRAL_OFFICER)
    volunteer = VolunteerFactory(province=province)
    TermFactory(volunteer=volunteer, starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))
    activity = ActivityFactory(
        volunteer=volunteer, recorded_by=officer, on_date=DAY, people_female=400
    )
    return activity, officer, centre


def trying(call):
    def attempt():
        try:
            return call()
        except RuleViolation as refusal:
            return refusal

    return attempt


def won(results):
    return [one for one in results if not isinstance(one, RuleViolation)]


def test_of_many_answers_at_once_one_wins(stage):
    activity, officer, centre = stage
    asked = ask(activity, centre)
    calls = [
        *(trying(lambda: confirm(asked, officer)) for _ in range(12)),
        *(trying(lambda: withdraw(asked, centre)) for _ in range(12)),
    ]

    results = run(calls)

    assert len(won(results)) == 1
    assert len(events()) == 2  # asked, and one end


def test_of_many_questions_at_once_one_is_asked(stage):
    activity, _officer, centre = stage
    head = UserFactory(username="race-head", role=Role.PROVINCIAL_HEAD)

    results = run([trying(lambda who=who: ask(activity, who)) for who in (centre, head) * 8])

    with open_scope(NATION):
        assert CheckRequest.objects.count() == 1
        assert Notice.objects.count() == 1
    assert len({one.pk for one in won(results)}) == 1


def test_a_question_meets_a_correction(stage):
    """Whichever comes first: never a question left open about a figure that is gone."""
    activity, officer, centre = stage

    for number in range(12):
        ask_again = trying(lambda: ask(activity, centre, version=latest(activity)))
        correct = trying(lambda people=number: change(activity, officer, people_female=people))
        run([ask_again, correct], at_once=2)
        with open_scope(NATION):
            row = Activity.objects.get(pk=activity.pk)
            for asked in CheckRequest.objects.open():
                assert asked.before == check_requests.watched(row)
        end_open(centre)


def latest(activity):
    with open_scope(NATION):
        return Activity.objects.values_list("version", flat=True).get(pk=activity.pk)


def end_open(centre):
    with open_scope(centre.scope):
        for asked in CheckRequest.objects.open():
            withdraw_check(asked=asked, by=centre)


def test_without_the_lock_of_the_activity_a_question_stays_about_what_is_gone(stage, monkeypatch):
    """The twin: it shows that the test above can see what the lock prevents."""
    activity, officer, centre = stage
    real = check_requests.check_notices.whom_to_ask

    def change_meanwhile(row, *, by):
        people = real(row, by=by)
        pool = run([lambda: change(activity, officer, people_female=7)], at_once=1)
        assert pool
        return people

    monkeypatch.setattr(check_requests, "wait_in_transaction", lambda *which: None)
    monkeypatch.setattr(check_requests.check_notices, "whom_to_ask", change_meanwhile)

    asked = ask(activity, centre)

    with open_scope(NATION):
        assert now_open_about(asked) != check_requests.watched(Activity.objects.get(pk=activity.pk))


def now_open_about(asked):
    row = CheckRequest.objects.get(pk=asked.pk)
    assert row.is_open
    return row.before
