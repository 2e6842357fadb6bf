"""Draws forms and widgets with Jinja2, which costs a fraction of Django's own templates.

Our templates in `jinja2/` stand before Django's, so that stock widgets are drawn leanly too. What
nobody wrote in Jinja2 (the admin's widgets) is left to Django's own renderer.
"""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.http import HttpRequest
from django.template.utils import get_app_template_dirs
from django.templatetags.static import static
from jinja2 import Environment, FileSystemLoader, TemplateNotFound

from volunteer_network.ui.forms.bound_field import LeanBoundField

OURS = Path(__file__).resolve().parent.parent / "jinja2"
DJANGOS = Path(forms.__file__).resolve().parent / "jinja2"


class LeanRenderer(BaseRenderer):
    """The site's FORM_RENDERER; every form's fields get our markup through it."""

    field_template_name = "forms/field.html"
    bound_field_class = LeanBoundField

    def render(
        self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> str:
        try:
            template = self._jinja.get_template(template_name)
        except TemplateNotFound:
            return str(super().render(template_name, dict(context), request))
        return template.render(context).strip()

    def get_template(self, template_name: str) -> Any:
        return self._django.get_template(template_name)

    @cached_property
    def _jinja(self) -> Environment:
        folders = [OURS, *get_app_template_dirs("jinja2"), DJANGOS]
        environment = Environment(
            autoescape=True,
            auto_reload=settings.DEBUG,  # otherwise each widget would look at the file's date
            cache_size=-1,
            loader=FileSystemLoader(folders),
            lstrip_blocks=True,
            trim_blocks=True,
        )
        environment.globals["icon_address"] = icon_address
        return environment

    @cached_property
    def _django(self) -> DjangoTemplates:
        return DjangoTemplates()


def icon_address(name: str) -> str:
    return f"{_sprite()}#{name}"


@cache
def _sprite() -> str:
    return static("img/icons.svg")
