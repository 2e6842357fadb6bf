"""A question about an activity meets its removal; and whose activity it is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentors.enums import CheckReason, CheckState
from mentors.models import CheckRequest
from mentors.services import check_requests
from mentors.services.check_notices import whom_to_ask
from mentors.services.check_requests import ask_for_check, confirm_activity, settle_by_change
from tests.factories import (
    ActivityFactory,
    MentorFactory,
    MentorshipFactory,
    TermFactory,
    UserFactory,
    VolunteerFactory,
)
from tests.locks import while_held, without_row_locks
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, Province
from volunteer_network.services.activities import remove_activity


def an_activity(code, recorded_by):
    day = timezone.localdate() - timedelta(days=3)
    volunteer = VolunteerFactory(province=Province.objects.get(pk=code))
    TermFactory(
        volunteer=volunteer,
        starts_on=day - timedelta(days=30),
        ends_on=day + timedelta(days=30),
    )
    return ActivityFactory(volunteer=volunteer, recorded_by=recorded_by, on_date=day)


def ask(activity, by, words=""):
    return ask_for_check(
        activity=activity,
        version=activity.version,
        reason=CheckReason.TOO_HIGH,
        words=words,
        by=by,
    )


@pytest.fixture
def stage(committed):
    officer = UserFactory(province=Province.objects.get(pk=50))
    centre = UserFactory(role=Role.CENTRAL_OFFICER, province=None)
    return an_activity(50, officer), officer, centre


def removing(activity, by):
    def call():
        with open_scope(by.scope):
            return remove_activity(activity=activity, by=by)

    return call


def test_a_question_that_is_just_being_asked_ends_with_the_removal(stage):
    activity, officer, centre = stage

    while_held(lambda: ask(activity, centre), removing(activity, officer), scope=centre.scope)

    with open_scope(NATION):
        assert CheckRequest.objects.get().state == CheckState.REMOVED
        assert not Activity.objects.exists()


def test_without_the_lock_the_question_stays_about_what_is_gone(stage, monkeypatch):
    """The twin: it shows that the test above can see what the lock prevents."""
    activity, officer, centre = stage
    monkeypatch.setattr(check_requests, "wait_in_transaction", lambda *which: None)

    while_held(lambda: ask(activity, centre), removing(activity, officer), scope=centre.scope)

    with open_scope(NATION):
        assert CheckRequest.objects.get().is_open
        assert not Activity.objects.exists()


@pytest.mark.parametrize("locked", [True, False], ids=["locked", "the twin without locks"])
def test_what_was_just_answered_is_not_answered_again_by_a_change(stage, monkeypatch, locked):
    """The twin shows that the test can see what the lock of the request prevents."""
    activity, officer, centre = stage
    with open_scope(centre.scope):
        asked = ask(activity, centre)
    if not locked:
        without_row_locks(monkeypatch)

    while_held(
        lambda: confirm_activity(asked=asked, answer="ใบลงชื่อ", by=officer),
        changing(activity, officer),
        scope=officer.scope,
    )

    with open_scope(NATION):
        state = CheckRequest.objects.get().state
    assert state == (CheckState.CONFIRMED if locked else CheckState.CORRECTED)


def changing(activity, by):
    def call():
        with open_scope(by.scope):
            changed = Activity.objects.get(pk=activity.pk)
            changed.people_female += 7
            settle_by_change(changed, by=by)

    return call


@pytest.mark.parametrize("changed", [0, 1])
def test_a_change_answers_for_its_own_activity_only(chiang_mai_officer, central_officer, changed):
    activities = [an_activity(50, chiang_mai_officer) for _number in range(2)]
    with open_scope(central_officer.scope):
        questions = [ask(each, central_officer) for each in activities]

    changing(activities[changed], chiang_mai_officer)()

    with open_scope(NATION):
        still_open = [CheckRequest.objects.get(pk=each.pk).is_open for each in questions]
    assert still_open == [number != changed for number in range(2)]


@pytest.mark.parametrize("guides", [True, False])
def test_nobody_is_asked_by_oneself(chiang_mai_head, chiang_mai, guides):
    """Neither as the volunteer's mentor nor as the head; whoever wrote it down has left."""
    colleague = UserFactory(province=chiang_mai)
    activity = an_activity(50, UserFactory(is_active=False))
    if guides:
        mentor = MentorFactory(province=chiang_mai, user=chiang_mai_head)
        MentorshipFactory(mentor=mentor, volunteer=activity.volunteer)

    with open_scope(chiang_mai_head.scope):
        people = whom_to_ask(activity, by=chiang_mai_head)

    assert colleague in people
    assert chiang_mai_head not in people


def test_a_former_mentor_is_not_asked(chiang_mai_head, chiang_mai, central_officer, today):
    former = MentorFactory(province=chiang_mai, user=UserFactory(province=chiang_mai))
    activity = an_activity(50, UserFactory(is_active=False))
    MentorshipFactory(
        mentor=former,
        volunteer=activity.volunteer,
        starts_on=today - timedelta(days=20),
        ends_on=today - timedelta(days=10),
    )

    with open_scope(central_officer.scope):
        assert whom_to_ask(activity, by=central_officer) == [chiang_mai_head]


def test_the_first_wall_alone_keeps_activities_of_other_provinces(
    chiang_mai_head, songkhla_officer
):
    foreign = an_activity(90, songkhla_officer)

    with open_scope(NATION), pytest.raises(RuleViolation, match="เอาออกจากบันทึกแล้ว"):
        ask(foreign, chiang_mai_head)


def test_other_words_are_another_question(chiang_mai_officer, central_officer):
    activity = an_activity(50, chiang_mai_officer)

    with open_scope(central_officer.scope):
        ask(activity, central_officer, "คนหรือครัวเรือน")
        with pytest.raises(RuleViolation, match="รอคำตอบก่อน"):
            ask(activity, central_officer, "นับซ้ำหรือไม่")
