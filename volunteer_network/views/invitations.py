"""The page behind an invitation: whoever holds the link sets a password, once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from volunteer_network.access.guards import outside_scope
from volunteer_network.forms.accounts import InvitedPasswordForm
from volunteer_network.services.invitations import accept_invitation, find_invitation


@login_not_required
@outside_scope
@never_cache
@sensitive_post_parameters()
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = find_invitation(token)
    if invitation is None:
        return render(request, "volunteer_network/accounts/invitation_ended.html", status=404)
    if not invitation.is_open(timezone.now()):
        context = {"invitation": invitation}
        return render(
            request, "volunteer_network/accounts/invitation_ended.html", context, status=410
        )
    form = InvitedPasswordForm(request.POST or None, user=invitation.user)
    if form.is_valid() and (_user := form.perform(accept_invitation, invitation=invitation)):
        messages.success(request, _("ตั้งรหัสผ่านแล้ว เข้าสู่ระบบด้วยชื่อผู้ใช้และรหัสผ่านนี้ได้เลย"))
        return redirect("account_login")
    shown = {"form": form, "invitation": invitation}
    status = 422 if form.errors else 200
    return render(request, "volunteer_network/accounts/invitation.html", shown, status=status)
