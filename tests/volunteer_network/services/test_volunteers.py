"""Registering people: numbers, sealed IDs, duplicates, changes, and the trace of all of it."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone
from PIL import Image

from tests.factories import TermFactory, UserFactory, VolunteerFactory
from volunteer_network import national_id, sealing
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.enums import OtherRole, Sex, VolunteerLevel, VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Province, Subdistrict, Volunteer
from volunteer_network.services import known_ids, volunteers
from volunteer_network.services.edits import StaleEdit
from volunteer_network.services.terms import withdraw_application
from volunteer_network.services.volunteers import (
    change_volunteer,
    note_viewing,
    other_leads,
    register_volunteer,
    reveal_national_id,
)
from volunteer_network.uploads import CleanPhoto

DIGITS = national_id.make_sample(4_500_001)
OTHER_DIGITS = national_id.make_sample(4_500_002)
CHIANG_MAI, SONGKHLA = (Scope(ScopeRole.PROVINCE, (code,)) for code in (50, 90))


@pytest.fixture
def today():
    return timezone.localdate()


def a_place(province=50, position=0):
    return Subdistrict.objects.filter(province=province).order_by("pk")[position]


def a_person(**changes):
    """What the form hands to the service."""
    return {
        "title": "นาง",
        "first_name": "บุญเรือน",
        "last_name": "แก้วใส",
        "national_id": DIGITS,
        "birth_date": None,
        "sex": Sex.FEMALE,
        "education": "ม.6",
        "occupation": "ค้าขาย",
        "other_roles": [OtherRole.HEALTH],
        "phone": "0812345678",
        "line_id": "boon",
        "email": "boon@example.org",
        "address": "12/3 หมู่ 4",
        "bank_account": "กรุงไทย 123-4-56789-0",
        "subdistrict": a_place(),
        "level": VolunteerLevel.SUBDISTRICT_LEAD,
        "photo": None,
        "order_number": "",
        "order_date": None,
        "starts_on": None,
        **changes,
    }


def a_change(volunteer, **changes):
    """The same form when it is filled in anew for a person who is known."""
    kept = {
        name: getattr(volunteer, name)
        for name in (*volunteers.PLAIN_FIELDS, "subdistrict", "version")
    }
    return {**kept, "national_id": "", "bank_account": "", "photo": None, **changes}


def register(by, **changes):
    with open_scope(by.scope):
        return register_volunteer(by=by, **a_person(**changes))


def change(volunteer, by, **changes):
    with open_scope(by.scope):
        return change_volunteer(volunteer=volunteer, by=by, **a_change(volunteer, **changes))


def every_text_in(table):
    """All columns of all rows as PostgreSQL would print them, bytes as bytes too."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return b"\n".join(
            bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()
            for row in cursor.fetchall()
            for value in row
        )


def events(**where):
    return list(AuditEvent.objects.filter(**where).order_by("pk"))


def test_everything_that_was_typed_is_kept(chiang_mai_officer, everywhere):
    volunteer = register(chiang_mai_officer)

    with everywhere():
        kept = Volunteer.objects.get()
    typed = a_person()
    assert kept.pk == volunteer.pk
    assert {name: getattr(kept, name) for name in volunteers.PLAIN_FIELDS} == {
        name: typed[name] for name in volunteers.PLAIN_FIELDS
    }
    assert (kept.subdistrict, kept.district_id) == (a_place(), a_place().district_id)
    assert (kept.province_id, kept.number, kept.code) == (50, 1001, "50-1001")
    assert kept.status == VolunteerStatus.APPLICANT
    assert kept.match_key == "บุญเรือนแกวใส"
    assert sealing.unseal(
        bytes(kept.bank_account_sealed), table="volunteer.bank_account", row=str(kept.person)
    ) == ("กรุงไทย 123-4-56789-0")


def test_an_order_appoints_at_once(chiang_mai_officer, everywhere, today):
    volunteer = register(chiang_mai_officer, order_number="7/2569", starts_on=today)

    with everywhere():
        term = volunteer.terms.get()
        volunteer.refresh_from_db()
    assert (term.order_number, term.round_number) == ("7/2569", 1)
    assert (volunteer.status, volunteer.term_ends_on) == ("active", term.ends_on)


def test_each_province_counts_for_itself(chiang_mai_officer, songkhla_officer):
    first = register(chiang_mai_officer)
    second = register(chiang_mai_officer, national_id=OTHER_DIGITS)
    elsewhere = register(
        songkhla_officer,
        national_id=national_id.make_sample(4_500_003),
        subdistrict=a_place(90),
    )

    assert [row.code for row in (first, second, elsewhere)] == [
        "50-1001", "50-1002", "90-1001",
    ]  # fmt: skip


def test_the_trail_says_who(chiang_mai_officer, everywhere):
    volunteer = register(chiang_mai_officer)

    with everywhere():
        [event] = events(verb="volunteer.registered")
    assert (event.actor, event.target, event.province_id) == (
        chiang_mai_officer.pk, str(volunteer.pk), 50,
    )  # fmt: skip


def test_a_place_of_another_province_is_not_ours_to_write(chiang_mai_officer):
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError, match="row-level security"):
        register(chiang_mai_officer, subdistrict=a_place(90))


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


def test_a_colleagues_newer_save_is_not_overwritten(chiang_mai_officer, everywhere):
    volunteer = register(chiang_mai_officer)
    change(volunteer, chiang_mai_officer, phone="0898765432")

    with pytest.raises(StaleEdit):
        change(volunteer, chiang_mai_officer, occupation="ทำนา")

    with everywhere():
        kept = Volunteer.objects.get()
    assert (kept.phone, kept.occupation, kept.version) == ("0898765432", "ค้าขาย", 2)


def test_the_trail_names_the_fields_and_no_values(chiang_mai_officer, everywhere):
    volunteer = register(chiang_mai_officer)

    change(
        volunteer,
        chiang_mai_officer,
        phone="0898765432",
        national_id=OTHER_DIGITS,
        bank_account="9",
        subdistrict=a_place(position=1),
    )

    with everywhere():
        [event] = events(verb="volunteer.changed")
    assert event.detail == {
        "fields": ["phone", "subdistrict", "bank_account", "national_id"]
    }  # fmt: skip


def test_a_move_within_the_province_takes_the_district_along(chiang_mai_officer):
    volunteer = register(chiang_mai_officer)
    place = Subdistrict.objects.filter(province=50).order_by("-pk").first()

    changed = change(volunteer, chiang_mai_officer, subdistrict=place)

    assert changed.district_id == place.district_id != a_place().district_id


def test_a_move_to_another_province_is_refused_in_words(chiang_mai_officer):
    volunteer = register(chiang_mai_officer)

    with pytest.raises(RuleViolation) as refused:
        change(volunteer, chiang_mai_officer, subdistrict=a_place(90))

    assert refused.value.field == "subdistrict"


def test_the_row_before_is_kept_in_the_history(chiang_mai_officer, everywhere):
    volunteer = register(chiang_mai_officer)
    change(volunteer, chiang_mai_officer, first_name="บัวเรือน")

    with everywhere():
        traces = Volunteer.pgh_event_model.objects.filter(pgh_obj_id=volunteer.pk)
        assert [(one.pgh_label, one.first_name) for one in traces] == [("update", "บัวเรือน")]


def test_who_looked_is_in_the_trail(chiang_mai_officer, everywhere):
    volunteer = register(chiang_mai_officer)

    with open_scope(chiang_mai_officer.scope):
        note_viewing(volunteer=volunteer, by=chiang_mai_officer)

    with everywhere():
        [event] = events(verb="volunteer.viewed")
    assert (event.actor, event.target) == (chiang_mai_officer.pk, str(volunteer.pk))


def test_a_new_photo_replaces_the_one_before(
    chiang_mai_officer, everywhere, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.FILES_DIR = tmp_path
    volunteer = register(chiang_mai_officer, photo=a_photo())
    before = volunteer.photo.name

    with django_capture_on_commit_callbacks(execute=True):
        changed = change(volunteer, chiang_mai_officer, photo=a_photo())

    kept = [path.name for path in tmp_path.rglob("*.png")]
    assert kept == [changed.photo.name] != [before]
    with everywhere():
        assert type(changed.photo).objects.count() == 1


def a_photo():
    from io import BytesIO

    content = BytesIO()
    Image.new("RGB", (4, 4), "red").save(content, "PNG")
    return CleanPhoto(content.getvalue(), "png", 4, 4)


def test_an_active_lead_of_the_place_is_found(chiang_mai, chiang_mai_officer):
    lead = VolunteerFactory(province=chiang_mai)
    VolunteerFactory(province=chiang_mai, status=VolunteerStatus.RESIGNED)
    VolunteerFactory(province=chiang_mai, level=VolunteerLevel.COMMUNITY)
    VolunteerFactory(province=chiang_mai, subdistrict=a_place(position=5))

    with open_scope(chiang_mai_officer.scope):
        assert list(other_leads(a_place())) == [lead]
        assert list(other_leads(a_place(), besides=lead)) == []


def together(*calls):
    """Run the calls at once, each in its own connection; give results or exceptions."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        except Exception as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def officers(count=2, province=50):
    place = Province.objects.get(pk=province)
    return [UserFactory(province=place) for _ in range(count)]


def registering(officer, serial, rounds=5):
    def call():
        return [
            register(officer, national_id=national_id.make_sample(serial + number)).number
            for number in range(rounds)
        ]

    return call


def test_two_officers_never_give_one_number_twice(committed):
    one, other = officers()

    given = together(registering(one, 100), registering(other, 200))

    assert sorted(number for each in given for number in each) == list(range(1001, 1011))


def test_without_the_lock_they_would(committed, monkeypatch):
    """The twin: it shows that the test above can see what the lock prevents."""
    meeting = threading.Barrier(2, timeout=10)
    monkeypatch.setattr(volunteers, "wait_in_transaction", lambda *lock: None)
    real = volunteers._place
    monkeypatch.setattr(
        volunteers, "_place", lambda *args: (meeting.wait(), real(*args))
    )  # both have read the last number by now
    one, other = officers()

    given = together(registering(one, 100, rounds=1), registering(other, 200, rounds=1))

    assert [type(each) for each in given].count(IntegrityError) == 1


@pytest.mark.parametrize("provinces", [(50, 50), (50, 90)])
def test_the_loser_of_a_race_for_an_id_gets_the_same_refusal(committed, monkeypatch, provinces):
    meeting = threading.Barrier(2, timeout=10)
    real = known_ids.refuse_known_id
    met = threading.local()

    def look_together(*args, **kwargs):
        real(*args, **kwargs)
        if not getattr(met, "once", False):
            met.once = True
            meeting.wait()  # neither saw the other's row

    monkeypatch.setattr(known_ids, "refuse_known_id", look_together)
    both = [officers(1, province)[0] for province in provinces]

    results = together(
        *(
            (lambda by=by: register(by, subdistrict=a_place(by.province_id)))
            for by in both
        )
    )  # fmt: skip

    [won] = [each for each in results if isinstance(each, Volunteer)]
    [lost] = [each for each in results if isinstance(each, RuleViolation)]
    assert lost.field == "national_id"
    assert ("จังหวัดอื่น" in lost.message) == (provinces == (50, 90))
    assert (won.code in lost.message) == (provinces == (50, 50))


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

    with pytest.raises(RuleViolation, match="จังหวัดอื่น"), open_scope(CHIANG_MAI):
        appoint(
            volunteer=ours,
            order_number="9/2569",
            order_date=None,
            starts_on=today,
            by=chiang_mai_officer,
        )


def test_somebody_too_young_is_refused_at_the_birth_date(chiang_mai_officer, today, settings):
    eighteenth = today.replace(year=today.year - settings.VOLUNTEER_MIN_AGE)

    with pytest.raises(RuleViolation, match="18 ปี") as refused:
        register(chiang_mai_officer, birth_date=eighteenth + timedelta(days=1))

    assert refused.value.field == "birth_date"
    assert register(chiang_mai_officer, birth_date=eighteenth).pk


def test_a_withdrawn_application_frees_the_number(chiang_mai_officer, songkhla_officer, songkhla):
    applicant = register(chiang_mai_officer)
    with open_scope(chiang_mai_officer.scope):
        withdraw_application(volunteer=applicant, by=chiang_mai_officer)

    elsewhere = register(songkhla_officer, subdistrict=a_place(songkhla.pk))

    assert elsewhere.person == applicant.person


def test_only_an_applicant_can_withdraw(chiang_mai_officer):
    volunteer = VolunteerFactory(status=VolunteerStatus.ACTIVE)

    refused = pytest.raises(RuleViolation, match="ปฏิบัติหน้าที่")
    with refused, open_scope(chiang_mai_officer.scope):
        withdraw_application(volunteer=volunteer, by=chiang_mai_officer)
