"""Asking the site as somebody, without leaving a trace, and reading whatever comes back."""

import copy
import io
import traceback
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client

ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str
    noted: Any
    fault: str


def ask(
    client: Client,
    method: str,
    path: str,
    data: dict[str, Any] | None = None,
    *,
    note: Callable[[], Any] = lambda: None,
    **headers: str,
) -> Answer:
    """Send one request and take back all that it changed, after `note` has looked at it."""
    cookies = copy.deepcopy(client.cookies)
    client.raise_request_exception = False
    with transaction.atomic():
        response = getattr(client, method)(path, data, headers=headers)
        content = b"".join(response) if response.streaming else response.content
        noted = note()
        transaction.set_rollback(True)
    client.cookies = cookies
    return Answer(
        status=response.status_code,
        text=_text(content),
        location=response.headers.get("Location", ""),
        noted=noted,
        fault=_fault(response.exc_info),
    )


def in_lines(complaints: Iterable[Any]) -> str:
    return "\n" + "\n".join(map(str, complaints))


def _text(content: bytes) -> str:
    """What a person could read in it; a spreadsheet is a zip of XML."""
    if not content.startswith(ZIP):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def _fault(exc_info: tuple[Any, ...] | None) -> str:
    """The error behind a 500 and where it arose; its arguments may be rows, which stay unread."""
    if not exc_info:
        return ""
    kind, error, trace = exc_info
    words = " ".join(one for one in error.args if isinstance(one, str))
    last = traceback.extract_tb(trace)[-1]
    return f"{kind.__name__}: {words} ({last.filename}:{last.lineno})"
