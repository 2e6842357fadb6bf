"""Provinces that have not sent their plan: whose turn it is, reminding, taking that back."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from reports.enums import DirectionState
from reports.queries.late_plans import late_plans
from reports.services.plan_reminders import (
    remind_late,
    reminder_to_take_back,
    take_back_reminder,
)
from reports.views.plan_queue import asked_year, named_year, years
from volunteer_network import audit
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.models import Province
from volunteer_network.ui.exports import TYPES, ExportColumn, export_response
from volunteer_network.ui.refusals import telling_refusals
from volunteer_network.views.reminders import say_reminded, say_taken_back, ticked_provinces

PAGES = "reports/decisions"
LATE_COLUMNS = (
    ExportColumn(gettext_lazy("จังหวัด"), 20, lambda row: row.province.name),
    ExportColumn(gettext_lazy("ถึงคราวของ"), 40, lambda row: str(row.turn)),
    ExportColumn(gettext_lazy("เลยกำหนด (วัน)"), 14, lambda row: max(row.days_late, 0), "number"),
    ExportColumn(
        gettext_lazy("เคลื่อนไหวล่าสุด"),
        14,
        lambda row: timezone.localdate(row.since) if row.since else None,
        "date",
    ),
    ExportColumn(
        gettext_lazy("เตือนล่าสุด"),
        14,
        lambda row: timezone.localdate(row.reminded_at) if row.reminded_at else None,
        "date",
    ),
)


@needs(Capability.DECIDE_PLANS)
@require_safe
def late(request: StaffRequest) -> HttpResponseBase:
    direction = asked_year(request)
    if direction is None:
        return render(request, f"{PAGES}/no_year.html")
    year, today = direction.fiscal_year, timezone.localdate()
    rows = late_plans(direction, today=today, user=request.user)
    form = request.GET.get("export", "")
    if form in TYPES:
        audit.record("plan.late_exported", by=request.user, detail={"fiscal_year": year})
        title = _("จังหวัดที่ยังไม่ส่งแผน %(year)d") % {"year": year}
        return export_response(form, title=title, columns=LATE_COLUMNS, rows=rows)
    context = {
        "direction": direction,
        "rows": rows,
        "offices": Province.objects.filter(has_office=True).count(),
        "may_remind": direction.state == DirectionState.OPEN,
        "recall_until": reminder_to_take_back(direction, by=request.user),
        "years": years(),
        "exports": [(one, f"?fy={year}&export={one}") for one in TYPES],
    }
    return render(request, f"{PAGES}/late.html", context)


@needs(Capability.DECIDE_PLANS)
@require_POST
def remind(request: StaffRequest, fiscal_year: int) -> HttpResponse:
    """Remind the ticked provinces."""
    codes = ticked_provinces(request)
    with telling_refusals(request):
        told = remind_late(direction=named_year(fiscal_year), provinces=codes, by=request.user)
        say_reminded(request, told)
    return _back(fiscal_year)


@needs(Capability.DECIDE_PLANS)
@require_POST
def recall(request: StaffRequest, fiscal_year: int) -> HttpResponse:
    """Take back the reminder of a moment ago."""
    with telling_refusals(request):
        count = take_back_reminder(direction=named_year(fiscal_year), by=request.user)
        say_taken_back(request, count)
    return _back(fiscal_year)


def _back(fiscal_year: int) -> HttpResponse:
    return redirect(f"{reverse('decisions:late')}?fy={fiscal_year}")
