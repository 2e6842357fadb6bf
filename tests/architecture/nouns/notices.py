from tests.architecture.canaries import canary_of
from tests.architecture.site_map import EVERYONE
from tests.factories import NoticeFactory, OutgoingMailFactory
from volunteer_network.access.roles import Capability, Role

ACTING = "(NULLIF(current_setting('app.person'::text), ''::text))::bigint"
SENT = f"(sender_id = {ACTING})"
OF_THE_PERSON = f"((recipient_id = {ACTING}) OR {SENT})"
PROVINCE = "(province_id = (current_setting('app.province'::text))::smallint)"
REGIONS = "(province_id = ANY ((current_setting('app.provinces'::text))::smallint[]))"
NOTICES, MAIL = "volunteer_network_notice", "volunteer_network_outgoingmail"
ROWS_OF = {
    (NOTICES, "scope_province"): f"({PROVINCE} OR {SENT})",
    (NOTICES, "scope_regions"): f"({REGIONS} OR (recipient_id = {ACTING}) OR {SENT})",
    (NOTICES, "scope_office"): OF_THE_PERSON,
    (MAIL, "scope_province"): f"({PROVINCE} OR {SENT})",
    (MAIL, "scope_office"): OF_THE_PERSON,
}
RESTRICTED = {
    NOTICES: f"(({ACTING} IS NULL) OR (recipient_id = {ACTING}) OR {SENT})",
    MAIL: f"(({ACTING} IS NULL) OR (recipient_id = {ACTING}) OR {SENT}"
    " OR (CURRENT_USER = 'scope_nation'::name))",
}
IMPERSONAL = {
    "Notice": {"errand", "href", "kind", "made_at", "read_at"},
    "OutgoingMail": {"claimed_at", "due_at", "errand", "kind", "made_at", "sent_at", "state"},
}
CALLED_BY = {
    EVERYONE: {"mail_choose", "notices:list", "notices:open", "notices:read-all"},
    Capability.VIEW_OUTBOX: {"outbox:detail", "outbox:list", "outbox:resend"},
}
OF_AN_OWNER = {"notices:open": lambda rows: {"pk": rows.more["notice"].pk}}
OF_NOBODY = {
    "outbox:detail": lambda rows: {"pk": rows.more["mail"].pk},
    "outbox:resend": lambda rows: {"pk": rows.more["mail"].pk},
}
LISTS = ("/notices/",)


def notices(count, officer):
    NoticeFactory.create_batch(count, recipient=officer)


def mails(count, officer):
    OutgoingMailFactory.create_batch(count)


LIST_COSTS = {
    "/notices/": (Role.MENTOR, notices, 12),
    "/outbox/": (Role.CENTRAL_ADMIN, mails, 9),
}


def make(province, *, officer, volunteer):
    canary = canary_of(province.pk)
    words = {"recipient": officer, "province": province}
    return {
        "notice": NoticeFactory(**words, text=canary),
        "mail": OutgoingMailFactory(**words, subject=canary, body=canary),
    }
