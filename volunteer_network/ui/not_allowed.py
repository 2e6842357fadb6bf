"""Whoever opens the address of a button as a page reads what happened, and is led back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.urls import is_valid_path

from volunteer_network.access.context import request_id


class NotAllowedPageMiddleware:
    """Fills the blank 405 to a visit with a page; status and `Allow` stay as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and _is_visit(request):
            context = {"request_id": request_id.get(), "back": page_above(request.path_info)}
            response.content = render_to_string("405.html", context, request)
        return response


def page_above(path: str) -> str:
    """Return the nearest address above `path` that leads anywhere: for a button, its page."""
    while path := path.rstrip("/").rpartition("/")[0]:
        if is_valid_path(f"{path}/"):
            return f"{path}/"
    return "/"


def _is_visit(request: HttpRequest) -> bool:
    wants_page = request.method == "GET" and request.accepts("text/html")
    return wants_page and "HX-Request" not in request.headers
