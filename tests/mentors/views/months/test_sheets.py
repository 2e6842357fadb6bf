"""The sheet of a team: whom it shows, its counts, its pages."""

from datetime import date
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mentors.models import MonthReport
from tests.factories import (
    ActivityFactory,
    MentorFactory,
    MentorshipFactory,
    MonthReportFactory,
    TermFactory,
    VolunteerFactory,
)
from tests.mentors.services.months.reports import report_in, somebody
from tests.mentors.views.months.pages import MONTH, SHEET, names
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Job, Subdistrict


def guided(mentor, **fields):
    volunteer = somebody(mentor.province, **fields)
    MentorshipFactory(volunteer=volunteer, mentor=mentor)
    return volunteer


def test_a_mentor_sees_the_own_team_and_can_look_at_the_others(client, officer, chiang_mai):
    own = MentorFactory(province=chiang_mai, user=officer)
    other = MentorFactory(province=chiang_mai)
    ours, theirs, nobodys = guided(own), guided(other), somebody(chiang_mai)

    assert names(client.get(SHEET)) == {str(ours)}
    assert names(client.get(f"{SHEET}?mentor={other.pk}")) == {str(theirs)}
    assert names(client.get(f"{SHEET}?mentor=all")) == {str(ours), str(theirs), str(nobodys)}


def test_the_only_mentor_has_those_without_one_too(client, officer, chiang_mai):
    own = MentorFactory(province=chiang_mai, user=officer)
    ours, nobodys = guided(own), somebody(chiang_mai)

    assert names(client.get(SHEET)) == {str(ours), str(nobodys)}


def test_only_who_was_in_a_term_is_expected(client, officer, chiang_mai):
    serving = somebody(chiang_mai)
    gone = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=gone, starts_on=date(2023, 9, 1), ends_on=date(2026, 9, 30))

    assert names(client.get(SHEET)) == {str(serving)}


def test_the_centre_chooses_a_province_first(client, central_officer, chiang_mai, songkhla):
    ours, _theirs = somebody(chiang_mai), somebody(songkhla)
    client.force_login(central_officer)

    assert client.get(SHEET).headers["Location"] == "/months/?month=2569-10"
    assert names(client.get(f"{SHEET}?province=50")) == {str(ours)}


@pytest.mark.parametrize("query", ["province=90", "mentor=999999", "mentor=x", "province=x"])
def test_what_an_inspector_cannot_see_is_not_found(client, inspector, query):
    client.force_login(inspector)

    assert client.get(f"{SHEET}?{query}").status_code == 404


def test_a_month_to_come_is_not_found(client, officer):
    assert client.get("/months/2569-12/").status_code == 404
    assert client.get("/months/2569-13/").status_code == 404


def test_the_views_count_what_they_show(client, officer, chiang_mai):
    silent, active, answered = (somebody(chiang_mai) for _ in range(3))
    ActivityFactory(volunteer=active, on_date=date(2026, 10, 9))
    MonthReportFactory(volunteer=answered, month=MONTH, nothing_because="ill")

    response = client.get(SHEET)
    counts = {view["href"]: view["count"] for view in response.context["shown"].views}

    assert counts == {
        "?mentor=all": 3,
        "?mentor=all&show=empty": 1,
        "?mentor=all&show=quiet": 1,
        "?mentor=all&show=ready": 2,
        "?mentor=all&show=nothing": 1,
    }
    assert names(client.get(f"{SHEET}?show=empty")) == {str(silent)}
    assert "ส่งและรับรอง 2 คน" in response.content.decode()


def in_districts(chiang_mai, count):
    """People of two districts in turn, in the order of the sheet."""
    places = Subdistrict.objects.filter(district__province=chiang_mai).order_by("pk")
    districts = list(dict.fromkeys(place.district_id for place in places))[:2]
    first, second = (next(x for x in places if x.district_id == one) for one in districts)
    people = [somebody(chiang_mai, subdistrict=(first, second)[n % 2]) for n in range(count)]
    return people, first.district.name


def test_a_large_team_comes_in_pages(client, officer, chiang_mai, monkeypatch):
    monkeypatch.setattr("mentors.views.month_choices.PER_PAGE", 2)
    people = {str(somebody(chiang_mai, first_name=name)) for name in ("กานดา", "ขจร", "คมสัน")}

    first, second = client.get(SHEET), client.get(f"{SHEET}?page=2")
    beyond = client.get(f"{SHEET}?page=99")

    assert (len(names(first)), len(names(second))) == (2, 1)
    assert names(first) | names(second) == people
    assert names(beyond) == names(second)
    assert "คนที่ 1 ถึง 2 จาก 3 คน" in first.content.decode()
    assert 'href="?mentor=all&amp;page=2" rel="next"' in first.content.decode()
    assert 'href="?mentor=all" rel="prev"' in second.content.decode()
    # The sums and what is sent are of the whole team all the same.
    assert first.context["sheet"].expected == 3


def test_a_district_narrows_lines_and_counts(client, officer, chiang_mai):
    people, district = in_districts(chiang_mai, 3)

    response = client.get(f"{SHEET}?{urlencode({'district': district})}")
    unknown = client.get(f"{SHEET}?district=x")

    assert names(response) == {str(people[0]), str(people[2])}
    assert response.context["shown"].views[0]["count"] == 2
    assert f'<option value="{district}" selected>{district} (2)</option>' in (
        response.content.decode()
    )
    assert len(names(unknown)) == 3


def test_the_next_who_waits_may_be_on_another_page(client, officer, chiang_mai, monkeypatch):
    monkeypatch.setattr("mentors.views.month_choices.PER_PAGE", 1)
    place = Subdistrict.objects.filter(district__province=chiang_mai).first()
    people = [
        somebody(chiang_mai, first_name=name, subdistrict=place)
        for name in ("กานดา", "ขจร", "คมสัน")
    ]
    ActivityFactory(volunteer=people[1], on_date=date(2026, 10, 9))

    first = client.get(SHEET).context["shown"]
    last = client.get(f"{SHEET}?page=3").context["shown"]
    other_view = client.get(f"{SHEET}?show=ready").context["shown"]

    assert first.next_empty_href == f"?mentor=all&page=3#m{people[2].pk}"
    assert last.next_empty_href == other_view.next_empty_href == f"?mentor=all#m{people[0].pk}"


def test_nobody_waits_and_no_way_leads_there(client, officer, chiang_mai):
    ActivityFactory(volunteer=somebody(chiang_mai), on_date=date(2026, 10, 9))

    assert "data-next-empty" not in client.get(SHEET).content.decode()


def test_changes_after_the_lock_are_told_with_their_signs(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    report_in("locked", volunteer, officer, frozen_activities=2)
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 9), people_male=7, people_female=5)

    html = client.get(SHEET).content.decode()

    assert "\u22121 กิจกรรม, +12 คน ตั้งแต่ปิดงวด" in html


def test_the_file_holds_the_rows_of_the_screen(client, officer, chiang_mai):
    somebody(chiang_mai, first_name="กานดา")
    active = somebody(chiang_mai, first_name="ขจร")
    ActivityFactory(volunteer=active, on_date=date(2026, 10, 9), spotted=4)

    response = client.get(f"{SHEET}?show=ready&export=xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response)))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]

    assert "นายขจร นาคสวัสดิ์" in cells
    assert "นายกานดา นาคสวัสดิ์" not in cells


@pytest.mark.parametrize("named", ["12x", "", "-1", "9" * 40])
@pytest.mark.parametrize(("action", "before"), [("approve", "certified"), ("print", "certified")])
def test_nobody_is_approved_or_printed_by_an_unreadable_name(
    client, chiang_mai_head, officer, chiang_mai, action, before, named
):
    report = report_in(before, somebody(chiang_mai), officer)
    client.force_login(chiang_mai_head)

    answer = client.post(reverse(f"months:{action}", args=[MONTH]), {"volunteer": named})

    assert answer.status_code == 404
    with open_scope(NATION):
        assert MonthReport.objects.get(pk=report.pk).state == before
        assert not Job.objects.exists()


@pytest.mark.parametrize("action", ["send", "take-back"])
def test_nothing_is_sent_or_recalled_by_an_unreadable_name(client, officer, chiang_mai, action):
    volunteer = somebody(chiang_mai)
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 10, 9))

    answer = client.post(reverse(f"months:{action}", args=[MONTH]), {"volunteer": "12x"})

    assert answer.status_code == 404
    with open_scope(NATION):
        assert not MonthReport.objects.filter(sent_at__isnull=False).exists()
