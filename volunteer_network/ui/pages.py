"""How a list page is made: filters, order, one page of light rows, the same rows as a file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from volunteer_network.access.requests import StaffRequest
from volunteer_network.ui.exports import TYPES, ExportColumn, export_response
from volunteer_network.ui.forms import FilterForm
from volunteer_network.ui.keyset import Cursor, Ordering, Page, page_of

LONGEST_WAY_BACK = 2000  # of an address
EXPORTED_AT_MOST = 100_000  # rows; 15 s as a spreadsheet
CHUNK = 2000  # rows at a time while writing a file


def way_back(request: StaffRequest, *, otherwise: str) -> str:
    """The page of this site that one came from, as the form or the address says it."""
    asked = request.POST.get("back") or request.GET.get("back", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours and len(asked) <= LONGEST_WAY_BACK else otherwise


@dataclass(frozen=True)
class SortLink:
    """The head of a column that sorts: a link, and whether the list is sorted by it now."""

    name: str
    label: str | Promise
    href: str
    current: bool
    descending: bool


@dataclass(frozen=True)
class ListPage:
    """What one list shows and how; `dress` turns light rows into what the template draws."""

    template: str
    title: str | Promise
    fields: tuple[str, ...]
    orderings: tuple[Ordering, ...]  # the first is the default
    export: tuple[ExportColumn, ...]
    note_export: Callable[[StaffRequest], None]  # who took the rows out stands in the audit
    dress: Callable[[StaffRequest, list[Any]], Sequence[Any]] = lambda request, rows: rows

    def ordering(self, name: str) -> Ordering:
        return next((one for one in self.orderings if one.name == name), self.orderings[0])

    def render(
        self,
        request: StaffRequest,
        rows: QuerySet[Any],
        *,
        filters: FilterForm,
        count: int | None = None,
        **context: Any,
    ) -> HttpResponseBase:
        """Answer with a page, its part for htmx, or the file that the address asks for.

        `count` spares a query where the number of all rows is known.
        """
        ordering = self.ordering(request.GET.get("sort", ""))
        form = request.GET.get("export", "")
        if form in TYPES and self._fits_a_file(request, rows):
            return self.file(request, form, ordering.sorted(rows))
        page = page_of(
            rows,
            rows.model._default_manager.visible_to(request.user),
            ordering=ordering,
            cursor=Cursor.of(request.GET),
            fields=self.fields,
            count=count,
        )
        context |= self._context(request, page, ordering, filters)
        response = render(request, self._template_for(request.htmx), context)
        response.headers["Vary"] = "HX-Request"
        return response

    def _context(
        self, request: StaffRequest, page: Page, ordering: Ordering, filters: FilterForm
    ) -> dict[str, Any]:
        def link(**changes: Any) -> str:
            return f"?{filters.querystring(**changes)}"

        return {
            "page": page,
            "rows": self.dress(request, page.rows),
            "nationwide": request.user.province_id is None,
            "filters": filters,
            "chips": filters.chips(request),
            "kept": [("sort", ordering.name)] if ordering is not self.orderings[0] else [],
            "sort_links": {one.name: one for one in self._sort_links(ordering, link)},
            "next_href": link(after=page.after) if page.after else "",
            "previous_href": link(before=page.before) if page.before else "",
            "exports": [(form, link(export=form)) for form in TYPES],
        }

    def _sort_links(self, current: Ordering, link: Callable[..., str]) -> Iterator[SortLink]:
        for one in self.orderings:
            yield SortLink(
                name=one.name,
                label=one.label,
                href=link(sort=one.name),
                current=one is current,
                descending=one.descending,
            )

    def file(self, request: StaffRequest, form: str, rows: QuerySet[Any]) -> FileResponse:
        """The rows as a spreadsheet, "xlsx" or "csv"."""
        self.note_export(request)
        light = rows.values_list("pk", *self.fields, named=True).iterator(chunk_size=CHUNK)
        return export_response(form, title=str(self.title), columns=self.export, rows=light)

    def _fits_a_file(self, request: StaffRequest, rows: QuerySet[Any]) -> bool:
        """Whether the rows are few enough to be written while somebody waits; says so if not."""
        few = rows.order_by()[: EXPORTED_AT_MOST + 1].count() <= EXPORTED_AT_MOST
        if not few:
            text = _("ส่งออกได้ครั้งละไม่เกิน %(most)s แถว กรองให้แคบลง เช่น เลือกเดือนหรือจังหวัด")
            messages.error(request, text % {"most": f"{EXPORTED_AT_MOST:,}"})
        return few

    def _template_for(self, htmx: HtmxDetails) -> str:
        """Only the results when htmx asks for them; a restored page from the history is whole."""
        partial = htmx and not htmx.history_restore_request and not htmx.boosted
        return f"{self.template}#results" if partial else self.template
