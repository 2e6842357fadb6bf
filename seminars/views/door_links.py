"""Links for helpers at the door: given out by the organisers, opened by anybody who holds one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from seminars.forms.doors import DoorLinkForm
from seminars.models import DoorLink, Seminar
from seminars.services.door_links import find_door_link, make_door_link, withdraw_door_link
from seminars.views.desks import give_cookie, page_of_closed
from volunteer_network.access.guards import needs, outside_scope
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.documents.qr import qr_picture


@needs(Capability.RUN_SEMINARS)
def door_link_list(request: StaffRequest, pk: int) -> HttpResponse:
    """The doors of a seminar; a link that was just made is shown this once."""
    seminar = _seminar(request, pk)
    form = DoorLinkForm(request.POST or None)
    fresh = None
    if form.is_valid() and (
        token := form.perform(make_door_link, seminar=seminar, by=request.user)
    ):
        address = request.build_absolute_uri(reverse("door:open", args=[token]))
        fresh = {"name": form.cleaned_data["name"], "address": address, "qr": qr_picture(address)}
        form = DoorLinkForm()
    today = timezone.localdate()
    rows = [
        {"link": link, "open": link.is_open(today), "later": link.valid_from > today}
        for link in seminar.door_links.select_related("made_by")[:100]
    ]
    context = {"seminar": seminar, "form": form, "rows": rows, "fresh": fresh}
    status = 422 if form.errors else 200
    return render(request, "seminars/door/links.html", context, status=status)


@needs(Capability.RUN_SEMINARS)
@require_POST
def door_link_withdraw(request: StaffRequest, pk: int, link: int) -> HttpResponse:
    seminar = _seminar(request, pk)
    row = get_object_or_404(DoorLink, pk=link, seminar=seminar)
    withdraw_door_link(link=row, by=request.user)
    messages.success(request, _("ยกเลิกลิงก์ของ %(name)s แล้ว มีผลทันที") % {"name": row.name})
    return redirect("door:links", seminar.pk)


@login_not_required
@outside_scope
@never_cache
@require_safe
def door_open(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever opens the link keeps the door with this browser, as long as the link is open."""
    link = find_door_link(token)
    if link is None or not link.is_open(timezone.localdate()):
        return page_of_closed(request, link)
    return give_cookie(redirect("door:helper-page", link.seminar_id), link)


def _seminar(request: StaffRequest, pk: int) -> Seminar:
    return get_object_or_404(Seminar.objects.visible_to(request.user), pk=pk)
