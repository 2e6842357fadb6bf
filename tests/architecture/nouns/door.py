from seminars.models import DoorLink
from tests.architecture.site_map import PUBLIC
from tests.factories.seminars import DoorLinkFactory, the_seminar_of_all
from volunteer_network.access.roles import Capability

KEPT = ("page", "scan", "check-in", "undo", "walk-in", "paper", "counter")
OF_OFFICIALS = {f"door:door-{page}" for page in KEPT} | {
    f"door:{page}" for page in ("links", "papers", "sheet", "badges")
}
OF_HELPERS = {f"door:helper-{page}" for page in KEPT}
LINK = "door:link-withdraw"

CALLED_BY = {
    Capability.RUN_SEMINARS: OF_OFFICIALS | {LINK},
    PUBLIC: OF_HELPERS | {"door:open"},
}
# A helper is nobody of the audit's: the event names the seminar instead.
ROWS_OF = {
    ("volunteer_network_auditevent", "scope_seminar"): (
        "((actor IS NULL) AND"
        " ((detail ->> 'seminar'::text) = current_setting('app.seminar'::text)))"
    )
}
IMPERSONAL = {
    "DoorLink": {"digest", "made_at", "name", "valid_from", "valid_until", "withdrawn_at"},
    "SignInSheet": {"made_at", "rows"},
}


def make(province, *, officer, volunteer):
    return {"door_link": DoorLinkFactory(seminar=the_seminar_of_all(), made_by=officer)}


def seminar_of(rows):
    return {"pk": rows.more["seminar"].pk}


def link_of(rows):
    link: DoorLink = rows.more["door_link"]
    return {"pk": link.seminar_id, "link": link.pk}


# Whoever runs seminars runs all of them; what a helper sees is tested in tests/seminars.
OF_NOBODY = {
    **dict.fromkeys(OF_OFFICIALS | OF_HELPERS, seminar_of),
    LINK: link_of,
    "door:open": lambda rows: {"token": "nobody-made-this"},
}
