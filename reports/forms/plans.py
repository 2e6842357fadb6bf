"""Forms of a plan's beginning, its steps and what is said of it; the filter of the list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as in_words
from django.utils.translation import gettext_lazy as _

from reports.enums import PlanState, ReturnReason
from reports.models import PlanLine
from reports.queries.plan_tables import Row
from reports.services.plan_editions import Source
from reports.services.plans import Remark
from volunteer_network.enums import Category
from volunteer_network.forms.volunteers import CleanText
from volunteer_network.models import Province, User
from volunteer_network.ui.forms import (
    FilterForm,
    LeanSelect,
    LongText,
    RadioChips,
    Section,
    SectionedForm,
    VersionField,
    offer_choices,
)

NOT_BEGUN = "none"
LATE = "late"


class BeginForm(SectionedForm, forms.Form):
    source = forms.ChoiceField(label=_("เริ่มจาก"), choices=Source.choices, widget=RadioChips)


class StepForm(SectionedForm, forms.Form):
    """A step that needs no words: only which version of the plan was seen."""

    version = VersionField()


class ReasonForm(SectionedForm, forms.Form):
    """A step with its reason."""

    reason = forms.CharField(label=_("เหตุผล"), max_length=300, widget=LongText)

    sections = (Section("", ("reason",)),)

    def __init__(
        self, *args: Any, label: str, help_text: str, button: str, back: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text
        self.submit_label, self.cancel_url = button, back


class ReturnForm(SectionedForm, forms.Form):
    """Back to those who made it: why, and what to mend in which line."""

    reason = forms.CharField(
        label=_("เหตุที่ส่งกลับ"),
        max_length=300,
        widget=LongText(rows=3),
        help_text=_("บอกเรื่องสำคัญที่สุด เช่น เป้าหมายต่ำกว่าที่ทำได้ปีก่อน"),
    )
    version = VersionField()
    purpose = _("ส่งกลับ")

    def __init__(self, *args: Any, rows: Sequence[Row], back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.cancel_url = back
        self.submit_label = _("ส่งกลับแก้ไข 1 แผน")
        named: list[str | tuple[str, ...]] = []
        for row in rows:
            text, chip = f"text_{row.line.pk}", f"reason_{row.line.pk}"
            self.fields[text] = CleanText(
                label=in_words("งาน %(number)d %(title)s")
                % {"number": row.number, "title": row.line.title},
                required=False,
                max_length=500,
            )
            self.fields[chip] = forms.ChoiceField(
                label=in_words("เรื่องของงาน %(number)d") % {"number": row.number},
                required=False,
                choices=[("", in_words("เรื่อง")), *ReturnReason.choices],
                widget=LeanSelect,
            )
            named.append((text, chip))
        self.sections = (  # type: ignore[misc]  # of this form, by its lines
            Section(_("ทั้งแผน"), ("reason",)),
            Section(
                _("งานที่ต้องแก้"),
                tuple(named),
                note=_("เขียนเฉพาะงานที่ต้องแก้ งานที่ไม่ได้เขียนจะแก้ไม่ได้ในรอบนี้ ถ้าไม่เขียนงานใดเลย แก้ได้ทั้งแผน"),
            ),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for row in self.rows:
            if data.get(f"reason_{row.line.pk}") and not data.get(f"text_{row.line.pk}"):
                self.add_error(
                    f"text_{row.line.pk}", ValidationError(in_words("บอกว่างานนี้ต้องแก้อะไร"))
                )
        remarks = [
            Remark(row.line, text, data.get(f"reason_{row.line.pk}") or "")
            for row in self.rows
            if (text := data.get(f"text_{row.line.pk}"))
        ]
        return {"reason": data.get("reason"), "version": data.get("version"), "remarks": remarks}


class AnswerForm(SectionedForm, forms.Form):
    """An answer beside a remark."""

    text = forms.CharField(label=_("คำตอบ"), max_length=500, widget=LongText(rows=2))

    sections = (Section("", ("text",)),)


class TieForm(SectionedForm, forms.Form):
    """Which line the work of a category counts for."""

    category = forms.ChoiceField(choices=Category.choices)
    line = forms.ModelChoiceField(label=_("งาน"), queryset=PlanLine.objects.none())

    def __init__(self, *args: Any, lines: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("line", lines)


class PlanFilter(FilterForm):
    """Year, state and region; the search is over names of provinces."""

    q = forms.CharField(label=_("ค้นจังหวัด"), max_length=60)
    fy = forms.TypedChoiceField(label=_("ปีงบประมาณ"), coerce=int, widget=LeanSelect)
    state = forms.ChoiceField(
        label=_("สถานะ"),
        choices=[
            ("", _("ทุกสถานะ")),
            (LATE, _("เลยกำหนด")),
            (NOT_BEGUN, _("ยังไม่เริ่ม")),
            *PlanState.choices,
        ],
        widget=LeanSelect,
    )
    region = forms.ChoiceField(label=_("ภาค"), widget=LeanSelect)

    def __init__(self, *args: Any, user: User, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known_years = ((one, str(one)) for one in years)
        offer_choices(self, "fy", [("", _("ปีที่กำลังทำแผน")), *known_years])
        if user.scope.province:
            del self.fields["q"], self.fields["region"]
            return
        known = Province.objects.filter(has_office=True).order_by("region")
        names = dict.fromkeys(known.values_list("region", flat=True))
        offer_choices(self, "region", [("", _("ทุกภาค")), *((name, name) for name in names)])
