from mentors.enums import CheckReason
from tests.architecture.canaries import canary_of
from tests.factories import ActivityFactory, CheckRequestFactory
from volunteer_network.access.roles import Capability, Role

CALLED_BY = {
    Capability.REQUEST_CHECKS: {"check-requests:create", "check-requests:withdraw"},
    Capability.LOG_ACTIVITIES: {"check-requests:confirm"},
}
IMPERSONAL = {
    "CheckRequest": {"asked_at", "category", "on_date", "reason", "settled_at", "state"},
}
OF_A_PROVINCE = {
    "check-requests:create": lambda rows: {"pk": rows.activity.pk},
    "check-requests:confirm": lambda rows: {"pk": rows.more["check_request"].pk},
    "check-requests:withdraw": lambda rows: {"pk": rows.more["check_request"].pk},
}
SHOWS_OUR_ROWS = ("/activities/?check=open", "/activities/?sort=odd")


def make(province, *, officer, volunteer):
    canary = canary_of(province.pk)
    activity = ActivityFactory(volunteer=volunteer, note=canary, recorded_by=officer)
    asked = CheckRequestFactory(activity=activity, reason=CheckReason.OTHER, words=canary)
    return {"check_request": asked}


def asked_about(count, officer):
    for activity in ActivityFactory.create_batch(
        count, volunteer__province=officer.province, recorded_by=officer
    ):
        CheckRequestFactory(activity=activity)


LIST_COSTS = {
    "/activities/?check=open": (Role.MENTOR, asked_about, 15),
    "/activities/?sort=odd": (Role.PROVINCIAL_HEAD, asked_about, 18),
}
