"""Registering and changing volunteers: what is kept, refused and put into the trail."""

from datetime import timedelta

import pytest
from PIL import Image

from tests.factories import VolunteerFactory
from tests.volunteer_network.services.registering import (
    OTHER_DIGITS,
    a_person,
    a_place,
    change,
    events,
    register,
)
from volunteer_network import national_id, sealing
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import VolunteerLevel, VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Subdistrict, Volunteer
from volunteer_network.services import volunteers
from volunteer_network.services.edits import StaleEdit
from volunteer_network.services.terms import withdraw_application
from volunteer_network.services.volunteers import note_viewing, other_leads
from volunteer_network.uploads import CleanPhoto


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
