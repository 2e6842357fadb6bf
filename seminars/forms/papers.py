"""What is asked before the papers of the day are printed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from seminars.models import ParticipantClass, Seminar
from volunteer_network.thai_calendar import spoken_date
from volunteer_network.ui.forms import (
    CountField,
    LeanSelect,
    RadioChips,
    Section,
    SectionedForm,
    offer_choices,
)

MOST_SPARE = 200
ARABIC, THAI = "arabic", "thai"


class ClassForm(SectionedForm, forms.Form):
    """A class of participants, or all."""

    participant_class = forms.ModelChoiceField(
        ParticipantClass.objects.none(),
        label=_("ประเภทผู้เข้าร่วม"),
        required=False,
        widget=LeanSelect,
        empty_label=_("ทุกประเภท"),
    )

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("participant_class", seminar.classes.all())


class SheetForm(ClassForm):
    sections = (Section("", (("participant_class", "day"), ("spare", "digits"))),)
    submit_label = _("พิมพ์ใบลงทะเบียน")
    purpose = _("พิมพ์ใบลงทะเบียน")

    day = forms.TypedChoiceField(label=_("วันที่"), coerce=date.fromisoformat, widget=LeanSelect)
    spare = CountField(
        label=_("แถวว่างต่อท้าย"),
        max_value=MOST_SPARE,
        initial=10,
        help_text=_("สำหรับผู้มาเพิ่ม เช่น 10"),
    )
    digits = forms.ChoiceField(
        label=_("ตัวเลข"),
        choices=[(ARABIC, _("อารบิก 1 2 3")), (THAI, _("ไทย ๑ ๒ ๓"))],
        initial=ARABIC,
        widget=RadioChips,
    )

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, seminar=seminar, **kwargs)
        offer_choices(self, "day", _days(seminar))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "digits" in given:
            given["thai_digits"] = given.pop("digits") == THAI
        return given


class BadgeForm(ClassForm):
    sections = (Section("", ("participant_class",)),)
    submit_label = _("พิมพ์บัตร")
    purpose = _("พิมพ์บัตร")


def _days(seminar: Seminar) -> Iterator[tuple[str, str]]:
    """Days with half-days; without any, the day on which the seminar begins."""
    held = seminar.sessions.order_by("on_date").values_list("on_date", flat=True)
    for day in dict.fromkeys(held) or [seminar.starts_on]:
        yield day.isoformat(), spoken_date(day)
