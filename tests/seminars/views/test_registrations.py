"""The people of a seminar, through the client."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seminars.enums import ClassKind, SeminarState
from seminars.models import ProvinceSeats, Registration, Seminar
from tests.factories import (
    MentorFactory,
    ParticipantClassFactory,
    RegistrationFactory,
    VolunteerFactory,
)


@pytest.fixture
def mentor(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)
    return client


def address(name, *args, **query):
    return reverse(f"seminars:{name}", args=args, query=query or None)


def person(places, **more):
    return {
        "participant_class": str(places.pk), "first_name": "ก้อย", "last_name": "ใจดี", **more,
    }  # fmt: skip


def register(client, places, **more):
    data = person(places, **more)
    return client.post(address("register", places.seminar_id), data)


def rows_of(everywhere, **where):
    with everywhere():
        return list(Registration.objects.filter(**where).select_related("participant_class"))


def test_a_mentor_registers_a_colleague(mentor, places, everywhere):
    response = register(mentor, places, phone="081 234 5678")

    [row] = rows_of(everywhere)
    assert response.url == row.get_absolute_url()
    assert (row.province_id, row.phone, row.source) == (50, "0812345678", "province")


def test_a_forged_province_changes_nothing(mentor, places, everywhere):
    register(mentor, places, province="90")

    assert [row.province_id for row in rows_of(everywhere)] == [50]


def test_a_mentor_names_people_for_the_classes_of_provinces_only(mentor, places):
    speakers = ParticipantClassFactory(
        seminar=places.seminar, kind=ClassKind.SPEAKER, named_by_provinces=False
    )

    response = register(mentor, speakers)

    assert response.status_code == 422
    assert "participant_class" in response.context["form"].errors


def test_the_centre_registers_anyone(admin, places, everywhere):
    register(admin, places, province="90")
    register(admin, places, first_name="ขวัญ")

    assert {row.first_name: row.province_id for row in rows_of(everywhere)} == {
        "ก้อย": 90, "ขวัญ": None,
    }  # fmt: skip


def test_a_mentor_of_the_own_province_is_picked_not_typed(mentor, places, chiang_mai, everywhere):
    known = MentorFactory(province=chiang_mai, first_name="ปาริชาต")
    page = mentor.get(address("register", places.seminar_id, mentor=known.pk))
    assert "first_name" not in page.context["form"].fields

    mentor.post(
        address("register", places.seminar_id, mentor=known.pk),
        {"participant_class": str(places.pk)},
    )

    [row] = rows_of(everywhere)
    assert (row.mentor_id, row.first_name) == (known.pk, "ปาริชาต")


def test_people_are_found_in_the_own_province_only(mentor, places, chiang_mai, songkhla):
    for province in (chiang_mai, songkhla):
        MentorFactory(province=province, first_name="สมใจ", last_name=province.name_english)
        VolunteerFactory(province=province, first_name="สมใจ", last_name=province.name_english)

    page = mentor.get(address("register", places.seminar_id, q="สมใจ"))

    assert [one.key for one in page.context["people"]] == ["mentor", "volunteer"]
    assert songkhla.name_english not in page.content.decode()


def test_a_person_of_another_province_cannot_be_picked(mentor, places, songkhla):
    known = MentorFactory(province=songkhla, first_name="สมใจ")

    page = mentor.get(address("register", places.seminar_id, mentor=known.pk))

    assert page.context["known"] is None


def test_a_full_class_is_answered_with_the_place_in_the_queue(mentor, places, everywhere):
    for name in ("ก้อย", "ขวัญ"):
        register(mentor, places, first_name=name)

    response = register(mentor, places, first_name="คำ")

    text = mentor.get(response.url).content.decode()
    assert "รายชื่อสำรองลำดับที่ 1" in text


def test_another_may_be_added_at_once(mentor, places):
    response = register(mentor, places, another="1")

    assert response.url == address("register", places.seminar_id, participant_class=str(places.pk))


def test_a_person_twice_keeps_what_was_typed(mentor, places):
    register(mentor, places)

    response = register(mentor, places, note="มังสวิรัติ")

    text = response.content.decode()
    assert response.status_code == 422
    assert "อยู่ในรายชื่อแล้ว" in text
    assert "มังสวิรัติ" in text


@pytest.mark.parametrize("state", [SeminarState.CLOSED, SeminarState.FINISHED])
def test_a_closed_seminar_is_answered_in_words_and_nothing_is_lost(
    mentor, places, everywhere, state
):
    with everywhere():
        Seminar.objects.update(state=state)

    response = register(mentor, places, note="มังสวิรัติ")

    assert response.status_code == 422
    assert "แล้ว" in response.context["form"].non_field_errors()[0]
    assert "มังสวิรัติ" in response.content.decode()
    assert rows_of(everywhere) == []


def test_a_passed_date_is_answered_in_words(mentor, places, everywhere):
    from django.utils import timezone

    with everywhere():
        Seminar.objects.update(registration_closes_at=timezone.now())

    response = register(mentor, places)

    assert "ปิดรับลงทะเบียนแล้วเมื่อ" in response.content.decode()


def test_a_province_sees_its_own_people_only(mentor, places):
    ours = RegistrationFactory(participant_class=places, province_id=50)
    theirs = RegistrationFactory(
        participant_class=places, province_id=90, last_name="นกขมิ้น", phone="0899999999"
    )

    page = mentor.get(address("registrations", places.seminar_id))

    assert [row.pk for row in page.context["rows"]] == [ours.pk]
    assert "นกขมิ้น" not in page.content.decode()
    gone = mentor.get(address("registration", places.seminar_id, theirs.pk))
    assert gone.status_code == 404


def test_a_person_of_another_seminar_is_not_found_here(admin, places, draft):
    row = RegistrationFactory(participant_class=places)

    assert admin.get(address("registration", draft.pk, row.pk)).status_code == 404


@pytest.mark.parametrize("field", ["note", "reason"])
def test_onlookers_read_no_remark_on_a_person(client, admin, places, executive, field):
    """Food and help that is needed tell of faith and health."""
    row = RegistrationFactory(participant_class=places, province_id=50, **{field: "อาหารฮาลาล"})
    path = address("registration", places.seminar_id, row.pk)

    assert "อาหารฮาลาล" in admin.get(path).content.decode()
    client.force_login(executive)
    assert "อาหารฮาลาล" not in client.get(path).content.decode()


def test_onlookers_see_no_telephone(client, places, executive, central_officer):
    RegistrationFactory(participant_class=places, province_id=50, phone="0898765432")
    row = RegistrationFactory(participant_class=places, province_id=50, phone="0898765433")
    for user in (executive, central_officer):
        client.force_login(user)
        for path in (
            address("registrations", places.seminar_id),
            address("registrations", places.seminar_id, export="csv"),
            address("registration", places.seminar_id, row.pk),
        ):
            response = client.get(path)
            text = (b"".join(response) if response.streaming else response.content).decode()
            assert "089" not in text, path


@pytest.mark.parametrize("role", ["mentor", "admin"])
def test_the_list_costs_the_same_for_any_length(request, places, role):
    client = request.getfixturevalue(role)
    path = address("registrations", places.seminar_id)
    client.get(path)  # the first request notes the moments of the session

    costs, so_far = [], 0
    for length in (1, 3, 50):
        RegistrationFactory.create_batch(length - so_far, participant_class=places, province_id=50)
        so_far = length
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        assert len(response.context["rows"]) == length
        costs.append(len(queries))

    assert costs == [costs[0]] * 3
    assert costs[0] <= 14


def test_filters_find_by_word_class_state_and_province(admin, places):
    other = ParticipantClassFactory(seminar=places.seminar, kind=ClassKind.SPEAKER)
    one = RegistrationFactory(participant_class=places, province_id=50, phone="0812345678")
    two = RegistrationFactory(participant_class=other, province_id=90, state="declined")
    for query, expected in (
        ({"q": "081-234"}, [one.pk]),
        ({"kind": "speaker"}, [two.pk]),
        ({"state": "accepted"}, [one.pk]),
        ({"province": "90"}, [two.pk]),
    ):
        page = admin.get(address("registrations", places.seminar_id, **query))
        assert [row.pk for row in page.context["rows"]] == expected, query


def test_a_mentor_gives_a_seat_back_and_it_moves_on(mentor, places, everywhere):
    for name in ("ก้อย", "ขวัญ", "คำ"):
        register(mentor, places, first_name=name)
    first, *_ = rows_of(everywhere, first_name="ก้อย")
    path = address("withdraw", places.seminar_id, first.pk)

    assert mentor.get(path).status_code == 200
    response = mentor.post(path, {"state": "declined", "reason": "ติดราชการ"})

    assert "ได้ที่นั่งแทน 1 คน" in mentor.get(response.url).content.decode()
    assert [row.state for row in rows_of(everywhere, first_name="คำ")] == ["accepted"]
    assert mentor.post(path, {"state": "declined"}).status_code == 422


def test_a_substitute_is_sent_from_the_page(mentor, places, everywhere):
    register(mentor, places)
    [first] = rows_of(everywhere)
    path = address("substitute", places.seminar_id, first.pk)

    response = mentor.post(path, {"first_name": "ขวัญ", "last_name": "ใจดี"})

    [second] = rows_of(everywhere, state="accepted")
    assert (second.first_name, second.substitute_for_id) == ("ขวัญ", first.pk)
    assert "มาแทน" in mentor.get(response.url).content.decode()


def test_a_change_is_saved_and_a_stale_one_shown(mentor, places, everywhere):
    register(mentor, places)
    [row] = rows_of(everywhere)
    path = address("change", places.seminar_id, row.pk)
    typed = {"first_name": "ก้อย", "last_name": "ใจดี", "version": "1"}

    assert mentor.post(path, {**typed, "position": "หัวหน้า"}).status_code == 302
    response = mentor.post(path, {**typed, "position": "ผู้ช่วย"})

    assert response.status_code == 422
    assert ("ตำแหน่ง", "หัวหน้า", "ผู้ช่วย") in response.context["conflict"].rows


def test_the_centre_moves_and_accepts(admin, places, everywhere):
    other = ParticipantClassFactory(seminar=places.seminar, kind=ClassKind.SPEAKER, seats=1)
    for name in ("ก้อย", "ขวัญ", "คำ"):
        register(admin, places, first_name=name)
    first, _second, third = sorted(rows_of(everywhere), key=lambda row: row.pk)

    admin.post(address("accept", places.seminar_id, third.pk))
    assert third.pk in {row.pk for row in rows_of(everywhere, state="waiting")}
    move = address("move", places.seminar_id, first.pk)
    assert admin.get(move).status_code == 200
    assert admin.post(move, {"participant_class": str(other.pk)}).status_code == 302

    assert {row.first_name: str(row.participant_class.kind) for row in rows_of(everywhere)} == {
        "ก้อย": "speaker", "ขวัญ": "mentor", "คำ": "mentor",
    }  # fmt: skip
    assert rows_of(everywhere, state="waiting") == []


def test_many_are_cancelled_at_once_and_the_skipped_are_said(admin, places, everywhere):
    for name in ("ก้อย", "ขวัญ"):
        register(admin, places, first_name=name)
    one, two = rows_of(everywhere)
    path = address("many", places.seminar_id)
    admin.post(path, {"act": "cancel", "id": [one.pk]})

    response = admin.post(path, {"act": "cancel", "everything": "1", "query": ""})

    text = admin.get(response.url).content.decode()
    assert ("ทำแล้ว 1 คน" in text, "ข้าม 1 คน" in text) == (True, True)
    assert {row.state for row in rows_of(everywhere)} == {"cancelled"}
    assert two.pk


@pytest.mark.parametrize("data", [{}, {"act": "cancel"}, {"act": "class-x", "everything": "1"}])
def test_nothing_chosen_is_said(admin, places, data):
    register(admin, places)

    response = admin.post(address("many", places.seminar_id), data)

    assert "เลือก" in admin.get(response.url).content.decode()


def test_a_seat_out_of_turn_raises_the_seats_of_the_province(admin, places, everywhere):
    with everywhere():
        ProvinceSeats.objects.create(seminar=places.seminar, province_id=50, seats=0)
    register(admin, places, province="50")
    [row] = rows_of(everywhere)
    assert row.state == "waiting"

    admin.post(address("accept", places.seminar_id, row.pk))

    assert [row.state for row in rows_of(everywhere)] == ["accepted"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_goes_out_as_a_file(mentor, places, form):
    RegistrationFactory(participant_class=places, province_id=50)

    response = mentor.get(address("registrations", places.seminar_id, export=form))

    assert response.status_code == 200
    assert len(b"".join(response)) > 100
