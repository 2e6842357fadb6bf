"""What heads and the centre do with months that were sent."""

from datetime import date

import pytest

from mentors.enums import MonthAction, MonthState
from mentors.models import MonthReport, MonthStep
from mentors.models.months import FROZEN
from mentors.services.months import (
    approve_months,
    certify_months,
    close_month,
    reopen_month,
    return_month,
)
from tests.factories import ActivityFactory
from tests.mentors.services.months.reports import MONTH, report_in, somebody
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Notice


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
