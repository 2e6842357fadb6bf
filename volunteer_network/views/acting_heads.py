"""A provincial head names who acts in the own place, and takes it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from volunteer_network.access.guards import needs, outside_scope
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.forms.acting_heads import ActingHeadForm
from volunteer_network.models import ActingHead
from volunteer_network.services.acting_heads import name_acting_head, revoke_acting_head
from volunteer_network.ui.refusals import telling_refusals


@needs(Capability.NAME_ACTING_HEAD)
@outside_scope
def acting_head_list(request: StaffRequest) -> HttpResponse:
    rows = (
        ActingHead.objects.filter(province=request.user.province_id)
        .select_related("user", "named_by")
        .order_by("-starts_on", "-pk")
    )
    context = {"rows": rows[:100], "today": timezone.localdate()}
    return render(request, "volunteer_network/accounts/acting_heads.html", context)


@needs(Capability.NAME_ACTING_HEAD)
@outside_scope
def acting_head_create(request: StaffRequest) -> HttpResponse:
    form = ActingHeadForm(request.POST or None, user=request.user)
    if form.is_valid() and (acting := form.perform(name_acting_head, by=request.user)):
        messages.success(
            request, _("ตั้ง %(name)s รักษาราชการแทนแล้ว") % {"name": acting.user.display_name}
        )
        return redirect("acting-heads:list")
    context = {"form": form}
    status = 422 if form.errors else 200
    return render(
        request, "volunteer_network/accounts/acting_head_form.html", context, status=status
    )


@require_POST
@needs(Capability.NAME_ACTING_HEAD)
@outside_scope
def acting_head_revoke(request: StaffRequest, pk: int) -> HttpResponse:
    acting = get_object_or_404(ActingHead, pk=pk, province=request.user.province_id)
    with telling_refusals(request):
        revoke_acting_head(acting=acting, by=request.user)
        messages.success(request, _("ยกเลิกการรักษาราชการแทนแล้ว มีผลทันที"))
    return redirect("acting-heads:list")
