"""Signing in, and what people see and change of their own account.

The views here run outside every scope: they write accounts and sessions, never rows of a province.
"""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from volunteer_network.access.guards import everyone, outside_scope
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.sessions import Ended
from volunteer_network.accounts import needs_second_factor
from volunteer_network.forms.accounts import OwnContactForm
from volunteer_network.forms.notices import MailForm
from volunteer_network.models import User, UserSession
from volunteer_network.services.accounts import CONTACT, change_own_contact
from volunteer_network.services.notices import choose_mail
from volunteer_network.services.user_sessions import (
    end_other_sessions,
    end_own_session,
    own_sessions,
)
from volunteer_network.views.conflicts import conflict_of

DEMO_SIGN_INS = (
    "mentor.chiangmai",
    "head.chiangmai",
    "mentor.nan",
    "central",
    "executive",
    "inspector",
    "seminar",
    "admin",
    "partner.chiangmai",
)

OWN_PAGE = "volunteer_network/accounts/own.html"


class SignInView(LoginView):  # type: ignore[misc]  # allauth is untyped
    """allauth's own, told why somebody had to come back."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ended = self.request.GET.get("ended", "")
        return {
            **super().get_context_data(**kwargs),
            "ended": ended if ended in list(Ended) else "",
            "demo_sign_ins": DEMO_SIGN_INS,
        }


sign_in = outside_scope(SignInView.as_view())


@everyone
@outside_scope
def account(request: StaffRequest) -> HttpResponse:
    user = request.user
    form = OwnContactForm(request.POST or None, initial=_contact_of(user))
    conflict = None
    if form.is_valid():
        if form.perform(change_own_contact, by=user) is not None:
            messages.success(request, _("บันทึกข้อมูลของคุณแล้ว"))
            return redirect("account")
        conflict = conflict_of(form, user)
    status = 422 if form.errors else 200
    page = _own_page(request, form, MailForm(user=user)) | {"conflict": conflict}
    return render(request, OWN_PAGE, page, status=status)


@require_POST
@everyone
@outside_scope
def mail_choose(request: StaffRequest) -> HttpResponse:
    """Which notices come by mail too."""
    user = request.user
    mail_form = MailForm(request.POST, user=user)
    if mail_form.is_valid() and mail_form.perform(choose_mail, by=user) is not None:
        messages.success(request, _("บันทึกการแจ้งเตือนทางอีเมลแล้ว"))
        return redirect("account")
    form = OwnContactForm(initial=_contact_of(user))
    return render(request, OWN_PAGE, _own_page(request, form, mail_form), status=422)


def _contact_of(user: User) -> dict[str, Any]:
    return {name: getattr(user, name) for name in (*CONTACT, "version")}


def _own_page(request: StaffRequest, form: OwnContactForm, mail_form: MailForm) -> dict[str, Any]:
    user = request.user
    factors = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    return {
        "form": form,
        "mail_form": mail_form,
        "sessions": own_sessions(user, request.session.session_key),
        "has_app": Authenticator.Type.TOTP in factors,
        "has_codes": Authenticator.Type.RECOVERY_CODES in factors,
        "factor_is_compulsory": needs_second_factor(user),
    }


@require_POST
@everyone
@outside_scope
def session_end(request: StaffRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    end_own_session(session=session, by=request.user)
    messages.success(request, _("ออกจากระบบบนอุปกรณ์นั้นแล้ว"))
    return redirect("account")


@require_POST
@everyone
@outside_scope
def sessions_end_others(request: StaffRequest) -> HttpResponse:
    ended = end_other_sessions(current_key=request.session.session_key, by=request.user)
    messages.success(request, _("ออกจากระบบบนอุปกรณ์อื่นแล้ว %(count)d เครื่อง") % {"count": ended})
    return redirect("account")
