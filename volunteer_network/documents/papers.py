"""A document as the result of a job: a template in the frame of all papers, as PDF."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from volunteer_network import thai_calendar
from volunteer_network.documents.pdf import render_pdf
from volunteer_network.job_kinds import Result

DOCUMENT_CSS = "css/document.css"


def make_paper(template: str, context: dict[str, Any], name: str, *stylesheets: str) -> Result:
    """Render a template that extends `layout/document.html`; `name` is without its extension."""
    frame = {"demo": settings.DEMO, "as_of": thai_calendar.moment(timezone.now())}
    html = render_to_string(template, {**frame, **context})
    content = render_pdf(html, stylesheets=(DOCUMENT_CSS, *stylesheets))
    return Result(content=content, extension="pdf", name=name)
