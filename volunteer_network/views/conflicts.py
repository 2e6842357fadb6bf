"""Both versions of a row that two people edited: what is saved, and what was typed."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from volunteer_network import phone_numbers
from volunteer_network.models import AuditEvent, User
from volunteer_network.thai_calendar import moment, short_date
from volunteer_network.ui.forms import PhoneField

NEVER_SHOWN = frozenset({"version", "token", "national_id", "bank_account", "photo"})


@dataclass(frozen=True)
class Conflict:
    by: str
    at: str
    rows: list[tuple[str, str, str]]  # label, saved, typed: only what differs


def conflict_between(form: forms.BaseForm, row: Any) -> Conflict:
    """Compare a refused form with the row as it is now, and let the next save go through.

    The form's hidden version becomes the row's, because its person has seen both from here on.
    """
    data = form.data.copy()  # type: ignore[attr-defined]  # a bound form has a QueryDict
    data["version"] = str(row.version)
    form.data = data
    event = _last_change(row)
    return Conflict(
        by=str(User.objects.filter(pk=event.actor).first() or _("เพื่อนร่วมงาน")) if event else "",
        at=moment(event.at) if event else "",
        rows=list(_compare(form, row)),
    )


def _last_change(row: Model) -> AuditEvent | None:
    return (
        AuditEvent.objects.filter(
            target_type=row._meta.model_name,
            target=str(row.pk),
            verb=f"{row._meta.model_name}.changed",
        )
        .order_by("-at")
        .first()
    )


def _compare(form: forms.BaseForm, row: Any) -> Any:
    for name, field in form.fields.items():
        if name in NEVER_SHOWN or not hasattr(row, name):
            continue
        saved, typed = getattr(row, name), form.cleaned_data.get(name)
        if saved != typed:
            yield str(field.label), _in_words(field, saved), _in_words(field, typed)


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
