"""Figures typed cell by cell: one summary in the log, never beside single activities."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection

from mentors.models import MonthReport
from mentors.services import month_cells
from mentors.services.month_cells import CellChanged, summary_of, type_figures, version_of
from mentors.services.month_sheets import sheet_of
from mentors.services.month_teams import expected_in
from mentors.services.months import answer_nothing, send_months
from tests.factories import ActivityFactory, TermFactory, UserFactory, VolunteerFactory
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, Province
from volunteer_network.services.figures import month_totals

MONTH = date(2026, 10, 1)
NOW = datetime(2026, 11, 3, 9, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def volunteer(chiang_mai):
    volunteer = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=volunteer, starts_on=date(2025, 6, 11), ends_on=date(2028, 6, 10))
    return volunteer


@pytest.fixture
def typing(volunteer, chiang_mai_officer):
    """Type figures as the officer would; returns what the grid is told."""

    def typing(version="0", month=MONTH, **figures):
        with open_scope(chiang_mai_officer.scope):
            return type_figures(
                volunteer=volunteer,
                month=month,
                figures=figures,
                version=version,
                by=chiang_mai_officer,
            )

    return typing


def log():
    with open_scope(NATION):
        return list(Activity.objects.values_list("kind", "on_date", "people", "spotted", "version"))


def test_the_first_figure_makes_a_summary_in_the_log(typing):
    typed = typing(people_male=15)

    assert log() == [("month_summary", date(2026, 10, 31), 15, 0, 1)]
    assert typed.figures["people_male"] == 15
    with open_scope(NATION):
        assert month_totals(month_from=MONTH).people == 15
        assert MonthReport.objects.get().state == "draft"


def test_further_figures_go_into_the_same_summary(typing):
    first = typing(people_male=15)
    second = typing(version=first.version, spotted=4)

    assert log() == [("month_summary", date(2026, 10, 31), 15, 4, 2)]
    assert second.version != first.version


def test_the_last_figure_takes_the_summary_out(typing):
    first = typing(people_male=15)
    typed = typing(version=first.version, people_male=0)

    assert log() == []
    assert typed.version == "0"


def test_an_old_tab_is_told_and_changes_nothing(typing):
    first = typing(people_male=15)
    typing(version=first.version, people_male=16)

    with pytest.raises(CellChanged) as refusal:
        typing(version=first.version, people_male=99)

    assert refusal.value.summary.people_male == 16
    assert [people for _kind, _day, people, *_rest in log()] == [16]


def test_a_summary_begun_anew_is_another_one(typing):
    """Version 1 of the first summary is not version 1 of the second."""
    first = typing(people_male=15)
    typing(version=first.version, people_male=0)
    typing(people_male=7)

    with pytest.raises(CellChanged):
        typing(version=first.version, people_male=99)


def test_nothing_is_typed_beside_single_activities(typing, volunteer):
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 9))

    with pytest.raises(RuleViolation, match=r"1 รายการ .*จะได้ไม่นับซ้ำ"):
        typing(people_male=15)


def test_more_screened_than_spotted_is_refused_at_its_cell(typing):
    with pytest.raises(RuleViolation, match=r"คัดกรองได้ไม่เกินชี้เป้า 0 คน") as refusal:
        typing(screened=2)

    assert refusal.value.field == "screened"
    assert log() == []


def test_a_giant_number_is_a_slip(typing):
    with pytest.raises(RuleViolation, match="มากเกินไป"):
        typing(people_male=50_001)


def test_nothing_is_typed_after_sending(typing, volunteer, chiang_mai_officer):
    first = typing(people_male=15)
    with open_scope(chiang_mai_officer.scope):
        send_months(volunteers=[volunteer.pk], month=MONTH, by=chiang_mai_officer)

    with pytest.raises(RuleViolation, match="ขอให้ส่งกลับแก้ไขก่อน"):
        typing(version=first.version, people_male=16)


def test_nothing_is_typed_beside_an_answer(typing, volunteer, chiang_mai_officer):
    with open_scope(chiang_mai_officer.scope):
        answer_nothing(
            volunteer=volunteer, month=MONTH, because="ill", note="", by=chiang_mai_officer
        )

    with pytest.raises(RuleViolation, match="ลบคำตอบนั้นก่อน"):
        typing(people_male=15)


def test_the_summary_is_dated_inside_the_term(chiang_mai, chiang_mai_officer):
    short = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=short, starts_on=date(2025, 6, 11), ends_on=date(2026, 10, 12))

    with open_scope(chiang_mai_officer.scope):
        type_figures(
            volunteer=short,
            month=MONTH,
            figures={"people_male": 3},
            version="0",
            by=chiang_mai_officer,
        )

    assert [day for _kind, day, *_rest in log()] == [date(2026, 10, 12)]


def test_the_running_month_is_dated_until_today(typing):
    typing(month=date(2026, 11, 1), people_male=3)

    assert [day for _kind, day, *_rest in log()] == [date(2026, 11, 3)]


@pytest.mark.parametrize(("people", "usual"), [(29, None), (30, 10), (500, 10)])
def test_three_times_the_usual_is_asked_about(typing, volunteer, people, usual):
    for month in (7, 8, 9):
        ActivityFactory(
            volunteer=volunteer, on_date=date(2026, month, 9), people_male=4, people_female=6
        )

    assert typing(people_female=people).usual == usual


def test_two_months_are_needed_to_call_something_usual(typing, volunteer):
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 9, 9))

    assert typing(people_female=500).usual is None


def test_the_sheet_offers_cells_only_where_no_single_activity_stands(
    typing, volunteer, chiang_mai_officer
):
    first = typing(people_male=15)

    def line():
        with open_scope(chiang_mai_officer.scope):
            people = expected_in(MONTH, user=chiang_mai_officer)
            return sheet_of(people, MONTH, user=chiang_mai_officer).lines[0]

    assert (line().typed, line().takes_figures, line().version) == (True, True, first.version)
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 9))
    assert line().takes_figures is False
    assert line().figures.people == 20


# Two tabs at the same moment


@pytest.mark.usefixtures("committed")
def test_two_tabs_begin_one_summary():
    assert outcomes_of_two_tabs() == ["CellChanged", "TypedMonth"]
    assert len(log()) == 1


@pytest.mark.usefixtures("committed")
def test_without_the_lock_both_would_think_that_they_began_it(monkeypatch):
    """The twin: it shows that the test above would notice a missing lock."""
    monkeypatch.setattr(month_cells, "take_report", without_waiting)

    assert outcomes_of_two_tabs() == ["TypedMonth", "TypedMonth"]


def without_waiting(*, volunteer, month, by):
    return MonthReport(volunteer=volunteer, month=month, state="draft")


def outcomes_of_two_tabs():
    chiang_mai = Province.objects.get(pk=50)
    officer = UserFactory(province=chiang_mai)
    volunteer = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=volunteer, starts_on=date(2025, 6, 11), ends_on=date(2028, 6, 10))
    together, looked = threading.Barrier(2), month_cells.summary_of

    def slowly(*args, **kwargs):
        found = looked(*args, **kwargs)
        with contextlib.suppress(threading.BrokenBarrierError):
            together.wait(timeout=1.5)
        return found

    def tab(people):
        try:
            with open_scope(officer.scope):
                return type(
                    type_figures(
                        volunteer=volunteer,
                        month=MONTH,
                        figures={"people_male": people},
                        version="0",
                        by=officer,
                    )
                ).__name__
        except RuleViolation as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    month_cells.summary_of = slowly
    try:
        with ThreadPoolExecutor(2) as pool:
            return sorted(pool.map(tab, (5, 7)))
    finally:
        month_cells.summary_of = looked


def test_the_version_names_the_row(typing, volunteer, chiang_mai_officer):
    typed = typing(people_male=15)

    with open_scope(chiang_mai_officer.scope):
        summary = summary_of(volunteer, MONTH, by=chiang_mai_officer)
        assert typed.version == version_of(summary) == f"{summary.pk}.1"
