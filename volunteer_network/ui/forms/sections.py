"""A form names its sections and rows; this decides how they are numbered, shown and carried out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, models
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.errors import RuleViolation
from volunteer_network.ui.forms.bound_field import Echo
from volunteer_network.ui.forms.constraints import broken_constraint
from volunteer_network.ui.forms.layout import SectionHelper
from volunteer_network.ui.forms.messages import speak_thai
from volunteer_network.ui.forms.widgets import LOOK_UP, SearchChips

T = TypeVar("T")
Text = str | Promise

DJANGOS_EMPTY = "---------"
WIDTHS = {1: "w6", 2: "", 3: "w2"}  # of a six-column grid; a longer row wraps in pairs


@dataclass(frozen=True)
class Section:
    """One heading and its rows; a tuple of names is one row."""

    title: Text
    rows: tuple[str | tuple[str, ...], ...]
    note: Text = ""


@dataclass(frozen=True)
class Place:
    """A field, how wide it stands, and what follows it."""

    field: forms.BoundField
    width: str
    aside: SafeString | str


@dataclass(frozen=True)
class ShownSection:
    anchor: str
    position: str
    title: Text
    note: Text
    places: tuple[Place, ...]

    @property
    def mistakes(self) -> int:
        return sum(bool(place.field.errors) for place in self.places)

    @property
    def may_be_skipped(self) -> bool:
        return not any(place.field.field.required for place in self.places)

    @property
    def state(self) -> tuple[str, str]:
        """The class and the words that the table of contents shows."""
        if self.mistakes:
            return "bad", _("แก้ %(count)d ช่อง") % {"count": self.mistakes}
        if self.may_be_skipped:
            return "off", _("ไม่บังคับ")
        bound = self.places[0].field.form.is_bound
        return ("good", _("ครบ")) if bound else ("", "")


@dataclass(frozen=True)
class Mistake:
    """One line of the summary; `target` is the id to jump to, empty for the form as a whole."""

    target: str
    label: Text
    message: str


class SectionedForm(forms.BaseForm):
    """Base of every form people fill in: `class VolunteerForm(SectionedForm, forms.Form)`."""

    sections: ClassVar[tuple[Section, ...]] = ()
    submit_label: Text = gettext_lazy("บันทึก")
    purpose: Text = gettext_lazy("บันทึก")  # completes "แก้ 2 ช่องก่อน…"
    other_actions: tuple[tuple[str, Text], ...] = ()  # (name, label) of further submit buttons
    keeps_draft: bool = False  # drafts.js keeps what is typed until it is saved
    cancel_url: str = ""
    cancel_label: Text = gettext_lazy("ยกเลิก")
    constraint_fields: ClassVar[Mapping[str, str]] = {}  # constraint name -> field to mark

    base_fields: ClassVar[dict[str, forms.Field]]
    template_name = "forms/sections.html"
    said: dict[str, Echo]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = {}
        self.asides: dict[str, SafeString] = {}
        for field in self.fields.values():
            speak_thai(field)
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == DJANGOS_EMPTY:
                field.empty_label = _("เลือก")

    @property
    def is_looking(self) -> bool:
        """Whether somebody only narrows a choice: nothing is judged, nothing is done."""
        return (
            self.is_bound
            and LOOK_UP in self.data
            and any(isinstance(field.widget, SearchChips) for field in self.fields.values())
        )

    def is_valid(self) -> bool:
        return not self.is_looking and super().is_valid()

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_looking:
            self.errors.clear()

    def offer(self, name: str, queryset: models.QuerySet[Any]) -> None:
        """Limit a choice of rows to those that the user may see."""
        field = self.fields[name]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError(f"{name} does not choose among rows.")
        field.queryset = queryset

    def say(self, name: str, text: Text, *, doubt: bool = False) -> None:
        """Show what was understood under the field: "ยังไม่มีใครใช้เลขนี้"."""
        self.said[name] = Echo(text, doubt)

    def show_after(self, name: str, html: SafeString) -> None:
        """Place a rendered box over the full width after the field, such as a likely duplicate."""
        self.asides[name] = html

    def perform(self, service: Callable[..., T], **extra: Any) -> T | None:
        """Run the service with what was typed; a refusal becomes an error of this form and None.

        The service is one transaction of its own, so that a refusal leaves nothing behind.
        """
        try:
            return service(**self.cleaned_data, **extra)
        except RuleViolation as refusal:
            self._mark(refusal.field, refusal.message)
        except IntegrityError as error:
            broken = broken_constraint(error)
            if broken is None:
                raise
            name = self.constraint_fields.get(broken.name) or self._only_one_of(broken.fields)
            self._mark(name, broken.message)
        return None

    @property
    def summary_title(self) -> str:
        count = len([name for name in self.errors if name in self.fields])
        if count:
            return _("แก้ %(count)d ช่องก่อน%(purpose)s") % {"count": count, "purpose": self.purpose}
        return _("ยัง%(purpose)sไม่ได้") % {"purpose": self.purpose}

    @property
    def mistakes(self) -> list[Mistake]:
        """Every mistake, those of the whole form first, then in the order of the page."""
        whole = [Mistake("", "", str(message)) for message in self.non_field_errors()]
        hidden = [
            Mistake("", "", str(text)) for field in self.hidden_fields() for text in field.errors
        ]
        shown = [
            Mistake(place.field.auto_id, place.field.label, str(message))
            for section in self.shown_sections
            for place in section.places
            for message in place.field.errors
        ]
        return whole + hidden + shown

    @cached_property
    def shown_sections(self) -> tuple[ShownSection, ...]:
        """The sections with fields in them, numbered; fields a form took away are left out."""
        self._check_names()
        planned = self.sections or (
            Section("", tuple(field.name for field in self.visible_fields())),
        )
        filled = [
            (section, places) for section in planned if (places := tuple(self._places(section)))
        ]
        total = len(filled)
        return tuple(
            ShownSection(
                anchor=self.add_prefix(f"s{number}"),
                position=_("%(number)d จาก %(total)d") % {"number": number, "total": total}
                if total > 1
                else "",
                title=section.title,
                note=section.note,
                places=places,
            )
            for number, (section, places) in enumerate(filled, start=1)
        )

    @property
    def toc(self) -> SafeString:
        """The list of sections for the side of the page, with what is still to mend in each."""
        return self.render("forms/toc.html")

    @cached_property
    def helper(self) -> SectionHelper:
        """What `{% crispy form %}` asks for."""
        return SectionHelper()

    def get_context(self) -> dict[str, Any]:
        return {"form": self}

    def _mark(self, name: str | None, message: Text) -> None:
        self.add_error(name if name in self.fields else None, str(message))

    def _only_one_of(self, names: tuple[str, ...]) -> str | None:
        ours = [name for name in names if name in self.fields]
        return ours[0] if len(ours) == 1 else None

    def _places(self, section: Section) -> Iterator[Place]:
        for row in section.rows:
            names = (row,) if isinstance(row, str) else row
            present = [name for name in names if name in self.fields]
            width = WIDTHS.get(len(present), "")
            for name in present:
                yield Place(self[name], width, self.asides.get(name, ""))

    def _check_names(self) -> None:
        """Stop when a field is in no section, or a section names what was never a field."""
        named = {
            name
            for section in self.sections
            for row in section.rows
            for name in ((row,) if isinstance(row, str) else row)
        }
        unknown = named - self.fields.keys() - self.base_fields.keys()
        forgotten = {field.name for field in self.visible_fields()} - named
        if self.sections and (unknown or forgotten):
            problem = f"unknown {sorted(unknown)}, forgotten {sorted(forgotten)}"
            raise ImproperlyConfigured(f"{type(self).__name__}.sections: {problem}")
