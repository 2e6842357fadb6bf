"""Forms of a volunteer's month."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentors.enums import CameBy, NothingBecause
from mentors.services.month_cells import AT_MOST
from volunteer_network.forms.volunteers import CleanText
from volunteer_network.ui.forms import (
    CountField,
    LongText,
    RadioChips,
    Section,
    SectionedForm,
    VersionField,
)


class NothingForm(SectionedForm, forms.Form):
    """There is nothing to report, because…"""

    because = forms.ChoiceField(
        label=_("ไม่มีผลงาน เพราะ"), choices=NothingBecause.choices, widget=RadioChips
    )
    note = CleanText(
        label=_("รายละเอียด"),
        required=False,
        max_length=200,
        help_text=_("เช่น พักฟื้นหลังผ่าตัดถึงสิ้นเดือน"),
    )
    sections = (Section(_("ไม่มีผลงานเดือนนี้"), ("because", "note")),)
    submit_label = _("บันทึกเหตุ")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("because") == NothingBecause.OTHER and not data.get("note"):
            self.add_error("note", _("เลือก “อื่น ๆ” แล้ว บอกสั้น ๆ ว่าเพราะอะไร"))
        return data


class FiguresForm(SectionedForm, forms.Form):
    """The month's figures in one form: what the grid types cell by cell."""

    people_male = CountField(label=_("ผู้รับบริการ ชาย"), required=False, max_value=AT_MOST)
    people_female = CountField(label=_("ผู้รับบริการ หญิง"), required=False, max_value=AT_MOST)
    spotted = CountField(label=_("ชี้เป้า"), required=False, max_value=AT_MOST)
    screened = CountField(label=_("คัดกรอง"), required=False, max_value=AT_MOST)
    referred = CountField(label=_("ส่งต่อ"), required=False, max_value=AT_MOST)
    version = forms.CharField(label=_("ฉบับ"), widget=forms.HiddenInput, max_length=40)

    sections = (
        Section(
            _("ตัวเลขรวมของเดือน"),
            (("people_male", "people_female"), ("spotted", "screened", "referred")),
            note=_("ใช้เมื่อไม่มีบันทึกรายกิจกรรม ระบบเก็บเป็นสรุปรายเดือนหนึ่งรายการในบันทึกกิจกรรม"),
        ),
    )
    submit_label = _("บันทึกตัวเลข")

    def clean(self) -> dict[str, Any]:
        """Empty is nought; only what was sent is changed, so that a cell may come alone."""
        data = super().clean() or {}
        sent = {name for name in self.fields if self.add_prefix(name) in self.data}
        return {
            name: value or 0 if name != "version" else value
            for name, value in data.items()
            if name in sent
        }


class DescribeForm(SectionedForm, forms.Form):
    """What a report says besides figures, and how it came."""

    came_by = forms.ChoiceField(
        label=_("ได้รับรายงานทาง"), choices=CameBy.choices, widget=RadioChips, required=False
    )
    problems = forms.CharField(
        label=_("ปัญหาอุปสรรค"), required=False, max_length=2000, widget=LongText
    )
    suggestions = forms.CharField(
        label=_("ข้อเสนอแนะ"), required=False, max_length=2000, widget=LongText
    )
    version = VersionField()
    sections = (Section(_("รายละเอียดของรายงาน"), ("came_by", "problems", "suggestions")),)
    submit_label = _("บันทึกรายละเอียด")


class ReturnForm(SectionedForm, forms.Form):
    """Back to the mentor, with what has to be mended."""

    reason = forms.CharField(
        label=_("เหตุที่ส่งกลับ"),
        max_length=300,
        widget=LongText,
        help_text=_("บอกว่าต้องแก้อะไร เช่น จำนวนส่งต่อไม่ตรงกับแบบกระดาษ"),
    )
    sections = (Section(_("ส่งกลับแก้ไข"), ("reason",)),)
    submit_label = _("ส่งกลับแก้ไข 1 คน")


class ReopenForm(SectionedForm, forms.Form):
    reason = forms.CharField(label=_("เหตุที่เปิดงวดอีกครั้ง"), max_length=300, widget=LongText)
    sections = (Section(_("เปิดงวดอีกครั้ง"), ("reason",)),)
    submit_label = _("เปิดงวด")
