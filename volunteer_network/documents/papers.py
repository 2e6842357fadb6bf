"""A document as the result of a job: a template in the frame of all papers, as PDF."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from volunteer_network import thai_calendar
from volunteer_network.documents.pdf import render_pdf, render_pdf_in_parts
from volunteer_network.job_kinds import Result

DOCUMENT_CSS = "css/document.css"


def make_paper(template: str, context: dict[str, Any], name: str, *stylesheets: str) -> Result:
    """Render a template that extends `layout/document.html`; `name` is without its extension."""
    content = render_pdf(_drawn(template, context), stylesheets=(DOCUMENT_CSS, *stylesheets))
    return Result(content=content, extension="pdf", name=name)


def make_paper_in_parts(
    template: str, contexts: Iterable[dict[str, Any]], name: str, *stylesheets: str
) -> Result:
    """The same template for each context, one after another in one document.

    The contexts are asked for as the work goes on, so that a generator may tell how far it is.
    Each part begins a page and counts its pages by itself: for papers without page numbers.
    """
    pages = (_drawn(template, context) for context in contexts)
    content = render_pdf_in_parts(pages, stylesheets=(DOCUMENT_CSS, *stylesheets))
    return Result(content=content, extension="pdf", name=name)


def _drawn(template: str, context: dict[str, Any]) -> str:
    frame = {"demo": settings.DEMO, "as_of": thai_calendar.moment(timezone.now())}
    return render_to_string(template, {**frame, **context})
