"""Registering a person and changing what is known, as an officer of a province does it."""

import io
import re
from datetime import date

import pytest
from django.urls import reverse

from tests.factories import VolunteerFactory
from tests.volunteer_network.views.volunteers.pages import (
    DIGITS,
    address,
    changed,
    errors,
    events,
    known,
)
from volunteer_network import national_id
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import VolunteerLevel
from volunteer_network.models import Subdistrict, Volunteer
from volunteer_network.services import volunteers as service

CREATE = reverse("volunteers:create")


def typed(**changes):
    return {
        "title": "นาง",
        "first_name": "บุญเรือน",
        "last_name": "แก้วใส",
        "national_id": DIGITS,
        "birth_date": "3 ธ.ค. 2513",
        "sex": "female",
        "education": "ม.6",
        "occupation": "ค้าขาย",
        "other_roles": ["health", "social"],
        "phone": "081-234-5678",
        "line_id": "boon",
        "email": "boon@example.org",
        "address": "12/3 หมู่ 4",
        "bank_account": "กรุงไทย 123-4-56789-0",
        "subdistrict": "ต.สุเทพ อ.เมืองเชียงใหม่",
        "level": "subdistrict_lead",
        "order_number": "7/2569",
        "order_date": "1/10/2569",
        "starts_on": "1 ต.ค. 2569",
        **changes,
    }


# Registering


def test_a_person_is_registered_with_all_that_was_typed(client, officer):
    response = client.post(CREATE, typed())

    [volunteer] = known()
    assert response.status_code == 302
    assert response.url == volunteer.get_absolute_url()
    assert (volunteer.first_name, volunteer.phone) == ("บุญเรือน", "0812345678")
    assert (volunteer.birth_date, volunteer.subdistrict_id) == (date(1970, 12, 3), 500108)
    assert volunteer.other_roles == ["health", "social"]
    assert (volunteer.status, volunteer.term_ends_on) == ("active", date(2029, 9, 30))
    page = client.get(response.url).content.decode()
    for shown in ("นางบุญเรือน แก้วใส", "50-1001", "081 234 5678", "3 ธ.ค. 2513", "อสม.", "7/2569"):
        assert shown in page
    assert DIGITS not in page
    assert national_id.format_id(DIGITS) not in page


def test_without_an_order_somebody_is_an_applicant(client, officer):
    client.post(CREATE, typed(order_number="", order_date="", starts_on=""))

    assert [one.status for one in known()] == ["applicant"]


def test_save_and_add_another_leads_to_an_empty_form(client, officer):
    response = client.post(CREATE, typed(another="1"))

    assert response.url == CREATE
    assert len(known()) == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("national_id", DIGITS[:12] + str((int(DIGITS[12]) + 1) % 10), "หลักสุดท้ายไม่ตรง"),
        ("national_id", "123", "ขาดอีก 10 หลัก"),
        ("national_id", "", "กรอกช่องนี้"),
        ("birth_date", "31/02/2513", "กุมภาพันธ์"),
        ("birth_date", "1 ม.ค. 2600", "ไม่เกิน"),
        ("phone", "12", "โทรศัพท์"),
        ("email", "x", "อีเมล"),
        ("subdistrict", "ต.บ่อยาง อ.เมืองสงขลา", "ไม่อยู่ในจังหวัดเชียงใหม่"),
        ("subdistrict", "900101", "ไม่อยู่ในจังหวัดเชียงใหม่"),
        ("subdistrict", "90000", "ไม่อยู่ในจังหวัดเชียงใหม่"),
        ("subdistrict", "500199", "ไม่พบตำบล"),
        ("level", "king", "เลือกจากรายการ"),
        ("other_roles", ["health", "king"], "เลือกจากรายการ"),
        ("order_number", "", "เลขที่คำสั่ง"),
        ("starts_on", "", "วันเริ่มวาระ"),
        ("starts_on", "1 ม.ค. 2545", "ตั้งแต่"),
        ("starts_on", "1 ม.ค. 2599", "ไม่เกิน"),
        ("first_name", "ก" * 81, "ไม่เกิน 80"),
        ("last_name", "\x00", "กรอกช่องนี้"),
        ("photo", io.BytesIO(b"MZ\x90"), "ไม่ใช่ภาพ"),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_saved(client, officer, field, value, words):
    response = client.post(CREATE, typed(**{field: value}))

    found = errors(response)
    assert list(found) == [field]
    assert words in found[field][0]
    assert known() == []
    assert "แก้วใส" in response.content.decode() or field == "last_name"  # what was typed is kept


def test_a_number_that_serves_here_is_refused_with_the_name(client, officer, chiang_mai):
    one = VolunteerFactory(province=chiang_mai, digits=DIGITS)

    message = errors(client.post(CREATE, typed()))["national_id"][0]

    assert one.display_name in message
    assert known() == [one]


def test_a_number_that_serves_elsewhere_is_refused_without_a_name(client, officer, songkhla):
    one = VolunteerFactory(province=songkhla, digits=DIGITS, first_name="ลับมาก")

    response = client.post(CREATE, typed())

    assert "จังหวัดอื่น" in errors(response)["national_id"][0]
    page = response.content.decode()
    assert "ลับมาก" not in page
    assert "สงขลา" not in page
    assert known() == [one]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("บุญเรือน", "แก้วใส"),
        ("นางบุญเรือน", "แก้วใส"),
        ("บุญเรือน", "แกวใส"),
        ("บุญ เรือน", "แก้ว ใส"),
        ("บุญเรื่อน", "แก๊วใส"),
    ],
)
def test_a_namesake_is_shown_before_saving(client, officer, chiang_mai, first, last):
    one = VolunteerFactory(province=chiang_mai, first_name="บุญเรือน", last_name="แก้วใส")

    response = client.post(CREATE, typed(first_name=first, last_name=last))

    assert response.status_code == 422
    assert one.code in response.content.decode()
    assert 'name="namesakes_checked" value="1"' in response.content.decode()
    assert known() == [one]


def test_the_officer_may_say_that_it_is_somebody_else(client, officer, chiang_mai):
    VolunteerFactory(province=chiang_mai, first_name="บุญเรือน", last_name="แก้วใส")

    response = client.post(CREATE, typed(namesakes_checked="1"))

    assert response.status_code == 302
    assert len(known()) == 2


def test_a_namesake_of_another_province_is_nobodys_business(client, officer, songkhla):
    VolunteerFactory(province=songkhla, first_name="บุญเรือน", last_name="แก้วใส")

    assert client.post(CREATE, typed()).status_code == 302


def test_the_box_of_namesakes_answers_while_a_name_is_typed(client, officer, chiang_mai, songkhla):
    one = VolunteerFactory(province=chiang_mai, first_name="บุญเรือน", last_name="แก้วใส")
    other = VolunteerFactory(province=songkhla, first_name="บุญเรือน", last_name="แก้วใส")
    url = reverse("volunteers:namesakes")

    box = client.post(url, {"first_name": "บุญเรือน", "last_name": "แกวใส"}).content.decode()
    nobody = client.post(url, {"first_name": "มานี", "last_name": "มีใจ"}).content.decode()
    half = client.post(url, {"first_name": "บุญเรือน"}).content.decode()

    assert one.code in box
    assert other.code not in box
    assert 'id="namesakes"' in box
    assert nobody == half == '<div id="namesakes" class="w6" hidden></div>'
    assert client.get(url, {"first_name": "บุญเรือน"}).status_code == 405


def test_the_form_asks_for_namesakes_with_the_two_names_only(client, officer):
    page = client.get(CREATE).content.decode()

    form, after = page.split("</form>", 1)[0], page[page.rindex("</form>") :]
    assert '<div id="namesakes"' in page
    watcher = re.search(r"<div hx-post=\"([^\"]+)\".*?>", after, re.DOTALL)
    assert watcher[1] == reverse("volunteers:namesakes")  # outside the form
    assert "hx-post" not in form
    assert "national_id" not in watcher[0]


def test_a_second_lead_is_said_and_not_forbidden(client, officer, chiang_mai):
    place = Subdistrict.objects.get(pk=500108)
    one = VolunteerFactory(province=chiang_mai, subdistrict=place)

    mistaken = client.post(CREATE, typed(email="x"))
    saved = client.post(CREATE, typed(), follow=True)

    assert one.code in mistaken.context["form"].said["subdistrict"].text
    assert one.code in saved.content.decode()
    assert len(known()) == 2


@pytest.mark.parametrize("level", [VolunteerLevel.COMMUNITY, VolunteerLevel.DISTRICT])
def test_other_levels_are_no_second_lead(client, officer, chiang_mai, level):
    VolunteerFactory(province=chiang_mai, subdistrict=Subdistrict.objects.get(pk=500108))

    response = client.post(CREATE, typed(email="x", level=level))

    assert "subdistrict" not in response.context["form"].said


# Changing


def test_the_form_shows_what_is_known_and_no_number(client, officer, volunteer):
    page = client.get(address("update", volunteer)).content.decode()

    assert 'value="ค้าขาย"' in page
    assert DIGITS not in page
    assert volunteer.national_id_masked in page


def test_a_change_is_saved_with_who_and_which_request(client, officer, volunteer):
    response = client.post(address("update", volunteer), changed(volunteer, occupation="ทำนา"))

    assert response.status_code == 302
    [now] = known()
    assert (now.occupation, now.version) == ("ทำนา", 2)
    assert bytes(now.national_id_index) == bytes(volunteer.national_id_index)
    with open_scope(NATION):
        [trace] = Volunteer.pgh_event_model.objects.filter(pgh_obj_id=volunteer.pk)
    assert trace.pgh_context == {"user": officer.pk, "request": response["X-Request-ID"]}
    [event] = events("volunteer.changed")
    assert (event.request, event.actor) == (response["X-Request-ID"], officer.pk)


def test_a_stale_form_shows_both_versions_and_then_passes(
    client, officer, volunteer, chiang_mai_head
):
    with open_scope(officer.scope):
        service.change_volunteer(
            volunteer=volunteer,
            version=1,
            national_id="",
            bank_account="",
            photo=None,
            subdistrict=volunteer.subdistrict,
            by=chiang_mai_head,
            **{name: getattr(volunteer, name) for name in service.PLAIN_FIELDS}
            | {"occupation": "ของหัวหน้า"},
        )

    first = client.post(address("update", volunteer), changed(volunteer, occupation="ของเรา"))

    assert first.status_code == 422
    assert known()[0].occupation == "ของหัวหน้า"
    page = first.content.decode()
    assert "ของหัวหน้า" in page
    assert "ของเรา" in page
    assert str(chiang_mai_head) in page
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    second = client.post(
        address("update", volunteer), changed(volunteer, occupation="ของเรา", version=version)
    )
    assert second.status_code == 302
    assert known()[0].occupation == "ของเรา"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "9" * 5000])
def test_a_form_with_a_broken_version_changes_nothing(client, officer, volunteer, version):
    response = client.post(
        address("update", volunteer), changed(volunteer, occupation="ทำนา", version=version)
    )

    assert response.status_code == 422
    assert known()[0].occupation == "ค้าขาย"
