"""What a move says to whom; two tabs; the contact; silence that climbs."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from tests.factories import (
    ActingHeadFactory,
    CaseClientFactory,
    CaseFactory,
    UserFactory,
    VolunteerFactory,
)
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.enums import (
    CaseAction,
    CaseOutcome,
    CaseState,
    Category,
    DeclineReason,
    Escalation,
)
from volunteer_network.errors import RuleViolation
from volunteer_network.models import (
    AuditEvent,
    Case,
    CaseEvent,
    Notice,
    Office,
    OutgoingMail,
    Province,
)
from volunteer_network.services import case_escalation, cases
from volunteer_network.services.case_clients import reveal_client
from volunteer_network.services.case_escalation import escalate_overdue_cases
from volunteer_network.services.case_stories import brought_in
from volunteer_network.services.edits import StaleEdit

WHY = "โทรนัดมาให้ถ้อยคำ"
HEADS_SCOPE = Scope(ScopeRole.PROVINCE, (50,), cleared=True)


@pytest.fixture
def mentor(chiang_mai):
    return UserFactory(province=chiang_mai, email="m@example.go.th")


@pytest.fixture
def officer(chiang_mai):
    office = Office.objects.get(province=chiang_mai, agency="DOE")
    return UserFactory(role=Role.PARTNER_OFFICER, province=chiang_mai, office=office)


@pytest.fixture
def head(chiang_mai):
    return UserFactory(role=Role.PROVINCIAL_HEAD, province=chiang_mai)


def do(service, case, *, by, **details):
    with open_scope(by.scope):
        return service(case=case, version=case.version, by=by, **details)


def told(user):
    with open_scope(user.scope):
        return list(Notice.objects.visible_to(user).values_list("text", flat=True))


def test_the_keeper_hears_of_acceptance_and_answer(mentor, officer, everywhere):
    case = CaseFactory(opened_by=mentor)

    case = do(cases.accept_case, case, by=officer)
    do(cases.close_case, case, by=officer, outcome=CaseOutcome.SERVED, text="ได้งานแล้ว")

    answer, acceptance = told(mentor)
    assert "รับเรื่อง" in acceptance
    assert "ได้รับบริการแล้ว" in answer
    with everywhere():
        assert OutgoingMail.objects.filter(recipient=mentor).count() == 2


def test_a_declined_case_comes_back_with_the_reason_and_goes_elsewhere(mentor, officer, everywhere):
    case = CaseFactory(opened_by=mentor)

    case = do(cases.decline_case, case, by=officer, reason=DeclineReason.WRONG_OFFICE, text="")
    assert "ไม่ใช่หน้าที่" in told(mentor)[0]
    with pytest.raises(RuleViolation, match="เลือกสำนักงานอื่น"):
        do(cases.refer_case, case, by=mentor, office=case.office, text="")
    other = Office.objects.get(province=50, agency="SSO")
    case = do(cases.refer_case, case, by=mentor, office=other, text="")

    with everywhere():
        case = Case.objects.get(pk=case.pk)
    assert (case.state, case.office, case.decline_reason) == (CaseState.REFERRED, other, "")


def test_another_reason_wants_words(mentor, officer):
    with pytest.raises(RuleViolation, match="บอกเหตุ"):
        do(
            cases.decline_case,
            CaseFactory(opened_by=mentor),
            by=officer,
            reason=DeclineReason.OTHER,
            text="",
        )


def test_it_is_referred_within_the_province_only(mentor):
    case = CaseFactory(opened_by=mentor, state=CaseState.OPENED)
    abroad = Office.objects.get(province=90, agency="DOE")

    with pytest.raises(RuleViolation, match="จังหวัดอื่น"):
        do(cases.refer_case, case, by=mentor, office=abroad, text="")


def test_trafficking_is_referred_to_the_labour_office_only(head):
    case = CaseFactory(opened_by=head, state=CaseState.OPENED, topic=Category.TRAFFICKING)
    other = Office.objects.get(province=50, agency="DOE")

    with pytest.raises(RuleViolation, match="สำนักงานแรงงานจังหวัด"):
        do(cases.refer_case, case, by=head, office=other, text="")


def test_the_office_hears_of_a_withdrawal(mentor, officer):
    do(cases.withdraw_case, CaseFactory(opened_by=mentor), by=mentor, text="ตกลงกันเองแล้ว")

    assert "ถอนเรื่อง" in told(officer)[0]


def test_a_reopened_case_is_nobodys_until_it_is_referred_again(mentor, officer, everywhere):
    case = CaseFactory(opened_by=mentor, state=CaseState.TOLD)

    do(cases.reopen_case, case, by=mentor, text="นายจ้างผิดนัด")

    with everywhere():
        case = Case.objects.get(pk=case.pk)
    assert (case.state, case.office, case.outcome) == (CaseState.OPENED, None, "")
    assert case.finish_by == timezone.localdate() + timedelta(days=15)
    with open_scope(officer.scope):
        assert not Case.objects.exists()


def test_progress_moves_no_deadline(mentor, officer, everywhere):
    late = timezone.localdate() - timedelta(days=2)
    case = CaseFactory(
        opened_by=mentor, state=CaseState.ACCEPTED, due_on=late, escalated_to=Escalation.HEAD
    )

    do(cases.note_progress, case, by=officer, text="โทรแล้ว")

    with everywhere():
        case = Case.objects.get(pk=case.pk)
    assert (case.due_on, case.escalated_to) == (late, Escalation.HEAD)


def test_mentors_answer_cases_of_their_own_office(mentor, everywhere):
    case = CaseFactory(opened_by=mentor, topic=Category.INFORMAL_WORKERS)

    assert do(cases.accept_case, case, by=mentor).state == CaseState.ACCEPTED


def test_a_stranger_to_the_office_cannot_answer(mentor, chiang_mai):
    """The wall hides the row from the officer of another office; the service would refuse too."""
    case = CaseFactory(opened_by=mentor)

    with pytest.raises(RuleViolation, match="เจ้าหน้าที่ของสำนักงานนั้น"):
        do(cases.accept_case, case, by=mentor)


def test_the_second_of_two_tabs_is_told(mentor, officer):
    case = CaseFactory(opened_by=mentor)
    do(cases.accept_case, case, by=officer)

    with pytest.raises(StaleEdit):
        do(cases.decline_case, case, by=officer, reason=DeclineReason.KNOWN, text="")


def test_a_contact_is_opened_for_a_reason_that_is_kept(mentor, officer):
    case = CaseFactory(opened_by=mentor, state=CaseState.ACCEPTED)
    CaseClientFactory(case=case)

    with open_scope(officer.scope):
        contact = reveal_client(case=case, reason=WHY, by=officer)
        event = AuditEvent.objects.get(verb="case.client_revealed")

    assert (contact.called_name, contact.phone) == ("ป้าสมใจ", "0812345678")
    assert event.detail == {"reason": WHY}


def test_no_contact_without_a_reason_or_before_acceptance(mentor, officer):
    accepted = CaseFactory(opened_by=mentor, state=CaseState.ACCEPTED)
    waiting = CaseFactory(opened_by=mentor)
    for case in (accepted, waiting):
        CaseClientFactory(case=case)

    for case, reason in ((accepted, "สั้น"), (waiting, WHY)):
        with pytest.raises(RuleViolation), open_scope(officer.scope):
            reveal_client(case=case, reason=reason, by=officer)


def test_the_outcome_comes_home_in_one_sentence(mentor, officer):
    today = timezone.localdate()
    case = CaseFactory(
        opened_by=mentor,
        opened_on=today - timedelta(days=14),
        state=CaseState.IN_PROGRESS,
        finish_by=today,
    )

    do(cases.close_case, case, by=officer, outcome=CaseOutcome.SERVED, text="จ่ายครบแล้ว")

    with open_scope(mentor.scope):
        (story,) = brought_in(case.volunteer, user=mentor)
    assert story.answer == "เรื่องที่แจ้ง: ได้รับบริการแล้ว ใช้เวลา 14 วัน"


# Silence


def overdue(days, **details):
    day = timezone.localdate() - timedelta(days=days)
    return CaseFactory(opened_on=day - timedelta(days=3), due_on=day, **details)


def escalated(case):
    with open_scope(HEADS_SCOPE):
        return Escalation(Case.objects.get(pk=case.pk).escalated_to)


def test_silence_climbs_to_the_head_and_a_week_later_to_the_centre(
    mentor, officer, head, central_officer
):
    case = overdue(1, opened_by=mentor)

    assert escalate_overdue_cases() == 1
    assert escalated(case) is Escalation.HEAD
    assert (len(told(officer)), len(told(head)), told(central_officer)) == (1, 1, [])
    assert escalate_overdue_cases() == 0

    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert escalate_overdue_cases() == 1
        assert escalate_overdue_cases() == 0
    assert escalated(case) is Escalation.CENTRE
    assert (len(told(officer)), len(told(head)), len(told(central_officer))) == (2, 1, 1)
    with open_scope(HEADS_SCOPE):
        climbs = CaseEvent.objects.filter(case=case, action=CaseAction.ESCALATE)
        assert [event.actor for event in climbs] == [None, None]


def test_one_that_is_long_overdue_still_climbs_one_step_at_a_time(mentor, head):
    case = overdue(30, opened_by=mentor)

    escalate_overdue_cases()

    assert escalated(case) is Escalation.HEAD


def test_what_is_in_time_or_finished_does_not_climb(mentor):
    overdue(0, opened_by=mentor)
    overdue(9, opened_by=mentor, state=CaseState.TOLD)
    overdue(9, opened_by=mentor, state=CaseState.WITHDRAWN)

    assert escalate_overdue_cases() == 0


def test_a_move_begins_the_count_anew(mentor, officer):
    case = overdue(2, opened_by=mentor)
    escalate_overdue_cases()
    with open_scope(HEADS_SCOPE):
        case.refresh_from_db()

    do(cases.accept_case, case, by=officer)

    assert escalated(case) is Escalation.NONE


def test_trafficking_climbs_too_and_tells_only_the_cleared(mentor, head, chiang_mai):
    acting = UserFactory(province=chiang_mai)
    today = timezone.localdate()
    ActingHeadFactory(user=acting, starts_on=today, ends_on=today)
    case = overdue(1, opened_by=mentor, keeper=head, topic=Category.TRAFFICKING)

    escalate_overdue_cases()

    assert escalated(case) is Escalation.HEAD
    assert (len(told(head)), len(told(acting)), told(mentor)) == (1, 1, [])
    assert case.code not in told(head)[0]


def climbs_of_two_workers():
    chiang_mai = Province.objects.get(pk=50)
    case = overdue(1, opened_by=UserFactory(province=chiang_mai), volunteer=VolunteerFactory())
    UserFactory(role=Role.PROVINCIAL_HEAD, province=chiang_mai)
    barrier = threading.Barrier(2)

    def work(_number):
        try:
            barrier.wait()
            return escalate_overdue_cases()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    with open_scope(NATION):
        return CaseEvent.objects.filter(case=case, action=CaseAction.ESCALATE).count()


def test_two_workers_let_it_climb_once(committed):
    for _ in range(3):
        assert climbs_of_two_workers() == 1


def test_without_a_second_look_it_would_climb_twice(committed, monkeypatch):
    both_chose = threading.Barrier(2)
    climb, due = case_escalation._climb, case_escalation._due_to_climb

    def together(pk):
        both_chose.wait(10)
        monkeypatch.setattr(case_escalation, "_due_to_climb", Case.objects.all)
        return climb(pk)

    monkeypatch.setattr(case_escalation, "_climb", together)

    assert climbs_of_two_workers() == 2
    assert due is not case_escalation._due_to_climb
