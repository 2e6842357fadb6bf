"""What people do with months: each action in each state by each role, and what it leaves."""

from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from mentors.enums import MonthAction, MonthState, NothingBecause
from mentors.models import MonthReport, MonthStep
from mentors.models.months import FROZEN
from mentors.month_moves import MOVES, state_after
from mentors.services.months import (
    answer_nothing,
    approve_months,
    certify_months,
    close_month,
    describe_month,
    reopen_month,
    return_month,
    send_months,
    take_back,
)
from tests.factories import (
    ActivityFactory,
    MentorFactory,
    MentorshipFactory,
    MonthReportFactory,
    TermFactory,
    UserFactory,
    VolunteerFactory,
)
from volunteer_network.access.roles import CAPABILITIES, Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Notice

BANGKOK = ZoneInfo("Asia/Bangkok")
MONTH = date(2026, 10, 1)
IN_TIME = datetime(2026, 11, 3, 9, tzinfo=BANGKOK)
PAST_DUE = datetime(2026, 11, 6, 9, tzinfo=BANGKOK)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(IN_TIME, tick=False) as traveller:
        yield traveller


def somebody(province, **fields):
    volunteer = VolunteerFactory(province=province, **fields)
    TermFactory(volunteer=volunteer, starts_on=date(2025, 6, 11), ends_on=date(2028, 6, 10))
    return volunteer


@pytest.fixture
def volunteer(chiang_mai):
    return somebody(chiang_mai)


@pytest.fixture
def within(chiang_mai_officer):
    return lambda user=chiang_mai_officer: open_scope(user.scope)


def report_in(state, volunteer, officer, **more):
    """A month that has come so far, by whoever."""
    steps = {
        MonthState.DRAFT: (),
        MonthState.SENT: ("sent",),
        MonthState.RETURNED: ("sent", "returned"),
        MonthState.CERTIFIED: ("sent", "certified"),
        MonthState.APPROVED: ("sent", "certified", "approved"),
        MonthState.LOCKED: ("sent", "certified", "approved", "locked"),
    }[state]
    fields = {f"{step}_at": IN_TIME for step in steps}
    fields |= {f"{step}_by": officer for step in steps}
    if state == MonthState.RETURNED:
        fields["returned_because"] = "ไม่ตรงกับแบบ"
    if state == MonthState.LOCKED:
        fields |= dict.fromkeys(FROZEN, 0)
    return MonthReportFactory(volunteer=volunteer, month=MONTH, state=state, **(fields | more))


# The table itself: every state, every action, every role, through the site.


ADDRESSES = {
    MonthAction.ANSWER: ("months:nothing", {"because": "ill"}),
    MonthAction.SEND: ("months:send", {}),
    MonthAction.TAKE_BACK: ("months:take-back", {}),
    MonthAction.RETURN: ("months:return", {"reason": "แก้จำนวน"}),
    MonthAction.APPROVE: ("months:approve", {}),
    MonthAction.RETURN_APPROVED: ("months:send-back", {"reason": "แก้จำนวน"}),
    MonthAction.LOCK: ("months:close", {}),
    MonthAction.REOPEN: ("months:reopen", {"reason": "แก้ตามหนังสือ"}),
}
OF_ONE = {MonthAction.ANSWER, MonthAction.RETURN, MonthAction.RETURN_APPROVED}
# Written once more by hand: (action, state) → state after it, where it is allowed.
ALLOWED = {
    ("answer", "draft"): "draft",
    ("answer", "returned"): "returned",
    ("send", "draft"): "certified",  # the mentor who sends certifies with the same click
    ("send", "returned"): "certified",
    ("take_back", "sent"): "draft",
    ("take_back", "certified"): "draft",
    ("return", "sent"): "returned",
    ("approve", "certified"): "approved",
    ("return_approved", "certified"): "returned",
    ("return_approved", "approved"): "returned",
    ("lock", "approved"): "locked",
    ("reopen", "locked"): "approved",
}
WHO = {
    **{key: {"mentor", "provincial_head"} for key in ("answer", "send", "take_back", "return")},
    **{key: {"provincial_head"} for key in ("approve", "return_approved")},
    **{key: {"central_officer"} for key in ("lock", "reopen")},
}


@pytest.mark.parametrize("role", list(Role))
def test_every_action_in_every_state_by_every_role(role, client, chiang_mai, volunteer):
    person = UserFactory(role=role, inspection_regions=[15] if role == Role.INSPECTOR else [])
    client.force_login(person)

    wrong = []
    for action, state in product(ADDRESSES, MonthState):
        report = report_in(state, volunteer, person, nothing_because="away")
        name, data = ADDRESSES[action]
        one = [volunteer.pk] if action in OF_ONE else []
        query = "?province=50" if role == Role.CENTRAL_OFFICER else "?mentor=all"
        response = client.post(reverse(name, args=[MONTH, *one]) + query, data)
        with open_scope(NATION):
            after, version = MonthReport.objects.values_list("state", "version").get(pk=report.pk)
        allowed = role in WHO[action]
        moves = allowed and (action, state) in ALLOWED
        expected = ALLOWED.get((action, state), state) if allowed else state
        refused = response.status_code == 403
        if after != expected or refused == allowed or (version > 1) != moves:
            wrong.append((action, state, after, response.status_code))
        clear_away(report)

    assert not wrong


def clear_away(report):
    """The product never removes a month; the next round needs an empty place."""
    with open_scope(NATION):
        free = date(1990 + report.pk % 30, 1 + report.pk % 12, 1)
        MonthReport.objects.filter(pk=report.pk).update(month=free)


def test_the_hand_written_table_is_the_tables(db):
    by_table = {
        (action.value, state.value): after.value
        for action, state in product(MOVES, MonthState)
        if action in ADDRESSES and (after := state_after(action, state))
    }
    by_table |= {key: "certified" for key, after in by_table.items() if after == "sent"}

    assert by_table == ALLOWED
    for action, roles in WHO.items():
        assert {role for role in Role if MOVES[action].capability in CAPABILITIES[role]} == roles


# Sending


def test_sending_certifies_and_tells_the_head(
    volunteer, chiang_mai_officer, chiang_mai_head, within
):
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 9))

    with within():
        send_months(volunteers=[volunteer.pk], month=MONTH, by=chiang_mai_officer)

    with open_scope(NATION):
        report = MonthReport.objects.get()
        steps = list(MonthStep.objects.values_list("action", "state", "by"))
        told = AuditEvent.objects.order_by("pk")
        events = list(told.values_list("verb", "province_id", "detail__count"))
    assert (report.state, report.late, report.version) == (MonthState.CERTIFIED, False, 3)
    assert steps == [
        ("send", "sent", chiang_mai_officer.pk),
        ("certify", "certified", chiang_mai_officer.pk),
    ]
    assert events == [("month.send", 50, 1), ("month.certify", 50, 1)]
    with open_scope(chiang_mai_head.scope):
        assert [notice.text for notice in Notice.objects.visible_to(chiang_mai_head)] == [
            "รายงานเดือนตุลาคม 2569 1 คน รอเห็นชอบ ภายใน 10 พ.ย. 2569"
        ]


def test_only_who_has_something_to_say_is_sent(chiang_mai, volunteer, chiang_mai_officer, within):
    silent, answered = somebody(chiang_mai), somebody(chiang_mai)
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 31))
    ActivityFactory(volunteer=silent, on_date=date(2026, 11, 1))
    everybody = [volunteer.pk, silent.pk, answered.pk]

    with within():
        answer_nothing(
            volunteer=answered, month=MONTH, because="ill", note="", by=chiang_mai_officer
        )
        sent = send_months(volunteers=everybody, month=MONTH, by=chiang_mai_officer)

    assert {report.volunteer_id for report in sent} == {volunteer.pk, answered.pk}


def test_a_month_that_is_not_over_is_not_sent(volunteer, chiang_mai_officer, within):
    with within(), pytest.raises(RuleViolation, match=r"ส่งได้ตั้งแต่ 1 ธ.ค. 2569"):
        send_months(volunteers=[volunteer.pk], month=date(2026, 11, 1), by=chiang_mai_officer)


@pytest.mark.parametrize(
    ("due_day", "moment", "late"),
    [
        (5, datetime(2026, 11, 5, 23, 59, tzinfo=BANGKOK), False),
        (5, datetime(2026, 11, 6, 0, 0, tzinfo=BANGKOK), True),
        (0, datetime(2026, 11, 1, 0, 0, tzinfo=BANGKOK), True),
        (28, datetime(2026, 11, 28, 12, 0, tzinfo=BANGKOK), False),
    ],
)
def test_late_is_after_the_due_day(
    volunteer, chiang_mai_officer, within, now, settings, due_day, moment, late
):
    settings.MONTH_DUE_DAY = due_day
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 9))
    now.move_to(moment)

    with within():
        [report] = send_months(volunteers=[volunteer.pk], month=MONTH, by=chiang_mai_officer)

    assert report.late is late


def test_who_was_in_time_stays_in_time_after_a_return(
    volunteer, chiang_mai_officer, chiang_mai_head, within, now
):
    """The lateness of a mended report is the head's doing, not the volunteer's."""
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 9))
    with within():
        send_months(volunteers=[volunteer.pk], month=MONTH, by=chiang_mai_officer)
    with within(chiang_mai_head):
        return_month(
            volunteer=volunteer,
            month=MONTH,
            reason="แก้จำนวน",
            action=MonthAction.RETURN_APPROVED,
            by=chiang_mai_head,
        )
    now.move_to(PAST_DUE)

    with within():
        [report] = send_months(volunteers=[volunteer.pk], month=MONTH, by=chiang_mai_officer)

    assert report.late is False


# Taking back


def test_a_sending_can_be_taken_back_for_two_minutes(volunteer, chiang_mai_officer, within, now):
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 9))
    with within():
        send_months(volunteers=[volunteer.pk], month=MONTH, by=chiang_mai_officer)
    now.move_to(IN_TIME + timedelta(minutes=2))

    with within():
        [report] = take_back(volunteers=[volunteer.pk], month=MONTH, by=chiang_mai_officer)

    assert (report.state, report.sent_at, report.certified_by_id) == ("draft", None, None)


def test_not_after_two_minutes_and_not_by_a_colleague(
    volunteer, chiang_mai, chiang_mai_officer, within, now
):
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 9))
    with within():
        send_months(volunteers=[volunteer.pk], month=MONTH, by=chiang_mai_officer)

    colleague = UserFactory(province=chiang_mai)

    with within(colleague), pytest.raises(RuleViolation, match="ภายใน 2 นาที"):
        take_back(volunteers=[volunteer.pk], month=MONTH, by=colleague)
    now.move_to(IN_TIME + timedelta(minutes=2, seconds=1))
    with within(), pytest.raises(RuleViolation, match="ภายใน 2 นาที"):
        take_back(volunteers=[volunteer.pk], month=MONTH, by=chiang_mai_officer)


# Answers


def test_nothing_because_is_an_answer(volunteer, chiang_mai_officer, within):
    with within():
        report = answer_nothing(
            volunteer=volunteer,
            month=MONTH,
            because=NothingBecause.ILL,
            note="พักฟื้น",
            by=chiang_mai_officer,
        )
        steps = list(MonthStep.objects.values_list("reason", flat=True))

    assert (report.state, report.nothing_because) == (MonthState.DRAFT, "ill")
    assert steps == ["ไม่มีผลงาน เพราะป่วย พักฟื้น"]


def test_who_did_something_did_not_do_nothing(volunteer, chiang_mai_officer, within):
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 9))

    with within(), pytest.raises(RuleViolation, match="1 รายการ"):
        answer_nothing(
            volunteer=volunteer, month=MONTH, because="ill", note="", by=chiang_mai_officer
        )


def test_an_answer_can_be_withdrawn(volunteer, chiang_mai_officer, within):
    about = {"volunteer": volunteer, "month": MONTH, "by": chiang_mai_officer}
    with within():
        answer_nothing(because="other", note="น้ำท่วม", **about)
        report = answer_nothing(because="", note="ลืมลบ", **about)

    assert (report.nothing_because, report.nothing_note) == ("", "")


def test_who_is_in_no_term_has_no_month(chiang_mai, chiang_mai_officer, within):
    stranger = VolunteerFactory(province=chiang_mai)

    with within(), pytest.raises(RuleViolation, match="ไม่อยู่ในวาระในเดือนตุลาคม 2569"):
        answer_nothing(
            volunteer=stranger, month=MONTH, because="ill", note="", by=chiang_mai_officer
        )


def test_the_report_knows_the_last_mentor_of_the_month(
    chiang_mai, volunteer, chiang_mai_officer, within
):
    first, second = MentorFactory(province=chiang_mai), MentorFactory(province=chiang_mai)
    MentorshipFactory(volunteer=volunteer, mentor=first, ends_on=date(2026, 10, 15))
    MentorshipFactory(volunteer=volunteer, mentor=second, starts_on=date(2026, 10, 16))

    with within():
        report = describe_month(
            volunteer=volunteer,
            month=MONTH,
            version=1,
            came_by="paper",
            problems="ฝนตก",
            suggestions="",
            by=chiang_mai_officer,
        )

    assert (report.mentor_id, report.came_by, report.problems) == (second.pk, "paper", "ฝนตก")


# Returning, approving


def test_a_return_needs_a_reason(volunteer, chiang_mai_head, within):
    report_in(MonthState.CERTIFIED, volunteer, chiang_mai_head)

    with within(chiang_mai_head), pytest.raises(RuleViolation, match="บอกเหตุ"):
        return_month(
            volunteer=volunteer,
            month=MONTH,
            reason=" ",
            action=MonthAction.RETURN_APPROVED,
            by=chiang_mai_head,
        )


def test_a_return_tells_the_mentor_and_keeps_the_reason(
    volunteer, chiang_mai_officer, chiang_mai_head, within
):
    report_in(MonthState.APPROVED, volunteer, chiang_mai_officer)

    with within(chiang_mai_head):
        report = return_month(
            volunteer=volunteer,
            month=MONTH,
            reason="ส่งต่อไม่ตรง",
            action=MonthAction.RETURN_APPROVED,
            by=chiang_mai_head,
        )

    assert (report.state, report.approved_at, report.certified_at) == ("returned", None, None)
    with open_scope(chiang_mai_officer.scope):
        [notice] = Notice.objects.visible_to(chiang_mai_officer)
        assert "ถูกส่งกลับแก้ไข" in notice.text
        assert MonthStep.objects.get().reason == "ส่งต่อไม่ตรง"


def test_approving_all_tells_each_sender_once(
    chiang_mai, volunteer, chiang_mai_officer, chiang_mai_head, within
):
    others = [somebody(chiang_mai) for _ in range(2)]
    for one in (volunteer, *others):
        report_in(MonthState.CERTIFIED, one, chiang_mai_officer)
    everybody = [volunteer.pk, *(one.pk for one in others)]

    with within(chiang_mai_head):
        assert len(approve_months(volunteers=everybody, month=MONTH, by=chiang_mai_head)) == 3

    with open_scope(chiang_mai_officer.scope):
        [notice] = Notice.objects.visible_to(chiang_mai_officer)
    assert notice.text == "แรงงานจังหวัดเห็นชอบรายงานเดือนตุลาคม 2569 3 คนแล้ว"


def test_certifying_what_is_not_sent_is_refused(volunteer, chiang_mai_officer, within):
    report_in(MonthState.DRAFT, volunteer, chiang_mai_officer)

    with within(), pytest.raises(RuleViolation, match="รับรองได้"):
        certify_months(volunteers=[volunteer.pk], month=MONTH, by=chiang_mai_officer)


# Closing


def test_closing_freezes_the_figures_of_one_province(
    volunteer, songkhla, chiang_mai_officer, songkhla_officer, central_officer, within
):
    foreign = somebody(songkhla)
    report_in(MonthState.APPROVED, volunteer, chiang_mai_officer)
    report_in(MonthState.APPROVED, foreign, songkhla_officer)
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 9), spotted=4, screened=2)

    with within(central_officer):
        assert close_month(month=MONTH, province=50, by=central_officer) == 1

    with open_scope(NATION):
        ours = MonthReport.objects.get(volunteer=volunteer)
        theirs = MonthReport.objects.get(volunteer=foreign)
        assert [getattr(ours, name) for name in FROZEN] == [1, 5, 4, 2, 0]
        assert (ours.state, theirs.state) == (MonthState.LOCKED, MonthState.APPROVED)
        assert MonthStep.objects.get().action == MonthAction.LOCK


def test_reopening_needs_a_reason_and_takes_the_frozen_figures_away(
    volunteer, chiang_mai_officer, central_officer, within
):
    report_in(MonthState.LOCKED, volunteer, chiang_mai_officer)

    with within(central_officer):
        with pytest.raises(RuleViolation, match="บอกเหตุ"):
            reopen_month(month=MONTH, province=50, reason="", by=central_officer)
        reopen_month(month=MONTH, province=50, reason="แก้ตามหนังสือ", by=central_officer)
        report = MonthReport.objects.get()
        step = MonthStep.objects.get()

    assert (report.state, report.locked_at, report.frozen_people) == ("approved", None, None)
    assert step.reason == "แก้ตามหนังสือ"


# What the database holds by itself


@pytest.mark.parametrize(
    "broken",
    [
        {"sent_at": IN_TIME},
        {"state": "sent"},
        {"state": "certified"},
        {"state": "approved"},
        {"state": "locked"},
        {"state": "returned"},
        {"month": date(2026, 10, 2)},
        {"nothing_note": "ไม่มีเหตุ"},
        {"frozen_people": 3},
    ],
    ids=str,
)
def test_the_database_refuses_what_cannot_be(volunteer, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthReportFactory(volunteer=volunteer, **broken)


def test_a_volunteer_has_one_report_a_month(volunteer):
    MonthReportFactory(volunteer=volunteer)

    with pytest.raises(IntegrityError), transaction.atomic():
        MonthReportFactory(volunteer=volunteer)
