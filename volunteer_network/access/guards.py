"""What a view declares about who may call it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from volunteer_network.access.roles import Capability

_P = ParamSpec("_P")
_View = TypeVar("_View", bound=Callable[..., HttpResponseBase])


class CapabilityMissing(PermissionDenied):
    """A 403 that knows which capability was lacking."""

    def __init__(self, capability: Capability) -> None:
        super().__init__(capability)
        self.capability = capability


def needs(
    capability: Capability,
) -> Callable[
    [Callable[Concatenate[Any, _P], HttpResponseBase]],
    Callable[Concatenate[Any, _P], HttpResponseBase],
]:
    """Refuse, with 403 and the reason, whoever lacks the capability."""

    def decorate(
        view: Callable[Concatenate[Any, _P], HttpResponseBase],
    ) -> Callable[Concatenate[Any, _P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
            if not request.user.can(capability):  # type: ignore[union-attr]  # login is the default
                raise CapabilityMissing(capability)
            return view(request, *args, **kwargs)

        guarded.capability = capability  # type: ignore[attr-defined]  # read by the URL matrix
        return guarded  # type: ignore[return-value]  # any request will do for wraps()

    return decorate


def everyone(view: _View) -> _View:
    """Declare that every signed-in person may call the view."""
    view.capability = None  # type: ignore[attr-defined]
    return view


def outside_scope(view: _View) -> _View:
    """Run a signed-in view as the plain login `app`: for sessions and accounts only."""
    view.outside_scope = True  # type: ignore[attr-defined]
    return view


def runs_outside_scope(view: Callable[..., Any]) -> bool:
    module = getattr(view, "__module__", "")
    return getattr(view, "outside_scope", False) or module.startswith("allauth.")
