"""The only module that knows crispy-forms: `{% crispy form %}` draws one of our forms whole.

crispy gives the form element, its attributes, the CSRF field and the template tag; the sections
inside are drawn by the form renderer, because crispy's own fields cost more than twice as much.
"""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.template import Context
from django.utils.safestring import SafeString


class Sections(LayoutObject):  # type: ignore[misc]  # crispy-forms is untyped
    """The error summary and all sections of the form."""

    def __init__(self) -> None:
        self.fields: list[str] = []

    def render(
        self, form: forms.BaseForm, context: Context, template_pack: str = "", **kwargs: Any
    ) -> SafeString:
        return form.render()


class SectionHelper(FormHelper):  # type: ignore[misc]  # crispy-forms is untyped
    template = "forms/whole_form.html"
    form_class = "stack"
    form_action = ""  # to the page itself; crispy would try to reverse() it
    include_media = False

    def __init__(self) -> None:
        super().__init__()
        self.attrs = {"novalidate": True}  # our own messages, in Thai and all at once
        self.layout = Layout(Sections())
