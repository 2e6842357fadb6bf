"""Documents made in the background: asking, watching, stopping, taking."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reports.forms.registers import RegisterForm
from reports.kinds import VOLUNTEER_REGISTER
from reports.queries.jobs import jobs_shown_to
from volunteer_network import audit, uploads
from volunteer_network.access.guards import CapabilityMissing, everyone, needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.enums import JobState
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import kind_named
from volunteer_network.models import Job
from volunteer_network.services.jobs import ask_for_job, repeat_job, stop_job

SHOWN_AT_ONCE = 50
SHAPES = {
    JobState.WAITING: "half",
    JobState.RUNNING: "half",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.STOPPED: "off",
}


@everyone
@require_safe
def report_list(request: StaffRequest) -> HttpResponse:
    jobs = jobs_shown_to(request.user)[: SHOWN_AT_ONCE + 1]
    return render(request, "reports/jobs/list.html", _list_context(request, list(jobs)))


@needs(Capability.MAKE_DOCUMENTS)
@require_POST
def volunteer_register_make(request: StaffRequest) -> HttpResponse:
    form = RegisterForm(request.POST, user=request.user)
    if not form.is_valid():
        jobs = list(jobs_shown_to(request.user)[: SHOWN_AT_ONCE + 1])
        context = {**_list_context(request, jobs), "form": form}
        return render(request, "reports/jobs/list.html", context, status=422)
    province = form.cleaned_data["province"]
    title = _("ทะเบียนอาสาสมัครแรงงาน %(province)s") % {"province": province.with_prefix}
    job = ask_for_job(
        kind=VOLUNTEER_REGISTER,
        title=title,
        parameters={"province": province.pk},
        by=request.user,
    )
    return redirect(job)


@everyone
@require_safe
def report_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """The page, or for htmx only the part that changes while the worker is at it."""
    job = _shown(request, pk)
    part = "_state.html" if request.htmx else "detail.html"
    show = kind_named(job.kind).page
    context = {
        "job": job,
        "shape": SHAPES[JobState(job.state)],
        "own": _is_own(request, job),
        "page": show(job.parameters) if show else "",  # what came of it, when it is no file
    }
    return render(request, f"reports/jobs/{part}", context)


@everyone
@require_POST
def report_stop(request: StaffRequest, pk: int) -> HttpResponse:
    return redirect(stop_job(job=_shown(request, pk), by=request.user))


@everyone
@require_POST
def report_repeat(request: StaffRequest, pk: int) -> HttpResponse:
    job = _shown(request, pk)
    try:
        repeat_job(job=job, by=request.user)
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
    return redirect(job)


@everyone
@require_safe
def report_file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Give the file to those who see the job and might ask for it today; the audit says to whom."""
    job = _shown(request, pk)
    if job.state != JobState.DONE or not job.result:
        raise Http404
    needed = kind_named(job.kind).needs
    if not request.user.can(needed):
        raise CapabilityMissing(needed)
    try:
        content = uploads.open_stored(job.result)
    except FileNotFoundError:
        raise Http404 from None
    audit.record("job.downloaded", by=request.user, target=job, province_code=job.province_id)
    return FileResponse(content, as_attachment=True, filename=job.result_name)


def _shown(request: StaffRequest, pk: int) -> Job:
    return get_object_or_404(jobs_shown_to(request.user), pk=pk)


def _is_own(request: StaffRequest, job: Job) -> bool:
    return job.requested_by_id == request.user.pk


def _list_context(request: StaffRequest, jobs: list[Job]) -> dict[str, Any]:
    rows = [
        {"job": job, "shape": SHAPES[JobState(job.state)], "own": _is_own(request, job)}
        for job in jobs[:SHOWN_AT_ONCE]
    ]
    form = RegisterForm(user=request.user) if request.user.can(Capability.MAKE_DOCUMENTS) else None
    return {"rows": rows, "more": len(jobs) > SHOWN_AT_ONCE, "form": form, "most": SHOWN_AT_ONCE}
