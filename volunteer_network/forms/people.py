"""The administrator's forms: making and changing accounts, closing one, filtering the list."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.roles import Role
from volunteer_network.enums import AgencyCode, DeactivationReason
from volunteer_network.forms.accounts import ContactForm
from volunteer_network.models import Province, User
from volunteer_network.ui.forms import (
    CheckChips,
    FilterForm,
    LeanSelect,
    PlainText,
    RadioChips,
    Section,
    SectionedForm,
    VersionField,
)

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
REGIONS = [(number, str(number)) for number in range(1, 19)]
STATES = (
    ("active", _("ใช้งาน")),
    ("invited", _("รอตั้งรหัสผ่าน")),
    ("closed", _("ปิดใช้งาน")),
)


class _PlaceForm(ContactForm):
    """The role and what belongs to it."""

    role = forms.ChoiceField(
        label=_("บทบาท"), choices=[("", _("เลือกบทบาท")), *Role.choices], widget=LeanSelect
    )
    province = forms.ModelChoiceField(
        label=_("จังหวัด"),
        queryset=Province.objects.filter(has_office=True),
        required=False,
        widget=LeanSelect,
        help_text=_("เฉพาะแรงงานจังหวัด พี่เลี้ยง และหน่วยงานในสังกัด"),
    )
    agency = forms.ChoiceField(
        label=_("หน่วยงาน"),
        choices=[("", _("เลือกหน่วยงาน")), *AgencyCode.choices],
        required=False,
        widget=LeanSelect,
        help_text=_("เฉพาะเจ้าหน้าที่หน่วยงานในสังกัด"),
    )
    inspection_regions = forms.TypedMultipleChoiceField(
        label=_("เขตตรวจราชการ"),
        choices=REGIONS,
        coerce=int,
        required=False,
        widget=CheckChips,
        help_text=_("เฉพาะผู้ตรวจราชการ"),
    )

    _PLACE = Section(_("บทบาทและที่ทำงาน"), ("role", ("province", "agency"), "inspection_regions"))


class NewAccountForm(_PlaceForm):
    sections: ClassVar[tuple[Section, ...]] = (
        Section(_("ชื่อผู้ใช้"), ("username",)),
        _PlaceForm._PLACE,
        *ContactForm.sections,
    )
    submit_label = _("สร้างบัญชีและออกลิงก์เชิญ")
    purpose = _("สร้างบัญชี")

    username = forms.CharField(
        label=_("ชื่อผู้ใช้"),
        max_length=60,
        widget=PlainText({"autocapitalize": "none", "spellcheck": "false"}),
        validators=[
            RegexValidator(
                re.compile(rf"^{USERNAME.pattern}\Z"),
                _("ใช้อักษรอังกฤษตัวเล็ก ตัวเลข จุด หรือขีด 3 ถึง 60 ตัว เช่น mentor.chiangmai2"),
            )
        ],
        help_text=_("อักษรอังกฤษตัวเล็ก เช่น mentor.chiangmai2 เปลี่ยนภายหลังไม่ได้"),
    )

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("ชื่อผู้ใช้นี้มีแล้ว เติมตัวเลขหรือชื่อหน่วยงานต่อท้าย"))
        return username


class AccountForm(_PlaceForm):
    sections: ClassVar[tuple[Section, ...]] = (_PlaceForm._PLACE, *ContactForm.sections)
    submit_label = _("บันทึกบัญชี")

    version = VersionField()


class DeactivationForm(SectionedForm, forms.Form):
    purpose = _("ปิดใช้งาน")
    reason = forms.ChoiceField(
        label=_("เหตุที่ปิดใช้งาน"), choices=DeactivationReason.choices, widget=RadioChips
    )


class AccountFilter(FilterForm):
    q = forms.CharField(label=_("ค้นในรายการ"), max_length=80)
    role = forms.MultipleChoiceField(label=_("บทบาท"), choices=Role.choices, widget=CheckChips)
    province = forms.ModelChoiceField(
        label=_("จังหวัด"), queryset=Province.objects.all(), widget=LeanSelect, empty_label=_("ทั้งหมด")
    )
    state = forms.ChoiceField(
        label=_("สถานะ"), choices=[("", _("ทั้งหมด")), *STATES], widget=LeanSelect
    )


def initial_of(account: User) -> dict[str, Any]:
    """What the form begins with for an existing account."""
    return {
        "title": account.title,
        "first_name": account.first_name,
        "last_name": account.last_name,
        "position": account.position,
        "phone": account.phone,
        "email": account.email,
        "role": account.role,
        "province": account.province_id,
        "agency": account.office.agency_id if account.office else "",
        "inspection_regions": account.inspection_regions,
        "version": account.version,
    }
