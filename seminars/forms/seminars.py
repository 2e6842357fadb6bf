"""Forms about a seminar as a whole."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from seminars.models import Seminar
from seminars.models.seminars import SeminarQuerySet
from seminars.services.seminars import PART_IN_WORDS, PLAIN_FIELDS, Part
from volunteer_network.forms.volunteers import CleanText
from volunteer_network.models import Province
from volunteer_network.thai_calendar import fiscal_year
from volunteer_network.ui.forms import (
    CheckChips,
    CountField,
    FilterForm,
    LeanSelect,
    LongText,
    Section,
    SectionedForm,
    ThaiDateField,
    VersionField,
    offer_choices,
)

FIRST_YEAR, LAST_YEAR = 2548, 2640  # of the regulation; further is a typing mistake
LONGEST_DAYS = 14
BANGKOK = 10
END_OF_DAY = time(23, 59, 59)


class SeminarForm(SectionedForm, forms.Form):
    """What is said of a seminar; half-days, agenda and seats have forms of their own."""

    keeps_draft = True
    title = CleanText(label=_("ชื่อสัมมนา"), max_length=300, help_text=_("ชื่อเต็มตามหนังสืออนุมัติโครงการ"))
    edition = CountField(label=_("ครั้งที่ของปีงบประมาณ"), min_value=1, max_value=200, initial=1)
    fiscal_year = CountField(
        label=_("ปีงบประมาณ"), min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text=_("เช่น 2570")
    )
    starts_on = ThaiDateField(label=_("วันเริ่ม"))
    ends_on = ThaiDateField(label=_("วันสิ้นสุด"), required=False, help_text=_("เว้นว่างถ้าจัดวันเดียว"))
    room = CleanText(label=_("ห้อง"), required=False, max_length=120)
    floor = CleanText(label=_("ชั้น"), required=False, max_length=20, help_text=_("เช่น 11"))
    building = CleanText(label=_("อาคาร"), required=False, max_length=80, help_text=_("เช่น 1"))
    venue = CleanText(label=_("สถานที่"), max_length=160, help_text=_("โรงแรมหรือหน่วยงานที่จัด"))
    venue_province = forms.ModelChoiceField(
        label=_("จังหวัดที่จัด"), queryset=Province.objects.none(), widget=LeanSelect
    )
    chair = CleanText(
        label=_("ประธานเปิด"),
        required=False,
        max_length=160,
        help_text=_("ตำแหน่ง เช่น ปลัดกระทรวงแรงงาน"),
    )
    reporter = CleanText(label=_("ผู้กล่าวรายงาน"), required=False, max_length=160)
    objectives = forms.CharField(
        label=_("วัตถุประสงค์"),
        required=False,
        max_length=4000,
        widget=LongText(rows=5),
        help_text=_("บรรทัดละข้อ"),
    )
    expected_result = forms.CharField(
        label=_("ผลที่คาดว่าจะได้รับ"), required=False, max_length=4000, widget=LongText
    )
    opens_on = ThaiDateField(
        label=_("เปิดรับลงทะเบียนตั้งแต่"), required=False, help_text=_("เว้นว่าง หมายถึงทันทีที่ประกาศ")
    )
    closes_on = ThaiDateField(
        label=_("ปิดรับลงทะเบียนสิ้นวันที่"), required=False, help_text=_("ไม่หลังวันเริ่มสัมมนา")
    )

    sections = (
        Section(_("สัมมนา"), ("title", ("edition", "fiscal_year"), ("starts_on", "ends_on"))),
        Section(
            _("สถานที่"), (("room", "floor", "building"), ("venue", "venue_province")),
        ),
        Section(_("พิธีการ"), (("chair", "reporter"),)),
        Section(_("เหตุผลและผล"), ("objectives", "expected_result")),
        Section(
            _("การลงทะเบียน"),
            (("opens_on", "closes_on"),),
            note=_("จังหวัดส่งรายชื่อได้ในช่วงนี้ ผู้จัดลงทะเบียนแทนได้จนวันสัมมนา"),
        ),
    )  # fmt: skip
    submit_label = _("บันทึกสัมมนา 1 ครั้ง")
    constraint_fields = {"one_seminar_of_an_edition": "edition"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"venue_province": BANGKOK, "fiscal_year": fiscal_year(timezone.localdate())}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.offer("venue_province", Province.objects.all())

    def clean(self) -> dict[str, Any]:
        """One day where no other is given; registration closes by the day of the seminar."""
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and not ends and "ends_on" not in self.errors:
            data["ends_on"] = ends = starts
        if starts and ends:
            self._check_days(starts, ends)
        opens, closes = data.pop("opens_on", None), data.pop("closes_on", None)
        if closes and starts and closes > starts:
            self.add_error("closes_on", _("ปิดรับได้ไม่หลังวันเริ่มสัมมนา"))
        if opens and closes and opens > closes:
            self.add_error("opens_on", _("วันเปิดรับต้องไม่หลังวันปิดรับ"))
        data["registration_opens_at"] = opens and timezone.make_aware(
            datetime.combine(opens, time.min)
        )
        data["registration_closes_at"] = closes and timezone.make_aware(
            datetime.combine(closes, END_OF_DAY)
        )
        return data

    def _check_days(self, starts: date, ends: date) -> None:
        if ends < starts:
            self.add_error("ends_on", _("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม"))
        elif ends - starts >= timedelta(days=LONGEST_DAYS):
            self.add_error("ends_on", _("สัมมนายาวไม่เกิน 14 วัน ตรวจวันที่อีกครั้ง"))


class ChangeSeminarForm(SeminarForm):
    version = VersionField()
    submit_label = _("บันทึกการแก้ไข")

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        opens, closes = seminar.registration_opens_at, seminar.registration_closes_at
        kwargs["initial"] = {
            name: getattr(seminar, name) for name in PLAIN_FIELDS if name in self.base_fields
        } | {
            "version": seminar.version,
            "opens_on": opens and timezone.localdate(opens),
            "closes_on": closes and timezone.localdate(closes),
        }
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].help_text = _("เลื่อนโดยคงจำนวนวันเดิม กำหนดการเลื่อนตาม")


class CloneForm(SectionedForm, forms.Form):
    """เหมือนครั้งก่อน: what comes along, and the first day."""

    edition = CountField(label=_("ครั้งที่ของปีงบประมาณ"), min_value=1, max_value=200, initial=1)
    starts_on = ThaiDateField(
        label=_("วันเริ่ม"), help_text=_("วันอื่นเลื่อนตามกันทั้งหมด ปีงบประมาณคิดจากวันนี้ เช่น 3 ธ.ค. 2569")
    )
    parts = forms.MultipleChoiceField(
        label=_("เอาอะไรมาด้วย"),
        choices=list(PART_IN_WORDS.items()),
        widget=CheckChips,
        required=False,
        initial=list(Part),
    )
    sections = (Section("", (("edition", "starts_on"), "parts")),)
    submit_label = _("สร้างร่าง 1 ครั้ง")
    constraint_fields = {"one_seminar_of_an_edition": "edition"}

    def clean_parts(self) -> frozenset[Part]:
        return frozenset(Part(one) for one in self.cleaned_data["parts"])


class ReasonForm(SectionedForm, forms.Form):
    """Why a seminar is closed, opened again, finished or cancelled."""

    reason = CleanText(
        label=_("เหตุผล"),
        required=False,
        max_length=300,
        help_text=_("อยู่ในประวัติของสัมมนา เมื่อยกเลิก จังหวัดได้รับข้อความนี้"),
    )
    sections = (Section("", ("reason",)),)

    def __init__(self, *args: Any, submit_label: str, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label, self.cancel_url = submit_label, cancel_url


class SeminarFilter(FilterForm):
    """Filters of the list of seminars."""

    q = forms.CharField(label=_("ค้นในรายการ"), max_length=100)
    fiscal_year = forms.TypedChoiceField(
        label=_("ปีงบประมาณ"), coerce=int, empty_value=None, widget=LeanSelect
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = ((year, str(year)) for year in years)
        offer_choices(self, "fiscal_year", [("", _("ทุกปี")), *known])

    def apply(self, rows: SeminarQuerySet) -> SeminarQuerySet:
        active = self.active
        if words := active.get("q"):
            rows = rows.matching(words)
        if year := active.get("fiscal_year"):
            rows = rows.filter(fiscal_year=year)
        return rows
