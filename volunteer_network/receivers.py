"""Listens to Django, allauth and axes, which sign people in, and tells the audit."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth import signals as auth_signals
from django.http import HttpRequest

from volunteer_network import audit
from volunteer_network.accounts import SECOND_FACTOR_CHECKED
from volunteer_network.models import User
from volunteer_network.services.user_sessions import end_other_sessions, remember_session


def connect() -> None:
    auth_signals.user_logged_in.connect(signed_in, dispatch_uid="signed_in")
    auth_signals.user_logged_out.connect(signed_out, dispatch_uid="signed_out")
    auth_signals.user_login_failed.connect(sign_in_failed, dispatch_uid="sign_in_failed")
    user_locked_out.connect(sign_in_locked, dispatch_uid="sign_in_locked")
    account_signals.password_changed.connect(password_changed, dispatch_uid="password_changed")
    mfa_signals.authenticator_added.connect(factor_added, dispatch_uid="factor_added")
    mfa_signals.authenticator_removed.connect(factor_removed, dispatch_uid="factor_removed")
    mfa_signals.authenticator_reset.connect(factor_renewed, dispatch_uid="factor_renewed")
    mfa_signals.authentication_failed.connect(code_failed, dispatch_uid="code_failed")


def signed_in(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    remember_session(request, user)
    audit.record("sign_in.succeeded", by=user, target=user)


def signed_out(sender: object, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        audit.record("sign_in.ended", by=user, target=user)


def sign_in_failed(sender: object, credentials: dict[str, Any], **kwargs: Any) -> None:
    """The name that was tried is kept only when it is an account: people type passwords there."""
    name = str(credentials.get("username") or "").replace("\x00", "")
    audit.record("sign_in.failed", by=None, target=_known(name))


def sign_in_locked(sender: object, username: str, **kwargs: Any) -> None:
    audit.record("sign_in.locked", by=None, target=_known(username or ""))


def password_changed(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The other devices are out by themselves; this one goes on under a new key."""
    remember_session(request, user)
    audit.record("account.password_changed", by=user, target=user)
    end_other_sessions(current_key=request.session.session_key, by=user)


def factor_added(sender: object, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _record_factor("account.second_factor_added", user, authenticator)


def factor_removed(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    request.session.pop(SECOND_FACTOR_CHECKED, None)
    _record_factor("account.second_factor_removed", user, authenticator)


def factor_renewed(sender: object, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _record_factor("account.second_factor_renewed", user, authenticator)


def code_failed(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A wrong code counts like a wrong password, so that nobody can try a million of them."""
    auth_signals.user_login_failed.send(
        sender=__name__, credentials={"username": user.username}, request=request
    )


def _known(username: str) -> User | None:
    return User.objects.filter(username=username).first() if username else None


def _record_factor(verb: str, user: User, authenticator: Authenticator) -> None:
    audit.record(verb, by=user, target=user, detail={"type": str(authenticator.type)})
