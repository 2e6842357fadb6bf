"""What is kept of an activity, and which days and places are refused."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import TermFactory, UserFactory, VolunteerFactory
from tests.volunteer_network.services.activities.deeds import TERM, a_deed, a_photo, log
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, Agency, AuditEvent, StoredFile, Subdistrict
from volunteer_network.services import activities


def test_everything_that_was_typed_is_kept(chiang_mai_officer, volunteer, everywhere):
    place = Subdistrict.objects.filter(province=50).order_by("-pk").first()

    log(
        chiang_mai_officer,
        volunteer,
        subdistrict=place,
        agency=Agency.objects.get(pk="SSO"),
    )

    typed = a_deed(volunteer)
    with everywhere():
        kept = Activity.objects.get()
        assert {name: getattr(kept, name) for name in activities.PLAIN_FIELDS} == {
            name: typed[name] for name in activities.PLAIN_FIELDS
        }
        assert (kept.volunteer, kept.people, kept.agency_id) == (volunteer, 7, "SSO")
        assert (kept.subdistrict, kept.district_id) == (place, place.district_id)
        assert (kept.recorded_by, kept.province_id) == (chiang_mai_officer, 50)
        [event] = AuditEvent.objects.filter(verb="activity.logged")
        assert (event.actor, event.target) == (chiang_mai_officer.pk, str(kept.pk))


def test_place_and_agency_follow_from_person_and_category(chiang_mai_officer, volunteer):
    activity = log(chiang_mai_officer, volunteer)

    assert activity.subdistrict_id == volunteer.subdistrict_id
    assert activity.agency_id == "DLPW"


@pytest.mark.parametrize("day", [TERM["starts_on"], TERM["ends_on"]])
def test_the_first_and_the_last_day_of_a_term_count(chiang_mai_officer, volunteer, day):
    assert log(chiang_mai_officer, volunteer, on_date=day).pk


@pytest.mark.parametrize(
    "day", [TERM["starts_on"] - timedelta(days=1), TERM["ends_on"] + timedelta(days=1)]
)
def test_a_day_outside_every_term_is_refused_with_the_term(
    chiang_mai_officer, volunteer, everywhere, day
):
    with pytest.raises(RuleViolation) as refused:
        log(chiang_mai_officer, volunteer, on_date=day)

    assert refused.value.field == "on_date"
    assert "11 มิ.ย. 2568 – 10 มิ.ย. 2571" in refused.value.message
    with everywhere():
        assert not Activity.objects.exists()


def test_who_was_never_appointed_is_to_be_appointed_first(chiang_mai_officer, chiang_mai):
    with pytest.raises(RuleViolation, match="แต่งตั้งก่อน"):
        log(chiang_mai_officer, VolunteerFactory(province=chiang_mai))


def test_a_place_of_another_province_is_refused(chiang_mai_officer, volunteer):
    foreign = Subdistrict.objects.filter(province=90).first()

    with pytest.raises(RuleViolation) as refused:
        log(chiang_mai_officer, volunteer, subdistrict=foreign)

    assert refused.value.field == "subdistrict"


@pytest.mark.parametrize(
    "counts", [{"spotted": 1, "screened": 2, "referred": 0}, {"screened": 0, "referred": 1}]
)
def test_the_database_refuses_more_screened_than_spotted(chiang_mai_officer, volunteer, counts):
    with pytest.raises(IntegrityError, match="were_"), transaction.atomic():
        log(chiang_mai_officer, volunteer, **counts)


def test_a_form_sent_twice_is_saved_once(chiang_mai_officer, volunteer, everywhere):
    number = uuid.uuid4()

    first = log(chiang_mai_officer, volunteer, submission=number)
    second = log(chiang_mai_officer, volunteer, submission=number)

    assert first == second
    with everywhere():
        assert Activity.objects.count() == 1
        assert AuditEvent.objects.filter(verb="activity.logged").count() == 1


def test_a_form_sent_twice_at_the_same_moment_is_saved_once(committed, files):
    volunteer = VolunteerFactory()
    TermFactory(volunteer=volunteer, **TERM)
    officer = UserFactory(province=volunteer.province)
    barrier, number = threading.Barrier(4), uuid.uuid4()

    def send(_):
        barrier.wait()
        try:
            return log(officer, volunteer, submission=number, photo=a_photo()).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        saved = set(pool.map(send, range(4)))

    with open_scope(NATION):
        assert saved == set(Activity.objects.values_list("pk", flat=True))
        assert len(saved) == len(files()) == StoredFile.objects.count() == 1


def test_another_province_may_use_the_same_number(
    chiang_mai_officer, songkhla_officer, volunteer, songkhla
):
    number = uuid.uuid4()
    theirs = VolunteerFactory(province=songkhla)
    TermFactory(volunteer=theirs, **TERM)

    first = log(songkhla_officer, theirs, submission=number)

    assert log(chiang_mai_officer, volunteer, submission=number) != first
