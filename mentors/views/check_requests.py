"""Asking for an activity to be checked, answering, and taking the question back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mentors.enums import CheckReason
from mentors.forms.check_requests import AnswerForm, AskForm
from mentors.models import CheckRequest
from mentors.services.check_requests import ask_for_check, confirm_activity, withdraw_check
from mentors.services.check_stories import stories_of
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity
from volunteer_network.services.oddities import TWIN, reasons_of
from volunteer_network.ui.pages import way_back

PAGES = "mentors/check_requests"


@needs(Capability.REQUEST_CHECKS)
def check_request_create(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask about activity `pk`, and go back to the row in the list that one came from."""
    activity = _activity(request, pk)
    odd = reasons_of([activity.pk], user=request.user).get(activity.pk, [])
    back = way_back(request, otherwise=activity.get_absolute_url())
    form = AskForm(request.POST or None, activity=activity, guess=_guess(odd))
    form.cancel_url = back
    if form.is_valid() and (
        asked := form.perform(ask_for_check, activity=activity, by=request.user)
    ):
        messages.success(request, _("ขอให้ %(who)s ตรวจสอบแล้ว") % {"who": asked.asked_of})
        return redirect(f"{back}#activity-{activity.pk}")
    heading = _("ขอให้ตรวจสอบ")
    return _page(request, form, heading, activity, odd=odd, back=back)


@needs(Capability.LOG_ACTIVITIES)
def check_request_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    asked = _visible(request, pk)
    form = AnswerForm(request.POST or None, asked=asked)
    if form.is_valid() and (told := form.perform(confirm_activity, asked=asked, by=request.user)):
        messages.success(request, _("ตอบ %(who)s ว่าถูกต้องแล้ว") % {"who": told.asked_by})
        return redirect(told)
    heading = _("ตรวจแล้วถูกต้อง")
    activity = _activity(request, asked.activity_id)
    return _page(request, form, heading, activity, stories=_stories(request, activity))


@needs(Capability.REQUEST_CHECKS)
def check_request_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    asked = _visible(request, pk)
    if request.method == "POST":
        try:
            withdraw_check(asked=asked, by=request.user)
            messages.success(request, _("ถอนคำขอให้ตรวจสอบแล้ว"))
        except RuleViolation as refusal:
            messages.error(request, refusal.message)
        return redirect(asked)
    return render(request, f"{PAGES}/confirm_withdraw.html", {"asked": asked})


def _visible(request: StaffRequest, pk: int) -> CheckRequest:
    rows = CheckRequest.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("asked_by", "asked_of"), pk=pk)


def _activity(request: StaffRequest, pk: int) -> Activity:
    rows = Activity.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("volunteer", "subdistrict__district"), pk=pk)


def _stories(request: StaffRequest, activity: Activity) -> list[Any]:
    return stories_of(activity.pk, user=request.user)


def _guess(odd: list[str]) -> str:
    """The reason that what is odd about the activity speaks for."""
    if not odd:
        return ""
    return CheckReason.DUPLICATE if odd == [str(TWIN)] else CheckReason.TOO_HIGH


def _page(
    request: StaffRequest, form: Any, heading: str, activity: Activity, **context: Any
) -> HttpResponse:
    context |= {"form": form, "heading": heading, "activity": activity}
    status = 422 if form.is_bound else 200
    return render(request, f"{PAGES}/form.html", context, status=status)
