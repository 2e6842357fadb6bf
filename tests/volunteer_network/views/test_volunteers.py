"""The pages of the register, as an officer of a province uses them."""

import csv
import io
import logging
import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.factories import ActivityFactory, TermFactory, VolunteerFactory
from volunteer_network import national_id
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import VolunteerLevel, VolunteerStatus
from volunteer_network.models import AuditEvent, District, Job, Subdistrict, Volunteer
from volunteer_network.services import volunteers as service

DIGITS = national_id.make_sample(4_600_001)
LIST, CREATE = reverse("volunteers:list"), reverse("volunteers:create")
REASON = "ตรวจเอกสารเบิกค่าตอบแทน"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def officer(client, chiang_mai_officer):
    """The mentor of Chiang Mai, signed in."""
    client.force_login(chiang_mai_officer)
    return chiang_mai_officer


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


def known():
    with open_scope(NATION):
        return list(Volunteer.objects.order_by("pk"))


def events(verb):
    with open_scope(NATION):
        return list(AuditEvent.objects.filter(verb=verb).order_by("pk"))


def names(response):
    return [row.name for row in response.context["rows"]]


def address(name, volunteer):
    return reverse(f"volunteers:{name}", args=[volunteer.pk])


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors


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
        ("last_name", "\x00", "อักขระ"),
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


@pytest.fixture
def volunteer(chiang_mai):
    return VolunteerFactory(province=chiang_mai, digits=DIGITS, occupation="ค้าขาย")


def changed(volunteer, **changes):
    return {
        "title": volunteer.title,
        "first_name": volunteer.first_name,
        "last_name": volunteer.last_name,
        "national_id": "",
        "birth_date": "",
        "sex": volunteer.sex,
        "education": "",
        "occupation": volunteer.occupation,
        "phone": volunteer.phone,
        "line_id": "",
        "email": "",
        "address": "",
        "bank_account": "",
        "subdistrict": "ต.สุเทพ อ.เมืองเชียงใหม่",
        "level": volunteer.level,
        "version": volunteer.version,
        **changes,
    }


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


# Looking and revealing


def test_looking_is_noted(client, officer, volunteer):
    client.get(address("detail", volunteer))
    response = client.get(address("detail", volunteer))

    assert response.context["viewings"] == 2
    assert [event.actor for event in events("volunteer.viewed")] == [officer.pk] * 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_form_of_a_person_is_a_look_too(client, officer, volunteer, method):
    getattr(client, method)(address("update", volunteer))

    assert [event.actor for event in events("volunteer.viewed")] == [officer.pk]


def test_the_number_is_revealed_once_for_a_reason(client, officer, volunteer, caplog):
    caplog.set_level(logging.DEBUG)
    shown = national_id.format_id(DIGITS)

    response = client.post(address("reveal", volunteer), {"reason": REASON})

    assert response.status_code == 200
    assert shown in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    [event] = events("volunteer.national_id_revealed")
    assert event.detail == {"reason": REASON}
    assert shown not in client.get(address("detail", volunteer)).content.decode()
    assert shown not in client.get(address("reveal", volunteer)).content.decode()
    for secret in (DIGITS, shown):
        assert secret not in caplog.text
        assert secret not in str(event.detail)


@pytest.mark.parametrize("reason", ["", "สั้นไป", " " * 30])
def test_without_a_reason_nothing_is_revealed(client, officer, volunteer, reason):
    response = client.post(address("reveal", volunteer), {"reason": reason})

    assert "reason" in errors(response)
    assert national_id.format_id(DIGITS) not in response.content.decode()
    assert events("volunteer.national_id_revealed") == []


def test_asking_shows_a_form_and_no_number(client, officer, volunteer):
    response = client.get(address("reveal", volunteer), {"reason": REASON})

    assert response.status_code == 200
    assert national_id.format_id(DIGITS) not in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_the_centre_reveals_no_number(client, central_officer, volunteer):
    client.force_login(central_officer)

    assert client.post(address("reveal", volunteer), {"reason": REASON}).status_code == 403


@pytest.mark.parametrize(
    "name", ["detail", "update", "reveal", "appoint", "end", "suspend", "resume"]
)
def test_a_person_of_another_province_does_not_exist(client, officer, songkhla, name):
    foreign = VolunteerFactory(province=songkhla, occupation="ค้าขาย")
    data = {**changed(foreign), "reason": REASON, "order_number": "1", "starts_on": "1/10/2569"}

    assert client.post(address(name, foreign), data).status_code == 404
    assert [one.version for one in known()] == [1]


@pytest.mark.parametrize("pk", [0, 10**17, 10**30])
def test_a_number_that_nobody_has_is_not_found(client, officer, pk):
    assert client.get(f"{LIST}{pk}/").status_code == 404


# Terms


def test_a_term_is_given_ended_and_given_again(client, officer, chiang_mai, today):
    one = VolunteerFactory(province=chiang_mai, status=VolunteerStatus.APPLICANT)
    day = f"{today.day}/{today.month}/{today.year + 543}"

    appointed = client.post(address("appoint", one), {"order_number": "9/2569", "starts_on": day})
    overlap = client.post(address("appoint", one), {"order_number": "10/2569", "starts_on": day})
    ended = client.post(address("end", one), {"ended_on": day, "end_reason": "resigned"})

    assert (appointed.status_code, ended.status_code) == (302, 302)
    assert "ทับกับวาระที่ 1" in errors(overlap)["starts_on"][0]
    assert [person.status for person in known()] == ["resigned"]
    for page in (address("detail", one), address("appoint", one), address("end", one)):
        assert client.get(page).status_code == 200


def test_a_hold_is_put_and_lifted(client, officer, volunteer):
    client.post(address("suspend", volunteer))
    assert known()[0].status == "suspended"
    again = client.post(address("suspend", volunteer), follow=True)
    client.post(address("resume", volunteer))

    assert "พักการปฏิบัติหน้าที่" in again.content.decode()
    assert known()[0].status == "active"
    assert client.get(address("suspend", volunteer)).status_code == 405


# The list


@pytest.fixture
def people(chiang_mai, songkhla, today):
    """A register in which each filter finds something and leaves something."""
    districts = District.objects.filter(province=chiang_mai).order_by("pk")

    def person(first_name, district=0, province=chiang_mai, **fields):
        place = Subdistrict.objects.filter(district=districts[district]).order_by("pk").first()
        if province == songkhla:
            place = Subdistrict.objects.filter(province=songkhla).order_by("pk").first()
        fields = {"last_name": "ใจดี", "title": "", **fields}
        return VolunteerFactory(
            province=province, first_name=first_name, subdistrict=place, **fields
        )

    soon, later = today + timedelta(days=20), today + timedelta(days=80)
    return [
        person("เกษม", term_ends_on=soon, phone="0812345678", number=1009),
        person("ขวัญ", 1, term_ends_on=later, level=VolunteerLevel.COMMUNITY),
        person("แก้ว", 1, status=VolunteerStatus.RESIGNED, phone=""),
        person("กานดา", status=VolunteerStatus.APPLICANT),
        person("ไข่มุก", status=VolunteerStatus.SUSPENDED, term_ends_on=later),
        person("สงขลา", province=songkhla, term_ends_on=soon, phone="0812345678", number=1009),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["กานดา", "เกษม", "แก้ว", "ขวัญ", "ไข่มุก"]),  # the dictionary's order
        ("status=active", ["เกษม", "ขวัญ"]),
        ("status=active&status=applicant", ["กานดา", "เกษม", "ขวัญ"]),
        ("level=community", ["ขวัญ"]),
        ("district=5002", ["แก้ว", "ขวัญ"]),
        ("district=5002&status=active", ["ขวัญ"]),
        ("district=5002&status=active&level=subdistrict_lead", []),
        ("term_ends=30", ["เกษม"]),
        ("term_ends=90", ["เกษม", "ขวัญ", "ไข่มุก"]),
        ("term_ends=90&status=active", ["เกษม", "ขวัญ"]),
        ("sort=term&status=active", ["เกษม", "ขวัญ"]),
        ("q=ษม", ["เกษม"]),
        ("q=ษม ใจดี", ["เกษม"]),
        ("q=ใจดี เกษม", ["เกษม"]),
        ("q=0812345678", ["เกษม"]),
        ("q=081-234-5678", ["เกษม"]),
        ("q=081 234 5678", ["เกษม"]),
        ("q=๐๘๑๒๓๔", ["เกษม"]),
        ("q=2345", ["เกษม"]),
        ("q=1009", ["เกษม"]),
        ("q=50-1009", ["เกษม"]),
        ("q=90-1009", []),
        ("q=50-1009&status=applicant", []),
        ("q=%25", []),
        ("q=_", []),
        ("q=ไม่มีคนนี้", []),
    ],
)
def test_filters_each_and_together(client, officer, people, query, found):
    response = client.get(f"{LIST}?{quote(query, safe='=&%+')}")

    assert response.status_code == 200
    assert [name.split()[0] for name in names(response)] == found


@pytest.mark.parametrize(
    "query",
    [
        "status=king",
        "status=active&status=king",
        "level=king",
        "district=9001",  # of Songkhla
        "district=x",
        "district=%00",
        "district=" + "9" * 40,
        "term_ends=31",
        "q=%00",
        "q=" + "x" * 101,
    ],
)
def test_a_filter_that_makes_no_sense_is_said_in_its_chip(client, officer, people, query):
    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 200
    problems = [chip.problem for chip in response.context["chips"] if chip.problem]
    assert len(problems) == 1
    assert problems[0] in response.content.decode()
    assert len(names(response)) == 5  # nothing is filtered by it


@pytest.mark.parametrize("query", ["province=50", "province=x", "sort=x", "after=x", "page=9"])
def test_words_that_mean_nothing_here_are_passed_over(client, officer, people, query):
    response = client.get(f"{LIST}?{query}")

    assert (response.status_code, len(names(response))) == (200, 5)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("province=90", ["สงขลา"]),
        ("province=90&district=9001", ["สงขลา"]),
        ("province=50&district=5002", ["แก้ว", "ขวัญ"]),
        ("q=90-1009", ["สงขลา"]),
    ],
)
def test_the_centre_filters_by_province_too(client, central_officer, people, query, found):
    client.force_login(central_officer)

    response = client.get(f"{LIST}?{query}")

    assert [name.split()[0] for name in names(response)] == found


@pytest.mark.parametrize("query", ["province=10", "province=x", "province=" + "9" * 40])
def test_the_centre_too_is_told_of_a_province_that_is_none(client, central_officer, people, query):
    client.force_login(central_officer)

    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert len([chip for chip in response.context["chips"] if chip.problem]) == 1


def test_an_inspector_sees_the_provinces_of_the_region(client, inspector, people):
    client.force_login(inspector)

    assert len(names(client.get(LIST))) == 5
    assert "90" not in str(client.get(LIST).context["filters"]["province"])


@pytest.mark.parametrize("sort", ["name", "term", "newest"])
def test_all_pages_are_walked_forth_and_back(client, officer, chiang_mai, monkeypatch, sort):
    from volunteer_network.ui import keyset, pages

    monkeypatch.setattr(keyset.page_of, "__kwdefaults__", {"size": 3})
    assert pages.page_of is keyset.page_of
    for number in range(10):
        day = date(2027, 1, 1 + number % 3) if number % 4 else None
        VolunteerFactory(province=chiang_mai, first_name="ก" * (1 + number // 3), term_ends_on=day)

    forth, response = [], client.get(f"{LIST}?sort={sort}")
    forth += [row.pk for row in response.context["rows"]]
    while response.context["next_href"]:
        response = client.get(LIST + response.context["next_href"])
        forth += [row.pk for row in response.context["rows"]]
    back = [[row.pk for row in response.context["rows"]]]
    while response.context["previous_href"]:
        response = client.get(LIST + response.context["previous_href"])
        back.insert(0, [row.pk for row in response.context["rows"]])

    assert len(forth) == len(set(forth)) == 10
    assert [pk for page in back for pk in page] == forth


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_list_costs_the_same_for_any_length(
    client, officer, chiang_mai, count, django_assert_num_queries
):
    for _ in range(count):
        VolunteerFactory(province=chiang_mai)
    client.get(LIST)  # content types and the like

    with django_assert_num_queries(QUERIES + SCOPE):
        response = client.get(LIST)

    assert len(response.context["rows"]) == count


# Session, user, acting head, ready views, rows, strips, months with a reason; their number only
# when filtered.
QUERIES = 7
SCOPE = 4  # become, be `app` again; savepoint and release, which are BEGIN and COMMIT elsewhere


def test_the_list_for_htmx_is_its_results_only(client, officer, people):
    part = client.get(LIST, headers={"HX-Request": "true"})
    whole = client.get(LIST, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert "<html" not in part.content.decode()
    assert "<html" in whole.content.decode()
    assert "HX-Request" in part["Vary"]


# Files


def csv_rows(response):
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def xlsx_rows(response):
    content = io.BytesIO(b"".join(response.streaming_content))
    workbook = CalamineWorkbook.from_filelike(content)
    return workbook.get_sheet_by_index(0).to_python()


@pytest.mark.parametrize(
    "query", ["", "status=active", "district=5002&sort=term", "q=ใจดี&sort=newest", "after=1"]
)
def test_the_file_has_the_rows_of_the_list_in_its_order(client, officer, people, query):
    shown = names(client.get(f"{LIST}?{query.replace('after=1', '')}"))

    as_csv = csv_rows(client.get(f"{LIST}?{query}&export=csv"))
    as_xlsx = xlsx_rows(client.get(f"{LIST}?{query}&export=xlsx"))

    listed = [name.split()[0] for name in shown]
    assert [row[2] for row in as_csv[1:]] == listed
    assert [row[2] for row in as_xlsx if row[2] in listed] == listed


def test_a_file_holds_no_number_and_telephones_as_text(client, officer, chiang_mai):
    VolunteerFactory(province=chiang_mai, digits=DIGITS, phone="0812345678")

    content = csv_rows(client.get(f"{LIST}?export=csv"))
    sheet = xlsx_rows(client.get(f"{LIST}?export=xlsx"))

    for rows in (content, sheet):
        text = str(rows)
        assert DIGITS not in text
        assert "XXXX" not in text
        assert any("0812345678" in row for row in rows)


def test_who_took_a_file_is_in_the_trail(client, officer, people):
    client.get(f"{LIST}?status=active&export=csv")
    client.post(reverse("volunteers:export"), {"id": [people[0].pk, people[1].pk]})

    whole, chosen = events("volunteers.exported")
    assert (whole.actor, whole.province_id, whole.detail) == (officer.pk, 50, {
        "filters": ["status"], "form": "csv"})  # fmt: skip
    assert chosen.detail == {"chosen": 2, "form": "xlsx"}


# Many at once


def test_the_chosen_are_exported_and_forged_ones_are_not(client, officer, people):
    ids = [people[1].pk, people[0].pk, people[-1].pk, "x", "", "9" * 30]

    rows = xlsx_rows(client.post(reverse("volunteers:export"), {"id": ids}))

    found = [row[2] for row in rows if row[2] in {one.first_name for one in people}]
    assert found == ["เกษม", "ขวัญ"]


@pytest.mark.parametrize("data", [{"everything": "1"}, {}])
def test_the_first_wall_alone_leaves_out_forged_ones(chiang_mai_officer, people, data):
    from django.test import RequestFactory

    from volunteer_network.views.volunteer_terms import _chosen

    request = RequestFactory().post("/", {"id": [one.pk for one in people], **data})
    request.user = chiang_mai_officer

    with open_scope(NATION):
        assert {one.province_id for one in _chosen(request)} == {50}


def test_everything_means_what_the_filter_shows_in_its_order(client, officer, people):
    data = {"everything": "1", "query": "term_ends=90&sort=newest", "id": [people[3].pk]}

    rows = xlsx_rows(client.post(reverse("volunteers:export"), data))

    found = [row[2] for row in rows if row[2] in {one.first_name for one in people}]
    assert found == ["ไข่มุก", "ขวัญ", "เกษม"]


def test_cards_are_asked_for_the_chosen_of_the_own_province(client, officer, people):
    response = client.post(
        reverse("volunteers:cards"), {"id": [people[0].pk, people[-1].pk, people[1].pk]}
    )

    with open_scope(NATION):
        [job] = Job.objects.all()
    assert job.parameters == {"volunteers": sorted([people[0].pk, people[1].pk])}
    assert str(job.pk) in response.url


@pytest.mark.parametrize("data", [{}, {"id": ["x"]}, {"everything": "1", "query": "q=ไม่มี"}])
def test_nobody_chosen_is_said(client, officer, people, data):
    response = client.post(reverse("volunteers:cards"), data, follow=True)

    assert "ยังไม่ได้เลือกผู้ที่ทำบัตรได้" in response.content.decode()
    with open_scope(NATION):
        assert not Job.objects.exists()


# Tiles


def test_tiles_say_what_waits(client, officer, chiang_mai, songkhla, today):
    first = today.replace(day=1)
    long_ago = {"starts_on": today - timedelta(days=1000), "ends_on": today + timedelta(days=50)}
    heard, silent, renewed = (VolunteerFactory(province=chiang_mai) for _ in range(3))
    for one in (heard, silent):
        TermFactory(volunteer=one, **long_ago)
    TermFactory(volunteer=renewed, starts_on=today - timedelta(days=1100),
                ends_on=today - timedelta(days=31))  # fmt: skip
    TermFactory(volunteer=renewed, round_number=2, starts_on=today - timedelta(days=30),
                ends_on=today + timedelta(days=1000))  # fmt: skip
    ActivityFactory(volunteer=heard, on_date=first)
    VolunteerFactory(province=chiang_mai, status="suspended", term_ends_on=today)
    VolunteerFactory(province=chiang_mai, status="active", term_ends_on=today + timedelta(days=90))
    VolunteerFactory(province=chiang_mai, status="active", term_ends_on=today + timedelta(days=91))
    VolunteerFactory(province=chiang_mai, status="applicant")
    foreign = VolunteerFactory(province=songkhla, status="applicant", term_ends_on=today)
    TermFactory(volunteer=foreign, **long_ago)

    tiles = tiles_of(client.get("/"))

    assert tiles["เงียบตั้งแต่ 2 เดือน"].number == 2
    assert tiles["วาระสิ้นสุดใน 90 วัน"].number == 2
    assert tiles["ผู้สมัครรอแต่งตั้ง"].number == 1
    for title in ("วาระสิ้นสุดใน 90 วัน", "ผู้สมัครรอแต่งตั้ง"):
        assert len(names(client.get(tiles[title].href))) == tiles[title].number


def tiles_of(response):
    shown = [*response.context["tiles"], response.context["turn"]]
    return {str(tile.title): tile.figures for tile in shown if tile}


def test_more_rows_than_a_file_may_hold_are_refused_in_words(client, officer, people, monkeypatch):
    monkeypatch.setattr("volunteer_network.ui.pages.EXPORTED_AT_MOST", 2)

    response = client.get(reverse("volunteers:list"), {"export": "xlsx"})

    assert "ส่งออกได้ครั้งละไม่เกิน 2 แถว" in response.content.decode()
    with open_scope(NATION):
        assert not AuditEvent.objects.filter(verb="volunteers.exported").exists()


@pytest.mark.parametrize("words", ["1234567890123", "1-2345-67890-12-3", "๑๒๓๔๕๖๗๘๙๐๑๒๓"])
def test_an_id_is_not_searched_for_by_the_address(client, officer, people, words):
    response = client.get(reverse("volunteers:list"), {"q": words})

    assert "ไม่ควรอยู่ในที่อยู่ของหน้า" in response.content.decode()
