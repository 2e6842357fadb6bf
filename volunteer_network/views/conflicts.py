"""Both versions of a row that two people edited: what is saved, and what was typed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.db.models.manager import BaseManager
from django.utils.translation import gettext as _

from volunteer_network import phone_numbers
from volunteer_network.models import AuditEvent, User
from volunteer_network.services.edits import is_stale
from volunteer_network.thai_calendar import moment, short_date
from volunteer_network.ui.forms import PhoneField

NEVER_SHOWN = frozenset({"version", "token", "national_id", "bank_account", "photo"})
CHANGES = r"\.(changed|described)$"  # the verbs that write what a form shows
Difference = tuple[str, str, str]  # label, saved, typed


@dataclass(frozen=True)
class Conflict:
    by: str
    at: str
    rows: list[Difference]


def conflict_of(
    form: forms.BaseForm, row: Any, anew: Callable[[], forms.BaseForm] | None = None
) -> Conflict | None:
    """Both versions, when a form was refused because somebody saved `row` after it was opened.

    Reads the whole row anew: a colleague may have been quicker just now, while this form was on
    its way. `anew` makes the form as it would open now, for fields that the row itself does not
    have. None when the form was refused for another reason.
    """
    row.refresh_from_db()
    if not is_stale(row, form.cleaned_data["version"]):
        return None
    _go_on_from(form, row)
    event = _last_change(row)
    return Conflict(
        by=str(User.objects.filter(pk=event.actor).first() or _("เพื่อนร่วมงาน")) if event else "",
        at=moment(event.at) if event else "",
        rows=[*_compare(form, row), *(_compare_forms(form, row, anew()) if anew else ())],
    )


def _go_on_from(form: forms.BaseForm, row: Any) -> None:
    """Let the next save go through: its person has seen both versions from here on."""
    data = form.data.copy()  # type: ignore[attr-defined]  # a bound form has a QueryDict
    data["version"] = str(row.version)
    form.data = data


def _last_change(row: Model) -> AuditEvent | None:
    return (
        AuditEvent.objects.filter(
            target_type=row._meta.model_name,
            target=str(row.pk),
            verb__regex=CHANGES,
        )
        .order_by("-at")
        .first()
    )


def _compare(form: forms.BaseForm, row: Any) -> Iterator[Difference]:
    for name, field in form.fields.items():
        if name in NEVER_SHOWN or not _has(row, name):
            continue
        saved, typed = getattr(row, name), form.cleaned_data.get(name)
        if saved != typed:
            yield str(field.label), _in_words(field, saved), _in_words(field, typed)


def _compare_forms(form: forms.BaseForm, row: Any, anew: forms.BaseForm) -> Iterator[Difference]:
    """What the row does not have itself, such as who is invited: as the forms write it."""
    for name, field in form.fields.items():
        if name in NEVER_SHOWN or _has(row, name):
            continue
        saved, typed = anew.initial.get(name), form[name].data
        if _read(anew.fields[name], saved) != _read(field, typed):
            yield str(field.label), _as_written(field, saved), _as_written(field, typed)


def _has(row: Model, name: str) -> bool:
    return hasattr(row, name) and not isinstance(getattr(row, name), BaseManager)


def _read(field: forms.Field, written: Any) -> Any:
    """What a form would make of it, so that 9.00 and 09.00 are the same."""
    try:
        read = field.clean(written)
    except ValidationError:
        return written
    return set(read) if isinstance(read, QuerySet) else read


def _as_written(field: forms.Field, written: Any) -> str:
    if isinstance(field, forms.ModelMultipleChoiceField) and field.queryset is not None:
        return _in_words(field, list(field.queryset.filter(pk__in=written or ())))
    return _in_words(field, written)


def _in_words(field: forms.Field, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, PhoneField):
        return phone_numbers.display(value)
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่")
    if isinstance(value, list):
        return ", ".join(_in_words(field, one) for one in value)
    if hasattr(value, "year"):
        return short_date(value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(value)
