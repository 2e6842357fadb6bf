"""Which document is wanted: its kind, year, quarter, digits, as which file, and of whom."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.enums import BundleKind, Quarter
from reports.services.documents import Wanted
from volunteer_network.models import Province, User
from volunteer_network.thai_calendar import fiscal_year, quarter
from volunteer_network.ui.forms import LeanSelect, RadioChips, Section, SectionedForm, offer_choices

YEARS_BACK, YEARS_AHEAD = 4, 1
ARABIC, THAI = "arabic", "thai"
PDF, WORD = "pdf", "word"
CHOSEN = ("kind", "fiscal_year", "quarter", "digits", "file")


class WantedForm(SectionedForm, forms.Form):
    """Of all provinces; begins with this year's plan and the last quarter that is over."""

    sections: ClassVar[tuple[Section, ...]] = (
        Section("", ("kind", ("fiscal_year", "quarter"), "digits", "file")),
    )
    submit_label = _("ดูว่าจังหวัดใดพร้อม")
    purpose = _("ทำเอกสาร")

    kind = forms.ChoiceField(label=_("เอกสาร"), choices=BundleKind.choices, widget=RadioChips)
    fiscal_year = forms.TypedChoiceField(label=_("ปีงบประมาณ"), coerce=int, widget=LeanSelect)
    quarter = forms.TypedChoiceField(
        label=_("ไตรมาส"),
        choices=Quarter.choices,
        coerce=int,
        widget=LeanSelect,
        help_text=_("ใช้กับรายงานความก้าวหน้าเท่านั้น"),
    )
    digits = forms.ChoiceField(
        label=_("ตัวเลขในเอกสาร"),
        choices=[(ARABIC, _("อารบิก 1 2 3")), (THAI, _("ไทย ๑ ๒ ๓"))],
        widget=RadioChips,
    )
    file = forms.ChoiceField(
        label=_("ไฟล์"),
        choices=[(PDF, _("PDF พร้อมลงนาม")), (WORD, _("Word สำหรับแก้ไข"))],
        widget=RadioChips,
        help_text=_("Word มีเนื้อหาเดียวกัน ไม่มีเลขที่และช่องลงนาม และไม่แทนฉบับ PDF ที่ทำไว้"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        now = fiscal_year(today)
        years = range(now + YEARS_AHEAD, now - YEARS_BACK, -1)
        offer_choices(self, "fiscal_year", ((year, str(year)) for year in years))
        self.initial = {
            "kind": BundleKind.PLAN,
            "fiscal_year": now,
            "quarter": max(quarter(today) - 1, 1),
            "digits": ARABIC,
            "file": PDF,
            **self.initial,
        }

    def clean(self) -> dict[str, Any]:
        """What the services take: `wanted`, and what else a form of a province asks."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        chosen = {name: given.pop(name) for name in CHOSEN}
        return {**given, "wanted": _wanted(chosen)}

    @property
    def wanted(self) -> Wanted:
        """What was chosen; before that what the form begins with."""
        if self.is_bound and self.is_valid():
            wanted: Wanted = self.cleaned_data["wanted"]
            return wanted
        return _wanted(self.initial)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The same choice once more, for a form that asks nothing."""
        return [(name, str(self[name].value())) for name in CHOSEN]


class DocumentForm(WantedForm):
    """Of one province; a provincial officer has only one and is not asked."""

    sections: ClassVar[tuple[Section, ...]] = (
        Section("", ("kind", "province", ("fiscal_year", "quarter"), "digits", "file")),
    )
    submit_label = _("ทำเอกสาร 1 ฉบับ")

    province = forms.ModelChoiceField(
        Province.objects.none(),
        label=_("จังหวัด"),
        empty_label=_("เลือกจังหวัด"),
        widget=LeanSelect,
        error_messages={"invalid_choice": _("เลือกจังหวัดจากรายการ")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Province.objects.filter(has_office=True)
        if user.province_id:
            offered = offered.filter(pk=user.province_id)
            self.initial["province"] = user.province_id
        self.offer("province", offered)


def _wanted(chosen: Mapping[str, Any]) -> Wanted:
    return Wanted(
        kind=BundleKind(chosen["kind"]),
        fiscal_year=int(chosen["fiscal_year"]),
        quarter=int(chosen["quarter"]),
        thai_digits=chosen["digits"] == THAI,
        as_word=chosen["file"] == WORD,
    )
