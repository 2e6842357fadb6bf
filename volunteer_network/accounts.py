"""How django-allauth and django-axes are fitted to this house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def attempted_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name somebody tried: without it, one office behind one address would lock out together."""
    name = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(name)
