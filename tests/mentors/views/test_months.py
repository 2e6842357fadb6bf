"""Pages of the month: whose rows, what is offered to whom, what a cell is told, who is reminded."""

import re
from datetime import date, datetime
from io import BytesIO
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mentors.models import MonthReport
from tests.factories import (
    ActivityFactory,
    MentorFactory,
    MentorshipFactory,
    MonthReportFactory,
    TermFactory,
    UserFactory,
    VolunteerFactory,
)
from tests.mentors.services.test_months import report_in, somebody
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Activity, AuditEvent, Job, Notice, OutgoingMail, Subdistrict

MONTH = date(2026, 10, 1)
SHEET = "/months/2569-10/"
NOW = datetime(2026, 11, 3, 9, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def officer(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)
    return chiang_mai_officer


def names(response):
    return {line.name for line in response.context["lines"]}


def guided(mentor, **fields):
    volunteer = somebody(mentor.province, **fields)
    MentorshipFactory(volunteer=volunteer, mentor=mentor)
    return volunteer


# Whose months


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


# What the sheet says


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


# Cells


def test_a_wrong_cell_is_refused_in_words_whatever_else_is_sent(client, officer, chiang_mai):
    answer = type_cell(client, somebody(chiang_mai), people_male="x", look_up="people_male")

    assert answer.status_code == 422
    assert answer.json()["message"]


def test_two_who_describe_a_month_see_both_versions(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    page, address = (
        reverse(f"months:{name}", args=[MONTH, volunteer.pk]) for name in ("detail", "describe")
    )
    version = client.get(page).context["describe_form"]["version"].value()

    first = client.post(address, {"problems": "ฝนตก", "version": version})
    stale = client.post(address, {"suggestions": "ขอรถ", "version": version})

    assert first.status_code == 302
    assert stale.status_code == 422
    assert stale.context["conflict"].by == str(officer)
    assert ("ปัญหาอุปสรรค", "ฝนตก", "") in stale.context["conflict"].rows
    assert "บันทึกรายการนี้ก่อน" in stale.content.decode()
    with open_scope(NATION):
        assert MonthReport.objects.get().problems == "ฝนตก"
    again = stale.context["describe_form"]["version"].value()
    both = {"problems": "ฝนตก", "suggestions": "ขอรถ", "version": again}
    assert client.post(address, both).status_code == 302


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


def type_cell(client, volunteer, **data):
    address = reverse("months:figures", args=[MONTH, volunteer.pk])
    return client.post(address, {"version": "0", **data}, headers={"X-Month-Grid": "1"})


def test_a_cell_is_told_its_new_version(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)

    answer = type_cell(client, volunteer, people_male="๑๒")

    with open_scope(NATION):
        summary = Activity.objects.get()
    assert answer.json()["version"] == f"{summary.pk}.1"
    assert answer.json()["figures"]["people_male"] == summary.people_male == 12


def test_an_emptied_cell_is_nought_and_leaves_the_others(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    version = type_cell(client, volunteer, people_male="12").json()["version"]
    version = type_cell(client, volunteer, spotted="3", version=version).json()["version"]

    answer = type_cell(client, volunteer, people_male="", version=version)

    assert answer.json()["figures"] | {"people_male": 0, "spotted": 3} == answer.json()["figures"]


def test_an_old_cell_is_told_the_figures_of_now(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    type_cell(client, volunteer, people_male="12")

    answer = type_cell(client, volunteer, people_male="99")

    assert (answer.status_code, answer.json()["figures"]["people_male"]) == (409, 12)


@pytest.mark.parametrize("typed", ["x", "-1", "50001", "1.5"])
def test_what_is_no_number_is_refused_in_words(client, officer, chiang_mai, typed):
    answer = type_cell(client, somebody(chiang_mai), people_male=typed)

    assert (answer.status_code, "กรอก" in answer.json()["message"]) == (422, True)


def test_the_plain_form_does_the_same_without_script(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    address = reverse("months:figures", args=[MONTH, volunteer.pk])

    refused = client.post(address, {"version": "0", "screened": "2", "people_male": "7"})
    saved = client.post(address, {"version": "0", "spotted": "2", "people_male": "7"})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert 'value="7"' in refused.content.decode()
    with open_scope(NATION):
        assert Activity.objects.get().spotted == 2


def test_a_reason_from_the_grid_comes_back_as_the_line(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    address = reverse("months:nothing", args=[MONTH, volunteer.pk])

    line = client.post(address, {"because": "ill"}, headers={"X-Month-Grid": "1"})
    other = client.post(address, {"because": "other"}, headers={"X-Month-Grid": "1"})

    assert "ไม่มีผลงาน เพราะป่วย" in line.content.decode()
    assert (other.status_code, "บอกสั้น ๆ" in other.json()["message"]) == (422, True)


# One person's month


def test_the_paper_tells_the_steps_with_their_reasons(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    for reason in ("ill", "away"):
        client.post(reverse("months:nothing", args=[MONTH, volunteer.pk]), {"because": reason})

    response = client.get(reverse("months:detail", args=[MONTH, volunteer.pk]))

    told = ["ไม่มีผลงาน เพราะป่วย", "ไม่มีผลงาน เพราะไม่อยู่ในพื้นที่"]
    assert [step.reason for step in response.context["paper"].steps] == told
    assert all(words in response.content.decode() for words in told)


def test_a_month_without_steps_tells_them_by_its_pairs(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    report_in("approved", volunteer, officer)

    response = client.get(reverse("months:detail", args=[MONTH, volunteer.pk]))

    assert [step.action for step in response.context["paper"].steps] == [
        "send",
        "certify",
        "approve",
    ]


def test_a_reader_is_offered_nothing_to_do(client, inspector, chiang_mai):
    volunteer = somebody(chiang_mai)
    client.force_login(inspector)

    html = client.get(reverse("months:detail", args=[MONTH, volunteer.pk])).content.decode()

    assert "<form" not in html.split('<main id="main"')[1]


# From above


def test_the_overview_is_weakest_first_and_counts_complete_provinces(
    client, central_officer, chiang_mai, songkhla
):
    somebody(chiang_mai)
    theirs = somebody(songkhla)
    report_in("certified", theirs, UserFactory(province=songkhla))
    client.force_login(central_officer)

    overview = client.get("/months/?month=2569-10").context["overview"]

    assert [line.province.pk for line in overview.provinces] == [50, 90]
    assert (overview.complete, overview.sums.received, overview.sums.expected) == (1, 1, 2)


def test_an_executive_sees_figures_by_province_and_no_sheet(client, executive, chiang_mai):
    volunteer = somebody(chiang_mai)
    MonthReportFactory(volunteer=volunteer, month=MONTH, nothing_because="ill")
    client.force_login(executive)

    page = client.get("/months/?month=2569-10")
    html = page.content.decode().split('<main id="main"')[1]

    assert [line.receipt.expected for line in page.context["overview"].provinces] == [1]
    assert f'href="{SHEET}' not in html
    assert str(volunteer) not in html
    assert re.findall('<form[^>]* action="([^"]*)"', html) == ["/months/2569-10/print-overview/"]
    for address in (f"{SHEET}?province=50", f"{SHEET}{volunteer.pk}/"):
        assert client.get(address).status_code == 403
    assert "รายเดือน" in client.get("/").content.decode()


def cells_of(response):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response)))
    return [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]


@pytest.mark.parametrize(
    ("who", "first"), [("executive", "เชียงใหม่"), ("chiang_mai_head", "ยังไม่มีพี่เลี้ยง")]
)
def test_the_overview_is_taken_along_as_a_file(client, request, chiang_mai, who, first):
    somebody(chiang_mai)
    client.force_login(request.getfixturevalue(who))

    cells = cells_of(client.get("/months/?month=2569-10&export=xlsx"))

    assert first in cells
    assert "ทันกำหนด ร้อยละ" in cells
    with open_scope(NATION):
        assert AuditEvent.objects.filter(verb="months.overview_exported").count() == 1


def test_reminding_tells_the_chosen_that_miss_something_once_a_day(
    client, central_officer, chiang_mai, songkhla, chiang_mai_officer, songkhla_officer, now
):
    somebody(chiang_mai)
    somebody(songkhla)
    client.force_login(central_officer)
    address = reverse("months:remind", args=[MONTH])

    first = client.post(address, {"province": ["50"]}, follow=True)
    with open_scope(NATION):
        now.move_to(AuditEvent.objects.get(verb="month.reminded").at)  # the database's clock
    client.force_login(central_officer)
    again = client.post(address, {"province": ["50"]}, follow=True)

    assert "ส่งเตือน 1 จังหวัดแล้ว เรียกคืนได้ภายใน 2 นาที" in first.content.decode()
    assert "เตือนซ้ำได้พรุ่งนี้" in again.content.decode()
    with open_scope(chiang_mai_officer.scope):
        [notice] = Notice.objects.visible_to(chiang_mai_officer)
    with open_scope(songkhla_officer.scope):
        assert not Notice.objects.visible_to(songkhla_officer)
    assert "ยังขาด 1 คน กำหนดส่ง 5 พ.ย. 2569" in notice.text
    with open_scope(NATION):
        assert not OutgoingMail.objects.exists()  # nobody of the cast has an address


def test_a_reminder_is_taken_back_from_the_page_and_can_be_sent_anew(
    client, central_officer, chiang_mai, chiang_mai_officer
):
    somebody(chiang_mai)
    client.force_login(central_officer)
    send, recall = (reverse(f"months:{name}", args=[MONTH]) for name in ("remind", "recall"))

    sent = client.post(send, {"province": ["50"]}, follow=True)
    page = sent.content.decode()
    back = client.post(recall, follow=True)
    again = client.post(recall, follow=True)
    anew = client.post(send, {"province": ["50"]}, follow=True)

    assert f'action="{recall}"' in page
    assert "อีเมลจะออกเวลา 09.02 น. ก่อนนั้นเรียกคืนได้" in page
    assert "เรียกคืนการเตือน 1 จังหวัดแล้ว" in back.content.decode()
    assert f'action="{recall}"' not in back.content.decode()
    assert back.context["overview"].provinces[0].reminded_at is None
    assert "เรียกคืนได้ภายใน 2 นาทีหลังส่ง" in again.content.decode()
    assert "ส่งเตือน 1 จังหวัดแล้ว" in anew.content.decode()


def test_a_head_reminds_the_own_mentors(client, chiang_mai, chiang_mai_head, chiang_mai_officer):
    somebody(chiang_mai)
    client.force_login(chiang_mai_head)

    page = client.post(reverse("months:nudge", args=[MONTH]), follow=True).content.decode()
    assert f'action="{reverse("months:recall-nudge", args=[MONTH])}"' in page

    with open_scope(chiang_mai_officer.scope):
        assert Notice.objects.visible_to(chiang_mai_officer).count() == 1


def test_closing_asks_first_and_says_how_many(client, central_officer, chiang_mai):
    report_in("approved", somebody(chiang_mai), UserFactory(province=chiang_mai))
    client.force_login(central_officer)
    address = reverse("months:close", args=[MONTH])

    asked = client.get(address)
    closed = client.post(address, follow=True)

    assert "ปิดงวด 1 คน" in asked.content.decode()
    assert "ปิดงวดเดือนตุลาคม 2569 1 คนแล้ว" in closed.content.decode()
    with open_scope(NATION):
        assert MonthReport.objects.get().state == "locked"


# Home, register, person


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
