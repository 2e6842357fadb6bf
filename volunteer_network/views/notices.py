"""What one was told: the list, opening one, and marking all as read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from volunteer_network.access.guards import everyone
from volunteer_network.access.requests import StaffRequest
from volunteer_network.enums import NoticeKind
from volunteer_network.forms.notices import UNREAD, NoticeFilter
from volunteer_network.models import Notice
from volunteer_network.models.notices import NoticeQuerySet
from volunteer_network.row_keys import is_key
from volunteer_network.services.notices import read_all_notices, read_notice
from volunteer_network.thai_calendar import bangkok_date
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage
from volunteer_network.ui.waiting import forget_waiting
from volunteer_network.views.volunteer_lists import View

ICONS = {
    NoticeKind.CASE: "refer",
    NoticeKind.MONTH: "grid",
    NoticeKind.SEMINAR: "badge",
    NoticeKind.MENTORING: "user",
    NoticeKind.PLAN: "plan",
    NoticeKind.JOB: "doc",
    NoticeKind.ACCOUNT: "key",
}


@dataclass(frozen=True)
class NoticeRow:
    pk: int
    href: str
    text: str
    kind: str
    icon: str
    made_at: datetime
    unread: bool


def dress(request: StaffRequest, rows: list[Any]) -> list[NoticeRow]:
    return [
        NoticeRow(
            pk=row.pk,
            href=reverse("notices:open", args=[row.pk]),
            text=row.text,
            kind=str(NoticeKind(row.kind).label),
            icon=ICONS[NoticeKind(row.kind)],
            made_at=row.made_at,
            unread=row.read_at is None,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class KindCount:
    """How many notices of a kind the person has."""

    kind: NoticeKind
    total: int
    unread: int
    newest: int


def counts_by_kind(own: NoticeQuerySet) -> list[KindCount]:
    counted = (
        own.order_by()
        .values_list("kind")
        .annotate(total=Count("pk"), waiting=Count("pk", filter=Q(read_at=None)), newest=Max("pk"))
    )
    return [KindCount(NoticeKind(kind), *numbers) for kind, *numbers in counted]


def ready_views(counted: list[KindCount], query: str) -> list[View]:
    """All, the unread, and each kind that there is, one click each."""
    kinds = sorted(counted, key=lambda one: list(NoticeKind).index(one.kind))
    views = (
        (_("ทั้งหมด"), "", sum(one.total for one in counted)),
        (_("ยังไม่อ่าน"), f"state={UNREAD}", sum(one.unread for one in counted)),
        *((str(one.kind.label), f"kind={one.kind}", one.total) for one in kinds),
    )
    return [View(label, f"?{href}", count, href == query) for label, href, count in views]


def note_export(request: StaffRequest) -> None:
    """Not noted: it is what the person was told, and it names nobody else."""


LIST = ListPage(
    template="volunteer_network/notices/list.html",
    title=gettext_lazy("แจ้งเตือน"),
    fields=("kind", "text", "made_at", "read_at"),
    orderings=(Ordering("latest", gettext_lazy("ล่าสุด"), ("made_at",), descending=True),),
    export=(
        ExportColumn(gettext_lazy("วันที่"), 14, lambda row: bangkok_date(row.made_at), "date"),
        ExportColumn(gettext_lazy("เรื่อง"), 20, lambda row: str(NoticeKind(row.kind).label)),
        ExportColumn(gettext_lazy("ข้อความ"), 70, lambda row: row.text),
    ),
    note_export=note_export,
    dress=dress,
)


@everyone
@require_safe
def notice_list(request: StaffRequest) -> HttpResponseBase:
    filters = NoticeFilter(request.GET)
    own = Notice.objects.visible_to(request.user)
    counted = counts_by_kind(own)
    return LIST.render(
        request,
        filters.apply(own),
        filters=filters,
        views=ready_views(counted, request.GET.urlencode()),
        unread=sum(one.unread for one in counted),
        newest=max((one.newest for one in counted), default=0),
    )


@everyone
def notice_open(request: StaffRequest, pk: int) -> HttpResponse:
    """Note it as read and go where it leads: always a path of this site, the table sees to it."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    href = read_notice(notice=notice, by=request.user).href
    forget_waiting(request)
    return redirect(href)


@everyone
@require_POST
def notice_read_all(request: StaffRequest) -> HttpResponse:
    newest = request.POST.get("newest", "")
    if is_key(newest):
        read = read_all_notices(newest=int(newest), by=request.user)
        messages.success(request, _("อ่านแล้ว %(count)d เรื่อง") % {"count": read})
    return redirect("notices:list")
