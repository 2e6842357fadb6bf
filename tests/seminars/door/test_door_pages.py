"""The door's pages: of officials, and of helpers with a link."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from seminars.models import CheckIn, DoorLink, Registration, Seminar, Session, SignInSheet
from seminars.qr import badge_text
from seminars.services.door_links import withdraw_door_link
from tests.factories import (
    ParticipantClassFactory,
    RegistrationFactory,
    SeminarFactory,
    SessionFactory,
    UserFactory,
)
from tests.seminars.door.at_the_door import badge_of, text_of
from volunteer_network.access.roles import Role


def test_the_page_shows_counter_half_day_and_field(either, guest):
    text = text_of(either.get())

    assert "<b>0</b>" in text
    assert "จาก 1 คน" in text
    assert 'name="code"' in text
    assert "บ่าย" in text


def test_a_badge_lets_its_owner_in(either, guest, everywhere):
    response = either.scan(badge_of(guest))

    assert "เข้าได้" in text_of(response)
    assert guest.display_name in text_of(response)
    with everywhere():
        assert CheckIn.objects.get().registration == guest


def test_a_second_scan_tells_when_and_where_the_first_was(either, guest):
    either.scan(badge_of(guest))
    text = text_of(either.scan(badge_of(guest)))

    assert "เข้าแล้ว" in text
    assert "ประตู 1" in text or "โต๊ะผู้จัด" in text


def test_for_htmx_the_card_comes_with_the_counter(either, guest):
    text = text_of(either.scan(badge_of(guest), htmx=True))

    assert "<html" not in text
    assert 'id="answer"' in text
    assert 'hx-swap-oob="true"' in text
    assert "<b>1</b>" in text


def test_an_altered_badge_says_so(either, guest, everywhere):
    touched = badge_of(guest).replace("-", "-", 1)[:-1] + "2"
    touched = touched if touched != badge_of(guest) else touched[:-1] + "3"

    assert "รหัสถูกแก้ไข" in text_of(either.scan(touched))
    with everywhere():
        assert not CheckIn.objects.exists()


def test_a_badge_of_another_seminar_names_the_seminar_and_nobody(either, chiang_mai, everywhere):
    other = SeminarFactory(title="สัมมนาอื่นที่ขอนแก่น")
    theirs = RegistrationFactory(
        participant_class=ParticipantClassFactory(seminar=other),
        province=chiang_mai,
        last_name="ลับเฉพาะ",
    )

    text = text_of(either.scan(badge_of(theirs)))

    assert "บัตรของงานอื่น" in text
    assert "สัมมนาอื่นที่ขอนแก่น" in text
    assert "ลับเฉพาะ" not in text
    with everywhere():
        assert not CheckIn.objects.exists()


def test_a_badge_that_is_on_no_list_any_more(either, seminar):
    text = text_of(either.scan(badge_text(seminar.pk, "7KQ2MHTX3P")))

    assert "ไม่พบรหัสนี้" in text


@pytest.mark.parametrize(
    ("state", "word"), [("waiting", "สำรอง"), ("cancelled", "ยกเลิก"), ("declined", "ไม่เข้าร่วม")]
)
def test_a_badge_of_somebody_not_expected(either, guest, state, word, everywhere):
    with everywhere():
        Registration.objects.update(state=state, queued_at=timezone.now())

    text = text_of(either.scan(badge_of(guest)))

    assert f"<h2>{word}</h2>" in text
    with everywhere():
        assert not CheckIn.objects.exists()


def test_a_foreign_qr_is_answered_in_words(either, guest):
    assert "ไม่พบ" in text_of(either.scan("https://example.org/ticket/1"))


def test_an_empty_field_is_answered_in_words(either, guest):
    assert "ยังไม่ได้พิมพ์" in text_of(either.scan(" "))


def test_typed_words_find_people_and_a_button_lets_one_in(either, guest, everywhere):
    found = text_of(either.scan(guest.first_name))
    assert f'name="person" value="{guest.pk}"' in found

    assert "เข้าได้" in text_of(either.post("check-in", person=guest.pk))
    with everywhere():
        assert CheckIn.objects.get().way == "search"


def test_search_as_one_types_sends_only_the_names(either, guest):
    response = either.client.get(
        either.url(), {"q": guest.first_name}, headers={"HX-Request": "true"}
    )

    assert guest.display_name in text_of(response)
    assert "<html" not in text_of(response)


def test_undo_keeps_the_first_time_and_offers_to_let_in_again(either, guest, everywhere):
    either.scan(badge_of(guest))

    text = text_of(either.post("undo", person=guest.pk))

    assert "ยกเลิกการเข้าแล้ว" in text
    assert "ยังเก็บไว้" in text
    with everywhere():
        assert CheckIn.objects.get().undone_at is not None


def test_the_wrong_half_day_asks_first(either, guest, session, everywhere):
    earlier = SessionFactory(
        seminar=session.seminar, half="morning", starts_at="00:00", ends_at="00:00:01"
    )

    asked = text_of(either.scan(badge_of(guest), session=earlier.pk))
    assert "ตรวจรอบก่อน" in asked
    with everywhere():
        assert not CheckIn.objects.exists()

    either.post("check-in", person=guest.pk, session=earlier.pk, force="1")
    with everywhere():
        assert CheckIn.objects.get().session == earlier


def test_a_half_day_of_another_seminar_is_not_found(either):
    other = SessionFactory()

    assert either.get(session=other.pk).status_code == 404
    assert either.post("scan", code="x", session=other.pk).status_code == 404
    assert either.get(session="x").status_code == 404


def test_somebody_of_another_seminar_is_not_found(either, chiang_mai, everywhere):
    stranger = RegistrationFactory(province=chiang_mai)

    for page in ("check-in", "undo"):
        assert either.post(page, person=stranger.pk).status_code == 404
    assert either.post("check-in", person="x").status_code == 404
    with everywhere():
        assert not CheckIn.objects.exists()


def test_a_walk_in_takes_one_form(either, mentors, everywhere):
    response = either.post(
        "walk-in", name="นายประภาส ทองดี", home="สุพรรณ", participant_class=mentors.pk
    )

    assert "เข้าได้" in text_of(response)
    with everywhere():
        walked_in = CheckIn.objects.get().registration
        assert (walked_in.title, walked_in.first_name, walked_in.last_name) == (
            "นาย",
            "ประภาส",
            "ทองดี",
        )
        assert walked_in.province.name == "สุพรรณบุรี"
        assert (walked_in.registered_by is None) == (either.place == "helper")


def test_a_walk_in_without_a_last_name_comes_back_as_typed(either, mentors):
    response = either.post("walk-in", name="ประภาส", home="กรมหนึ่ง", participant_class=mentors.pk)

    assert response.status_code == 422
    assert 'value="ประภาส"' in text_of(response)
    assert 'value="กรมหนึ่ง"' in text_of(response)


def test_a_walk_in_of_a_known_name_asks_and_then_registers(either, mentors, everywhere):
    form = {"name": "นายประภาส ทองดี", "home": "สุพรรณ", "participant_class": mentors.pk}
    either.post("walk-in", **form)

    again = either.post("walk-in", **form)
    assert again.status_code == 422
    assert "มีชื่อนี้แล้ว" in text_of(again)
    assert 'name="another_person" value="on"' in text_of(again)

    nameless = either.post("walk-in", another_person="on", **form)
    assert nameless.status_code == 422
    assert "ถ้าเป็นคนละคน ให้กรอกโทรศัพท์ของคนนี้" in text_of(nameless)

    either.post("walk-in", another_person="on", phone="081 234 5678", **form)
    with everywhere():
        assert Registration.objects.count() == 2


def test_a_class_of_another_seminar_cannot_be_chosen(either, mentors, everywhere):
    foreign = ParticipantClassFactory()

    response = either.post(
        "walk-in", name="นายประภาส ทองดี", home="สุพรรณ", participant_class=foreign.pk
    )

    assert response.status_code == 422
    with everywhere():
        assert not Registration.objects.exists()


@pytest.fixture
def sheet(seminar, mentors, seminar_admin, chiang_mai, everywhere):
    people = [RegistrationFactory(participant_class=mentors, province=chiang_mai) for _ in "12345"]
    with everywhere():
        return SignInSheet.objects.create(
            seminar=seminar, rows=[one.pk for one in people], made_by=seminar_admin
        )


def test_numbers_of_the_sheet_let_in_who_signed(either, sheet, everywhere):
    with everywhere():
        Registration.objects.filter(pk=sheet.rows[2]).update(state="cancelled")

    text = text_of(either.post("paper", sheet=sheet.pk, numbers="๑-๓, 5"))

    assert "เช็กอินจากใบลงทะเบียน 3 คน" in text
    assert "เลขที่ 3" in text
    with everywhere():
        came = set(CheckIn.objects.values_list("registration_id", "way"))
    assert came == {(sheet.rows[number], "paper") for number in (0, 1, 4)}


@pytest.mark.parametrize("numbers", ["", "1-", "3-1", "abc", "1, x", "6", "0", "99999999"])
def test_numbers_that_make_no_sense_come_back_as_typed(either, sheet, numbers, everywhere):
    response = either.post("paper", sheet=sheet.pk, numbers=numbers)

    assert response.status_code == 422
    with everywhere():
        assert not CheckIn.objects.exists()


def test_the_counter_refreshes_itself(either, guest):
    either.scan(badge_of(guest))

    text = text_of(either.get("counter", session=either.session.pk))

    assert "<html" not in text
    assert "<b>1</b> / 1" in text
    assert "มาครบทั้ง 1 จังหวัด" in text


def test_a_seminar_without_half_days_says_what_is_missing(client, seminar_admin, seminar):
    client.force_login(seminar_admin)

    response = client.get(reverse("door:door-page", args=[seminar.pk]))

    assert "ยังไม่มีรอบให้เช็กอิน" in text_of(response)


def test_a_cancelled_seminar_is_answered_in_words(either, guest, everywhere):
    with everywhere():
        Seminar.objects.update(state="cancelled")

    assert "ยกเลิกแล้ว จึงเช็กอินไม่ได้" in text_of(either.scan(badge_of(guest)))
    assert "ยกเลิกแล้ว จึงเช็กอินไม่ได้" in text_of(either.post("undo", person=guest.pk))


def test_before_the_day_the_page_says_that_it_is_a_rehearsal(desk, guest, everywhere):
    with everywhere():
        Session.objects.update(on_date=timezone.localdate() + timedelta(days=3))

    assert "ซ้อม" in text_of(desk.get())


def test_only_the_door_may_ask_for_the_camera(either, client):
    assert "camera=(self)" in either.get().headers["Permissions-Policy"]
    assert "camera=()" in client.get("/accounts/login/").headers["Permissions-Policy"]


@pytest.mark.parametrize("page", ["page", "counter"])
def test_the_door_costs_the_same_for_any_number_of_people(
    either, mentors, chiang_mai, songkhla, page
):
    costs, so_far = [], 0
    for length in (1, 3, 12):
        for number in range(so_far, length):
            guest = RegistrationFactory(
                participant_class=mentors, province=(chiang_mai, songkhla)[number % 2]
            )
            either.scan(badge_of(guest))
        so_far = length
        with CaptureQueriesContext(connection) as queries:
            either.get(page, q="กนกวรรณ")
        costs.append(len(queries))

    assert costs == [costs[0]] * 3
    assert costs[0] <= 26


# Helpers


def test_a_helper_sees_no_telephone_and_no_mail(helper, guest, everywhere):
    with everywhere():
        Registration.objects.update(phone="0812345678", email="guest@example.org")

    pages = [helper.get(), helper.get(q=guest.first_name), helper.scan(badge_of(guest))]

    assert all(guest.display_name in text_of(page) for page in pages[1:])
    assert not any("0812345678" in text_of(page) for page in pages)
    assert not any("guest@example.org" in text_of(page) for page in pages)


def test_a_helper_opens_no_other_seminar(helper):
    other = SessionFactory(seminar=SeminarFactory(starts_on=timezone.localdate()))

    response = helper.client.get(reverse("door:helper-page", args=[other.seminar_id]))

    assert response.status_code == 404


def test_a_helper_opens_no_page_of_officials(helper):
    for address in (helper.url().replace("helper", "door"), "/volunteers/"):
        assert helper.client.get(address).status_code == 302


def test_without_the_link_the_door_is_closed(client, session):
    address = reverse("door:helper-page", args=[session.seminar_id])

    assert client.get(address).status_code == 404
    client.cookies["vn_door"] = "1"
    assert client.get(address).status_code == 404
    client.cookies["vn_door"] = "1:AAAA:BBBB"
    assert client.get(address).status_code == 404


def test_an_unknown_link_is_answered_in_words(client, db):
    response = client.get(reverse("door:open", args=["nobody-made-this"]))

    assert response.status_code == 404
    assert "ไม่รู้จักลิงก์นี้" in text_of(response)


def test_a_withdrawn_link_ends_at_once(helper, seminar_admin, token, everywhere):
    with everywhere():
        withdraw_door_link(link=DoorLink.objects.get(), by=seminar_admin)

    for response in (helper.get(), helper.scan("x"), helper.client.get(f"/seminars/door/{token}/")):
        assert response.status_code == 410
        assert "ถูกยกเลิกแล้ว" in text_of(response)


@pytest.mark.parametrize(("days", "words"), [(-1, "หมดอายุแล้ว"), (1, "ยังไม่ถึงวันสัมมนา")])
def test_a_link_opens_on_its_days_only(helper, days, words, everywhere):
    day = timezone.localdate() + timedelta(days=days)
    with everywhere():
        DoorLink.objects.update(valid_from=day, valid_until=day)

    response = helper.get()

    assert response.status_code == 410
    assert words in text_of(response)


def test_who_is_signed_in_on_the_telephone_is_still_a_helper(helper, chiang_mai, guest):
    helper.client.force_login(UserFactory(role=Role.MENTOR, province=chiang_mai))

    assert "ประตู 1" in text_of(helper.get())
    helper.scan(badge_of(guest))
    assert "เข้าแล้ว" in text_of(helper.scan(badge_of(guest)))


# Links


def test_the_link_is_shown_once_with_its_qr(client, seminar_admin, seminar):
    client.force_login(seminar_admin)
    address = reverse("door:links", args=[seminar.pk])

    made = text_of(client.post(address, {"name": "ประตู 1", "valid": "days"}))
    later = text_of(client.get(address))

    assert "/seminars/door/" in made
    assert "data:image/svg+xml" in made
    assert "ใช้ได้อยู่" in later
    assert "/seminars/door/" not in later


def test_two_open_links_of_one_door_are_refused(client, seminar_admin, seminar, token):
    client.force_login(seminar_admin)

    response = client.post(
        reverse("door:links", args=[seminar.pk]), {"name": "ประตู 1", "valid": "days"}
    )

    assert response.status_code == 422
    assert "มีลิงก์ของประตูนี้แล้ว" in text_of(response)


def test_a_seminar_of_the_past_gives_no_links(client, seminar_admin, everywhere):
    past = SeminarFactory(starts_on=timezone.localdate() - timedelta(days=9))
    client.force_login(seminar_admin)

    response = client.post(
        reverse("door:links", args=[past.pk]), {"name": "ประตู 1", "valid": "days"}
    )

    assert response.status_code == 422
    with everywhere():
        assert not DoorLink.objects.exists()


def test_a_rehearsal_gives_its_door_back_the_next_day(client, seminar_admin, everywhere):
    today = timezone.localdate()
    later = SeminarFactory(starts_on=today + timedelta(days=9))
    client.force_login(seminar_admin)
    address = reverse("door:links", args=[later.pk])
    client.post(address, {"name": "ประตู 1", "valid": "today"})
    with everywhere():
        link = DoorLink.objects.get()
        assert (link.valid_from, link.valid_until) == (today, today)
        yesterday = today - timedelta(days=1)
        DoorLink.objects.update(valid_from=yesterday, valid_until=yesterday)

    assert client.post(address, {"name": "ประตู 1", "valid": "days"}).status_code == 200


def test_the_organiser_withdraws_a_link(client, seminar_admin, seminar, token, everywhere):
    client.force_login(seminar_admin)
    with everywhere():
        link = DoorLink.objects.get()

    client.post(reverse("door:link-withdraw", args=[seminar.pk, link.pk]))

    with everywhere():
        link.refresh_from_db()
        assert link.withdrawn_at is not None


def test_a_link_of_another_seminar_is_not_found(client, seminar_admin, token, everywhere):
    other = SeminarFactory()
    client.force_login(seminar_admin)
    with everywhere():
        link = DoorLink.objects.get()

    address = reverse("door:link-withdraw", args=[other.pk, link.pk])

    assert client.post(address).status_code == 404
