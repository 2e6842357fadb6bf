"""What is told and mailed of a decision, and of one that is taken back."""

import pytest
import time_machine
from django.utils import timezone

from reports.enums import PlanAction, PlanState
from reports.models import PlanStep
from reports.services.plan_decisions import approve_plan
from reports.services.plan_undoing import undo_decisions
from tests.reports.sending import sent_plan
from tests.reports.services.plan_decisions.deciding import LATER, do, told
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.models import Notice, OutgoingMail
from volunteer_network.services.outgoing_mail import ring_again, send_mail

pytestmark = pytest.mark.django_db


def mails():
    with open_scope(SYSTEM):
        return list(OutgoingMail.objects.order_by("pk"))


def test_the_story_tells_both_the_decision_and_its_end(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    do(undo_decisions, plans=[plan.pk], by=central_officer)

    with open_scope(NATION):
        steps = PlanStep.objects.filter(plan=plan).values_list("action", "state")
        assert list(steps)[-2:] == [
            (PlanAction.APPROVE, PlanState.APPROVED),
            (PlanAction.UNDO, PlanState.SENT),
        ]


def test_mails_wait_two_minutes_and_then_go(plan, central_officer, mailoutbox):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    waiting = mails()
    assert len(waiting) == 2

    for one in waiting:
        send_mail(one.pk)
    assert mailoutbox == []

    with time_machine.travel(timezone.now() + LATER, tick=True):
        for one in waiting:
            send_mail(one.pk)
    assert len(mailoutbox) == 2


def test_what_was_taken_back_is_never_mailed_nor_seen(plan, central_officer, mailoutbox):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    do(undo_decisions, plans=[plan.pk], by=central_officer)

    with time_machine.travel(timezone.now() + LATER, tick=True):
        ring_again()
    assert (mails(), mailoutbox) == ([], [])
    assert (told(plan.made_by), told(plan.sent_by)) == ([], [])


def test_who_has_read_it_is_told_that_it_does_not_hold(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    with open_scope(plan.made_by.scope):
        Notice.objects.visible_to(plan.made_by).update(read_at=timezone.now())

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert "เรียกคืนการพิจารณา" in told(plan.made_by)[0]
    assert told(plan.sent_by) == []


def test_taking_one_back_leaves_the_mails_of_another(central_officer):
    first, second = sent_plan(50), sent_plan(51)
    for one in (first, second):
        do(approve_plan, plan=one, version=one.version, by=central_officer)

    do(undo_decisions, plans=[first.pk], by=central_officer)

    assert {mail.province_id for mail in mails()} == {51}
    assert told(second.made_by)
    assert told(first.made_by) == []
