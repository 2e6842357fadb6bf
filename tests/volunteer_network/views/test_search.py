"""Search: what is found, what stands first, and what is not looked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    MentorFactory,
    RegistrationFactory,
    SeminarFactory,
    UserFactory,
    VolunteerFactory,
)
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import open_scope
from volunteer_network.thai_keyboard import typed_in_thai
from volunteer_network.ui.registry import search_sources
from volunteer_network.ui.searching import answer_for


def found(user, words, most=10):
    """Group → labels, in order."""
    with open_scope(user.scope):
        answer = answer_for(user, words, most=most)
    return {str(group.title): [hit.label for hit in group.hits] for group in answer.groups}


def volunteer(first_name, last_name="ใจดี", **more):
    return VolunteerFactory(title="นาย", first_name=first_name, last_name=last_name, **more)


PEOPLE = "อาสาสมัครแรงงาน"


@pytest.mark.parametrize(
    "words",
    [
        "ปาณิสรา",
        "ณิสร",
        "นางสาวปาณิสรา",
        "ทองประเสริฐ",
        "ทองประ ปาณิ",
        "081-234-5678",
        "0812345",
        "๐๘๑๒๓๔",
    ],
)
def test_a_volunteer_is_found_by(words, chiang_mai_officer):
    VolunteerFactory(
        title="นางสาว", first_name="ปาณิสรา", last_name="ทองประเสริฐ", phone="0812345678"
    )
    volunteer("สมชาย", phone="0899999999")

    assert found(chiang_mai_officer, words)[PEOPLE] == ["นางสาวปาณิสรา ทองประเสริฐ"]


@pytest.mark.parametrize("typed", ["50-1009", "อสร. 50-1009", "อสร.50-1009", "๕๐-๑๐๐๙"])
def test_a_volunteer_is_found_by_code(typed, chiang_mai_officer):
    volunteer("สมชาย", number=1009)
    volunteer("สมหญิง", number=1010)

    assert found(chiang_mai_officer, typed)[PEOPLE] == ["นายสมชาย ใจดี"]


def test_tone_marks_may_be_left_out_or_added(chiang_mai_officer):
    volunteer("อุ่นเรือน")

    assert found(chiang_mai_officer, "อุนเรือน")[PEOPLE] == ["นายอุ่นเรือน ใจดี"]
    assert found(chiang_mai_officer, "อุ้นเรือน")[PEOPLE] == ["นายอุ่นเรือน ใจดี"]


def test_a_name_that_begins_so_stands_first_then_the_surname(chiang_mai_officer):
    volunteer("กมลชัย", "ศรี")
    volunteer("บุญมี", "ชัยดี")
    volunteer("ชัยวัฒน์", "ศรี")

    assert found(chiang_mai_officer, "ชัย")[PEOPLE] == [
        "นายชัยวัฒน์ ศรี",
        "นายบุญมี ชัยดี",
        "นายกมลชัย ศรี",
    ]


def test_thai_typed_on_a_latin_layout_is_read_as_thai(chiang_mai_officer, client):
    volunteer("สมชาย")
    client.force_login(chiang_mai_officer)

    page = client.get("/search", {"q": "l,=kp"}).content.decode()

    assert "นายสมชาย ใจดี" in page
    assert "แป้นพิมพ์ยังเป็นอังกฤษ" in page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("l,=kp", "สมชาย"), ("gxHl", "เป็ส"), ("-kp", "ขาย"), ("สมชาย", ""), ("50-1009", "")],
)
def test_keys_of_the_latin_layout(typed, meant):
    assert typed_in_thai(typed) == meant


def test_more_than_fits_leads_to_the_register(chiang_mai_officer, client):
    for number in range(7):
        volunteer(f"สมชาย{'กขคงจฉช'[number]}")
    client.force_login(chiang_mai_officer)

    page = client.get("/search", {"q": "สมชาย"}, headers={"X-Palette": "1"}).content.decode()

    assert page.count("/volunteers/") == 6
    assert "/volunteers/?q=%E0%B8%AA" in page


def test_places_are_parts_of_the_register(chiang_mai_officer, central_officer, client):
    client.force_login(chiang_mai_officer)
    assert 'href="/volunteers/?district=50' in text_of(client, "แม่ริม")

    client.force_login(central_officer)
    assert 'href="/volunteers/?province=50&amp;district=50' in text_of(client, "อ.แมริม")
    assert 'href="/volunteers/?province=90"' in text_of(client, "จังหวัดสงขลา")


def text_of(client, words):
    return client.get("/search", {"q": words}).content.decode()


def test_a_provincial_officer_finds_places_of_the_own_province(chiang_mai_officer):
    assert found(chiang_mai_officer, "สงขลา") == {}
    assert found(chiang_mai_officer, "หาดใหญ่") == {}


@pytest.mark.parametrize("words", ["ขึ้นทะเบียน", "register", "new vol"])
def test_things_to_do_are_found_in_thai_and_english(words, chiang_mai_officer):
    assert found(chiang_mai_officer, words)["ทำรายการ"][0] == "ขึ้นทะเบียน อสร."


def test_sections_are_found_in_thai_and_english(chiang_mai_officer):
    assert found(chiang_mai_officer, "กิจกรรม")["หน้า"] == ["กิจกรรม"]
    assert found(chiang_mai_officer, "activ")["หน้า"] == ["กิจกรรม"]


def test_the_administrator_finds_accounts(central_admin):
    UserFactory(first_name="เสน่ห์", username="mentor.nan2")

    assert found(central_admin, "mentor.nan2")["บัญชีผู้ใช้"] == ["นางสาวเสน่ห์ ทองประเสริฐ"]
    assert PEOPLE not in found(central_admin, "ทองประเสริฐ")


def test_mentors_are_found(chiang_mai_officer):
    MentorFactory(first_name="วรเมธ", last_name="คำแสน", title="นาย")

    assert found(chiang_mai_officer, "วรเมธ")["เจ้าหน้าที่พี่เลี้ยง"] == ["นายวรเมธ คำแสน"]


def test_a_draft_of_a_seminar_is_found_by_the_centre_only(chiang_mai_officer, db):
    SeminarFactory(title="สัมมนาเครือข่ายแรงงาน", state="draft")

    assert "สัมมนา" not in found(chiang_mai_officer, "สัมมนาเครือข่าย")
    assert "สัมมนา" in found(UserFactory(role=Role.SEMINAR_ADMIN), "สัมมนาเครือข่าย")


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.SEMINAR_ADMIN, True), (Role.MENTOR, True), (Role.EXECUTIVE, False)]
)
def test_participants_are_found_by_who_names_or_receives_them(role, sees, chiang_mai):
    RegistrationFactory(province=chiang_mai, first_name="มณีรัตน์")

    assert ("ผู้ลงทะเบียนสัมมนา" in found(UserFactory(role=role), "มณีรัตน์")) is sees


@pytest.mark.parametrize("typed", ["1-2345-67890-12-1", "๑๒๓๔๕๖๗๘๙๐๑๒๑"])
def test_a_national_id_is_not_looked_for(typed, chiang_mai_officer, client):
    client.force_login(chiang_mai_officer)

    assert "ไม่ค้นด้วยเลขประจำตัวประชาชน" in text_of(client, typed)


@pytest.mark.parametrize(
    "typed", ["", " ", "ก", "\u200b\u200b", "%", "ก" * 5000, "' OR 1=1 --", "\x00"]
)
def test_whatever_is_typed_is_answered(typed, chiang_mai_officer, client):
    volunteer("สมชาย")
    client.force_login(chiang_mai_officer)

    for headers in ({}, {"X-Palette": "1"}):
        response = client.get("/search", {"q": typed}, headers=headers)
        assert response.status_code == 200
        assert "สมชาย" not in response.content.decode()


def test_each_source_asks_once(central_officer):
    for number in range(5):
        volunteer(f"สมชาย{'กขคงจ'[number]}")
        MentorFactory(first_name="สมชาย")
        RegistrationFactory(first_name="สมชาย")

    with open_scope(central_officer.scope):
        sources = search_sources(central_officer)
        for source in sources:
            with CaptureQueriesContext(connection) as queries:
                source.find(central_officer, "สมชาย", 5)
            assert len(queries) <= 1, source.title
    assert len(sources) >= 6


def test_the_palette_gets_its_part_only(chiang_mai_officer, client):
    volunteer("สมชาย")
    client.force_login(chiang_mai_officer)

    response = client.get("/search", {"q": "สมชาย"}, headers={"X-Palette": "1"})

    assert "<html" not in response.content.decode()
    assert 'role="option"' in response.content.decode()
    assert "X-Palette" in response.headers["Vary"]
