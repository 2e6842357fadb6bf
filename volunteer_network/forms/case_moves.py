"""Forms of what is done with a case; each carries the version that its person has seen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteer_network.enums import AgencyCode, CaseOutcome, DeclineReason
from volunteer_network.models import Case, Office
from volunteer_network.services.volunteers import REASON_AT_LEAST
from volunteer_network.ui.forms import (
    LeanSelect,
    LongText,
    RadioChips,
    Section,
    SectionedForm,
    VersionField,
)

TEXT_AT_MOST = 300


def sentence(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=TEXT_AT_MOST,
        widget=LongText(rows=3),
    )


class MoveForm(SectionedForm, forms.Form):
    """A move without words of its own."""

    version = VersionField()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": case.version}, **kwargs)
        self.cancel_url = case.get_absolute_url()


class AcceptForm(MoveForm):
    submit_label = _("รับเรื่อง 1 เรื่อง")
    purpose = _("รับเรื่อง")


class OfficeChoiceField(forms.ModelChoiceField[Office]):
    def label_from_instance(self, office: Office) -> str:
        return str(office)


class ReferForm(MoveForm):
    office = OfficeChoiceField(label=_("ส่งไปที่"), queryset=Office.objects.none(), widget=LeanSelect)
    text = sentence(_("ข้อความถึงสำนักงาน"), _("ถ้ามีเรื่องที่ต้องรู้เพิ่ม"), required=False)
    sections = (Section("", ("office", "text")),)
    submit_label = _("ส่งต่อ 1 เรื่อง")
    purpose = _("ส่งต่อ")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        offices = Office.objects.filter(province=case.province_id).exclude(pk=case.office_id or 0)
        if case.is_restricted:
            offices = offices.filter(agency=AgencyCode.OPS)
        self.offer("office", offices.select_related("agency", "province").order_by("agency"))


class DeclineForm(MoveForm):
    reason = forms.ChoiceField(
        label=_("เหตุที่ไม่รับ"), choices=DeclineReason.choices, widget=RadioChips
    )
    text = sentence(_("บอกจังหวัดเพิ่ม"), _("เช่น ควรส่งสำนักงานประกันสังคม"), required=False)
    sections = (Section("", ("reason", "text")),)
    submit_label = _("ไม่รับเรื่อง 1 เรื่อง")
    purpose = _("ส่งกลับ")


class ProgressForm(MoveForm):
    text = sentence(_("ทำอะไรไปแล้ว"), _("เช่น นัดนายจ้างมาให้ถ้อยคำ 3 ธ.ค. 2569"))
    sections = (Section("", ("text",)),)
    submit_label = _("บันทึกความคืบหน้า")


class CloseForm(MoveForm):
    outcome = forms.ChoiceField(label=_("ผล"), choices=CaseOutcome.choices, widget=RadioChips)
    text = sentence(_("บอกผลหนึ่งประโยค"), _("เช่น นายจ้างจ่ายค่าจ้างที่ค้างครบแล้ว ไม่ต้องใส่ชื่อ"))
    sections = (Section("", ("outcome", "text")),)
    submit_label = _("ตอบผล 1 เรื่อง")
    purpose = _("ตอบผล")


class TellForm(MoveForm):
    text = sentence(_("บันทึกช่วยจำ"), _("เช่น โทรบอกแล้ว ฝากขอบคุณสำนักงาน"), required=False)
    sections = (Section("", ("text",)),)
    submit_label = _("แจ้งผลแล้ว 1 คน")
    purpose = _("แจ้งผล")


class WithdrawForm(MoveForm):
    text = sentence(_("เหตุที่ถอนเรื่อง"), _("เช่น ผู้เดือดร้อนตกลงกับนายจ้างเองแล้ว"))
    sections = (Section("", ("text",)),)
    submit_label = _("ถอนเรื่อง 1 เรื่อง")
    purpose = _("ถอนเรื่อง")


class ReopenForm(MoveForm):
    text = sentence(_("เหตุที่เปิดอีกครั้ง"), _("เช่น นายจ้างไม่จ่ายตามที่ตกลง"))
    sections = (Section("", ("text",)),)
    submit_label = _("เปิดเรื่องอีกครั้ง")
    purpose = _("เปิดเรื่องอีกครั้ง")


class RevealClientForm(SectionedForm, forms.Form):
    """ขอดูวิธีติดต่อผู้เดือดร้อน: the reason is kept in the audit."""

    reason = forms.CharField(
        label=_("เหตุที่ขอดู"),
        min_length=REASON_AT_LEAST,
        max_length=TEXT_AT_MOST,
        widget=LongText(rows=3),
        help_text=_("เช่น โทรนัดให้ถ้อยคำ อย่างน้อย 10 ตัวอักษร"),
    )
    sections = (Section("", ("reason",)),)
    submit_label = _("ขอดูวิธีติดต่อ 1 คน")
    purpose = _("ขอดู")
