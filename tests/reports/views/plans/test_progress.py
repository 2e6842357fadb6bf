"""Progress of a quarter, and the rows behind its figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from reports.enums import Measure
from reports.models import PlanProgress, PlanProof
from tests.factories import ActivityFactory, VolunteerFactory
from tests.factories.plans import PlanLineFactory, PlanProofFactory
from tests.reports.views.plans.pages import address, words
from volunteer_network.enums import Category


def noted(line, **typed):
    shared = {"actual": "", "disbursed": "", "committed": "", "problems": "", "suggestions": ""}
    return {
        f"l{line.pk}-{name}": value for name, value in (shared | {"version": 0} | typed).items()
    }


def test_progress_of_a_quarter_is_kept(mentor, approved, everywhere, running_quarter):
    _plan, line = approved

    response = mentor.post(address("progress", 1), noted(line, actual="9", disbursed="5,000"))

    assert response.status_code == 302
    with everywhere():
        row = PlanProgress.objects.get()
        assert (row.lineage, row.actual, row.disbursed) == (line.lineage, 9, Decimal(5000))


@pytest.fixture
def running_quarter(monkeypatch):
    """The running quarter is the first of the fiscal year 2570, whatever the calendar says."""
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: date(2026, 11, 26))
    return monkeypatch


def test_a_quarter_that_has_not_begun_is_refused(mentor, approved, running_quarter):
    page = words(mentor.get(address("progress", 2), follow=True))

    assert "ไตรมาส 2 ยังไม่เริ่ม" in page


def test_a_weak_quarter_that_is_over_wants_its_reason(
    mentor, approved, everywhere, running_quarter
):
    running_quarter.setattr(timezone, "localdate", lambda *args, **kwargs: date(2027, 1, 4))
    _plan, line = approved

    refused = mentor.post(address("progress", 1), noted(line, actual="7"))
    kept = mentor.post(address("progress", 1), noted(line, actual="7", problems="น้ำท่วม"))

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "บอกปัญหาอุปสรรค" in words(refused)
    assert 'value="7"' in words(refused)


def test_more_money_than_allotted_is_refused(mentor, approved, running_quarter):
    _plan, line = approved

    response = mentor.post(
        address("progress", 1), noted(line, disbursed="40,000", committed="0.50")
    )

    assert "เกินงบจัดสรร 0.50 บาท" in words(response)


def test_two_who_note_a_quarter_see_both(mentor, approved, running_quarter):
    _plan, line = approved
    mentor.post(address("progress", 1), noted(line, actual="9"))

    response = mentor.post(address("progress", 1), noted(line, actual="8"))

    assert "ที่บันทึกไว้: ผล 9" in words(response)
    assert (
        mentor.post(address("progress", 1), noted(line, actual="8", version=1)).status_code == 302
    )


def test_each_figure_leads_to_the_rows_it_counts(mentor, plan, chiang_mai, chiang_mai_officer):
    line = PlanLineFactory(plan=plan, measure=Measure.PEOPLE)
    PlanProofFactory(line=line, category=Category.INFORMAL_WORKERS)
    ActivityFactory(
        volunteer=VolunteerFactory(province=chiang_mai), category=Category.INFORMAL_WORKERS,
        on_date=date(2026, 10, 5), people_male=3, people_female=4,
    )  # fmt: skip

    detail = words(mentor.get(address("detail")))
    source = words(mentor.get(address("line", line.pk)))

    assert f'href="{address("line", line.pk)}#q1">7</a>' in detail
    href = f"/activities/?province=50&amp;category={Category.INFORMAL_WORKERS}&amp;month=2026-10-01"
    assert f'href="{href}">7</a>' in source
    assert mentor.get(href.replace("&amp;", "&")).context["page"].count == 1


def test_work_of_no_line_is_listed_and_tied(mentor, plan, chiang_mai, everywhere):
    line = PlanLineFactory(plan=plan, measure=Measure.ACTIVITIES)
    ActivityFactory(
        volunteer=VolunteerFactory(province=chiang_mai), category=Category.DISASTER,
        on_date=date(2026, 10, 5),
    )  # fmt: skip
    assert "งานที่ไม่อยู่ในแผน" in words(mentor.get(address("detail")))

    mentor.post(address("tie"), {"category": Category.DISASTER, "line": line.pk})

    with everywhere():
        assert PlanProof.objects.get().line == line
    assert "งานที่ไม่อยู่ในแผน" not in words(mentor.get(address("detail")))
