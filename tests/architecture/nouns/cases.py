from tests.architecture.canaries import canary_of
from tests.factories import CaseClientFactory, CaseFactory, UserFactory, VolunteerFactory
from volunteer_network.access.roles import Capability, Role
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.enums import CaseAction, CaseState
from volunteer_network.models import CaseEvent

KEPT = ("refer", "tell", "withdraw", "reopen")
ANSWERED = ("accept", "decline", "progress", "close")
CALLED_BY = {
    Capability.VIEW_CASES: {"cases:list", "cases:detail"},
    Capability.REFER_CASES: {"cases:create", "cases:route", *(f"cases:{name}" for name in KEPT)},
    Capability.ANSWER_CASES: {f"cases:{name}" for name in ANSWERED},
    Capability.REVEAL_CONTACTS: {"cases:reveal"},
}
OF_A_PROVINCE = {
    f"cases:{name}": lambda rows: {"pk": rows.more["case"].pk}
    for name in ("detail", "reveal", *KEPT, *ANSWERED)
}
LISTS = ("/cases/",)
SHOWS_OUR_ROWS = ("/cases/", "/cases/?export=xlsx", "/cases/?export=csv")
IMPERSONAL = {
    "Case": {
        *("answered_on", "decline_reason", "due_on", "finish_by", "opened_on", "outcome", "state"),
        *("submission", "topic", "urgency", "waits_until", "contact_erased_at"),
    },
    "CaseClient": {"notice_given_at", "notice_version", "topic"},
    "CaseEvent": {"action", "at", "due_on", "state", "topic"},
}
_CLEARED = "(current_setting('app.cleared'::text, true) = 'on'::text)"
_TRAFFICKING = f"((NOT ((topic)::text = 'trafficking'::text)) OR {_CLEARED})"
RESTRICTED = {
    "volunteer_network_case": _TRAFFICKING,
    "volunteer_network_caseclient": _TRAFFICKING,
    "volunteer_network_caseevent": _TRAFFICKING,
    "volunteer_network_auditevent": f"((NOT (detail ? 'restricted'::text)) OR {_CLEARED})",
}
ROWS_OF = {
    ("volunteer_network_auditevent", "scope_office"): (
        "(actor = (current_setting('app.person'::text))::bigint)"
    ),
    ("volunteer_network_caseclient", "scope_nation"): (
        "(EXISTS ( SELECT\n   FROM volunteer_network_case c\n"
        "  WHERE ((c.id = volunteer_network_caseclient.case_id) AND (c.escalated_to = 2) AND"
        " ((c.state)::text <> ALL"
        " ((ARRAY['told'::character varying, 'withdrawn'::character varying])::text[])))))"
    ),
    ("volunteer_network_caseclient", "scope_office"): (
        "(EXISTS ( SELECT\n   FROM volunteer_network_case c\n"
        "  WHERE ((c.id = volunteer_network_caseclient.case_id) AND ((c.state)::text = ANY"
        " ((ARRAY['accepted'::character varying, 'in_progress'::character varying])::text[])))))"
    ),
    ("volunteer_network_caseevent", "scope_office"): (
        "(EXISTS ( SELECT\n   FROM volunteer_network_case c\n"
        "  WHERE (c.id = volunteer_network_caseevent.case_id)))"
    ),
}


def make(province, *, officer, volunteer):
    canary = canary_of(province.pk)
    case = CaseFactory(
        volunteer=volunteer, province=province, opened_by=officer, need=canary, screening=canary
    )
    CaseClientFactory(case=case, called_name=canary)
    with open_scope(Scope(ScopeRole.PROVINCE, (province.pk,))):
        CaseEvent.of(case, CaseAction.REFER, actor=officer, text=canary).save()
    return {"case": case}


def a_page_of(count, officer):
    volunteer = VolunteerFactory(province=officer.province)
    sender = UserFactory(province=officer.province)
    CaseFactory.create_batch(count, volunteer=volunteer, opened_by=sender, state=CaseState.REFERRED)


LIST_COSTS = {"/cases/": (Role.MENTOR, a_page_of, 16)}
