"""A field as it stands in a form: its marks, its messages and what assistive technology is told."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

OPTIONAL = _("(ไม่บังคับ)")


@dataclass(frozen=True)
class Echo:
    """What was understood, said back under the field; `doubt` asks the reader to look again."""

    text: str | Promise
    doubt: bool = False


class LeanBoundField(forms.BoundField):
    """Adds our classes and descriptions to whatever widget the field has."""

    @cached_property
    def optional_mark(self) -> str:
        return "" if self.field.required or self.is_tick or self.field.disabled else str(OPTIONAL)

    @property
    def is_group(self) -> bool:
        """Whether several controls answer together, so that the label names a group."""
        return bool(self.field.widget.use_fieldset)

    @property
    def is_tick(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def group_role(self) -> str:
        widget = self.field.widget
        one_of_many = isinstance(widget, forms.RadioSelect) and not widget.allow_multiple_selected
        return "radiogroup" if one_of_many else "group"

    @property
    def label_target(self) -> str:
        """The id that `label for=` points to; a form without ids has none."""
        return self.id_for_label or ""

    @cached_property
    def echo(self) -> Echo | None:
        """What a view or the field has to say about the present value, if anything."""
        said: Echo | None = getattr(self.form, "said", {}).get(self.name)
        if said or self.errors:
            return said
        answer = getattr(self.field, "echo", None)
        return answer(self) if answer else None

    @property
    def keeps_echo(self) -> bool:
        """Whether the place for an echo exists even when empty, for scripts to fill."""
        return bool(getattr(self.field, "live_echo", False)) or self.echo is not None

    @property
    def aria_describedby(self) -> str | None:
        if self.field.widget.attrs.get("aria-describedby"):
            return None
        if not self.auto_id or self.is_hidden:
            return ""
        parts = (
            ("_error", self.errors),
            ("_echo", self.keeps_echo),
            ("_helptext", self.help_text),
        )
        return " ".join(f"{self.auto_id}{ending}" for ending, present in parts if present)

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if "class" not in widget.attrs and (look := class_of(widget)):
            built.setdefault("class", look)
        return built

    @property
    def data(self) -> Any:
        """Return what was sent; PostgreSQL fails on NUL in the key of a row, and no key has one."""
        sent = super().data
        return _without_nul(sent) if isinstance(self.field, forms.ModelChoiceField) else sent

    def value(self) -> Any:
        shown = getattr(self.field, "shown_value", None)
        return shown(self) if shown else super().value()


def _without_nul(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_nul(part) for part in value]
    return value.replace("\x00", "\ufffd") if isinstance(value, str) else value


def class_of(widget: forms.Widget) -> str:
    """Return Bootstrap's class for the kind of control."""
    if widget.is_hidden or isinstance(widget, forms.MultiWidget):
        return ""
    if isinstance(widget, (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control" if isinstance(widget, (forms.widgets.Input, forms.Textarea)) else ""
