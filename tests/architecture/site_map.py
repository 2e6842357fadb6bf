"""Every address of the site, and the rule that each one declares."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from volunteer_network.access.roles import Capability

PUBLIC = "public"
EVERYONE = "everyone"
UNDECLARED = "undeclared"
Rule = str  # PUBLIC, EVERYONE, UNDECLARED or a capability

# Views of packages, which cannot carry our declaration.
RULES_OF_PACKAGES: dict[str, Rule] = {
    "account_reauthenticate": EVERYONE,
    "account_change_password": EVERYONE,
    "mfa_index": EVERYONE,
    "mfa_reauthenticate": EVERYONE,
    "mfa_activate_totp": EVERYONE,
    "mfa_deactivate_totp": EVERYONE,
    "mfa_view_recovery_codes": EVERYONE,
    "mfa_generate_recovery_codes": EVERYONE,
    "mfa_download_recovery_codes": EVERYONE,
}
# The admin wraps its views once more, so that the declaration of `admin_view` is out of sight.
RULES_OF_NAMESPACES: dict[str, Rule] = {"admin": Capability.OPEN_ADMIN}


@dataclass(frozen=True)
class Address:
    """One address: its full name, its view, and the names of what varies in it."""

    name: str
    route: str
    view: Callable[..., Any]
    parameters: tuple[str, ...]

    @property
    def rule(self) -> Rule:
        if not getattr(self.view, "login_required", True):
            return PUBLIC
        if hasattr(self.view, "capability"):
            return self.view.capability or EVERYONE
        namespace = self.name.rpartition(":")[0]
        return RULES_OF_NAMESPACES.get(namespace) or RULES_OF_PACKAGES.get(self.name, UNDECLARED)

    def path(self, **values: Any) -> str:
        return reverse(self.name, kwargs=values)


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", "", ()))


def plain_addresses() -> list[Address]:
    return [address for address in addresses() if not address.parameters]


def object_addresses() -> list[Address]:
    return [address for address in addresses() if address.parameters]


def _walk(
    patterns: list[URLPattern | URLResolver], namespace: str, route: str, found: tuple[str, ...]
) -> Iterator[Address]:
    for one in patterns:
        where, parameters = route + str(one.pattern), (*found, *one.pattern.regex.groupindex)
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one.url_patterns, inner, where, parameters)
        else:
            name = f"{namespace}{one.name}" if one.name else ""
            yield Address(name, where, one.callback, parameters)
