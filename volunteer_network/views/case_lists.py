"""Cases as a list: its columns, orders, files, ready views; an office sees no volunteers."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.scope import ScopeRole
from volunteer_network.case_steps import FINISHED, OWNER, WITH_OFFICE, Side
from volunteer_network.enums import CaseOutcome, CaseState, Category, Urgency
from volunteer_network.models.cases import CaseQuerySet, code_of
from volunteer_network.thai_calendar import remaining
from volunteer_network.thai_text import full_name
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage
from volunteer_network.views.case_words import state_of
from volunteer_network.views.export_notes import noted_as

FIELDS = (
    *("province_id", "fiscal_year", "number", "topic", "urgency", "need", "state", "due_on"),
    *("opened_on", "outcome", "answered_on", "subdistrict__name", "district__name"),
    *("province__name", "office__agency__provincial_name"),
    *("keeper__title", "keeper__first_name", "keeper__last_name"),
)
VOLUNTEER = ("volunteer_id", "volunteer__title", "volunteer__first_name", "volunteer__last_name")


@dataclass(frozen=True)
class CaseRow:
    """One line of the list, ready to draw."""

    pk: int
    href: str
    code: str
    topic: str
    is_urgent: bool
    need: str
    place: str
    district: str
    province: str
    shape: str
    state: str
    owner: str
    keeper: str
    due_on: date
    left: str
    is_late: bool
    opened_on: date
    volunteer: str
    volunteer_href: str


def dress(request: StaffRequest, rows: list[Any]) -> list[CaseRow]:
    today = timezone.localdate()
    return [_row(row, today) for row in rows]


def _row(row: Any, today: date) -> CaseRow:
    finished = row.state in FINISHED
    is_late = not finished and row.due_on < today
    named = getattr(row, "volunteer_id", None)
    shape, state = state_of(row.state, row.outcome)
    return CaseRow(
        pk=row.pk,
        href=_address("cases:detail").replace("/0/", f"/{row.pk}/"),
        code=_code(row),
        topic=_topic(row.topic),
        is_urgent=row.urgency == Urgency.URGENT,
        need=row.need,
        place=row.subdistrict__name,
        district=row.district__name,
        province=row.province__name,
        shape=shape,
        state=state,
        owner=_owner(row),
        keeper=_keeper(row),
        due_on=row.due_on,
        left="" if finished else _left(row.due_on, today),
        is_late=is_late,
        opened_on=row.opened_on,
        volunteer=_volunteer(row) if named else "",
        volunteer_href=_address("volunteers:detail").replace("/0/", f"/{named}/") if named else "",
    )


_left = lru_cache(maxsize=1024)(remaining)


@cache
def _address(name: str) -> str:
    return reverse(name, args=[0])


@cache
def _topic(topic: str) -> str:
    return str(Category(topic).label)


def _code(row: Any) -> str:
    return code_of(row.province_id, row.fiscal_year, row.number, row.topic)


def _owner(row: Any) -> str:
    return _office(row) if OWNER[CaseState(row.state)] is Side.OFFICE else _keeper(row)


def _keeper(row: Any) -> str:
    return full_name(row.keeper__title, row.keeper__first_name, row.keeper__last_name)


def _office(row: Any) -> str:
    return (row.office__agency__provincial_name or "").replace("{จังหวัด}", row.province__name)


def _outcome(row: Any) -> str:
    return str(CaseOutcome(row.outcome).label) if row.outcome else ""


def _volunteer(row: Any) -> str:
    if not row.volunteer_id:
        return ""
    return full_name(row.volunteer__title, row.volunteer__first_name, row.volunteer__last_name)


# How to reach a client is in no file.
OFFICE_COLUMNS = (
    ExportColumn(gettext_lazy("เลขที่เรื่อง"), 16, _code),
    ExportColumn(gettext_lazy("วันที่รับแจ้ง"), 14, lambda row: row.opened_on, "date"),
    ExportColumn(gettext_lazy("เรื่อง"), 30, lambda row: _topic(row.topic)),
    ExportColumn(gettext_lazy("ความเร่งด่วน"), 12, lambda row: str(Urgency(row.urgency).label)),
    ExportColumn(gettext_lazy("ต้องการให้ช่วยอะไร"), 44, lambda row: row.need),
    ExportColumn(gettext_lazy("ตำบล"), 18, lambda row: row.subdistrict__name),
    ExportColumn(gettext_lazy("อำเภอ"), 18, lambda row: row.district__name),
    ExportColumn(gettext_lazy("จังหวัด"), 18, lambda row: row.province__name),
    ExportColumn(gettext_lazy("สำนักงาน"), 34, _office),
    ExportColumn(gettext_lazy("สถานะ"), 20, lambda row: str(CaseState(row.state).label)),
    ExportColumn(gettext_lazy("ภายใน"), 14, lambda row: row.due_on, "date"),
    ExportColumn(gettext_lazy("ผล"), 18, _outcome),
    ExportColumn(gettext_lazy("วันที่ตอบผล"), 14, lambda row: row.answered_on, "date"),
)
OFFICE_CASES = ListPage(
    template="volunteer_network/cases/list.html",
    title=gettext_lazy("เรื่องส่งต่อ"),
    fields=FIELDS,
    orderings=(
        Ordering("due", gettext_lazy("ภายใน"), ("waits_until",)),
        Ordering("newest", gettext_lazy("เลขที่เรื่อง"), ("opened_on",), descending=True),
    ),
    export=OFFICE_COLUMNS,
    note_export=noted_as("cases.exported"),
    dress=dress,
)
CASES = replace(
    OFFICE_CASES,
    fields=FIELDS + VOLUNTEER,
    export=(*OFFICE_COLUMNS, ExportColumn(gettext_lazy("อาสาสมัครที่แจ้ง"), 26, _volunteer)),
)


def list_for(request: StaffRequest) -> ListPage:
    return OFFICE_CASES if request.user.scope.role is ScopeRole.OFFICE else CASES


@dataclass(frozen=True)
class View:
    """A ready-made view of the list, with how many it holds."""

    label: str
    href: str
    count: int
    current: bool


def ready_views(request: StaffRequest, rows: CaseQuerySet, *, today: date) -> list[View]:
    """The questions that are asked most, one click each."""
    user, query = request.user, request.META["QUERY_STRING"]
    views: list[tuple[str, str, CaseQuerySet]] = [
        (_("รอฉัน"), "mine=waiting", rows.waiting_for(user)),
    ]
    if user.scope.role is ScopeRole.PROVINCE:
        views.append((_("ฉันส่ง"), "mine=sent", rows.filter(opened_by=user)))
    late = rows.overdue(today)
    if user.scope.role is ScopeRole.OFFICE:  # not what waits for others
        late_here = late.waiting_for(user)
        views.append((_("เลยกำหนด"), "mine=waiting&overdue=1", late_here))
    else:
        at_offices = "&".join(f"state={state}" for state in CaseState if state in WITH_OFFICE)
        views += [
            (_("เลยกำหนด"), "overdue=1", late),
            (_("อยู่ที่สำนักงาน"), at_offices, rows.filter(state__in=WITH_OFFICE)),
        ]
    views.append((_("ทั้งหมด"), "", rows))
    return [
        View(label, f"?{href}", found.order_by().count(), href == query)
        for label, href, found in views
    ]
