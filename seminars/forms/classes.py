"""Seats by class, and by province with a rule and its exceptions."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seminars.enums import ClassKind
from seminars.models import Seminar
from seminars.services.classes import WantedClass
from volunteer_network.models import Province
from volunteer_network.thai_text import clean, to_arabic_digits
from volunteer_network.ui.forms import (
    CheckChips,
    CountField,
    LongText,
    Section,
    SectionedForm,
    VersionField,
)

SEATS_AT_MOST = 20_000
PROVINCE_SEATS_AT_MOST = 2000
NAMED_USUALLY = frozenset({ClassKind.MENTOR, ClassKind.NETWORK_STAFF})
EXCEPTION = re.compile(r"^(?:จ\.|จังหวัด)?\s*(\S.*?)\s*[:=]?\s*(\d{1,4})(?:\s*(?:ที่นั่ง|คน))?$")


def _seats(kind: ClassKind) -> CountField:
    return CountField(label=kind.label, required=False, max_value=SEATS_AT_MOST)


class ClassesForm(SectionedForm, forms.Form):
    """A number for each kind of participant; empty means that the seminar has none."""

    keeps_draft = True
    seats_mentor = _seats(ClassKind.MENTOR)
    seats_network_staff = _seats(ClassKind.NETWORK_STAFF)
    seats_central_staff = _seats(ClassKind.CENTRAL_STAFF)
    seats_speaker = _seats(ClassKind.SPEAKER)
    seats_executive = _seats(ClassKind.EXECUTIVE)
    seats_organiser = _seats(ClassKind.ORGANISER)
    seats_observer = _seats(ClassKind.OBSERVER)
    seats_volunteer = _seats(ClassKind.VOLUNTEER)
    named = forms.MultipleChoiceField(
        label=gettext_lazy("ประเภทที่จังหวัดเป็นผู้ส่งรายชื่อ"),
        choices=ClassKind.choices,
        widget=CheckChips,
        required=False,
        help_text=gettext_lazy("ที่นั่งของจังหวัดนับรวมทุกประเภทที่เลือก"),
    )
    version = VersionField()
    sections = (
        Section(
            gettext_lazy("ที่นั่งของแต่ละประเภท"),
            (
                ("seats_mentor", "seats_network_staff"),
                ("seats_central_staff", "seats_speaker"),
                ("seats_executive", "seats_organiser"),
                ("seats_observer", "seats_volunteer"),
            ),
            note=gettext_lazy("เว้นว่าง หมายถึงไม่มีผู้เข้าร่วมประเภทนี้"),
        ),
        Section(gettext_lazy("ใครส่งรายชื่อ"), ("named",)),
    )
    submit_label = gettext_lazy("บันทึกที่นั่ง")

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        known = list(seminar.classes.all())
        named = [one.kind for one in known if one.named_by_provinces]
        kwargs["initial"] = {
            "version": seminar.version,
            "named": named if known else list(NAMED_USUALLY),
            **{f"seats_{one.kind}": one.seats for one in known},
        }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = data.pop("named", [])
        data["wanted"] = [
            WantedClass(kind, count, kind in named)
            for kind in ClassKind
            if (count := data.pop(f"seats_{kind}", None))
        ]
        if not data["wanted"] and not self.errors:
            self.add_error(f"seats_{ClassKind.MENTOR}", _("ใส่ที่นั่งอย่างน้อยหนึ่งประเภท"))
        return data


class ProvinceSeatsForm(SectionedForm, forms.Form):
    """จังหวัดละ n ที่นั่ง, and the provinces that have another number."""

    each = CountField(
        label=gettext_lazy("จังหวัดละ (ที่นั่ง)"),
        max_value=PROVINCE_SEATS_AT_MOST,
        help_text=gettext_lazy("ให้ทุกจังหวัดที่มีสำนักงานแรงงาน 76 จังหวัด"),
    )
    exceptions = forms.CharField(
        label=gettext_lazy("จังหวัดที่ต่างออกไป"),
        required=False,
        max_length=4000,
        widget=LongText(rows=6),
        help_text=gettext_lazy("บรรทัดละจังหวัด เช่น เชียงใหม่ 3"),
    )
    version = VersionField()
    sections = (Section("", ("each", "exceptions")),)
    submit_label = gettext_lazy("ให้ที่นั่งตามนี้")
    other_actions = (("preview", gettext_lazy("ดูผลก่อน ยังไม่บันทึก")),)

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        rows = list(seminar.province_seats.select_related("province"))
        usual = [row.seats for row in rows if not row.pinned]
        kwargs["initial"] = {
            "version": seminar.version,
            "each": max(set(usual), key=usual.count) if usual else 1,
            "exceptions": "\n".join(
                f"{row.province.name} {row.seats}" for row in rows if row.pinned
            ),
        }
        super().__init__(*args, **kwargs)

    def clean_exceptions(self) -> dict[int, int]:
        codes = dict(Province.objects.filter(has_office=True).values_list("name", "code"))
        read: dict[int, int] = {}
        mistakes = []
        for line in self.cleaned_data["exceptions"].splitlines():
            if not (typed := to_arabic_digits(clean(line))):
                continue
            found = EXCEPTION.match(typed)
            if found and found[1] in codes:
                read[codes[found[1]]] = int(found[2])
            else:
                mistakes.append(
                    _("“%(line)s” พิมพ์ชื่อจังหวัดเต็มแล้วตามด้วยจำนวน เช่น เชียงใหม่ 3") % {"line": typed}
                )
        if mistakes:
            raise ValidationError(mistakes)
        return read
