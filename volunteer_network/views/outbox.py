"""The mail that goes out: what was sent to whom, what failed and why, and sending it again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.enums import MailState, NoticeKind
from volunteer_network.forms.notices import OutboxFilter
from volunteer_network.models import OutgoingMail
from volunteer_network.services.outgoing_mail import MOST_ATTEMPTS, resend_mail
from volunteer_network.thai_calendar import bangkok_date
from volunteer_network.thai_text import full_name
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage
from volunteer_network.ui.refusals import telling_refusals
from volunteer_network.views.export_notes import noted_as

SHAPES = {
    MailState.WAITING: "half",
    MailState.SENDING: "half",
    MailState.SENT: "good",
    MailState.FAILED: "bad",
    MailState.RECALLED: "off",
}


@dataclass(frozen=True)
class MailRow:
    pk: int
    href: str
    subject: str
    kind: str
    address: str
    name: str
    shape: str
    state: str
    attempt: int
    failure: str
    made_at: datetime
    sent_at: datetime | None


def _name(row: Any) -> str:
    if row.recipient_id is None:
        return ""
    return full_name(row.recipient__title, row.recipient__first_name, row.recipient__last_name)


def dress(request: StaffRequest, rows: list[Any]) -> list[MailRow]:
    return [
        MailRow(
            pk=row.pk,
            href=reverse("outbox:detail", args=[row.pk]),
            subject=row.subject,
            kind=str(NoticeKind(row.kind).label),
            address=row.address,
            name=_name(row),
            shape=SHAPES[MailState(row.state)],
            state=str(MailState(row.state).label),
            attempt=row.attempt,
            failure=row.failure,
            made_at=row.made_at,
            sent_at=row.sent_at,
        )
        for row in rows
    ]


LIST = ListPage(
    template="volunteer_network/outbox/list.html",
    title=gettext_lazy("อีเมลขาออก"),
    fields=(
        *("kind", "subject", "address", "state", "attempt", "failure", "made_at", "sent_at"),
        *("recipient_id", "recipient__title", "recipient__first_name", "recipient__last_name"),
    ),
    orderings=(Ordering("latest", gettext_lazy("ล่าสุด"), ("made_at",), descending=True),),
    export=(
        ExportColumn(gettext_lazy("วันที่"), 14, lambda row: bangkok_date(row.made_at), "date"),
        ExportColumn(gettext_lazy("เรื่อง"), 20, lambda row: str(NoticeKind(row.kind).label)),
        ExportColumn(gettext_lazy("หัวเรื่อง"), 60, lambda row: row.subject),
        ExportColumn(gettext_lazy("ผู้รับ"), 28, _name),
        ExportColumn(gettext_lazy("อีเมล"), 30, lambda row: row.address),
        ExportColumn(gettext_lazy("สถานะ"), 16, lambda row: str(MailState(row.state).label)),
        ExportColumn(gettext_lazy("ส่งแล้วกี่ครั้ง"), 12, lambda row: row.attempt, "number"),
        ExportColumn(gettext_lazy("เหตุที่ไม่สำเร็จ"), 50, lambda row: row.failure),
    ),
    note_export=noted_as("outbox.exported"),
    dress=dress,
)


@needs(Capability.VIEW_OUTBOX)
@require_safe
def mail_list(request: StaffRequest) -> HttpResponseBase:
    filters = OutboxFilter(request.GET)
    rows = filters.apply(OutgoingMail.objects.visible_to(request.user))
    return LIST.render(request, rows, filters=filters)


@needs(Capability.VIEW_OUTBOX)
@require_safe
def mail_detail(request: StaffRequest, pk: int) -> HttpResponse:
    mail = _shown(request, pk)
    context = {
        "mail": mail,
        "shape": SHAPES[MailState(mail.state)],
        "has_failed": mail.state == MailState.FAILED,
        "tries_again": mail.state == MailState.WAITING and mail.attempt > 0,
        "most": MOST_ATTEMPTS,
    }
    return render(request, "volunteer_network/outbox/detail.html", context)


@needs(Capability.VIEW_OUTBOX)
@require_POST
def mail_resend(request: StaffRequest, pk: int) -> HttpResponse:
    mail = _shown(request, pk)
    with telling_refusals(request):
        mail = resend_mail(mail=mail, by=request.user)
        messages.success(request, _("กำลังส่งอีกครั้งถึง %(to)s") % {"to": mail.address})
    return redirect(mail)


def _shown(request: StaffRequest, pk: int) -> OutgoingMail:
    mails = OutgoingMail.objects.visible_to(request.user).select_related("recipient", "sender")
    mail: OutgoingMail = get_object_or_404(mails, pk=pk)
    return mail
