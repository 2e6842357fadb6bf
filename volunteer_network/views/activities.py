"""Pages of the activity log."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.errors import RuleViolation
from volunteer_network.forms.activities import (
    ActivityFilter,
    ChangeActivityForm,
    NewActivityForm,
)
from volunteer_network.models import Activity, Volunteer
from volunteer_network.row_keys import is_key
from volunteer_network.services.activities import (
    change_activity,
    log_activity,
    remove_activity,
    removed_activity,
    restore_activity,
)
from volunteer_network.services.case_stories import cases_from
from volunteer_network.ui.registry import panels_for
from volunteer_network.views.activity_lists import (
    figures_of,
    note_column,
    noted_in,
    odd_first,
)
from volunteer_network.views.conflicts import conflict_of

PAGES = "volunteer_network/activities"


@needs(Capability.VIEW_ACTIVITIES)
def activity_list(request: StaffRequest) -> HttpResponseBase:
    filters = ActivityFilter(request.GET, user=request.user)
    rows = filters.apply(Activity.objects.visible_to(request.user))
    listed, noted = odd_first(request, rows), noted_in(filters)
    return listed.page.render(
        request,
        listed.rows,
        filters=filters,
        looked_at=listed.looked_at,
        figures=figures_of(filters),
        noted=noted,
        note_column=note_column(filters, noted),
    )


@needs(Capability.VIEW_ACTIVITIES)
def activity_detail(request: StaffRequest, pk: int) -> HttpResponse:
    activity = _visible(request, pk)
    context = {
        "activity": activity,
        "cases": cases_from(activity, user=request.user),
        "panels": panels_for(request.user, "activity", activity),
        "today": timezone.localdate(),
    }
    return render(request, f"{PAGES}/detail.html", context)


@needs(Capability.LOG_ACTIVITIES)
def activity_create(request: StaffRequest) -> HttpResponse:
    province = request.user.province
    if province is None:  # no role that may log is without one
        raise PermissionDenied
    form = NewActivityForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        province=province,
        initial=_suggested(request),
    )
    if form.is_valid() and (activity := form.perform(log_activity, by=request.user)):
        messages.success(request, _("บันทึกกิจกรรมของ %(who)s แล้ว") % {"who": activity.volunteer})
        return _after_logging(request, activity)
    return _form_page(request, form, heading=_("บันทึกกิจกรรม"))


@needs(Capability.LOG_ACTIVITIES)
def activity_update(request: StaffRequest, pk: int) -> HttpResponse:
    activity = _visible(request, pk)
    form = ChangeActivityForm(
        request.POST or None, request.FILES or None, activity=activity, user=request.user
    )
    conflict = None
    if form.is_valid():
        if saved := form.perform(change_activity, activity=activity, by=request.user):
            messages.success(request, _("บันทึกการแก้ไขแล้ว"))
            return redirect(saved)
        conflict = conflict_of(form, activity)
    return _form_page(request, form, heading=_("แก้กิจกรรม"), activity=activity, conflict=conflict)


@needs(Capability.LOG_ACTIVITIES)
@require_POST
def activity_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take it out at once; the message offers to put it back."""
    activity = _visible(request, pk)
    try:
        removed = remove_activity(activity=activity, by=request.user)
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
        return redirect(activity)
    back = reverse("activities:removed", args=[removed])
    text = _("เอากิจกรรมออกจากบันทึกแล้ว")
    messages.success(request, format_html('{} <a href="{}">{}</a>', text, back, _("เอากลับคืน")))
    return redirect("activities:list")


@needs(Capability.LOG_ACTIVITIES)
def activity_removed(request: StaffRequest, pk: int) -> HttpResponse:
    """What was removed, and the button that puts it back."""
    removed = removed_activity(pk, user=request.user)
    if removed is None:
        return redirect("activities:detail", pk)
    if request.method == "POST":
        try:
            return redirect(restore_activity(removed=removed, by=request.user))
        except RuleViolation as refusal:
            messages.error(request, refusal.message)
    return render(request, f"{PAGES}/removed.html", {"removed": removed})


def _visible(request: StaffRequest, pk: int) -> Activity:
    rows = Activity.objects.visible_to(request.user).select_related(
        "volunteer", "subdistrict__district", "subdistrict__province", "agency", "recorded_by"
    )
    return get_object_or_404(rows, pk=pk)


def _suggested(request: StaffRequest) -> dict[str, Any]:
    """What the address suggests: the person, and what the last entry had when adding another."""
    suggested: dict[str, Any] = {name: request.GET.get(name, "") for name in ("category", "kind")}
    with suppress(ValueError):
        suggested["on_date"] = date.fromisoformat(request.GET.get("on_date", ""))
    asked = request.GET.get("volunteer", "")
    if is_key(asked):
        suggested["volunteer"] = (
            Volunteer.objects.visible_to(request.user).filter(pk=int(asked)).first()
        )
    return suggested


def _after_logging(request: StaffRequest, activity: Activity) -> HttpResponse:
    if "another" not in request.POST:
        return redirect(activity)
    kept = {"on_date": activity.on_date, "category": activity.category, "kind": activity.kind}
    return redirect(reverse("activities:create", query=kept))


def _form_page(request: StaffRequest, form: Any, **context: Any) -> HttpResponse:
    context |= {"form": form}
    return render(request, f"{PAGES}/form.html", context, status=422 if form.is_bound else 200)
