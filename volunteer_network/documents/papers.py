"""A document as the result of a job: a template in the frame of all papers, as PDF or in Word."""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from volunteer_network import thai_calendar
from volunteer_network.documents.digits import in_thai_digits
from volunteer_network.documents.pdf import PreflightFailed, render_pdf_in_parts
from volunteer_network.documents.qr import qr_picture
from volunteer_network.documents.serials import Issue
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import Result
from volunteer_network.thai_text import to_thai_digits

DOCUMENT_CSS = "css/document.css"


def make_paper(
    template: str,
    context: dict[str, Any],
    name: str,
    *stylesheets: str,
    expected: Sequence[str] = (),
    issue: Issue | None = None,
    also: Callable[[], None] | None = None,
    thai_digits: bool = False,
    as_word: bool = False,
) -> Result:
    """Render a template that extends `layout/document.html`; `name` is without its extension.

    `expected` must stand in it in this order. An `issue` prints its serial, the code for it and
    its moment; `also` is written with the file. With `thai_digits` all numbers but the serial are
    ๑๒๓. Refuses, with page and word, what is not fit to be printed.

    With `as_word` it is a copy in Word to write on, which is never issued: it has no serial, and
    nothing is written with it.
    """
    context = {"thai_digits": thai_digits, "as_copy": as_word, "qr": "", **context}
    if issue and not as_word:
        context = {**issued(issue), **context}
    html = drawn(template, context)
    if thai_digits:
        html, expected = in_thai_digits(html), [to_thai_digits(words) for words in expected]
    if as_word:
        return Result(content=_word_of(html), extension="docx", name=name)
    if issue:
        expected = [*expected, issue.serial]
    content = _render([html], stylesheets, expected)
    return Result(content=content, extension="pdf", name=name, issue=issue, also=also)


def make_paper_in_parts(
    template: str, contexts: Iterable[dict[str, Any]], name: str, *stylesheets: str
) -> Result:
    """The same template for each context, one after another in one document.

    The contexts are asked for as the work goes on, so that a generator may tell how far it is.
    Each part begins a page and counts its pages by itself: for papers without page numbers.
    """
    pages = (drawn(template, context) for context in contexts)
    return Result(content=_render(pages, stylesheets, ()), extension="pdf", name=name)


def drawn(template: str, context: dict[str, Any]) -> str:
    """The HTML of a document, in the frame of all papers."""
    frame = {"demo": settings.DEMO, "as_of": thai_calendar.moment(timezone.now())}
    return render_to_string(template, {**frame, **context})


def issued(issue: Issue) -> dict[str, Any]:
    """What the frame prints of an official document; the code leads to /verify/."""
    address = f"{settings.SITE_URL}{reverse('verify:detail', args=[issue.serial])}"
    return {
        "serial": issue.serial,
        "verified_at": address.partition("://")[2],
        "qr": qr_picture(address),
        "as_of": thai_calendar.moment(issue.as_of),
    }


def rows_at(path: str) -> dict[str, Any]:
    """What the frame prints of a paper whose figures lead back to their rows at an address."""
    address = f"{settings.SITE_URL}{path}"
    return {"rows_at": address.partition("://")[2], "rows_qr": qr_picture(address)}


def _word_of(html: str) -> bytes:
    """Import like WeasyPrint: a web process that never writes one does without its 17 MB."""
    content: bytes = import_module("volunteer_network.documents.word").word_of(html)
    return content


def _render(pages: Iterable[str], stylesheets: tuple[str, ...], expected: Sequence[str]) -> bytes:
    try:
        return render_pdf_in_parts(
            pages, stylesheets=(DOCUMENT_CSS, *stylesheets), expected=expected
        )
    except PreflightFailed as failed:
        raise RuleViolation(str(failed)) from None
