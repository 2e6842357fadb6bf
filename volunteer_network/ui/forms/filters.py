"""Filters of a list: typed into the address, said back as chips, never an error page."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar, cast

from django import forms
from django.core.cache import caches
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from volunteer_network.thai_calendar import short_date
from volunteer_network.ui.forms.messages import speak_thai


@dataclass(frozen=True)
class Chip:
    """One filter in force; `problem` says why a value that was typed is not used."""

    label: str
    value: str
    remove_url: str
    problem: str = ""


class FilterForm(forms.Form):
    """`filters = VolunteerFilter(request.GET)`; every field may be empty."""

    paging: ClassVar[tuple[str, ...]] = ("page", "after", "before")  # starts anew on any change

    def __init__(self, data: QueryDict | Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(_as_query(data or {}), **kwargs)
        for field in self.fields.values():
            field.required = field.widget.is_required = False
            speak_thai(field)

    @property
    def choices_of(self) -> Hashable:
        """What the choices depend on besides the address, where equal fields may be drawn once.

        None, where they are rows that may change, or differ from one reader to the next.
        """
        return None

    @property
    def drawn_fields(self) -> SafeString:
        """What stands behind "เพิ่มตัวกรอง": every field that is seen, but the search."""
        if self.choices_of is None:
            return self._draw_fields()
        depends_on = (type(self), get_language(), self.querystring(), self.choices_of)
        key = sha256(repr(depends_on).encode()).hexdigest()
        return cast(SafeString, caches["drawn"].get_or_set(key, self._draw_fields))

    def _draw_fields(self) -> SafeString:
        shown = (field for field in self.visible_fields() if field.name != "q")
        return format_html_join("", "{}", ((field.as_field_group(),) for field in shown))

    @property
    def active(self) -> dict[str, Any]:
        """The filters in force: what was given, could be read and is not empty."""
        if not self.errors:
            pass  # asking for the errors has read the values
        return {name: value for name, value in self.cleaned_data.items() if _is_given(value)}

    def chips(self, request: HttpRequest) -> list[Chip]:
        """One chip for each value in force or in doubt, with the address of the list without it."""
        return list(self._chips(request.path))

    def in_words(self, *names: str) -> list[tuple[str, str]]:
        """Label and value of the filters in force among those named, as their chips say them."""
        active = self.active
        return [
            (str(self[name].label), text)
            for name in names
            if name in active
            for text, _rest in _shown_values(self.fields[name], active[name], [])
        ]

    def querystring(self, **changes: Any) -> str:
        """Return the query with some values changed, on the first page; None or "" takes one out.

        It is not escaped for HTML: in a template autoescape does that.
        """
        return self._query(changes).urlencode()

    def _chips(self, path: str) -> Iterator[Chip]:
        active = self.active
        for name, field in self.fields.items():
            bound = self[name]
            if name in self.errors:
                typed = ", ".join(self._typed(bound))
                url = self._address(path, {bound.html_name: None})
                yield Chip(str(bound.label), typed, url, str(self.errors[name][0]))
            elif name in active:
                for text, rest in _shown_values(field, active[name], self._typed(bound)):
                    yield Chip(str(bound.label), text, self._address(path, {bound.html_name: rest}))

    def _typed(self, bound: forms.BoundField) -> list[str]:
        return [text for text in self._query({}, keep_page=True).getlist(bound.html_name) if text]

    def _query(self, changes: Mapping[str, Any], *, keep_page: bool = False) -> QueryDict:
        query = _as_query(self.data)
        for name in () if keep_page else self.paging:
            query.pop(name, None)
        for name, value in changes.items():
            values = value if isinstance(value, (list, tuple)) else [value]
            query.setlist(name, [str(each) for each in values if each is not None and each != ""])
        return query

    def _address(self, path: str, changes: Mapping[str, Any]) -> str:
        query = self._query(changes).urlencode()
        return f"{path}?{query}" if query else path


def _as_query(data: Mapping[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    if isinstance(data, MultiValueDict):
        for name, values in data.lists():
            query.setlist(name, list(values))
    else:
        query.update({name: str(value) for name, value in data.items()})
    return query


def _is_given(value: Any) -> bool:
    """Whether a cleaned value filters anything; nought does."""
    if isinstance(value, (str, list, tuple, models.QuerySet)):
        return bool(value)
    return value is not None and value is not False


def _shown_values(
    field: forms.Field, value: Any, typed: list[str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each value in words, with the values that stay when it is taken out."""
    many = isinstance(value, (list, tuple, models.QuerySet))
    for each in value if many else [value]:
        raw = str(field.prepare_value(each))
        yield _in_words(field, each), [text for text in typed if text != raw] if many else []


def _in_words(field: forms.Field, value: Any) -> str:
    if value is True:
        return _("ใช่")
    if isinstance(value, date):
        return short_date(value)
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(_flat(cast(Iterable[Any], field.choices))).get(str(value), value))
    return str(value)


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        else:
            yield str(value), label
