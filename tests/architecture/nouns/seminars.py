from seminars.models import CheckIn, Registration
from tests.architecture.canaries import canary_of
from tests.factories import RegistrationFactory, SessionFactory
from volunteer_network.access.scope import NATION, open_scope

IMPERSONAL = {
    "Seminar": {
        *("building", "ends_on", "expected_result", "floor", "objectives"),
        *("registration_closes_at", "registration_opens_at", "room", "search_text", "starts_on"),
        *("state", "title", "venue"),
    },
    "Session": {"half", "on_date"},
    "AgendaItem": {"on_date", "title"},
    "ParticipantClass": {"kind"},
    "Registration": {"queued_at", "registered_at", "source", "state"},
    "CheckIn": {"door", "first_at", "undone_at", "way"},
}


def make(province, *, officer, volunteer):
    registration = RegistrationFactory(
        province=province, last_name=canary_of(province.pk), volunteer=volunteer
    )
    session = SessionFactory(seminar=registration.seminar)
    with open_scope(NATION):
        CheckIn.objects.create(
            province=province,
            seminar=registration.seminar,
            session=session,
            registration=registration,
            way="scan",
        )
    return {"seminar": registration.seminar, "registration": registration}


def change(rows):
    Registration.objects.filter(pk=rows["registration"].pk).update(phone="0833333333")
