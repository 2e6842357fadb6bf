"""Whom each step of a plan tells: people of its province or the centre, never others."""

import datetime

import pytest
from django.utils import timezone

from reports.enums import DirectionState
from reports.models import Direction
from reports.services import plan_notices
from reports.services.directions import make_direction, move_direction
from tests.factories import ActingHeadFactory, UserFactory
from tests.factories.plans import StandingProjectFactory
from volunteer_network.access.roles import PROVINCIAL_ROLES, Role
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.models import Notice, Province, User


@pytest.fixture
def others(db, songkhla, chiang_mai):
    """Somebody of each role abroad, and at home those whom a plan does not concern."""
    made = [UserFactory(role=role, province=songkhla) for role in sorted(PROVINCIAL_ROLES)]
    made.append(UserFactory(role=Role.PARTNER_OFFICER, province=chiang_mai))
    made += [
        UserFactory(role=role, province=None, inspection_regions=[15])
        for role in (Role.INSPECTOR, Role.EXECUTIVE, Role.SEMINAR_ADMIN, Role.CENTRAL_ADMIN)
    ]
    return made


def told():
    with open_scope(SYSTEM):
        return set(Notice.objects.values_list("recipient", flat=True))


def tell(service, plan, by, **details):
    with open_scope(by.scope):
        service(plan, by=by, **details)
    return told()


STEPS = {
    "proposed": (plan_notices.tell_proposed, "made_by", {"sent_by"}),
    "agreed": (plan_notices.tell_agreed, "sent_by", {"made_by"}),
    "sent": (plan_notices.tell_sent, "sent_by", {"centre"}),
    "returned": (plan_notices.tell_returned, "centre", {"made_by", "sent_by"}),
    "returned by the head": (plan_notices.tell_returned, "sent_by", {"made_by"}),
    "approved": (plan_notices.tell_approved, "centre", {"made_by", "sent_by"}),
}


@pytest.mark.parametrize("step", STEPS)
def test_whom_a_step_tells(plan, others, central_officer, step):
    service, by, whom = STEPS[step]
    people = {"made_by": plan.made_by, "sent_by": plan.sent_by, "centre": central_officer}

    meant = {people[one].pk for one in whom}
    if "centre" in whom:
        meant |= {one.pk for one in User.objects.filter(role=Role.CENTRAL_OFFICER)}
    assert tell(service, plan, people[by]) == meant


@pytest.mark.parametrize("step", STEPS)
def test_nobody_of_another_province_is_ever_told(plan, others, central_officer, step):
    """Not even somebody who made the plan and serves elsewhere now."""
    service, by, _whom = STEPS[step]
    people = {"made_by": plan.made_by, "sent_by": plan.sent_by, "centre": central_officer}
    acts = people[by]
    if by != "made_by":
        User.objects.filter(pk=plan.made_by_id).update(province=Province.objects.get(pk=90))

    foreign = set(User.objects.filter(province=90).values_list("pk", flat=True))
    assert not tell(service, plan, acts) & foreign


def test_whoever_stands_in_for_the_head_is_told(plan, chiang_mai):
    acting = UserFactory(province=chiang_mai)
    today = timezone.localdate()
    ActingHeadFactory(user=acting, starts_on=today, ends_on=today)

    assert acting.pk in tell(plan_notices.tell_proposed, plan, plan.made_by)


def test_a_closed_account_is_not_told(plan, central_officer):
    User.objects.filter(pk=plan.made_by_id).update(is_active=False)

    assert tell(plan_notices.tell_approved, plan, central_officer) == {plan.sent_by_id}


def test_opening_a_year_tells_the_provinces_once(central_officer, songkhla, others):
    days = {name: datetime.date(2027, 10, 15) for name in ("propose_by", "send_by", "decide_by")}
    with open_scope(central_officer.scope):
        direction = make_direction(fiscal_year=2571, text="", **days, by=central_officer)
    StandingProjectFactory(direction=direction)

    def move(to):
        with open_scope(central_officer.scope):
            move_direction(direction=direction, to=to, by=central_officer)

    move(DirectionState.OPEN)
    writers = User.objects.filter(role__in=(Role.MENTOR, Role.PROVINCIAL_HEAD))
    assert told() == set(writers.values_list("pk", flat=True))
    move(DirectionState.CLOSED)
    move(DirectionState.OPEN)
    with open_scope(SYSTEM):
        assert Notice.objects.count() == writers.count()
    assert Direction.objects.get(fiscal_year=2571).state == DirectionState.OPEN
