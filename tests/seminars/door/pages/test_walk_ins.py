"""People without a badge, and the sheet that they signed."""

import pytest

from seminars.models import CheckIn, Registration, SignInSheet
from tests.factories import ParticipantClassFactory, RegistrationFactory
from tests.seminars.door.at_the_door import text_of


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
