"""Choices that are known only when a form is made."""

from collections.abc import Iterable
from typing import Any

from django import forms


def offer_choices(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of the form offer pairs of value and words; TypeError when it offers none."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choices.")
    field.choices = list(choices)
