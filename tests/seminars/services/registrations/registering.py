"""Registering people, and whom the seats went to."""

from seminars.enums import RegistrationSource, RegistrationState
from seminars.models import ProvinceSeats, Registration, SeatCount
from seminars.services.registrations import register_participant, withdraw_registration
from volunteer_network.access.scope import open_scope

ACCEPTED, WAITING = RegistrationState.ACCEPTED, RegistrationState.WAITING
CANCELLED, DECLINED = RegistrationState.CANCELLED, RegistrationState.DECLINED


def register(by, places, name="ชมพู่", **details):
    """As the officer, in the officer's own scope, unless there is one."""
    person = {"first_name": name, "last_name": "ใจดี", "province": by.province, **details}
    source = person.pop("source", RegistrationSource.PROVINCE)
    with open_scope(by.scope):
        return register_participant(participant_class=places, source=source, by=by, **person)


def withdraw(by, registration, state=CANCELLED):
    with open_scope(by.scope):
        return withdraw_registration(registration=registration, state=state, reason="ป่วย", by=by)


def quotas(seminar, everywhere, **seats_of):
    with everywhere():
        for code, count in seats_of.items():
            ProvinceSeats.objects.create(seminar=seminar, province_id=int(code[1:]), seats=count)


def states(everywhere):
    with everywhere():
        return dict(Registration.objects.values_list("first_name", "state"))


def taken(everywhere):
    with everywhere():
        return dict(SeatCount.objects.values_list("participant_class__kind", "taken"))
