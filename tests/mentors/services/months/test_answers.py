"""A month without activities, and who answers for it."""

from datetime import date

import pytest

from mentors.enums import MonthState, NothingBecause
from mentors.models import MonthStep
from mentors.services.months import answer_nothing, describe_month
from tests.factories import ActivityFactory, MentorFactory, MentorshipFactory, VolunteerFactory
from tests.mentors.services.months.reports import MONTH
from volunteer_network.errors import RuleViolation


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
