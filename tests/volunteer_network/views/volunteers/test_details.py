"""One person: looking, revealing the number, terms and holds."""

import logging

import pytest

from tests.factories import VolunteerFactory
from tests.volunteer_network.views.volunteers.pages import (
    DIGITS,
    LIST,
    address,
    changed,
    errors,
    events,
    known,
)
from volunteer_network import national_id
from volunteer_network.enums import VolunteerStatus

REASON = "ตรวจเอกสารเบิกค่าตอบแทน"


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
