"""/verify/: is this document valid? Open to everybody; and withdrawing, by who made it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from volunteer_network.access.guards import needs, outside_scope
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.documents.serials import read_serial
from volunteer_network.enums import DocumentState
from volunteer_network.forms.issued_documents import SerialForm, WithdrawalForm
from volunteer_network.guessing import has_guessed_too_often, note_miss
from volunteer_network.models import IssuedDocument
from volunteer_network.services.issued_documents import may_withdraw, withdraw_document

SHAPES = {
    DocumentState.VALID: "good",
    DocumentState.REPLACED: "half",
    DocumentState.RECALLED: "warn",
    DocumentState.WITHDRAWN: "bad",
}
UNKNOWN, WAIT = 404, 429


@login_not_required
@outside_scope
@require_safe
def document_ask(request: HttpRequest) -> HttpResponse:
    """The field for a serial that is typed; what it finds has an address of its own."""
    form = SerialForm(request.GET if "serial" in request.GET else None)
    if form.is_valid():
        return redirect("verify:detail", form.cleaned_data["serial"])
    status = 422 if form.errors else 200
    return render(request, "volunteer_network/verify/ask.html", {"form": form}, status=status)


@login_not_required
@outside_scope
@never_cache
@require_safe
def document_verify(request: HttpRequest, serial: str) -> HttpResponse:
    """Say whether it is valid, of which office and which document; nothing else, to nobody.

    A serial that does not exist costs the same look and is answered on the same page.
    """
    context = {"form": SerialForm(), "serial": read_serial(serial)}
    if has_guessed_too_often(request):
        return render(request, "volunteer_network/verify/wait.html", context, status=WAIT)
    rows = IssuedDocument.objects.select_related("province")
    document = rows.filter(serial=context["serial"]).first()
    if document is None:
        note_miss(request)
    context |= {
        "document": document,
        "shape": SHAPES[DocumentState(document.state)] if document else "off",
        "may_withdraw": bool(
            document
            and document.state != DocumentState.WITHDRAWN
            and request.user.is_authenticated
            and request.user.scope.nationwide
            and request.user.can(Capability.MAKE_DOCUMENTS)
        ),
    }
    status = 200 if document else UNKNOWN
    return render(request, "volunteer_network/verify/detail.html", context, status=status)


@needs(Capability.MAKE_DOCUMENTS)
def document_withdraw(request: StaffRequest, serial: str) -> HttpResponse:
    rows = IssuedDocument.objects.select_related("province")
    document = get_object_or_404(rows, serial=read_serial(serial))
    if not may_withdraw(document, request.user):
        raise Http404
    form = WithdrawalForm(request.POST or None)
    by = request.user
    if form.is_valid() and (gone := form.perform(withdraw_document, document=document, by=by)):
        messages.success(request, _("เพิกถอนเอกสาร %(serial)s แล้ว") % {"serial": gone.serial})
        return redirect(gone)
    context = {"form": form, "document": document}
    status = 422 if form.errors else 200
    return render(request, "volunteer_network/verify/confirm_withdraw.html", context, status=status)
