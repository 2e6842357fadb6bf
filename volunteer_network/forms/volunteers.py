"""Forms of the register."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from volunteer_network.enums import (
    EndReason,
    OtherRole,
    Sex,
    VolunteerLevel,
    VolunteerStatus,
)
from volunteer_network.forms.places import PlaceFilter, SubdistrictField
from volunteer_network.models import Province, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.services.volunteers import REASON_AT_LEAST
from volunteer_network.thai_text import clean
from volunteer_network.ui.forms import (
    CheckChips,
    LeanSelect,
    LongText,
    NationalIdField,
    PhoneField,
    PhotoField,
    PlainText,
    RadioChips,
    Section,
    SectionedForm,
    ThaiDateField,
    VersionField,
)

COMMON_TITLES = ("นาย", "นาง", "นางสาว")
OLDEST = date(1920, 1, 1)
ID_DIGITS = 13
FIRST_TERM = date(2005, 1, 1)  # the regulation on labour volunteers is of 2548
DAYS_AHEAD = 366  # for which an order may appoint; further is a typing mistake
NAMESAKES = "namesakes"  # id of the box of likely duplicates
# Stands outside the form, so that only the two names travel, in the body of a POST. A later change
# replaces a request on its way: one that waited would fill a box that the first has swapped out.
NAMES_WATCHER = """
<div hx-post="{}" hx-target="#namesakes" hx-swap="outerHTML" hx-sync="this:replace"
 hx-trigger="change from:#id_first_name, change from:#id_last_name"
 hx-include="#id_first_name, #id_last_name, [name=csrfmiddlewaretoken]" hidden></div>
"""


def last_first_day() -> date:
    return timezone.localdate() + timedelta(days=DAYS_AHEAD)


def namesakes_place(box: SafeString | str = "") -> SafeString:
    """Where the likely duplicates stand, empty while there are none."""
    if not box:
        return format_html('<div id="{}" class="w6" hidden></div>', NAMESAKES)
    return format_html('<div id="{}" class="w6">{}</div>', NAMESAKES, box)


class CleanText(forms.CharField):
    """One line, spelt in one way only, whatever keyboard it came from."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PlainText())
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class PersonForm(SectionedForm, forms.Form):
    """What is known of a person; the base of registering and changing."""

    keeps_draft = True
    title = CleanText(label=_("คำนำหน้า"), max_length=40, help_text=_("เช่น นาง หรือ ว่าที่ร้อยตรี"))
    first_name = CleanText(label=_("ชื่อ"), max_length=80)
    last_name = CleanText(label=_("สกุล"), max_length=80)
    national_id = NationalIdField(label=_("เลขประจำตัวประชาชน"))
    birth_date = ThaiDateField(
        label=_("วันเกิด"),
        required=False,
        with_age=True,
        earliest=OLDEST,
        latest=timezone.localdate,
    )
    sex = forms.ChoiceField(
        label=_("เพศ"), choices=Sex.choices, widget=RadioChips, initial=Sex.UNSTATED
    )
    education = CleanText(
        label=_("การศึกษา"), required=False, max_length=80, help_text=_("เช่น ปวส. หรือ ป.6")
    )
    occupation = CleanText(
        label=_("อาชีพ"), required=False, max_length=80, help_text=_("เช่น ทำนา หรือ ค้าขาย")
    )
    other_roles = forms.MultipleChoiceField(
        label=_("หน้าที่อื่นในชุมชน"), required=False, choices=OtherRole.choices, widget=CheckChips
    )
    phone = PhoneField(label=_("โทรศัพท์"), required=False)
    line_id = CleanText(label=_("LINE"), required=False, max_length=60)
    email = forms.EmailField(label=_("อีเมล"), required=False, widget=PlainText())
    address = CleanText(
        label=_("ที่อยู่"),
        required=False,
        max_length=200,
        help_text=_("เลขที่ หมู่ที่ ถนน เช่น 12/3 หมู่ 4"),
    )
    bank_account = CleanText(
        label=_("เลขที่บัญชีธนาคาร"),
        required=False,
        max_length=40,
        help_text=_("เก็บแบบปิด เช่น กรุงไทย 123-4-56789-0"),
    )
    subdistrict = SubdistrictField(label=_("พื้นที่ปฏิบัติหน้าที่"))
    level = forms.ChoiceField(
        label=_("ระดับ"),
        choices=VolunteerLevel.choices,
        widget=RadioChips,
        initial=VolunteerLevel.SUBDISTRICT_LEAD,
    )
    photo = PhotoField(label=_("รูปถ่าย"), required=False)

    def __init__(self, *args: Any, province: Province, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["subdistrict"]
        if isinstance(field, SubdistrictField):
            field.within(province)
            self.suggestions = field.suggestions


_PERSON = Section(
    _("ตัวบุคคล"),
    (
        ("title", "first_name", "last_name"),
        ("national_id", "birth_date"),
        ("sex", "education"),
        ("occupation", "photo"),
        "other_roles",
    ),
)
_CONTACT = Section(
    _("ติดต่อ"), (("phone", "line_id"), ("email", "bank_account"), "address", "subdistrict")
)


class RegistrationForm(PersonForm):
    """ขึ้นทะเบียน: the person, and the first term when its order is at hand."""

    order_number = CleanText(
        label=_("คำสั่งที่"), required=False, max_length=40, help_text=_("เช่น 1127/2569")
    )
    order_date = ThaiDateField(label=_("ลงวันที่"), required=False)
    starts_on = ThaiDateField(
        label=_("วันเริ่มวาระ"), required=False, earliest=FIRST_TERM, latest=last_first_day
    )
    namesakes_checked = forms.CharField(required=False, widget=forms.HiddenInput)

    sections = (
        _PERSON,
        _CONTACT,
        Section(
            _("การแต่งตั้ง"),
            ("level", ("order_number", "order_date"), "starts_on"),
            note=_("เว้นคำสั่งและวันเริ่มวาระไว้ได้ ถ้ายังเป็นผู้สมัคร"),
        ),
    )
    submit_label = _("บันทึก อสร. 1 คน")
    other_actions = (("another", _("บันทึกและเพิ่มอีกคน")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.show_after("last_name", namesakes_place())
        watcher = format_html(NAMES_WATCHER, reverse("volunteers:namesakes"))
        self.suggestions = self.suggestions + watcher

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and not data.get("order_number"):
            self.add_error("order_number", _("มีวันเริ่มวาระแล้ว กรอกเลขที่คำสั่งด้วย"))
        no_start = not data.get("starts_on") and "starts_on" not in self.errors
        if (data.get("order_number") or data.get("order_date")) and no_start:
            self.add_error("starts_on", _("มีคำสั่งแล้ว กรอกวันเริ่มวาระด้วย"))
        return data


class NameForm(forms.Form):
    """The two names, while they are typed."""

    first_name = CleanText(max_length=80)
    last_name = CleanText(max_length=80)


class VolunteerForm(PersonForm):
    """แก้ข้อมูล: an empty ID or account leaves the sealed one as it is."""

    version = VersionField()
    sections = (_PERSON, _CONTACT, Section(_("ระดับ"), ("level",)))
    submit_label = _("บันทึกการแก้ไข")

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        kwargs["initial"] = {
            **{
                name: getattr(volunteer, name)
                for name in self.base_fields
                if hasattr(volunteer, name)
            },
            "national_id": volunteer.national_id_masked,
            "photo": None,
        }
        super().__init__(*args, province=volunteer.province, **kwargs)
        if volunteer.bank_account_sealed:
            self.fields["bank_account"].help_text = _("เก็บแบบปิดไว้แล้ว เว้นว่างถ้าไม่เปลี่ยน")


class AppointmentForm(SectionedForm, forms.Form):
    """ต่อวาระ: a further term by an order."""

    order_number = CleanText(label=_("คำสั่งที่"), max_length=40, help_text=_("เช่น 1127/2569"))
    order_date = ThaiDateField(label=_("ลงวันที่"), required=False)
    starts_on = ThaiDateField(label=_("วันเริ่มวาระ"), earliest=FIRST_TERM, latest=last_first_day)

    sections = (Section(_("คำสั่งแต่งตั้ง"), (("order_number", "order_date"), "starts_on")),)
    submit_label = _("แต่งตั้ง 1 วาระ")


class EndTermForm(SectionedForm, forms.Form):
    """พ้นจากวาระ: the day and the reason."""

    ended_on = ThaiDateField(label=_("พ้นเมื่อ"), earliest=FIRST_TERM, latest=timezone.localdate)
    end_reason = forms.ChoiceField(label=_("เหตุที่พ้น"), choices=EndReason.choices, widget=RadioChips)

    sections = (Section(_("การพ้นจากวาระ"), ("ended_on", "end_reason")),)
    submit_label = _("บันทึกการพ้นวาระ 1 คน")


class RevealForm(SectionedForm, forms.Form):
    """ขอดูเลขประจำตัวประชาชน: the reason is kept in the audit."""

    reason = forms.CharField(
        label=_("เหตุที่ขอดู"),
        min_length=REASON_AT_LEAST,
        max_length=300,
        widget=LongText,
        help_text=_("เช่น ตรวจเอกสารเบิกค่าตอบแทน ธ.ค. 2569 อย่างน้อย 10 ตัวอักษร"),
    )

    sections = (Section("", ("reason",)),)
    submit_label = _("ขอดูเลข 1 คน")


class VolunteerFilter(PlaceFilter):
    """Filters of the register."""

    TERM_ENDS = (("30", _("ใน 30 วัน")), ("60", _("ใน 60 วัน")), ("90", _("ใน 90 วัน")))

    q = forms.CharField(label=_("ค้นในรายการ"), max_length=100)
    status = forms.MultipleChoiceField(
        label=_("สถานะ"), choices=VolunteerStatus.choices, widget=CheckChips
    )
    level = forms.ChoiceField(
        label=_("ระดับ"), choices=[("", _("ทุกระดับ")), *VolunteerLevel.choices], widget=LeanSelect
    )
    term_ends = forms.ChoiceField(
        label=_("วาระสิ้นสุด"), choices=[("", _("เมื่อใดก็ได้")), *TERM_ENDS], widget=LeanSelect
    )

    @property
    def choices_of(self) -> tuple[str, tuple[int, ...]]:
        """Whoever sees the same provinces has the same choices; places change with a release."""
        return self.scope.role, self.scope.provinces

    def clean_q(self) -> str:
        """Refuse an ID: an address stays in the browser's history and in other people's links."""
        words: str = self.cleaned_data["q"]
        digits = [letter for letter in words if letter.isdecimal()]
        if len(digits) == ID_DIGITS:
            raise ValidationError(
                _("เลขประจำตัวประชาชนไม่ควรอยู่ในที่อยู่ของหน้า ค้นด้วยชื่อ โทรศัพท์ หรือรหัส อสร. แทน")
            )
        return words

    def apply(self, rows: VolunteerQuerySet) -> VolunteerQuerySet:
        """The rows that match every filter in force."""
        active = self.active
        if words := active.get("q"):
            rows = rows.matching(words)
        if statuses := active.get("status"):
            rows = rows.filter(status__in=statuses)
        if days := active.get("term_ends"):
            rows = rows.term_ends_within(int(days), timezone.localdate())
        exact = {name: active[name] for name in ("level", "province", "district") if name in active}
        found: VolunteerQuerySet = self.of_area(rows.filter(**exact))
        return found
