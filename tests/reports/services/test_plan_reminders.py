"""Reminding the late: whom, how often, by whom it is taken back, and only once of many at once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from reports.enums import DirectionState
from reports.models import Direction
from reports.services.plan_reminders import (
    remind_late,
    reminder_to_take_back,
    take_back_reminder,
)
from tests.factories import UserFactory
from tests.factories.plans import DirectionFactory
from tests.reports.sending import YEAR, sent_plan
from tests.seminars.services.test_races import run
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Notice, Province

LATER = timedelta(minutes=2, seconds=1)
AT_ONCE = 8


@pytest.fixture
def reader(chiang_mai_head):
    """Somebody in Chiang Mai who is told."""
    return chiang_mai_head


def remind(direction, *provinces, by):
    with open_scope(by.scope):
        return remind_late(direction=direction, provinces=provinces, by=by)


def recall(direction, *, by):
    with open_scope(by.scope):
        return take_back_reminder(direction=direction, by=by)


def told(user):
    with open_scope(user.scope):
        return Notice.objects.visible_to(user).count()


@pytest.mark.parametrize("state", [DirectionState.DRAFT, DirectionState.CLOSED])
def test_nobody_is_reminded_of_a_year_that_is_not_open(state, direction, central_officer):
    with open_scope(NATION):
        Direction.objects.filter(pk=direction.pk).update(state=state)

    with pytest.raises(RuleViolation, match="เปิดให้ทำแผน"):
        remind(direction, 50, by=central_officer)


def test_only_the_chosen_and_the_late_are_reminded(direction, central_officer, reader):
    sent_plan(51)

    assert remind(direction, 50, 51, by=central_officer) == 1
    assert told(reader) == 1
    with open_scope(NATION):
        assert AuditEvent.objects.get(verb="plan.reminded").province_id == 50


def test_a_province_is_reminded_once_a_day(direction, central_officer, reader):
    remind(direction, 50, by=central_officer)

    with pytest.raises(RuleViolation, match="พรุ่งนี้"):
        remind(direction, 50, by=UserFactory(role=Role.CENTRAL_OFFICER, province=None))
    assert told(reader) == 1


def test_a_reminder_is_taken_back_by_who_sent_it(direction, central_officer, reader):
    colleague = UserFactory(role=Role.CENTRAL_OFFICER, province=None)
    remind(direction, 50, by=central_officer)

    with pytest.raises(RuleViolation, match="เรียกคืนได้ภายใน 2 นาที"):
        recall(direction, by=colleague)
    assert recall(direction, by=central_officer) == 1
    assert told(reader) == 0


def test_a_reminder_of_another_year_stays(direction, central_officer):
    remind(direction, 50, by=central_officer)

    with pytest.raises(RuleViolation, match="เรียกคืนได้ภายใน 2 นาที"):
        recall(DirectionFactory(fiscal_year=YEAR - 1), by=central_officer)


def test_a_reminder_stays_after_two_minutes(direction, central_officer):
    remind(direction, 50, by=central_officer)

    with time_machine.travel(timezone.now() + LATER), open_scope(central_officer.scope):
        assert reminder_to_take_back(direction, by=central_officer) is None
        with pytest.raises(RuleViolation, match="เรียกคืนได้ภายใน 2 นาที"):
            take_back_reminder(direction=direction, by=central_officer)


def test_taking_back_undoes_one_press_and_not_the_one_before(direction, central_officer):
    remind(direction, 50, by=central_officer)
    remind(direction, 51, by=central_officer)

    assert recall(direction, by=central_officer) == 1
    with pytest.raises(RuleViolation, match="เรียกคืนได้ภายใน 2 นาที"):
        recall(direction, by=central_officer)


def test_of_many_who_remind_at_once_one_does(committed):
    direction = DirectionFactory(fiscal_year=YEAR)
    people = [UserFactory(role=Role.CENTRAL_OFFICER, province=None) for _ in range(2)]
    reader = UserFactory(province=Province.objects.get(pk=50))

    def reminding(number):
        def call():
            try:
                return remind(direction, 50, by=people[number % 2])
            except RuleViolation:
                return 0

        return call

    results = run([reminding(number) for number in range(AT_ONCE)], at_once=AT_ONCE)

    assert sum(results) == 1
    assert told(reader) == 1


def test_of_two_who_take_it_back_at_once_one_does(committed):
    direction = DirectionFactory(fiscal_year=YEAR)
    by = UserFactory(role=Role.CENTRAL_OFFICER, province=None)
    remind(direction, 50, by=by)

    def recalling():
        try:
            return recall(direction, by=by)
        except RuleViolation:
            return 0

    results = run([recalling] * AT_ONCE, at_once=AT_ONCE)

    assert sum(results) == 1
    with open_scope(NATION):
        assert AuditEvent.objects.filter(verb="plan.reminder_taken_back").count() == 1
