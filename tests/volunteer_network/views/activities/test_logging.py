"""Logging an activity, as an officer of a province does it."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import TermFactory, VolunteerFactory
from tests.volunteer_network.views.activities.pages import CREATE, TERM, errors, logged, typed
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import StoredFile

JPEG_OF_A_PROGRAM = SimpleUploadedFile("photo.jpg", b"MZ\x90\x00" + b"\x00" * 2000)


def test_an_activity_is_logged_with_all_that_was_typed(client, officer, volunteer):
    response = client.post(CREATE, typed(volunteer))

    [activity] = logged()
    assert response.url == activity.get_absolute_url()
    assert (activity.on_date, activity.category, activity.kind) == (
        date(2026, 11, 3), "safety", "field_visit",
    )  # fmt: skip
    assert (activity.agency_id, activity.subdistrict_id) == ("SSO", 500108)
    assert (activity.people_male, activity.people_female, activity.people) == (3, 1004, 1007)
    assert (activity.spotted, activity.screened, activity.referred) == (3, 2, 1)
    assert activity.target_groups == ["elderly", "informal"]
    assert (activity.mentor_present, activity.recorded_by_id) == (True, officer.pk)
    page = client.get(response.url).content.decode()
    for shown in ("หมู่ 4 ศาลา", "1,007", "ผู้สูงอายุ, แรงงานนอกระบบ", "ตรวจเครื่องจักรที่โรงสี", "ร่วมด้วย"):
        assert shown in page


def test_empty_fields_mean_nought_and_the_usual(client, officer, volunteer):
    empty = dict.fromkeys(
        ("agency", "subdistrict", "village", "people_male", "people_female", "spotted"), ""
    )
    client.post(
        CREATE, typed(volunteer, **empty, screened="", referred="", mentor_present="", note="")
    )

    [activity] = logged()
    assert (activity.people, activity.spotted, activity.mentor_present) == (0, 0, False)
    assert (activity.agency_id, activity.subdistrict_id) == ("DLPW", volunteer.subdistrict_id)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("on_date", "31/02/2563", "กุมภาพันธ์ พ.ศ. 2563 มี 29 วัน"),
        ("on_date", "24 พ.ย. 2569", "ไม่เกิน 23 พ.ย. 2569"),
        ("on_date", "10 มิ.ย. 2568", "วาระล่าสุด 11 มิ.ย. 2568 – 10 มิ.ย. 2571"),
        ("on_date", "", "กรอกช่องนี้"),
        ("volunteer", "", "เลือก"),
        ("volunteer", "9" * 30, "เลือกจากรายการ"),
        ("volunteer", "\x00", "เลือกจากรายการ"),
        ("category", "king", "เลือกจากรายการ"),
        ("kind", "", "เลือก"),
        ("agency", "KING", "เลือกจากรายการ"),
        ("subdistrict", "ต.บ่อยาง อ.เมืองสงขลา", "ไม่อยู่ในจังหวัดเชียงใหม่"),
        ("subdistrict", "900101", "ไม่อยู่ในจังหวัดเชียงใหม่"),
        ("subdistrict", "90000", "ไม่อยู่ในจังหวัดเชียงใหม่"),
        ("people_male", "-1", "ตั้งแต่ 0"),
        ("people_male", "1.5", "จำนวนเต็ม"),
        ("people_male", "5001", "ไม่เกิน 5000"),
        ("screened", "4", "ไม่เกินจำนวนที่ชี้เป้า"),
        ("referred", "3", "ไม่เกินจำนวนที่คัดกรอง"),
        ("target_groups", ["elderly", "king"], "เลือกจากรายการ"),
        ("note", "ก" * 2001, "ไม่เกิน 2000"),
        ("photo", JPEG_OF_A_PROGRAM, "ไม่ใช่ภาพ"),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_saved(
    client, officer, volunteer, field, value, words
):
    response = client.post(CREATE, typed(volunteer) | {field: value})

    found = errors(response)
    assert list(found) == [field]
    assert words in found[field][0]
    assert "หมู่ 4 ศาลา" in response.content.decode()  # what was typed is kept
    assert logged() == []


def test_several_mistakes_are_told_at_once(client, officer, volunteer):
    found = errors(client.post(CREATE, typed(volunteer, spotted="x", on_date="x", screened="2")))

    assert {"spotted", "on_date"} <= set(found)


@pytest.mark.parametrize("token", ["", "x"])
def test_a_form_without_its_number_is_sent_again(client, officer, volunteer, token):
    assert "submission" in errors(client.post(CREATE, typed(volunteer, submission=token)))


def test_a_double_post_gives_one_row_and_the_same_page(client, officer, volunteer):
    form = typed(volunteer)

    first, second = client.post(CREATE, form), client.post(CREATE, form)

    assert first.url == second.url
    assert len(logged()) == 1


def test_each_opened_form_has_a_number_of_its_own(client, officer, volunteer):
    numbers = [
        re.search(r'name="submission" value="([^"]+)"', client.get(CREATE).content.decode())[1]
        for _ in range(2)
    ]

    assert numbers[0] != numbers[1]


def test_add_another_keeps_day_category_and_kind(client, officer, volunteer):
    response = client.post(CREATE, typed(volunteer, another="1"))

    kept = parse_qs(urlsplit(response.url).query)
    assert kept == {"on_date": ["2026-11-03"], "category": ["safety"], "kind": ["field_visit"]}
    page = client.get(response.url)
    assert page.context["form"]["on_date"].value() == "3 พ.ย. 2569"
    assert '<option value="safety" selected>' in page.content.decode()
    assert '<option value="field_visit" selected>' in page.content.decode()
    assert "ตรวจเครื่องจักร" not in page.content.decode()


@pytest.mark.parametrize(
    "query", ["on_date=x", "on_date=%00", "category=king", "volunteer=x", "volunteer=" + "9" * 30]
)
def test_a_suggestion_that_makes_no_sense_is_passed_over(client, officer, volunteer, query):
    assert client.get(f"{CREATE}?{query}").status_code == 200


def test_the_person_of_the_page_before_is_chosen(client, officer, volunteer, songkhla):
    foreign = VolunteerFactory(province=songkhla)

    ours = client.get(f"{CREATE}?volunteer={volunteer.pk}").content.decode()
    theirs = client.get(f"{CREATE}?volunteer={foreign.pk}").content.decode()

    assert f'<option value="{volunteer.pk}" selected>' in ours
    assert f'value="{foreign.pk}"' not in theirs


def test_a_person_of_another_province_cannot_be_chosen(client, officer, volunteer, songkhla):
    foreign = VolunteerFactory(province=songkhla)
    TermFactory(volunteer=foreign, **TERM)

    assert "volunteer" in errors(client.post(CREATE, typed(foreign)))


@pytest.mark.parametrize(
    ("left_on", "offered"), [(date(2026, 10, 31), True), (date(2026, 4, 1), False)]
)
def test_who_left_lately_can_still_be_chosen(client, officer, chiang_mai, left_on, offered):
    former = VolunteerFactory(province=chiang_mai, status="resigned")
    TermFactory(volunteer=former, **TERM, ended_on=left_on, end_reason="resigned")

    response = client.post(CREATE, typed(former, on_date="1 ต.ค. 2569"))

    assert (response.status_code == 302) is offered


# Photos


def test_a_photo_of_50_mb_is_refused_in_words(client, officer, volunteer):
    photo = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff" + b"\x00" * 50 * 1024 * 1024)

    response = client.post(CREATE, typed(volunteer, photo=photo))

    assert "ใหญ่เกินไป" in errors(response)["photo"][0]
    assert logged() == []
    with open_scope(NATION):
        assert not StoredFile.objects.exists()
