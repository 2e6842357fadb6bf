from seminars.models import CheckIn, Registration
from tests.architecture.canaries import canary_of
from tests.factories import RegistrationFactory, SeminarFactory
from tests.factories.seminars import the_seminar_of_all
from volunteer_network.access.roles import Capability, Role
from volunteer_network.access.scope import NATION, open_scope

CALLED_BY = {
    Capability.VIEW_SEMINARS: {
        "seminars:detail",
        "seminars:list",
        "seminars:registration",
        "seminars:registrations",
    },
    Capability.REGISTER_FOR_SEMINARS: {
        "seminars:change",
        "seminars:register",
        "seminars:substitute",
        "seminars:withdraw",
    },
    Capability.RUN_SEMINARS: {
        "seminars:accept",
        "seminars:cancel",
        "seminars:classes",
        "seminars:clone",
        "seminars:close",
        "seminars:create",
        "seminars:finish",
        "seminars:many",
        "seminars:move",
        "seminars:programme",
        "seminars:province-seats",
        "seminars:publish",
        "seminars:recall",
        "seminars:remind",
        "seminars:take-back",
        "seminars:update",
    },
}
OF_A_PROVINCE = dict.fromkeys(
    [
        f"seminars:{name}"
        for name in ("registration", "change", "substitute", "withdraw", "accept", "move")
    ],
    lambda rows: {"pk": rows.more["seminar"].pk, "registration": rows.more["registration"].pk},
)
OF_NOBODY = dict.fromkeys(
    [
        f"seminars:{name}"
        for name in (
            *("cancel", "classes", "clone", "close", "detail", "finish", "many", "programme"),
            *("province-seats", "publish", "register", "registrations", "remind", "take-back"),
            *("recall", "update"),
        )
    ],
    lambda rows: {"pk": rows.more["seminar"].pk},
)
# The queue goes over all provinces: one moves it on, the other tells places and no names.
DEFINER_FUNCTIONS = {
    "fill_free_seats": {"scope_province", "scope_nation", "scope_seminar"},
    "places_in_queue": {"scope_province", "scope_nation", "scope_regions", "scope_system"},
}


def seminars(count, officer):
    SeminarFactory.create_batch(count)


LIST_COSTS = {"/seminars/": (Role.MENTOR, seminars, 14)}
IMPERSONAL = {
    "Seminar": {
        *("building", "ends_on", "expected_result", "floor", "objectives"),
        *("registration_closes_at", "registration_opens_at", "room", "search_text", "starts_on"),
        *("state", "state_reason", "title", "venue"),
    },
    "Session": {"half", "on_date"},
    "AgendaItem": {"on_date", "title"},
    "ParticipantClass": {"kind"},
    "Registration": {"moved_up_at", "queued_at", "registered_at", "source", "state"},
    "ProvinceSeats": {"reminded_at"},
    "CheckIn": {"door", "first_at", "undone_at", "way"},
}


def make(province, *, officer, volunteer):
    seminar = the_seminar_of_all()
    registration = RegistrationFactory(
        participant_class=seminar.classes.get(),
        province=province,
        last_name=canary_of(province.pk),
        volunteer=volunteer,
    )
    with open_scope(NATION):
        CheckIn.objects.create(
            province=province,
            seminar=seminar,
            session=seminar.sessions.get(),
            registration=registration,
            way="scan",
        )
    return {"seminar": seminar, "registration": registration}


def change(rows):
    Registration.objects.filter(pk=rows["registration"].pk).update(phone="0833333333")
