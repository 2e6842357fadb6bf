"""The controls of our forms; a choice control draws all its options in one template."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.thai_text import normalise, visible, without_marks

LOOK_UP = "look_up"  # the button that narrows a choice where no script does it


@dataclass(frozen=True)
class Option:
    value: str
    label: Any
    chosen: bool
    number: int


@dataclass(frozen=True)
class OptionGroup:
    """Neighbouring options; `title` is empty for those in no group."""

    title: Any
    options: list[Option]


class LeanChoices(forms.widgets.ChoiceWidget):
    """Hands the template plain options instead of one dictionary and one template for each."""

    total = 0  # options, counted while they are drawn: rows are read once

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {
            "widget": {
                "name": name,
                "type": self.input_type,
                "attrs": self.build_attrs(self.attrs, attrs),
                "multiple": self.allow_multiple_selected,
                "groups": list(self._groups(set(self.format_value(value)))),
            }
        }

    def offers(self, label: Any) -> bool:
        """Whether an option that is not taken is drawn at all."""
        return True

    def _groups(self, wanted: set[str]) -> Iterator[OptionGroup]:
        number = 0
        loose: list[Option] = []
        for value, label in self.choices:
            grouped = isinstance(label, (list, tuple))
            options = []
            for own_value, own_label in label if grouped else [(value, label)]:
                text = "" if own_value is None else str(own_value)
                if text in wanted or self.offers(own_label):
                    options.append(Option(text, own_label, text in wanted, number))
                number += 1
            if not grouped:
                loose += options
                continue
            if loose:
                yield OptionGroup("", loose)
                loose = []
            yield OptionGroup(value, options)
        if loose:
            yield OptionGroup("", loose)
        self.total = number


class LeanSelect(LeanChoices, forms.Select):
    template_name = "forms/select.html"


class RadioChips(LeanChoices, forms.RadioSelect):
    """A few choices side by side, one of them taken."""

    template_name = "forms/chips.html"


class CheckChips(LeanChoices, forms.CheckboxSelectMultiple):
    """A few choices side by side, any number taken."""

    template_name = "forms/chips.html"


class SearchSelect(LeanSelect):
    """One of many: a search field with suggestions (pick.js); without script the plain list."""

    hint: str | Promise = gettext_lazy("พิมพ์ชื่อหรือตำบล")

    def __init__(self, *, hint: str | Promise = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.attrs["data-pick"] = hint or self.hint


class SearchChips(CheckChips):
    """Any number of many: chips under a search field.

    pick.js narrows them while somebody types. Without script the button beside the field sends the
    form, which comes back as it was typed with the chips that match; those taken always stay.
    """

    template_name = "forms/search_chips.html"
    few = 12  # so many are seen at a glance
    words = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        self.words = normalise(str(data.get(f"{name}_find") or ""))
        return super().value_from_datadict(data, files, name)

    def offers(self, label: Any) -> bool:
        return without_marks(self.words) in without_marks(normalise(str(label)))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = [one for group in context["widget"]["groups"] for one in group.options]
        said = _("แสดง {shown} จาก {all} เลือกแล้ว {taken}")
        return context | {
            "many": self.total > self.few,
            "find": f"{name}_find",
            "look_up": LOOK_UP,
            "words": self.words,
            "label": _("ค้นในรายชื่อ"),
            "hint": _("ค้นชื่อหรือตำบล"),
            "button": _("ค้น"),
            "said": said,
            "said_now": said.format(
                shown=len(shown),
                all=self.total,
                taken=sum(one.chosen for one in shown),
            ),
        }


class PlainText(forms.TextInput):
    """One line of text that the browser does not complete from somebody else's entries."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})


class LongText(forms.Textarea):
    """Several lines of text, without what nobody sees: a reason of zero-width spaces is none."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: int = 4) -> None:
        super().__init__(attrs)
        del self.attrs["cols"]  # the width is the column's
        self.attrs["rows"] = str(rows)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        return visible(typed) if isinstance(typed, str) else typed


class DropZone(forms.FileInput):
    """A place to drop a file on, in our words: a browser's own button speaks its own language."""

    template_name = "forms/drop_zone.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return context | {"drop": _("วางรูป หรือ"), "choose": _("เลือกไฟล์")}
