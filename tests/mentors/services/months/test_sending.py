"""Sending a month, in time or late, and taking it back."""

from datetime import date, datetime, timedelta

import pytest

from mentors.enums import MonthAction, MonthState
from mentors.models import MonthReport, MonthStep
from mentors.services.months import answer_nothing, return_month, send_months, take_back
from tests.factories import ActivityFactory, UserFactory
from tests.mentors.services.months.reports import BANGKOK, IN_TIME, MONTH, somebody
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Notice

PAST_DUE = datetime(2026, 11, 6, 9, tzinfo=BANGKOK)


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
