"""A badge, a name or a foreign code at the door, for an organiser and a helper alike."""

import pytest
from django.utils import timezone

from seminars.models import CheckIn, Registration
from seminars.qr import badge_text
from tests.factories import (
    ParticipantClassFactory,
    RegistrationFactory,
    SeminarFactory,
    SessionFactory,
)
from tests.seminars.door.at_the_door import badge_of, text_of


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
