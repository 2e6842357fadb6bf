"""Documents made in the background: watching, stopping, taking."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from reports.queries.jobs import document_of, jobs_shown_to, parts_shown_to
from volunteer_network import audit, uploads
from volunteer_network.access.guards import CapabilityMissing, everyone
from volunteer_network.access.requests import StaffRequest
from volunteer_network.enums import JobState
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import is_whole, kind_still_made
from volunteer_network.models import Job
from volunteer_network.models.jobs import NOT_MADE
from volunteer_network.services.jobs import repeat_job, stop_job
from volunteer_network.services.running_jobs import NO_LONGER_MADE

SHOWN_AT_ONCE = 50
SHAPES = {
    JobState.WAITING: "half",
    JobState.RUNNING: "half",
    JobState.PARTS: "half",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.STOPPED: "off",
}


@everyone
@require_safe
def report_list(request: StaffRequest) -> HttpResponse:
    jobs = list(jobs_shown_to(request.user).alone_or_whole()[: SHOWN_AT_ONCE + 1])
    rows = [_row(request, job) for job in jobs[:SHOWN_AT_ONCE]]
    context = {"rows": rows, "more": len(jobs) > SHOWN_AT_ONCE, "most": SHOWN_AT_ONCE}
    return render(request, "reports/jobs/list.html", context)


@everyone
@require_safe
def report_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """The page, or for htmx only the part that changes while the worker is at it.

    The list of a whole's parts stands outside that part, and comes along when one more has ended
    since the page was `seen`: taken each second it would take the focus away.
    """
    job = _shown(request, pk)
    part, seen = "_state.html" if request.htmx else "detail.html", request.GET.get("seen")
    kind = kind_still_made(job.kind)
    parts = parts_shown_to(request.user, job) if is_whole(job.kind) else []
    context = {
        "job": job,
        "shape": SHAPES[JobState(job.state)],
        "own": _is_own(request, job),
        "page": kind.page(job.parameters) if kind and kind.page else "",  # when it made no file
        "no_longer_made": "" if kind else NO_LONGER_MADE,
        "document": document_of(job),
        "parts": [_row(request, part) for part in parts],
        "here": job.get_absolute_url() + (f"?seen={job.done_steps}" if parts else ""),
        "parts_changed": bool(request.htmx and parts and seen != str(job.done_steps)),
        "missing": sum(part.state in NOT_MADE for part in parts),
        "kept_days": settings.DOCUMENT_KEPT_DAYS,
    }
    response = render(request, f"reports/jobs/{part}", context)
    if request.htmx and parts and job.is_finished:
        response.headers["HX-Refresh"] = "true"  # the list of the parts stands outside this part
    return response


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
    kind = kind_still_made(job.kind)
    if kind is None:  # nobody knows any more who might ask for it: its page says so
        return redirect(job)
    if not request.user.can(kind.needs):
        raise CapabilityMissing(kind.needs)
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


def _row(request: StaffRequest, job: Job) -> dict[str, Any]:
    return {"job": job, "shape": SHAPES[JobState(job.state)], "own": _is_own(request, job)}
