from tests.architecture.canaries import canary_of
from tests.factories import NoticeFactory
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.models import OutgoingMail

OF_THE_PERSON = (
    "((recipient_id = (current_setting('app.person'::text))::bigint)"
    " OR (sender_id = (current_setting('app.person'::text))::bigint))"
)
ROWS_OF = {
    ("volunteer_network_notice", "scope_office"): OF_THE_PERSON,
    ("volunteer_network_outgoingmail", "scope_office"): OF_THE_PERSON,
}
IMPERSONAL = {
    "Notice": {"href", "kind", "made_at", "read_at"},
    "OutgoingMail": {"made_at", "rung_at", "sent_at", "state"},
}


def make(province, *, officer, volunteer):
    notice = NoticeFactory(recipient=officer, province=province, text=canary_of(province.pk))
    with open_scope(Scope(ScopeRole.PROVINCE, (province.pk,))):
        mail = OutgoingMail.objects.create(
            province=province,
            recipient=officer,
            address="officer@example.go.th",
            subject=canary_of(province.pk),
            body=canary_of(province.pk),
        )
    return {"notice": notice, "mail": mail}
