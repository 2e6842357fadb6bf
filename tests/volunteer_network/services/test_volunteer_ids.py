"""The 13 digits of a volunteer: sealed, revealed for a reason, and one person never twice."""

import uuid

import pytest
from django.db import connection

from tests.factories import TermFactory, VolunteerFactory
from tests.volunteer_network.services.registering import (
    DIGITS,
    OTHER_DIGITS,
    a_place,
    change,
    events,
    register,
)
from volunteer_network import national_id, sealing
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Volunteer
from volunteer_network.services import known_ids
from volunteer_network.services.volunteers import reveal_national_id


def every_text_in(table):
    """All columns of all rows as PostgreSQL would print them, bytes as bytes too."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return b"\n".join(
            bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()
            for row in cursor.fetchall()
            for value in row
        )


@pytest.mark.parametrize(
    "table", ["volunteer_network_volunteer", "volunteer_network_volunteerevent",
              "volunteer_network_auditevent", "volunteer_network_term"]
)  # fmt: skip
def test_no_table_holds_the_digits(chiang_mai_officer, everywhere, table, today):
    volunteer = register(chiang_mai_officer, order_number="7/2569", starts_on=today)
    change(volunteer, chiang_mai_officer, national_id=OTHER_DIGITS, first_name="บัวเรือน")

    with everywhere():
        content = every_text_in(table)

    assert content
    for secret in (DIGITS, OTHER_DIGITS, "56789-0", DIGITS[:10], OTHER_DIGITS[:10]):
        assert secret.encode() not in content
        assert secret.encode().hex().encode() not in content


def test_the_number_is_shown_masked(chiang_mai_officer):
    volunteer = register(chiang_mai_officer)

    assert volunteer.national_id_masked == f"X-XXXX-XXXXX-{DIGITS[10:12]}-X"


def test_an_empty_number_leaves_the_sealed_one(chiang_mai_officer):
    volunteer = register(chiang_mai_officer)

    changed = change(volunteer, chiang_mai_officer, phone="0898765432")

    with open_scope(chiang_mai_officer.scope):
        number = reveal_national_id(
            volunteer=changed, reason="ตรวจเอกสารเบิกเงิน", by=chiang_mai_officer
        )
    assert number == national_id.format_id(DIGITS)


def test_a_new_number_replaces_the_sealed_one(chiang_mai_officer):
    volunteer = register(chiang_mai_officer)

    changed = change(volunteer, chiang_mai_officer, national_id=OTHER_DIGITS)

    with open_scope(chiang_mai_officer.scope):
        number = reveal_national_id(
            volunteer=changed, reason="ตรวจเอกสารเบิกเงิน", by=chiang_mai_officer
        )
    assert number == national_id.format_id(OTHER_DIGITS)
    assert bytes(changed.national_id_index) == sealing.blind_index(OTHER_DIGITS)


@pytest.mark.parametrize("reason", ["", "ขอดู", " " * 20, "x" * 9])
def test_nobody_sees_the_number_without_a_reason(chiang_mai_officer, everywhere, reason):
    volunteer = register(chiang_mai_officer)

    with pytest.raises(RuleViolation) as refused, open_scope(chiang_mai_officer.scope):
        reveal_national_id(volunteer=volunteer, reason=reason, by=chiang_mai_officer)

    assert refused.value.field == "reason"
    with everywhere():
        assert events(verb="volunteer.national_id_revealed") == []


def test_the_reason_stands_in_the_trail(chiang_mai_officer, everywhere):
    volunteer = register(chiang_mai_officer)

    with open_scope(chiang_mai_officer.scope):
        reveal_national_id(volunteer=volunteer, reason="ตรวจเอกสารเบิกเงิน", by=chiang_mai_officer)

    with everywhere():
        [event] = events(verb="volunteer.national_id_revealed")
    assert event.detail == {"reason": "ตรวจเอกสารเบิกเงิน"}
    assert event.actor == chiang_mai_officer.pk


def refusal(by, **changes):
    with pytest.raises(RuleViolation) as refused:
        register(by, **changes)
    assert refused.value.field == "national_id"
    return refused.value.message


def test_here_it_says_whose_it_is(chiang_mai_officer):
    known = register(chiang_mai_officer)

    message = refusal(chiang_mai_officer, first_name="อื่น")

    assert known.display_name in message
    assert known.code in message


def test_here_somebody_who_left_is_to_be_appointed_again(chiang_mai_officer):
    known = VolunteerFactory(digits=DIGITS, status=VolunteerStatus.RESIGNED)

    message = refusal(chiang_mai_officer)

    assert known.code in message
    assert "แต่งตั้งอีกครั้ง" in message


def test_elsewhere_it_says_no_name_and_no_province(chiang_mai_officer, songkhla):
    known = VolunteerFactory(province=songkhla, digits=DIGITS)

    message = refusal(chiang_mai_officer)

    assert "จังหวัดอื่น" in message
    for secret in (known.first_name, known.last_name, known.code, songkhla.name, "90-"):
        assert secret not in message


@pytest.mark.parametrize("status", ["resigned", "terminated", "term_ended", "deceased"])
def test_who_left_elsewhere_may_begin_here_as_the_same_person(chiang_mai_officer, songkhla, status):
    before = VolunteerFactory(province=songkhla, digits=DIGITS, status=status)

    after = register(chiang_mai_officer)

    assert (after.person, after.province_id) == (before.person, 50)
    assert after.pk != before.pk


def test_a_new_person_has_a_uuid_of_their_own(chiang_mai_officer):
    one = register(chiang_mai_officer)
    other = register(chiang_mai_officer, national_id=OTHER_DIGITS)

    assert isinstance(one.person, uuid.UUID)
    assert one.person != other.person


def test_a_changed_number_is_looked_up_too(chiang_mai_officer, songkhla):
    volunteer = register(chiang_mai_officer)
    VolunteerFactory(province=songkhla, digits=OTHER_DIGITS)

    with pytest.raises(RuleViolation, match="จังหวัดอื่น"):
        change(volunteer, chiang_mai_officer, national_id=OTHER_DIGITS)


def test_the_same_number_typed_again_is_no_duplicate(chiang_mai_officer):
    volunteer = register(chiang_mai_officer)

    assert change(volunteer, chiang_mai_officer, national_id=DIGITS).version == 2


def test_the_first_wall_alone_names_nobody_of_another_province(songkhla, everywhere, monkeypatch):
    VolunteerFactory(province=songkhla, digits=DIGITS)
    monkeypatch.setattr(known_ids, "_ask", lambda question, index: True)

    with everywhere(), pytest.raises(RuleViolation, match="จังหวัดอื่น"):
        known_ids.refuse_known_id(sealing.blind_index(DIGITS), province=50)


def test_a_person_moves_with_all_that_hangs_on_the_person(
    chiang_mai_officer, songkhla_officer, today, everywhere
):
    from volunteer_network.services.terms import end_term

    before = register(chiang_mai_officer, order_number="7/2569", starts_on=today)
    with pytest.raises(RuleViolation, match="จังหวัดอื่น"):
        register(songkhla_officer, subdistrict=a_place(90))
    with open_scope(chiang_mai_officer.scope):
        end_term(volunteer=before, ended_on=today, end_reason="moved_away", by=chiang_mai_officer)

    after = register(songkhla_officer, subdistrict=a_place(90))

    assert (after.person, after.province_id, after.code) == (before.person, 90, "90-1001")
    with everywhere():
        assert set(Volunteer.objects.values_list("province_id", "status")) == {
            (50, "terminated"), (90, "applicant"),
        }  # fmt: skip


def test_a_term_cannot_be_given_to_who_serves_elsewhere_by_now(chiang_mai_officer, songkhla, today):
    from volunteer_network.services.terms import appoint

    ours = VolunteerFactory(digits=DIGITS, status=VolunteerStatus.RESIGNED)
    TermFactory(volunteer=VolunteerFactory(province=songkhla, digits=DIGITS, person=ours.person))

    with pytest.raises(RuleViolation, match="จังหวัดอื่น"), open_scope(chiang_mai_officer.scope):
        appoint(
            volunteer=ours,
            order_number="9/2569",
            order_date=None,
            starts_on=today,
            by=chiang_mai_officer,
        )
