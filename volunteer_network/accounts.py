"""How django-allauth and django-axes are fitted to this house."""

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network import sealing
from volunteer_network.access.guards import runs_outside_scope
from volunteer_network.access.roles import PROVINCIAL_ROLES, Role
from volunteer_network.models import User

SEALED_FACTOR = "mfa_authenticator"  # what the seal is bound to
SECOND_FACTOR_CHECKED = "second_factor_checked"  # session key: saves a query on every request

PASSWORD_FAULTS = {
    "password_too_short": _("ใช้รหัสผ่านอย่างน้อย 12 ตัว วลีที่จำง่ายหลายคำต่อกันก็ใช้ได้"),
    "password_too_common": _("รหัสผ่านนี้มีคนใช้บ่อย เดาได้ง่าย ใช้คำอื่น"),
    "password_too_similar": _("รหัสผ่านนี้คล้ายชื่อหรือข้อมูลของบัญชี ใช้คำอื่น"),
}
PASSWORD_HELP = _("อย่างน้อย 12 ตัว วลีที่จำง่ายหลายคำต่อกันก็ใช้ได้ ไม่ต้องมีเครื่องหมายพิเศษ")


def check_password_strength(password: str, user: User | None) -> None:
    """Raise ValidationError in Thai; Django's own messages are only partly translated."""
    try:
        validate_password(password, user)
    except ValidationError as refused:
        raise ValidationError(
            [
                ValidationError(PASSWORD_FAULTS.get(fault.code or "", fault.message), fault.code)
                for fault in refused.error_list
            ]
        ) from None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are made by an administrator: nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("บัญชีนี้ปิดใช้งานแล้ว ติดต่อผู้ดูแลระบบส่วนกลาง"),
        "enter_current_password": _("รหัสผ่านปัจจุบันไม่ถูกต้อง พิมพ์ใหม่อีกครั้ง"),
        "incorrect_code": _("รหัสไม่ถูกต้องหรือหมดเวลาแล้ว พิมพ์รหัสล่าสุดจากแอป"),
        "incorrect_password": _("รหัสผ่านไม่ถูกต้อง พิมพ์ใหม่อีกครั้ง"),
        "rate_limited": _("ส่งถี่เกินไป รอสักครู่แล้วลองอีกครั้ง"),
        "username_password_mismatch": _(
            "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ตรวจแป้นพิมพ์ไทย–อังกฤษและปุ่ม Caps Lock แล้วพิมพ์ใหม่"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_password(self, password: str, user: User | None = None) -> str:
        check_password_strength(password, user)
        return password

    def set_password(self, user: User, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in within the last minutes need not type the password again at once."""
        records = get_authentication_records(context.request, context.request.user)
        fresh = (
            records and time.time() - records[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT
        )
        return not fresh


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Secrets of the second factor lie sealed in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "บทบาทนี้ต้องใช้รหัสจากแอปทุกครั้งที่เข้าสู่ระบบ ปิดเองไม่ได้ "
            "ถ้าเปลี่ยนโทรศัพท์ ให้ผู้ดูแลระบบส่วนกลางล้างขั้นที่สองแล้วตั้งใหม่"
        ),
        "cannot_generate_recovery_codes": _("เปิดใช้รหัสจากแอปก่อน จึงสร้างรหัสสำรองได้"),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        sealed = sealing.seal(text, table=SEALED_FACTOR, row="secret")
        return urlsafe_b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = urlsafe_b64decode(encrypted_text)
        return sealing.unseal(sealed, table=SEALED_FACTOR, row="secret")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not needs_second_factor(authenticator.user)


def attempted_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name somebody tried: without it, one office behind one address would lock out together.

    While a code of the second factor is asked for, it is the name of the password that was right.
    """
    name = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(name).strip() or _name_in_session(request)


def _name_in_session(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    if user is None:
        return ""
    if user.is_authenticated:
        return str(user.get_username())
    pending = unstash_login(request, peek=True)
    return str(pending.user.get_username()) if pending and pending.user else ""


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Say until when; further tries meanwhile do not move the moment."""
    last = (
        AccessAttempt.objects.filter(
            username=attempted_username(request, credentials),
            ip_address=request.axes_ip_address,  # type: ignore[attr-defined]  # set by axes
        )
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    until = (last or timezone.now()) + settings.AXES_COOLOFF_TIME
    context = {"until": until, "failures": settings.AXES_FAILURE_LIMIT}
    response = render(request, "account/locked.html", context, status=429)
    wait = max(1, int((until - timezone.now()).total_seconds()))
    response.headers["Retry-After"] = str(wait)
    return response


def needs_second_factor(user: User) -> bool:
    """Whoever sees more than one province signs in with two factors, except on a demo site."""
    return not settings.DEMO and Role(user.role) not in PROVINCIAL_ROLES


class SecondFactorMiddleware:
    """Leads to the activation of the second factor before anything else opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        user = request.user
        if not isinstance(user, User) or not needs_second_factor(user) or _may_come_first(view):
            return None
        if request.session.get(SECOND_FACTOR_CHECKED):
            return None
        if not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            return redirect("mfa_activate_totp")
        request.session[SECOND_FACTOR_CHECKED] = True
        return None


def _may_come_first(view: Callable[..., HttpResponseBase]) -> bool:
    """Signing in and out and the activation itself, which are allauth's; and public pages."""
    ours = not getattr(view, "__module__", "").startswith("allauth.")
    return (not ours and runs_outside_scope(view)) or not getattr(view, "login_required", True)
