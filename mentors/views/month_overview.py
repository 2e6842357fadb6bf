"""Months seen from above: which provinces and mentors are in, reminding, closing."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentors.forms.months import ReopenForm
from mentors.services.month_deadlines import due_day, month_before, next_month, reporting_month
from mentors.services.month_overviews import mentors_of, overview_of
from mentors.services.month_reminders import (
    remind_of_month,
    reminder_to_take_back,
    take_back_month_reminder,
)
from mentors.services.months import close_month, reopen_month
from mentors.views.month_overview_files import export_overview
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.models import Province
from volunteer_network.services.jobs import may_ask
from volunteer_network.services.reminders import Errand
from volunteer_network.thai_calendar import month_address, month_from_address, month_name
from volunteer_network.ui.exports import TYPES
from volunteer_network.ui.refusals import telling_refusals
from volunteer_network.views.reminders import say_reminded, say_taken_back, ticked_provinces


@needs(Capability.VIEW_MONTH_FIGURES)
def overview(request: StaffRequest) -> HttpResponseBase:
    month = _month_of(request)
    seen = overview_of(month, user=request.user)
    mentors = (
        mentors_of(month, province=request.user.province_id, user=request.user)
        if request.user.province_id
        else None
    )
    if (form := request.GET.get("export", "")) in TYPES:
        lines = seen.provinces if mentors is None else mentors
        return export_overview(request, form, lines, month=month)
    context = {
        "month": month,
        "overview": seen,
        "due": due_day(month),
        "before": month_before(month),
        "after": next_month(month) if next_month(month) <= timezone.localdate() else None,
        "mentors": mentors,
        "may_print": bool(seen.provinces) and may_ask(request.user),
        "reminder": _reminder(request, month),
        "recall_href": reverse(
            "months:recall-nudge" if request.user.province_id else "months:recall", args=[month]
        ),
        "exports": [(form, f"?month={month_address(month)}&export={form}") for form in TYPES],
    }
    return render(request, "mentors/months/overview.html", context)


def _reminder(request: StaffRequest, month: date) -> Errand | None:
    """What the reader may still take back; asked only of those who may remind."""
    may = request.user.can(Capability.CLOSE_MONTHS) or request.user.can(Capability.APPROVE_MONTHS)
    return reminder_to_take_back(month, by=request.user) if may else None


@needs(Capability.CLOSE_MONTHS)
@require_POST
def remind(request: StaffRequest, month: date) -> HttpResponse:
    """Remind the ticked provinces."""
    return _remind(request, month, ticked_provinces(request))


@needs(Capability.APPROVE_MONTHS)
@require_POST
def remind_mentors(request: StaffRequest, month: date) -> HttpResponse:
    """The head reminds the own province."""
    return _remind(request, month, {request.user.province_id or 0})


@needs(Capability.CLOSE_MONTHS)
def close(request: StaffRequest, month: date) -> HttpResponse:
    """Ask, then close the month of one province or of all."""
    code = request.GET.get("province", "")
    province = _office(code) if code else None
    if request.method == "POST":
        with telling_refusals(request):
            count = close_month(
                month=month, province=province.pk if province else None, by=request.user
            )
            text = _("ปิดงวดเดือน%(month)s %(count)d คนแล้ว")
            messages.success(request, text % {"month": month_name(month), "count": count})
        return _back_to(month)
    seen = overview_of(month, user=request.user)
    ready = sum(
        line.receipt.approved - line.receipt.locked
        for line in seen.provinces
        if province is None or line.province == province
    )
    context = {"month": month, "province": province, "ready": ready, "overview": seen}
    return render(request, "mentors/months/close.html", context)


@needs(Capability.CLOSE_MONTHS)
def reopen(request: StaffRequest, month: date) -> HttpResponse:
    """Open the closed month of a province again, with a reason."""
    province = _office(request.GET.get("province", ""))
    form = ReopenForm(request.POST or None)
    details = {"month": month, "province": province.pk, "by": request.user}
    if form.is_valid() and (count := form.perform(reopen_month, **details)):
        text = _("เปิดงวดเดือน%(month)s ของ%(province)s %(count)d คนแล้ว")
        words = {"month": month_name(month), "province": province.with_prefix, "count": count}
        messages.success(request, text % words)
        return _back_to(month)
    context = {"month": month, "province": province, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "mentors/months/reopen.html", context, status=status)


def _remind(request: StaffRequest, month: date, provinces: set[int]) -> HttpResponse:
    with telling_refusals(request):
        told = remind_of_month(month=month, provinces=provinces, by=request.user)
        say_reminded(request, told)
    return _back_to(month)


@needs(Capability.CLOSE_MONTHS)
@require_POST
def recall(request: StaffRequest, month: date) -> HttpResponse:
    """Take back the reminder of a moment ago."""
    return _recall(request, month)


@needs(Capability.APPROVE_MONTHS)
@require_POST
def recall_from_mentors(request: StaffRequest, month: date) -> HttpResponse:
    """The head takes back the own province's."""
    return _recall(request, month)


def _recall(request: StaffRequest, month: date) -> HttpResponse:
    with telling_refusals(request):
        say_taken_back(request, take_back_month_reminder(month=month, by=request.user))
    return _back_to(month)


def _back_to(month: date) -> HttpResponse:
    return redirect(f"{reverse('months:list')}?month={month_address(month)}")


def _office(code: str) -> Province:
    known = Province.objects.filter(has_office=True)
    return get_object_or_404(known, pk=int(code) if code.isdecimal() and len(code) < 4 else 0)


def _month_of(request: StaffRequest) -> date:
    """The month that the address asks for, or the one that people work on."""
    today = timezone.localdate()
    try:
        month = month_from_address(request.GET.get("month", ""))
    except ValueError:
        return reporting_month(today)
    return month if month <= today else reporting_month(today)
