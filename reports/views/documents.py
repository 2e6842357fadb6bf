"""Asking for documents: of one province, of a plan from its page, of all provinces in one go."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from reports.enums import BundleKind
from reports.forms.documents import ARABIC, PDF, THAI, DocumentForm, WantedForm
from reports.queries.quarter_pages import Signings, signings_of
from reports.services.documents import ask_for_bundle, ask_for_document, readiness_of
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability


@needs(Capability.MAKE_DOCUMENTS)
def document_new(request: StaffRequest) -> HttpResponse:
    """One document of one province."""
    form = DocumentForm(request.POST or None, user=request.user)
    if form.is_valid() and (job := form.perform(ask_for_document, by=request.user)):
        return redirect(job)
    status = 422 if form.errors else 200
    return render(request, "reports/documents/new.html", {"form": form}, status=status)


@needs(Capability.MAKE_DOCUMENTS)
@require_POST
def plan_document_make(request: StaffRequest) -> HttpResponse:
    """The button of a plan's page: its document as it stands. A foreign province is 404."""
    return _make(request, BundleKind.PLAN, quarter="1")  # a plan has none


@needs(Capability.MAKE_DOCUMENTS)
@require_POST
def quarter_document_make(request: StaffRequest) -> HttpResponse:
    """The button of a quarter's page: its report. A foreign province is 404."""
    return _make(request, BundleKind.PROGRESS, quarter=request.POST.get("quarter", ""))


@needs(Capability.MAKE_DOCUMENTS_OF_ALL)
def bundle_new(request: StaffRequest) -> HttpResponse:
    """All provinces in one go: who is ready and why the others are not, then one press."""
    asked = request.method == "POST"
    given = request.POST if asked else request.GET
    chosen = {"file": PDF, **given.dict()}  # an address kept from before asks for no file
    form = WantedForm(chosen if asked or "kind" in given else None)
    if asked and form.is_valid() and (job := form.perform(ask_for_bundle, by=request.user)):
        return redirect(job)
    provinces = [] if form.errors else readiness_of(form.wanted, user=request.user)
    context = {
        "form": form,
        "wanted": None if form.errors else form.wanted,
        "ready": [one.province for one in provinces if one.ready],
        "missing": [one for one in provinces if not one.ready],
        "signings": _signings(request, form),
    }
    status = 422 if form.errors else 200
    return render(request, "reports/documents/bundle.html", context, status=status)


def _make(request: StaffRequest, kind: BundleKind, *, quarter: str) -> HttpResponse:
    thai = bool(request.POST.get("thai_digits"))
    given = {
        "kind": kind,
        "province": request.POST.get("province"),
        "fiscal_year": request.POST.get("fiscal_year"),
        "quarter": quarter,
        "digits": THAI if thai else ARABIC,
        "file": request.POST.get("file", PDF),
    }
    form = DocumentForm(given, user=request.user)
    if not form.is_valid():
        raise Http404
    if job := form.perform(ask_for_document, by=request.user):
        return redirect(job)
    messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect("reports:list")


def _signings(request: StaffRequest, form: WantedForm) -> Signings | None:
    """Who has signed the quarter that is asked for, where a quarter is asked for."""
    if form.errors or form.wanted.kind != BundleKind.PROGRESS:
        return None
    return signings_of(form.wanted.fiscal_year, form.wanted.quarter, user=request.user)
