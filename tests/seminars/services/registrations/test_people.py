"""One person has one registration, under whatever name."""

import pytest

from tests.factories import VolunteerFactory
from tests.seminars.services.registrations.registering import ACCEPTED, register, withdraw
from volunteer_network.errors import RuleViolation


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"phone": "0812345678"}, {}),
        ({}, {"phone": "0812345678"}),
        ({"phone": "0812345678"}, {"phone": "0812345678"}),
    ],
)
def test_the_same_person_twice_is_refused_in_words(places, chiang_mai_officer, first, second):
    register(chiang_mai_officer, places, "ก้อย", **first)

    with pytest.raises(RuleViolation, match="อยู่ในรายชื่อแล้ว") as refusal:
        register(chiang_mai_officer, places, "ก้อย", **second)

    assert refusal.value.field == "first_name"


def test_namesakes_are_told_apart_by_telephone(places, chiang_mai_officer):
    register(chiang_mai_officer, places, "ก้อย", phone="0812345678")

    assert register(chiang_mai_officer, places, "ก้อย", phone="0898765432").state == ACCEPTED


def test_two_volunteers_of_one_name_both_come(places, chiang_mai_officer, chiang_mai):
    one, other = (VolunteerFactory(province=chiang_mai, first_name="สมศรี") for _ in range(2))
    register(chiang_mai_officer, places, volunteer=one)

    assert register(chiang_mai_officer, places, volunteer=other).state == ACCEPTED
    with pytest.raises(RuleViolation, match="อยู่ในรายชื่อแล้ว"):
        register(chiang_mai_officer, places, volunteer=one)


def test_who_has_been_cancelled_may_come_again(places, chiang_mai_officer):
    withdraw(chiang_mai_officer, register(chiang_mai_officer, places, "ก้อย"))

    assert register(chiang_mai_officer, places, "ก้อย").state == ACCEPTED
