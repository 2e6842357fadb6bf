"""The directions of a year: all years, one of them, writing, opening and closing."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from reports.enums import DirectionState
from reports.forms.directions import ChangeDirectionForm, DirectionForm
from reports.models import Direction
from reports.queries.plan_queue import tally_of
from reports.services.directions import change_direction, make_direction, move_direction
from volunteer_network import audit
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.models import Province
from volunteer_network.ui.exports import TYPES, ExportColumn, export_response
from volunteer_network.ui.refusals import telling_refusals
from volunteer_network.views.conflicts import conflict_of

PAGES = "reports/directions"
YEAR_COLUMNS = (
    ExportColumn(gettext_lazy("ปีงบประมาณ"), 12, lambda row: row.fiscal_year),
    ExportColumn(gettext_lazy("สถานะ"), 16, lambda row: row.get_state_display()),
    ExportColumn(gettext_lazy("เสนอแรงงานจังหวัดภายใน"), 16, lambda row: row.propose_by, "date"),
    ExportColumn(gettext_lazy("ส่งส่วนกลางภายใน"), 16, lambda row: row.send_by, "date"),
    ExportColumn(gettext_lazy("ส่วนกลางพิจารณาภายใน"), 16, lambda row: row.decide_by, "date"),
    ExportColumn(gettext_lazy("โครงการ"), 10, lambda row: row.project_count, "number"),
    ExportColumn(gettext_lazy("ทุกจังหวัดต้องมี"), 14, lambda row: row.required_count, "number"),
)
SHAPES = {DirectionState.DRAFT: "off", DirectionState.OPEN: "half", DirectionState.CLOSED: "good"}


@needs(Capability.VIEW_PLANS)
@require_safe
def direction_list(request: StaffRequest) -> HttpResponseBase:
    years = _visible(request).order_by("-fiscal_year")
    rows = years.annotate(
        project_count=Count("projects", distinct=True),
        required_count=Count("projects", filter=Q(projects__required=True), distinct=True),
    )
    form = request.GET.get("export", "")
    if form in TYPES:
        audit.record(
            "direction.list_exported",
            by=request.user,
            province_code=request.user.province_id,
        )
        title = _("แนวทางของแต่ละปี")
        return export_response(form, title=title, columns=YEAR_COLUMNS, rows=rows)
    context = {
        "rows": [{"direction": row, "shape": shape_of(row)} for row in rows],
        "exports": [(one, f"?export={one}") for one in TYPES],
    }
    return render(request, f"{PAGES}/list.html", context)


@needs(Capability.VIEW_PLANS)
@require_safe
def direction_detail(request: StaffRequest, fiscal_year: int) -> HttpResponse:
    """The year as provinces read it; the centre also sees what it may do and how far they are."""
    direction = visible_direction(request, fiscal_year)
    decides = request.user.can(Capability.DECIDE_PLANS)
    own = request.user.province_id
    context = {
        "direction": direction,
        "shape": shape_of(direction),
        "projects": list(direction.projects.order_by("place", "pk")),
        "ceilings": direction.ceilings.aggregate(count=Count("pk"), total=Sum("amount")),
        "offices": Province.objects.filter(has_office=True).count(),
        "own_ceiling": direction.ceilings.filter(province=own).first() if own else None,
        "tally": tally_of(fiscal_year, user=request.user) if decides else None,
        "may_change": decides and direction.state != DirectionState.CLOSED,
    }
    return render(request, f"{PAGES}/detail.html", context)


@needs(Capability.DECIDE_PLANS)
@require_http_methods(["GET", "POST"])
def direction_create(request: StaffRequest) -> HttpResponse:
    former = Direction.objects.order_by("-fiscal_year").first()
    initial = {"fiscal_year": former.fiscal_year + 1, "parts": ["projects"]} if former else {}
    form = DirectionForm(request.POST or None, former=former, initial=initial)
    if form.is_valid() and (made := form.perform(make_direction, by=request.user)):
        messages.success(request, _("สร้างร่างแล้ว ตรวจโครงการและเพดาน แล้วเปิดให้จังหวัดทำแผน"))
        return redirect(made)
    return form_page(request, form, heading=_("กำหนดแนวทางของปี"))


@needs(Capability.DECIDE_PLANS)
@require_http_methods(["GET", "POST"])
def direction_update(request: StaffRequest, fiscal_year: int) -> HttpResponse:
    direction = visible_direction(request, fiscal_year)
    form = ChangeDirectionForm.of(direction, request.POST or None)
    form.cancel_url = direction.get_absolute_url()
    details = {"direction": direction, "by": request.user}
    if form.is_valid() and (changed := form.perform(change_direction, **details)):
        messages.success(request, _("บันทึกแนวทางแล้ว"))
        return redirect(changed)
    return form_page(
        request,
        form,
        heading=_("แก้แนวทางปี %(year)d") % {"year": fiscal_year},
        direction=direction,
        conflict=_conflict(form, direction),
    )


@needs(Capability.DECIDE_PLANS)
@require_http_methods(["GET", "POST"])
def direction_move(request: StaffRequest, fiscal_year: int, to: DirectionState) -> HttpResponse:
    """Ask, then open the year for the provinces or close it."""
    direction = visible_direction(request, fiscal_year)
    if request.method == "POST":
        with telling_refusals(request):
            moved = move_direction(direction=direction, to=to, by=request.user)
            text = _("ปีงบประมาณ %(year)d %(state)sแล้ว")
            words = {"year": fiscal_year, "state": moved.get_state_display()}
            messages.success(request, text % words)
        return redirect(direction)
    context = {
        "direction": direction,
        "opens": to is DirectionState.OPEN,
        "is_first": direction.state == DirectionState.DRAFT,
        "projects": direction.projects.count(),
        "ceilings": direction.ceilings.count(),
        "offices": Province.objects.filter(has_office=True).count(),
        "tally": tally_of(fiscal_year, user=request.user),
    }
    return render(request, f"{PAGES}/confirm_move.html", context)


def visible_direction(request: StaffRequest, fiscal_year: int) -> Direction:
    return get_object_or_404(_visible(request), fiscal_year=fiscal_year)


def form_page(request: StaffRequest, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"{PAGES}/form.html", context | {"form": form}, status=status)


def shape_of(direction: Direction) -> str:
    return SHAPES[DirectionState(direction.state)]


def _visible(request: StaffRequest) -> QuerySet[Direction]:
    """A draft is the centre's own affair."""
    rows = Direction.objects.all()
    return rows if request.user.can(Capability.DECIDE_PLANS) else rows.published()


def _conflict(form: Any, direction: Direction) -> Any:
    """Both versions, when somebody saved after the form was opened."""
    if not form.is_bound or "version" not in form.cleaned_data:
        return None
    return conflict_of(form, direction)
