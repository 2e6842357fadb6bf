"""The pages of a seminar, through the client."""

from datetime import timedelta

import pytest
from django.urls import reverse

from seminars.enums import SeminarState
from seminars.models import ProvinceSeats, Seminar
from tests.factories import RegistrationFactory, SeminarFactory
from volunteer_network.thai_calendar import short_date


def page(client, name, *args, **query):
    return client.get(reverse(f"seminars:{name}", args=args, query=query or None))


def send(client, name, *args, **data):
    return client.post(reverse(f"seminars:{name}", args=args), data)


def details(**more):
    day = short_date(SeminarFactory.build().starts_on)
    return {
        "title": "สัมมนาใหม่", "edition": "1", "fiscal_year": "2570", "starts_on": day,
        "venue": "โรงแรม", "venue_province": "10", **more,
    }  # fmt: skip


def test_a_province_sees_its_own_seats_in_the_list(client, seminar, chiang_mai_officer, everywhere):
    with everywhere():
        ProvinceSeats.objects.create(seminar=seminar, province_id=50, seats=2)
    RegistrationFactory(participant_class__seminar=seminar, province_id=50)
    RegistrationFactory(participant_class__seminar=seminar, province_id=90,
                        participant_class__kind="speaker")  # fmt: skip
    client.force_login(chiang_mai_officer)

    [row] = page(client, "list").context["rows"]

    assert row.own == (1, 2)


def test_a_draft_is_seen_by_those_who_run_seminars_only(
    client, draft, seminar_admin, chiang_mai_officer, executive
):
    for user, status in ((seminar_admin, 200), (chiang_mai_officer, 404), (executive, 404)):
        client.force_login(user)
        assert page(client, "detail", draft.pk).status_code == status
        assert page(client, "registrations", draft.pk).status_code == status
        assert len(page(client, "list").context["rows"]) == (status == 200)


def test_the_page_tells_what_an_official_asks(admin, draft):
    text = page(admin, "detail", draft.pk).content.decode()

    for words in (draft.title, draft.room, "พิธีเปิด", "ปลัดกระทรวง", "เปิดรับลงทะเบียน"):
        assert words in text


def test_a_new_seminar_is_a_draft(admin, everywhere):
    response = send(admin, "create", **details())

    made = Seminar.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.state, made.ends_on) == (SeminarState.DRAFT, made.starts_on)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ends_on": "1 ม.ค. 2560"}, "วันสิ้นสุดต้องไม่ก่อน"),
        ({"ends_on": "31 ธ.ค. 2599"}, "ไม่เกิน 14 วัน"),
        ({"closes_on": "31 ธ.ค. 2599"}, "ไม่หลังวันเริ่มสัมมนา"),
        ({"opens_on": "2 ม.ค. 2560", "closes_on": "1 ม.ค. 2560"}, "ไม่หลังวันปิดรับ"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed(admin, typed, said):
    response = send(admin, "create", **details(objectives="ข้อความยาว", **typed))

    text = response.content.decode()
    assert response.status_code == 422
    assert said in text
    assert "ข้อความยาว" in text
    assert not Seminar.objects.exists()


def test_the_same_edition_twice_is_refused_at_the_field(admin):
    send(admin, "create", **details())

    response = send(admin, "create", **details())

    assert response.status_code == 422
    assert "มีสัมมนาชื่อนี้" in response.context["form"].errors["edition"][0]


def test_an_edit_of_two_people_shows_both(admin, draft):
    first, second = (details(version="1", title=title) for title in ("ชื่อแรก", "ชื่อที่สอง"))
    send(admin, "update", draft.pk, **first)

    response = send(admin, "update", draft.pk, **second)

    assert response.status_code == 422
    assert ("ชื่อสัมมนา", "ชื่อแรก", "ชื่อที่สอง") in response.context["conflict"].rows


def programme(draft, **more):
    return {
        "version": str(draft.version), "half_days": [f"{draft.starts_on}/afternoon"],
        "morning_from": "9.00", "morning_to": "12.00", "afternoon_from": "13.30",
        "afternoon_to": "16.30", "agenda": "", **more,
    }  # fmt: skip


def test_an_agenda_is_pasted_a_line_each(admin, draft):
    agenda = "๑๓.๓๑ – ๑๔.๑๕ น. พิธีเปิด | ปลัดกระทรวงแรงงาน\n14:00-15:00 บรรยาย โดย วิทยากร\n15.00 ปิด"

    send(admin, "programme", draft.pk, **programme(draft, agenda=agenda))

    assert [
        (f"{one.starts_at:%H.%M}", one.ends_at and f"{one.ends_at:%H.%M}", one.title, one.speaker)
        for one in draft.agenda.all()
    ] == [
        ("13.31", "14.15", "พิธีเปิด", "ปลัดกระทรวงแรงงาน"),
        ("14.00", "15.00", "บรรยาย", "วิทยากร"),
        ("15.00", None, "ปิด", ""),
    ]


def test_an_agenda_of_two_people_shows_both(admin, draft):
    first, second = "13.30 พิธีเปิด | ปลัด\n14.00 บรรยาย", "13.30 ลงทะเบียน"
    send(admin, "programme", draft.pk, **programme(draft, agenda=first))

    response = send(admin, "programme", draft.pk, **programme(draft, agenda=second))

    assert response.context["conflict"].rows == [("กำหนดการ", first, second)]


def test_what_the_agenda_form_shows_can_be_sent_again(admin, draft, everywhere):
    with everywhere():
        Seminar.objects.update(ends_on=draft.starts_on + timedelta(days=1))
    next_day = short_date(draft.starts_on + timedelta(days=1))
    agenda = f"13.30-14.00 พิธีเปิด | ปลัด\n{next_day}\n09.00 บรรยาย"
    send(admin, "programme", draft.pk, **programme(draft, agenda=agenda))
    before = list(draft.agenda.values_list("on_date", "starts_at", "title", "speaker"))

    shown = page(admin, "programme", draft.pk).context["form"].initial["agenda"]
    draft.refresh_from_db()
    send(admin, "programme", draft.pk, **programme(draft, agenda=shown))

    assert list(draft.agenda.values_list("on_date", "starts_at", "title", "speaker")) == before
    assert len(before) == 2


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"agenda": "พิธีเปิด"}, "agenda", "บรรทัดที่ 1"),
        ({"agenda": "3 ธ.ค. 2563\n13.30 พิธี"}, "agenda", "ไม่ใช่วันสัมมนา"),
        ({"afternoon_to": "12.00"}, "afternoon_to", "หลังเวลาเริ่ม"),
        ({"morning_from": "เก้าโมง"}, "morning_from", "13.30"),
    ],
)
def test_a_mistake_in_the_programme_is_said_at_its_field(admin, draft, typed, field, said):
    response = send(admin, "programme", draft.pk, **programme(draft, **typed))

    assert response.status_code == 422
    assert said in response.context["form"].errors[field][0]


def test_seats_are_typed_by_class(admin, draft):
    data = {"version": "1", "seats_mentor": "๗๖", "seats_speaker": "3", "named": ["mentor"]}

    send(admin, "classes", draft.pk, **data)

    assert list(draft.classes.values_list("kind", "seats", "named_by_provinces")) == [
        ("mentor", 76, True),
        ("speaker", 3, False),
    ]


def test_the_rule_for_provinces_is_shown_before_it_is_done(admin, draft):
    data = {"version": "1", "each": "2", "exceptions": "จังหวัดเชียงใหม่ 5 ที่นั่ง"}

    shown = send(admin, "province-seats", draft.pk, **data, preview="1")

    rows = {row.province.pk: (row.before, row.after) for row in shown.context["planned"]}
    assert (rows[50], rows[90], rows[10 + 1]) == ((2, 5), (1, 2), (None, 2))
    assert draft.province_seats.count() == 2
    send(admin, "province-seats", draft.pk, **data)
    assert dict(draft.province_seats.values_list("province_id", "seats"))[50] == 5


def test_an_unknown_province_is_named(admin, draft):
    data = {"version": "1", "each": "2", "exceptions": "เมืองชล 5\nเชียงใหม่"}

    response = send(admin, "province-seats", draft.pk, **data)

    said = response.context["form"].errors["exceptions"]
    assert ["เมืองชล" in said[0], "เชียงใหม่" in said[1]] == [True, True]


def test_like_last_time_is_a_draft_with_all_parts(admin, draft):
    response = send(
        admin, "clone", draft.pk, edition="9", starts_on="15 ธ.ค. 2570",
        parts=["texts", "venue", "programme", "classes", "provinces"],
    )  # fmt: skip

    made = Seminar.objects.exclude(pk=draft.pk).get()
    assert response.url == made.get_absolute_url()
    assert (made.room, made.fiscal_year) == (draft.room, 2571)


def test_the_way_of_a_seminar(admin, draft, chiang_mai_officer, client):
    for name, state in (
        ("publish", "open"),
        ("close", "closed"),
        ("publish", "open"),
        ("finish", "finished"),
        ("close", "closed"),
        ("cancel", "cancelled"),
        ("take-back", "draft"),
    ):
        assert page(admin, name, draft.pk).status_code == 200
        assert send(admin, name, draft.pk, reason="เหตุผล").status_code == 302
        draft.refresh_from_db()
        assert draft.state == state


def test_what_may_not_be_done_is_said(admin, draft, everywhere):
    with everywhere():
        draft.agenda.all().delete()

    response = send(admin, "publish", draft.pk, reason="พร้อมแล้ว")

    assert response.status_code == 422
    assert "กำหนดการ" in response.content.decode()


def test_the_silent_are_reminded_from_the_page(admin, draft, songkhla_officer):
    send(admin, "publish", draft.pk, reason="")
    assert "ส่งเตือน 2 จังหวัด" in page(admin, "detail", draft.pk).content.decode()

    response = send(admin, "remind", draft.pk)

    text = admin.get(response.url).content.decode()
    assert "ส่งเตือน 2 จังหวัดแล้ว เรียกคืนได้ภายใน 2 นาที" in text
    assert "เรียกคืนการเตือน</button>" in text

    back = admin.get(send(admin, "recall", draft.pk).url)

    assert "เรียกคืนการเตือน 2 จังหวัดแล้ว" in back.content.decode()
    assert all(row.reminded_at is None for row in back.context["provinces"])
    assert "เรียกคืนการเตือนจังหวัด" in back.content.decode()  # in the history
    assert "เรียกคืนได้ภายใน 2 นาทีหลังส่ง" in (
        admin.get(send(admin, "recall", draft.pk).url).content.decode()
    )


def test_the_home_page_of_the_seminar_admin_is_not_empty(admin, draft):
    send(admin, "publish", draft.pk, reason="")

    text = admin.get("/").content.decode()

    for words in ("สัมมนาครั้งต่อไป", "จังหวัดที่ยังไม่ส่งรายชื่อ", "รายชื่อสำรอง"):
        assert words in text


def test_a_mentor_is_asked_while_seats_are_left(client, admin, draft, chiang_mai_officer):
    send(admin, "publish", draft.pk, reason="")
    client.force_login(chiang_mai_officer)
    assert "ส่งรายชื่อสัมมนา" in client.get("/").content.decode()

    for _number in range(2):
        RegistrationFactory(participant_class=draft.classes.get(), province_id=50)

    assert "ส่งรายชื่อสัมมนา" not in client.get("/").content.decode()
