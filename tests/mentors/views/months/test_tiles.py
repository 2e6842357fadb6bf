"""Whose turn the home page says it is, and the strip of a person."""

import re
from datetime import date

import pytest

from mentors.models import MonthReport
from tests.factories import ActivityFactory, MonthReportFactory
from tests.mentors.services.months.reports import report_in, somebody
from tests.mentors.views.months.pages import MONTH, NOW, SHEET, names
from volunteer_network.access.scope import NATION, open_scope


def tiles_of(response):
    shown = [*response.context["tiles"], response.context["turn"]]
    return {str(tile.title): tile.figures for tile in shown if tile}


def test_the_mentors_turn_is_the_month(client, officer, chiang_mai):
    somebody(chiang_mai)
    active = somebody(chiang_mai)
    ActivityFactory(volunteer=active, on_date=date(2026, 10, 9))
    report_in("returned", somebody(chiang_mai), officer)

    response = client.get("/")
    figures = response.context["turn"].figures

    assert (figures.number, figures.total, str(figures.action)) == (1, 3, "กรอกต่อ 2 คน")
    assert "ส่งภายใน พฤหัสบดี 5 พฤศจิกายน 2569 เหลือ 2 วัน" in str(figures.why)
    assert tiles_of(response)["รายงานที่ถูกส่งกลับ"].number == 1


@pytest.mark.parametrize(("day", "left"), [(3, "เหลือ 2 วัน"), (5, "วันสุดท้าย"), (8, "เลยกำหนด 3 วัน")])
def test_home_and_month_count_the_days_to_the_due_day_alike(
    client, chiang_mai_officer, chiang_mai, central_officer, now, day, left
):
    somebody(chiang_mai)
    now.move_to(NOW.replace(day=day))
    client.force_login(chiang_mai_officer)

    told = [str(client.get("/").context["turn"].figures.why)]
    told.append(lede_of(client.get(SHEET)))
    client.force_login(central_officer)
    told.append(lede_of(client.get("/months/?month=2569-10")))

    assert [left in one for one in told] == [True] * 3, told


def lede_of(response):
    return re.search(r'<p class="lede">(.*?)</p>', response.content.decode(), re.S)[1]


def test_the_heads_turn_is_what_waits_for_approval(client, chiang_mai, chiang_mai_head):
    report_in("certified", somebody(chiang_mai), chiang_mai_head)
    client.force_login(chiang_mai_head)

    turn = client.get("/").context["turn"]

    assert (str(turn.title), turn.figures.number) == ("รายงานรอเห็นชอบ", 1)
    assert names(client.get(turn.figures.href)) == {str(report.volunteer) for report in reports()}


def reports():
    with open_scope(NATION):
        return list(MonthReport.objects.select_related("volunteer"))


def test_the_centres_turn_is_the_provinces_that_are_not_in(client, central_officer, chiang_mai):
    somebody(chiang_mai)
    client.force_login(central_officer)

    figures = client.get("/").context["turn"].figures

    assert (figures.number, figures.total) == (0, 1)
    assert "ขาด 1 คน" in str(figures.why)


def test_a_reason_shows_in_the_strip_and_on_the_person(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    MonthReportFactory(volunteer=volunteer, month=MONTH, nothing_because="disaster")

    register = client.get("/volunteers/").content.decode()
    person = client.get(volunteer.get_absolute_url()).content.decode()

    assert "ไม่มี มีเหตุ 1 เดือน" in register
    assert '<span class="reason">ภัยพิบัติ</span>' in person
