"""Draws forms and widgets with Jinja2, which costs a fraction of Django's own templates.

What nobody wrote in Jinja2 (the admin's widgets) is left to Django's own renderer.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.http import HttpRequest
from jinja2 import TemplateNotFound

from volunteer_network.ui.forms.bound_field import LeanBoundField
from volunteer_network.ui.lean import environment


class LeanRenderer(BaseRenderer):
    """The site's FORM_RENDERER; every form's fields get our markup through it."""

    field_template_name = "forms/field.html"
    bound_field_class = LeanBoundField

    def render(
        self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> str:
        try:
            template = environment().get_template(template_name)
        except TemplateNotFound:
            return str(super().render(template_name, dict(context), request))
        return template.render(context).strip()

    def get_template(self, template_name: str) -> Any:
        return self._django.get_template(template_name)

    @cached_property
    def _django(self) -> DjangoTemplates:
        return DjangoTemplates()
