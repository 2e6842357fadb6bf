"""Forms of the activity log."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network.enums import ENDED_STATUSES, ActivityKind, Category, TargetGroup
from volunteer_network.forms.periods import PeriodFilter, next_month, recent_months
from volunteer_network.forms.places import PlaceFilter, SubdistrictField
from volunteer_network.forms.volunteers import CleanText
from volunteer_network.models import Activity, Agency, Province, Term, User, Volunteer
from volunteer_network.models.activities import ActivityQuerySet
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.thai_calendar import fiscal_months, fiscal_year
from volunteer_network.ui.forms import (
    CheckChips,
    CountField,
    LeanSelect,
    LongText,
    PhotoField,
    RadioChips,
    SearchSelect,
    Section,
    SectionedForm,
    ThaiDateField,
    TokenField,
    VersionField,
    offer_choices,
)
from volunteer_network.ui.row_notes import RowNotes, row_notes_on

PEOPLE_AT_MOST = 5000  # in one activity; more is a typing mistake
LATE_ENTRY_DAYS = 180  # for which somebody who left can still be chosen
# A month's figures in one row are typed where the month is, not here.
_OF_ONE_DAY = [pair for pair in ActivityKind.choices if pair[0] != ActivityKind.MONTH_SUMMARY]

STEPS = ("spotted", "screened", "referred")
TOO_MANY = {
    ("spotted", "screened"): _("คัดกรองได้ไม่เกินจำนวนที่ชี้เป้า แก้ช่องใดช่องหนึ่ง"),
    ("screened", "referred"): _("ส่งต่อได้ไม่เกินจำนวนที่คัดกรอง แก้ช่องใดช่องหนึ่ง"),
}


class VolunteerChoiceField(forms.ModelChoiceField[Volunteer]):
    def label_from_instance(self, volunteer: Volunteer) -> str:
        return f"{volunteer.first_name} {volunteer.last_name} · ต.{volunteer.subdistrict.name}"


class ActivityForm(SectionedForm, forms.Form):
    """One activity of one volunteer."""

    keeps_draft = True
    volunteer = VolunteerChoiceField(
        label=_("อาสาสมัคร"), queryset=Volunteer.objects.none(), widget=SearchSelect
    )
    on_date = ThaiDateField(label=_("วันที่"), latest=timezone.localdate)
    category = forms.ChoiceField(
        label=_("ประเภทงาน"), choices=[("", _("เลือก")), *Category.choices], widget=LeanSelect
    )
    kind = forms.ChoiceField(
        label=_("ลักษณะกิจกรรม"), choices=[("", _("เลือก")), *ActivityKind.choices], widget=LeanSelect
    )
    agency = forms.ModelChoiceField(
        label=_("หน่วยงานที่เกี่ยวข้อง"),
        queryset=Agency.objects.none(),
        required=False,
        widget=LeanSelect,
        empty_label=_("ตามประเภทงาน"),
    )
    subdistrict = SubdistrictField(
        label=_("ตำบลที่ทำ"), required=False, help_text=_("เว้นว่าง หมายถึงตำบลที่ปฏิบัติหน้าที่")
    )
    village = CleanText(
        label=_("หมู่ที่/สถานที่"), required=False, max_length=120, help_text=_("เช่น หมู่ 4 ศาลาประชาคม")
    )
    people_male = CountField(label=_("ผู้รับบริการ ชาย"), required=False, max_value=PEOPLE_AT_MOST)
    people_female = CountField(label=_("ผู้รับบริการ หญิง"), required=False, max_value=PEOPLE_AT_MOST)
    spotted = CountField(label=_("ชี้เป้า"), required=False, max_value=PEOPLE_AT_MOST)
    screened = CountField(label=_("คัดกรอง"), required=False, max_value=PEOPLE_AT_MOST)
    referred = CountField(label=_("ส่งต่อ"), required=False, max_value=PEOPLE_AT_MOST)
    target_groups = forms.MultipleChoiceField(
        label=_("กลุ่มเป้าหมาย"), required=False, choices=TargetGroup.choices, widget=CheckChips
    )
    mentor_present = forms.TypedChoiceField(
        label=_("พี่เลี้ยงร่วมลงพื้นที่"),
        choices=(("", _("ไม่ได้ร่วม")), ("1", _("ร่วมด้วย"))),
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]  # the stubs know texts only
        required=False,
        widget=RadioChips,
    )
    note = forms.CharField(
        label=_("รายละเอียด"),
        required=False,
        max_length=2000,
        widget=LongText,
        help_text=_("ทำอะไร ผลเป็นอย่างไร ไม่ต้องใส่ชื่อผู้รับบริการ"),
    )
    photo = PhotoField(label=_("ภาพกิจกรรม"), required=False)

    sections = (
        Section(
            _("ใคร เมื่อไร ทำอะไร"),
            ("volunteer", ("on_date", "agency"), ("category", "kind"), ("subdistrict", "village")),
        ),
        Section(
            _("ผล"),
            (
                ("people_male", "people_female"),
                ("spotted", "screened", "referred"),
                "target_groups",
            ),
            note=_("คัดกรองไม่เกินชี้เป้า และส่งต่อไม่เกินคัดกรอง"),
        ),
        Section(_("รายละเอียด"), ("note", ("photo", "mentor_present"))),
    )

    def __init__(self, *args: Any, user: User, province: Province, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Volunteer.objects.visible_to(user).filter(province=province)
        self.offer("volunteer", _whose_deeds_come_in(people).select_related("subdistrict"))
        self.offer("agency", Agency.objects.all())
        field = self.fields["subdistrict"]
        if isinstance(field, SubdistrictField):
            field.within(province)
            self.suggestions = field.suggestions

    def clean(self) -> dict[str, Any]:
        """Empty counts are nought, and each step counts no more than the one before."""
        data = super().clean() or {}
        for name in ("people_male", "people_female", *STEPS):
            if name not in self.errors:
                data[name] = data.get(name) or 0
        counts = {name: data[name] for name in STEPS if name in data}
        for (before, name), words in TOO_MANY.items():
            if counts.get(name, 0) > counts.get(before, PEOPLE_AT_MOST):
                self.add_error(name, words)
        return data


def _whose_deeds_come_in(people: VolunteerQuerySet) -> VolunteerQuerySet:
    """Those who serve, and those who left a short while ago: their last deeds come in late."""
    since = timezone.localdate() - timedelta(days=LATE_ENTRY_DAYS)
    left_later = Term.objects.filter(volunteer=OuterRef("pk"), lasts_until__gte=since)
    return people.filter(~Q(status__in=ENDED_STATUSES) | Exists(left_later))


class NewActivityForm(ActivityForm):
    kind = forms.ChoiceField(
        label=_("ลักษณะกิจกรรม"), choices=[("", _("เลือก")), *_OF_ONE_DAY], widget=LeanSelect
    )
    submission = TokenField()
    submit_label = _("บันทึก 1 กิจกรรม")
    other_actions = (("another", _("บันทึกและเพิ่มอีกรายการ")),)


class ChangeActivityForm(ActivityForm):
    version = VersionField()
    submit_label = _("บันทึกการแก้ไข")

    def __init__(self, *args: Any, activity: Activity, user: User, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if hasattr(activity, name)]
        kwargs["initial"] = {name: getattr(activity, name) for name in names} | {
            "photo": None,
            "mentor_present": "1" if activity.mentor_present else "",
        }
        super().__init__(*args, user=user, province=activity.province, **kwargs)
        everyone = Volunteer.objects.visible_to(user).filter(province=activity.province_id)
        self.offer("volunteer", everyone.select_related("subdistrict"))


class ActivityFilter(PeriodFilter, PlaceFilter):
    """Filters of the log; without a month or a year it shows everything."""

    notes: RowNotes | None = None

    q = forms.CharField(label=_("ค้นในรายการ"), max_length=100)
    month = forms.ChoiceField(label=_("เดือน"), widget=LeanSelect)
    category = forms.ChoiceField(
        label=_("ประเภทงาน"), choices=[("", _("ทุกประเภท")), *Category.choices], widget=LeanSelect
    )
    volunteer = VolunteerChoiceField(
        label=_("อาสาสมัคร"), queryset=Volunteer.objects.none(), widget=forms.HiddenInput
    )
    check = forms.ChoiceField(widget=LeanSelect)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        self._offer_notes()
        months = recent_months(self.data.get("month", ""))
        offer_choices(self, "month", [("", _("ทุกเดือน")), *months])
        volunteer = self.fields["volunteer"]
        if isinstance(volunteer, VolunteerChoiceField):
            volunteer.queryset = Volunteer.objects.visible_to(user)

    def apply(self, rows: ActivityQuerySet) -> ActivityQuerySet:
        """The rows that match every filter in force."""
        active = self.active
        if words := active.get("q"):
            rows = rows.matching(words)
        if self.notes and (noted := active.get("check")):
            rows = self.notes.narrow(self.user, rows, noted)
        found: ActivityQuerySet = self.about(rows)
        return found

    def about(self, rows: Any) -> Any:
        """The rows, of any table that knows them, of the days, places, category and person."""
        active = self.active
        if span := self.span:
            first, last = span
            rows = rows.filter(on_date__gte=first, on_date__lt=next_month(last))
        names = ("category", "province", "district", "volunteer")
        exact = {name: active[name] for name in names if name in active}
        return self.of_area(rows.filter(**exact))

    def _offer_notes(self) -> None:
        """What another app notes on the rows of the log."""
        self.notes = row_notes_on("activities")
        if self.notes is None:
            del self.fields["check"]
            return
        self.fields["check"].label = self.notes.label
        offer_choices(self, "check", [("", _("ทั้งหมด")), *self.notes.choices])

    @property
    def months(self) -> tuple[date, date]:
        """First and last month of the figures on top: what is chosen, or the fiscal year."""
        if span := self.span:
            return span
        today = timezone.localdate()
        return fiscal_months(fiscal_year(today))[0], today.replace(day=1)
