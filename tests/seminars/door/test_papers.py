"""Sign-in sheets and badges: the right people in the right order, readable and within limits."""

import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from seminars.enums import ClassKind, RegistrationState
from seminars.models import Registration, SignInSheet
from seminars.papers import BADGES_IN_A_PART
from seminars.services import sheets
from seminars.services.sheets import ask_for_badges, ask_for_sheet
from tests.factories import ParticipantClassFactory, RegistrationFactory
from volunteer_network import uploads
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import JobState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Job, Province
from volunteer_network.services.jobs import run_job
from volunteer_network.thai_text import to_thai_digits

LONGEST = {
    "title": "ว่าที่ร้อยตำรวจเอกหญิง",
    "first_name": "กมลพรรณวิภาวดีรัตน์",
    "last_name": "ศิริวัฒนานุกูลกิจไพบูลย์สกุล",
    "position": "ผู้อำนวยการกลุ่มงานยุทธศาสตร์และประสานงานด้านแรงงานระดับชำนาญการพิเศษ",
    "organisation": "สำนักงานสวัสดิการและคุ้มครองแรงงานจังหวัดพระนครศรีอยุธยา สาขาวังน้อย",
}


@pytest.fixture
def print_sheet(seminar, seminar_admin):
    def print_sheet(spare=0, thai_digits=False, participant_class=None):
        with open_scope(seminar_admin.scope):
            job = ask_for_sheet(
                seminar=seminar,
                participant_class=participant_class,
                day=seminar.starts_on,
                spare=spare,
                thai_digits=thai_digits,
                by=seminar_admin,
            )
        return made(job, seminar_admin)

    return print_sheet


@pytest.fixture
def print_badges(seminar, seminar_admin):
    def print_badges(participant_class=None):
        with open_scope(seminar_admin.scope):
            job = ask_for_badges(
                seminar=seminar, participant_class=participant_class, by=seminar_admin
            )
        return made(job, seminar_admin)

    return print_badges


def made(job, by):
    run_job(job.pk)
    with open_scope(by.scope):
        job = Job.objects.get(pk=job.pk)
    assert job.state == JobState.DONE, job.failure
    return PdfReader(io.BytesIO(uploads.open_stored(job.result).read()))


def text_of(reader):
    """What a reader of the paper may copy; lines that were broken are joined again."""
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))


def squeezed(text):
    return text.replace(" ", "")


def test_the_sheet_numbers_people_by_province_with_the_centre_last(
    print_sheet, mentors, chiang_mai, songkhla, everywhere
):
    krabi = Province.objects.get(name="กระบี่")
    people = [
        RegistrationFactory(participant_class=mentors, province=None, first_name="กลาง"),
        RegistrationFactory(participant_class=mentors, province=songkhla, first_name="สงข"),
        RegistrationFactory(participant_class=mentors, province=chiang_mai, first_name="เชียงข"),
        RegistrationFactory(participant_class=mentors, province=chiang_mai, first_name="เชียงก"),
        RegistrationFactory(participant_class=mentors, province=krabi, first_name="กระบ"),
    ]
    RegistrationFactory(
        participant_class=mentors, province=krabi, state=RegistrationState.CANCELLED
    )
    RegistrationFactory(province=krabi, first_name="งานอื่น")

    text = text_of(print_sheet())

    with everywhere():
        assert SignInSheet.objects.get().rows == [people[n].pk for n in (4, 3, 2, 1, 0)]
    places = [text.index(name) for name in ("กระบ", "เชียงก", "เชียงข", "สงข", "กลาง")]
    assert places == sorted(places)
    assert "งานอื่น" not in text


def test_the_sheet_says_what_it_is_and_has_the_columns_of_the_form(print_sheet, guest, seminar):
    text = text_of(print_sheet())

    for words in (
        *("ใบลงทะเบียน", squeezed(seminar.title), "ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง"),
        *("จังหวัด/หน่วยงาน", "ลายมือชื่อ", "เช้า", "บ่าย", "หมายเหตุ"),
        *(squeezed(guest.display_name), "เชียงใหม่", str(timezone.localdate().year + 543)),
    ):
        assert words in text


def test_thai_digits_where_the_switch_says_so(print_sheet, guest, seminar):
    thai, arabic = text_of(print_sheet(thai_digits=True)), text_of(print_sheet())

    year = str(seminar.fiscal_year)
    assert to_thai_digits(year) in thai
    assert year not in thai.partition("ข้อมูลณ")[0]
    assert year in arabic


def test_spare_rows_go_on_with_the_numbers(print_sheet, guest):
    assert re.search(r"2.*3.*4", text_of(print_sheet(spare=3)).partition("ลายมือชื่อ")[2])


def test_a_class_has_its_own_sheet(print_sheet, guest, seminar, chiang_mai):
    staff = ParticipantClassFactory(seminar=seminar, kind=ClassKind.CENTRAL_STAFF, position=1)
    RegistrationFactory(participant_class=staff, province=None, first_name="คนส่วนกลาง")

    text = text_of(print_sheet(participant_class=staff))

    assert "คนส่วนกลาง" in text
    assert squeezed(guest.display_name) not in text


def test_the_same_list_keeps_its_sheet_and_a_changed_one_gets_another(
    print_sheet, guest, mentors, songkhla, everywhere
):
    print_sheet()
    print_sheet(spare=5)
    RegistrationFactory(participant_class=mentors, province=songkhla)
    print_sheet()

    with everywhere():
        assert sorted(len(sheet.rows) for sheet in SignInSheet.objects.all()) == [1, 2]


def test_three_hundred_people_repeat_the_head_on_every_page(print_sheet, mentors, chiang_mai):
    RegistrationFactory.create_batch(300, participant_class=mentors, province=chiang_mai)

    reader = print_sheet()

    pages = [re.sub(r"\s+", "", page.extract_text()) for page in reader.pages]
    assert len(pages) > 10
    assert all("ลายมือชื่อ" in page for page in pages)


def test_eight_badges_fill_a_sheet_and_the_ninth_begins_another(print_badges, mentors, chiang_mai):
    RegistrationFactory.create_batch(9, participant_class=mentors, province=chiang_mai)

    assert len(print_badges().pages) == 2


def test_a_badge_tells_name_class_and_place(print_badges, guest):
    text = text_of(print_badges())

    for words in (guest.display_name, "เจ้าหน้าที่พี่เลี้ยง", "เชียงใหม่", guest.code):
        assert squeezed(words) in text


def test_many_badges_are_made_in_parts_in_one_document(
    print_badges, mentors, chiang_mai, monkeypatch
):
    monkeypatch.setattr("seminars.papers.BADGES_IN_A_PART", 8)
    people = RegistrationFactory.create_batch(20, participant_class=mentors, province=chiang_mai)

    reader = print_badges()

    assert BADGES_IN_A_PART % 8 == 0  # a part ends with a full sheet
    assert len(reader.pages) == 3
    text = text_of(reader)
    assert all(person.code in text for person in people)


@pytest.mark.parametrize("paper", ["print_sheet", "print_badges"])
def test_papers_are_tagged_titled_a4_and_in_our_fonts(paper, request, mentors, chiang_mai):
    RegistrationFactory(participant_class=mentors, province=chiang_mai, **LONGEST)
    RegistrationFactory(participant_class=mentors, province=None, note="อาหารมุสลิม", **LONGEST)

    reader = request.getfixturevalue(paper)()

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title
    for page in reader.pages:
        assert [round(float(side)) for side in page.mediabox.upper_right] == [595, 842]
        for font in page["/Resources"]["/Font"].values():
            descendant = font["/DescendantFonts"][0]
            assert "Sarabun" in descendant["/BaseFont"]
            assert "/FontFile2" in descendant["/FontDescriptor"]
    text = text_of(reader)
    assert squeezed(LONGEST["last_name"]) in text
    assert "มุสลิม" not in text  # the sheet lies open to all who sign
    assert "�" not in text


@pytest.mark.parametrize("ask", [ask_for_badges, ask_for_sheet])
def test_nothing_to_print_is_refused_in_words(ask, seminar, seminar_admin):
    more = (
        {"day": seminar.starts_on, "spare": 0, "thai_digits": False} if ask is ask_for_sheet else {}
    )

    with open_scope(seminar_admin.scope), pytest.raises(RuleViolation):
        ask(seminar=seminar, participant_class=None, by=seminar_admin, **more)


def test_too_many_are_refused_in_words(seminar, seminar_admin, mentors, chiang_mai, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_BADGES", 1)
    RegistrationFactory.create_batch(2, participant_class=mentors, province=chiang_mai)

    with open_scope(seminar_admin.scope), pytest.raises(RuleViolation) as refusal:
        ask_for_badges(seminar=seminar, participant_class=None, by=seminar_admin)

    assert "ทีละประเภท" in refusal.value.message


def test_who_was_deleted_since_leaves_an_empty_row(
    seminar, seminar_admin, mentors, chiang_mai, everywhere
):
    people = RegistrationFactory.create_batch(2, participant_class=mentors, province=chiang_mai)
    with open_scope(seminar_admin.scope):
        job = ask_for_sheet(
            seminar=seminar,
            participant_class=None,
            day=seminar.starts_on,
            spare=0,
            thai_digits=False,
            by=seminar_admin,
        )
        Registration.objects.filter(pk=people[0].pk).delete()

    text = text_of(made(job, seminar_admin))

    assert squeezed(people[1].display_name) in text


# Pages


def test_the_organiser_asks_for_papers_and_watches_the_job(client, seminar_admin, guest, seminar):
    client.force_login(seminar_admin)
    page = reverse("door:papers", args=[seminar.pk])
    assert "ผู้ตอบรับ 1 คน" in client.get(page).content.decode()

    sheet = client.post(
        reverse("door:sheet", args=[seminar.pk]),
        {"day": seminar.starts_on.isoformat(), "spare": "๑๐", "digits": "thai"},
    )
    badges = client.post(reverse("door:badges", args=[seminar.pk]), {})

    with open_scope(seminar_admin.scope):
        jobs = {job.kind: job for job in Job.objects.all()}
    assert sheet.headers["Location"] == jobs["sign_in_sheet"].get_absolute_url()
    assert badges.headers["Location"] == jobs["badges"].get_absolute_url()
    assert jobs["sign_in_sheet"].parameters["spare"] == 10
    assert jobs["sign_in_sheet"].parameters["thai_digits"] is True
    assert jobs["sign_in_sheet"].title in client.get(page).content.decode()


@pytest.mark.parametrize("paper", ["sheet", "badges"])
def test_an_empty_list_is_refused_on_the_page(client, seminar_admin, seminar, paper):
    client.force_login(seminar_admin)

    response = client.post(
        reverse(f"door:{paper}", args=[seminar.pk]),
        {"day": seminar.starts_on.isoformat(), "spare": "0", "digits": "arabic"},
    )

    assert response.status_code == 422
    assert "ยังไม่มีผู้ตอบรับ" in response.content.decode()


@pytest.mark.parametrize("spoilt", [{"spare": "201"}, {"day": "2020-01-01"}, {"digits": "roman"}])
def test_a_spoilt_form_comes_back(client, seminar_admin, seminar, guest, spoilt):
    client.force_login(seminar_admin)
    good = {"day": seminar.starts_on.isoformat(), "spare": "0", "digits": "arabic"}

    response = client.post(reverse("door:sheet", args=[seminar.pk]), good | spoilt)

    assert response.status_code == 422
