"""The ceilings of the 76 provinces on one page: typed, pasted, or last year's by percents."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.forms.ceilings import CeilingsForm
from reports.services.ceilings import ceiling_rows, set_ceilings
from reports.views.directions import visible_direction
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.errors import RuleViolation

PAGES = "reports/directions"


@needs(Capability.DECIDE_PLANS)
@require_http_methods(["GET", "POST"])
def ceilings(request: StaffRequest, fiscal_year: int) -> HttpResponse:
    """Show the grid; fill it from what was pasted or from last year; save it only when asked to."""
    direction = visible_direction(request, fiscal_year)
    form = CeilingsForm(ceiling_rows(direction), request.POST if request.method == "POST" else None)
    version, problem = direction.version, ""
    filled = None
    if request.method == "POST":
        version = _number(request.POST.get("version", ""))
        if "fill_pasted" in request.POST:
            filled = form.take_pasted()
        elif "fill_percent" in request.POST:
            filled = form.take_percent()
        elif form.is_valid():
            try:
                count = set_ceilings(
                    direction=direction, amounts=form.amounts, version=version, by=request.user
                )
                messages.success(request, _("บันทึกเพดาน %(count)d จังหวัดแล้ว") % {"count": count})
                return redirect(direction)
            except RuleViolation as refusal:
                problem = refusal.message
                version = direction.version  # both are on the page now: the next save goes through
    context = {
        "direction": direction,
        "form": form,
        "version": version,
        "filled": filled,
        "problem": problem,
    }
    wrong = bool(form.mistakes or problem or form.problem)
    return render(request, f"{PAGES}/ceilings.html", context, status=422 if wrong else 200)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
