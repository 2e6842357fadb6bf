"""The month on paper: what stands on a volunteer's report, and whose reports one may have."""

from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pypdf
import pytest
import time_machine
from django.urls import reverse

from mentors.month_documents import make_month_overview, make_month_reports
from tests.factories import ActivityFactory, MentorFactory, MentorshipFactory
from tests.mentors.services.months.reports import report_in, somebody
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import Category
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Job
from volunteer_network.services.jobs import run_job

MONTH = date(2026, 10, 1)
SHEET = "/months/2569-10/"
NOW = datetime(2026, 11, 3, 9, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


class Asked:
    """A job as the maker sees it."""

    def __init__(self, person, volunteers=()):
        self.person = person
        self.parameters = {"month": "2026-10-01", "volunteers": [one.pk for one in volunteers]}
        self.told = []

    def rights(self):
        return open_scope(self.person.scope)

    def progress(self, done, of, words):
        self.told.append((done, of))


def pages_of(result):
    reader = pypdf.PdfReader(BytesIO(result.content))
    return [page.extract_text() for page in reader.pages]


def test_each_has_a_page_with_figures_steps_and_room_to_sign(
    chiang_mai_officer, chiang_mai, chiang_mai_head
):
    mentor = MentorFactory(province=chiang_mai)
    worked = somebody(chiang_mai, first_name="กานดา")
    MentorshipFactory(volunteer=worked, mentor=mentor)
    ActivityFactory(
        volunteer=worked,
        on_date=date(2026, 10, 9),
        category=Category.SOCIAL_SECURITY,
        spotted=1234,
        people_male=3,
        people_female=4,
    )
    ill = report_in(
        "certified", somebody(chiang_mai, first_name="ขจร"), chiang_mai_officer,
        nothing_because="ill",
    )  # fmt: skip
    job = Asked(chiang_mai_officer, [worked, ill.volunteer])

    pages = pages_of(make_month_reports(job))

    assert len(pages) == 2
    [first] = [page for page in pages if "กานดา" in page]
    [second] = [page for page in pages if "ขจร" in page]
    for words in ("ประจำเดือนตุลาคม 2569", "1,234", str(mentor), "ผู้รายงาน", "แรงงานจังหวัด"):
        assert words in first
    assert "ไม่มีผลงาน เพราะป่วย" in second
    assert "รับรอง" in second
    assert all("หน้า 1 จาก 1" in page for page in pages)  # each is a paper of its own
    assert job.told[-1] == (1, 2)


def test_reports_of_another_province_or_out_of_term_are_not_made(
    chiang_mai_officer, chiang_mai, songkhla
):
    ours, theirs = somebody(chiang_mai, first_name="กานดา"), somebody(songkhla, first_name="ขจร")

    pages = pages_of(make_month_reports(Asked(chiang_mai_officer, [ours, theirs])))

    assert [("กานดา" in page, "ขจร" in page) for page in pages] == [(True, False)]
    with pytest.raises(RuleViolation, match="ไม่พบรายงาน"):
        make_month_reports(Asked(chiang_mai_officer, [theirs]))


def test_an_empty_month_is_printed_to_be_filled_in_by_hand(chiang_mai_officer, chiang_mai):
    [page] = pages_of(make_month_reports(Asked(chiang_mai_officer, [somebody(chiang_mai)])))

    assert str(Category.SOCIAL_SECURITY.label) in page
    assert "–" not in page.partition("ประเภทงาน")[2]  # nothing is said where nothing is known


@pytest.mark.parametrize(
    ("who", "shown", "hidden"),
    [("central_officer", "สงขลา", "ยังไม่มีพี่เลี้ยง"), ("chiang_mai_head", "ยังไม่มีพี่เลี้ยง", "สงขลา")],
)
def test_the_overview_is_of_provinces_or_of_mentors(
    request, chiang_mai, songkhla, who, shown, hidden
):
    somebody(chiang_mai)
    somebody(songkhla)

    text = "\n".join(pages_of(make_month_overview(Asked(request.getfixturevalue(who)))))

    assert (shown in text, hidden in text) == (True, False)
    assert "การส่งรายงานประจำเดือน ตุลาคม 2569" in text


@pytest.mark.parametrize("who", ["executive", "central_officer"])
def test_whoever_sees_the_overview_takes_it_along(client, request, chiang_mai, who):
    somebody(chiang_mai)
    user = request.getfixturevalue(who)
    client.force_login(user)
    print_it = reverse("months:print-overview", args=[MONTH])

    page = client.get("/months/?month=2569-10").content.decode()
    asked = client.post(print_it)
    pk = int(asked.url.rstrip("/").rpartition("/")[2])
    run_job(pk)
    file = client.get(reverse("reports:file", args=[pk]))

    assert f'action="{print_it}"' in page
    text = pypdf.PdfReader(BytesIO(b"".join(file.streaming_content))).pages[0].extract_text()
    assert "เชียงใหม่" in text


def test_whose_scope_knows_no_jobs_is_offered_no_paper(client, inspector, chiang_mai):
    somebody(chiang_mai)
    client.force_login(inspector)
    print_it = reverse("months:print-overview", args=[MONTH])

    assert print_it not in client.get("/months/?month=2569-10").content.decode()
    assert client.post(print_it).status_code == 404


def test_the_page_of_the_sheet_is_printed_or_the_one_who_is_named(
    client, chiang_mai_officer, chiang_mai, songkhla, monkeypatch
):
    monkeypatch.setattr("mentors.views.month_choices.PER_PAGE", 1)
    people = [somebody(chiang_mai), somebody(chiang_mai)]
    stranger = somebody(songkhla)
    client.force_login(chiang_mai_officer)
    shown = [line.pk for line in client.get(f"{SHEET}?page=2").context["lines"]]
    address = reverse("months:print", args=[MONTH])

    client.post(f"{address}?mentor=all&page=2")
    other = next(one.pk for one in people if one.pk not in shown)
    client.post(f"{address}?mentor=all", {"volunteer": other})
    refused = client.post(f"{address}?mentor=all", {"volunteer": stranger.pk}, follow=True)

    with open_scope(chiang_mai_officer.scope):
        jobs = Job.objects.filter(kind="month_report").order_by("pk")
        asked = [job.parameters["volunteers"] for job in jobs]
    assert asked == [shown, [other]]
    assert "จึงไม่มีแบบรายงานให้พิมพ์" in refused.content.decode()


def test_the_overview_is_asked_for_from_its_page(client, central_officer, chiang_mai):
    somebody(chiang_mai)
    client.force_login(central_officer)
    address = reverse("months:print-overview", args=[MONTH])

    assert f'action="{address}"' in client.get("/months/?month=2569-10").content.decode()
    assert client.post(address).status_code == 302
