"""The log as a list: its columns, orders, files, and the figures on top of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.access.requests import StaffRequest
from volunteer_network.enums import ActivityKind, Category
from volunteer_network.forms.activities import ActivityFilter
from volunteer_network.models.activities import ActivityQuerySet
from volunteer_network.services.figures import Totals, by_category, month_totals
from volunteer_network.services.oddities import LOOKED_AT, Oddity, look_for_odd, rank_in
from volunteer_network.thai_calendar import fiscal_year, month_name, quarter
from volunteer_network.thai_text import full_name
from volunteer_network.ui.exports import TYPES, ExportColumn
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage
from volunteer_network.ui.row_notes import NoteCount, RowNote, RowNotes, row_notes_on
from volunteer_network.views.export_notes import noted_as

FIELDS = (
    *("on_date", "category", "kind", "village", "people", "spotted", "screened", "referred"),
    *("volunteer__title", "volunteer__first_name", "volunteer__last_name", "volunteer_id"),
    *("subdistrict__name", "district__name", "province__name", "agency_id", "photo_id", "note"),
    *("people_male", "people_female"),
)
CATEGORIES_SHOWN = 6
ODD = "odd"  # the order, as in the address
REASONS_SHOWN = 2


@dataclass(frozen=True)
class LogRow:
    """One line of the log, ready to draw."""

    pk: int
    href: str
    on_date: date
    who: str
    who_href: str
    category: str
    kind: str
    place: str
    district: str
    province: str
    people: int
    spotted: int
    screened: int
    referred: int
    has_photo: bool
    odd: tuple[str, ...]  # why it is worth a second look, in words
    note: RowNote | None
    ask_href: str  # to begin what the notes are about; "" where the reader cannot


def dress(
    request: StaffRequest, rows: list[Any], *, odd: Mapping[int, Oddity] | None = None
) -> list[LogRow]:
    """`odd` are the odd ones by id, where they were looked for."""
    address = reverse("activities:detail", args=[0])
    person = reverse("volunteers:detail", args=[0])
    ids = [row.pk for row in rows]
    notes = row_notes_on("activities")
    noted = notes.of(request.user, ids) if notes and ids else {}
    ask = _address_to_ask(request, notes)
    return [
        LogRow(
            pk=row.pk,
            href=address.replace("/0/", f"/{row.pk}/"),
            on_date=row.on_date,
            who=_who(row),
            who_href=person.replace("/0/", f"/{row.volunteer_id}/"),
            category=_category(row.category),
            kind=_kind(row.kind),
            place=row.subdistrict__name,
            district=row.district__name,
            province=row.province__name,
            people=row.people,
            spotted=row.spotted,
            screened=row.screened,
            referred=row.referred,
            has_photo=row.photo_id is not None,
            odd=tuple(odd[row.pk].reasons[:REASONS_SHOWN]) if odd and row.pk in odd else (),
            note=(note := noted.get(row.pk)),
            ask_href="" if note and note.open else ask.replace("/0/", f"/{row.pk}/"),
        )
        for row in rows
    ]


def _address_to_ask(request: StaffRequest, notes: RowNotes | None) -> str:
    """Where to begin it for row 0; what is sent there leads back to this page of the list."""
    if notes is None or not request.user.can(notes.action_needs):
        return ""
    return reverse(notes.action_url, args=[0], query={"back": request.get_full_path()})


@cache
def _category(category: str) -> str:
    return str(Category(category).label)


@cache
def _kind(kind: str) -> str:
    return str(ActivityKind(kind).label)


def _who(row: Any) -> str:
    return full_name(row.volunteer__title, row.volunteer__first_name, row.volunteer__last_name)


LOG = ListPage(
    template="volunteer_network/activities/list.html",
    title=gettext_lazy("บันทึกกิจกรรมอาสาสมัครแรงงาน"),
    fields=FIELDS,
    orderings=(
        Ordering("latest", gettext_lazy("วันที่"), ("on_date",), descending=True),
        Ordering("earliest", gettext_lazy("วันที่ เก่าสุดก่อน"), ("on_date",)),
        Ordering(
            ODD,
            gettext_lazy("น่าสงสัยก่อน"),
            ("oddity", "on_date"),
            descending=True,
            computed={"oddity": rank_in(())},  # `odd_first` knows the rows
            before_joins=True,
        ),
    ),
    export=(
        ExportColumn(gettext_lazy("วันที่"), 14, lambda row: row.on_date, "date"),
        ExportColumn(gettext_lazy("อาสาสมัคร"), 26, _who),
        ExportColumn(gettext_lazy("ตำบล"), 18, lambda row: row.subdistrict__name),
        ExportColumn(gettext_lazy("อำเภอ"), 18, lambda row: row.district__name),
        ExportColumn(gettext_lazy("จังหวัด"), 18, lambda row: row.province__name),
        ExportColumn(gettext_lazy("สถานที่"), 20, lambda row: row.village),
        ExportColumn(gettext_lazy("ประเภทงาน"), 26, lambda row: str(Category(row.category).label)),
        ExportColumn(gettext_lazy("ลักษณะ"), 20, lambda row: str(ActivityKind(row.kind).label)),
        ExportColumn(gettext_lazy("หน่วยงาน"), 10, lambda row: row.agency_id),
        ExportColumn(gettext_lazy("ชาย"), 8, lambda row: row.people_male, "number"),
        ExportColumn(gettext_lazy("หญิง"), 8, lambda row: row.people_female, "number"),
        ExportColumn(gettext_lazy("ชี้เป้า"), 8, lambda row: row.spotted, "number"),
        ExportColumn(gettext_lazy("คัดกรอง"), 8, lambda row: row.screened, "number"),
        ExportColumn(gettext_lazy("ส่งต่อ"), 8, lambda row: row.referred, "number"),
        ExportColumn(gettext_lazy("รายละเอียด"), 40, lambda row: row.note),
    ),
    note_export=noted_as("activities.exported"),
    dress=dress,
)


@dataclass(frozen=True)
class CountLink:
    """How many rows have a note of a kind, and the list of them."""

    label: str
    number: int
    href: str


def noted_in(filters: ActivityFilter) -> list[CountLink]:
    """How many notes of each kind there are among what the filters name; none for a word."""
    if filters.notes is None or "q" in filters.active:
        return []
    return [
        CountLink(one.label, one.number, _of_note(filters, one))
        for one in filters.notes.count(filters.user, filters)
    ]


@dataclass(frozen=True)
class NoteColumn:
    """The column of the notes: its head, where a note leads on a row's page, what can be asked."""

    label: str
    anchor: str
    action: str


def note_column(filters: ActivityFilter, noted: list[CountLink]) -> NoteColumn | None:
    """The column where there may be something in it for the reader; else None."""
    notes = filters.notes
    if notes is None:
        return None
    if not (noted or filters.user.can(notes.action_needs) or "q" in filters.active):
        return None
    return NoteColumn(str(notes.label), notes.anchor, str(notes.action))


def _of_note(filters: ActivityFilter, one: NoteCount) -> str:
    return f"?{filters.querystring(check=one.value)}" if one.value else ""


@dataclass(frozen=True)
class OddFirst:
    """The log with the odd ones on top, or as it is; `looked_at` says how many where not at all."""

    rows: ActivityQuerySet
    page: ListPage = LOG
    looked_at: int | None = None


def odd_first(request: StaffRequest, rows: ActivityQuerySet) -> OddFirst:
    """Where the address asks for it: the odd rows, less those that were found right, on top.

    Of a long list a page shows the newest rows; a file has all of them.
    """
    if request.GET.get("sort") != ODD:
        return OddFirst(rows)
    notes = row_notes_on("activities")
    look = look_for_odd(rows, answered=notes.settled() if notes else None)
    on_top = replace(LOG.ordering(ODD), computed={"oddity": rank_in(look.odd)})
    page = replace(LOG, orderings=(*LOG.orderings[:-1], on_top), dress=partial(dress, odd=look.odd))
    if look.last is None or request.GET.get("export") in TYPES:
        return OddFirst(rows, page)
    return OddFirst(look.among(rows), page, LOOKED_AT)


@dataclass(frozen=True)
class LogFigures:
    """The figures on top of the log: of what period, the totals, the largest categories."""

    period: str
    totals: Totals
    categories: list[tuple[str, Totals]]
    other_categories: int


def figures_of(filters: ActivityFilter) -> LogFigures | None:
    """Figures of the months and places that the filters name, from the roll-ups.

    None when a filter asks for what the roll-ups do not know: a word, one person, a note.
    """
    active = filters.active
    if active.keys() & {"q", "volunteer", "check"}:
        return None
    first, last = filters.months
    where: dict[str, Any] = {
        "month_from": first,
        "month_to": last,
        "provinces": _provinces(filters),
        "district": active.get("district"),
    }
    categories = by_category(**where)
    if "category" in active:
        chosen = Category(active["category"])
        categories = {chosen: categories[chosen]} if chosen in categories else {}
    ranked = sorted(categories.items(), key=lambda pair: -pair[1].activities)
    return LogFigures(
        period=_period(filters, first, last),
        totals=month_totals(**where, category=active.get("category")),
        categories=[(str(name.label), totals) for name, totals in ranked[:CATEGORIES_SHOWN]],
        other_categories=max(len(ranked) - CATEGORIES_SHOWN, 0),
    )


def _period(filters: ActivityFilter, first: date, last: date) -> str:
    """In words: a month, a quarter, a fiscal year, or this one until today."""
    words = {"year": fiscal_year(last), "part": quarter(last)}
    if first == last:
        return month_name(first)
    if "until" in filters.active:
        return _("%(first)s ถึง %(last)s") % {"first": month_name(first), "last": month_name(last)}
    if filters.span is None:
        return _("ปีงบประมาณ %(year)d ถึงวันนี้") % words
    if quarter(first) == quarter(last):
        return _("ไตรมาสที่ %(part)d ปีงบประมาณ %(year)d") % words
    return _("ปีงบประมาณ %(year)d") % words


def _provinces(filters: ActivityFilter) -> list[int] | None:
    if chosen := filters.active.get("province"):
        return [chosen.pk] if filters.area is None or chosen.pk in filters.area else []
    if filters.area is not None:
        return filters.area
    return None if filters.scope.nationwide else list(filters.scope.provinces)
