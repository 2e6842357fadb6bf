"""Planning visits and meetings, and noting what came out."""

from datetime import time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentors.enums import VisitKind, VisitState
from mentors.forms.mentors import SuccessorField
from mentors.forms.silence import offer_mentors
from mentors.models import Mentor, Visit
from mentors.models.visits import VisitQuerySet
from volunteer_network.enums import Category
from volunteer_network.forms.places import PlaceFilter, SubdistrictField
from volunteer_network.forms.volunteers import FIRST_TERM, CleanText, last_first_day
from volunteer_network.models import User, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.thai_calendar import clock
from volunteer_network.ui.forms import (
    LeanSelect,
    LongText,
    PlainText,
    RadioChips,
    SearchChips,
    Section,
    SectionedForm,
    ThaiDateField,
    TokenField,
    VersionField,
)

EVERYTHING = "all"
SOON_DAYS = 7
FORMATS = ("%H:%M", "%H.%M")


class ClockField(forms.TimeField):
    """A time of day as officials write it: 13.30 น., 13:30."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=FORMATS, widget=PlainText(), **kwargs)

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = value.replace("น.", "").strip()
        return super().to_python(value)

    def shown_value(self, bound: forms.BoundField) -> Any:
        if bound.form.is_bound:
            return bound.data
        return clock(bound.initial) if bound.initial else ""


class PeopleField(forms.ModelMultipleChoiceField[Volunteer]):
    widget = SearchChips

    def label_from_instance(self, volunteer: Volunteer) -> str:
        return f"{volunteer.first_name} {volunteer.last_name} · ต.{volunteer.subdistrict.name}"


class VisitForm(SectionedForm, forms.Form):
    """When, where, why and whom; the base of planning and changing."""

    on_date = ThaiDateField(label=_("วันที่"), earliest=FIRST_TERM, latest=last_first_day)
    starts_at = ClockField(label=_("เวลา"), required=False, help_text=_("เช่น 13.30"))
    place = CleanText(
        label=_("สถานที่"), required=False, max_length=160, help_text=_("เช่น ศาลาประชาคม หมู่ 4")
    )
    subdistrict = SubdistrictField(label=_("ตำบล"), required=False)
    purpose = CleanText(  # type: ignore[assignment]  # Django keeps fields apart from attributes
        label=_("เรื่อง"), required=False, max_length=200, help_text=_("เช่น ติดตามผู้ไม่มีกิจกรรม 2 เดือน")
    )
    volunteers = PeopleField(label=_("อสร."), queryset=Volunteer.objects.none())

    sections = (
        Section(_("เมื่อไร ที่ไหน"), (("on_date", "starts_at"), ("place", "subdistrict"), "purpose")),
        Section(_("ใคร"), ("volunteers",), note=_("อสร. ที่พี่เลี้ยงคนนี้ดูแลอยู่")),
    )

    def __init__(
        self, *args: Any, mentor: Mentor, people: VolunteerQuerySet, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        places = people.select_related("subdistrict")
        self.offer("volunteers", places.order_by("district__sort_key", "sort_key", "pk"))
        field = self.fields["subdistrict"]
        if isinstance(field, SubdistrictField):
            field.within(mentor.province)
            self.suggestions = field.suggestions


class NewVisitForm(VisitForm):
    kind = forms.ChoiceField(
        label=_("ลักษณะ"),
        choices=VisitKind.choices,
        initial=VisitKind.VISIT,
        widget=RadioChips,
        help_text=_("ประชุมนับเป็นครั้งที่ต่อเนื่องในปีงบประมาณ"),
    )
    submission = TokenField()
    sections = (
        Section(
            _("เมื่อไร ที่ไหน"),
            ("kind", ("on_date", "starts_at"), ("place", "subdistrict"), "purpose"),
        ),
        VisitForm.sections[1],
    )
    submit_label = _("บันทึกนัด 1 รายการ")


class ChangeVisitForm(VisitForm):
    version = VersionField()
    submit_label = _("บันทึกการแก้ไข")

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if hasattr(visit, name)]
        kwargs["initial"] = {name: getattr(visit, name) for name in names} | {
            "volunteers": list(visit.participants.values_list("volunteer_id", flat=True))
        }
        super().__init__(*args, mentor=visit.mentor, **kwargs)


class FinishVisitForm(SectionedForm, forms.Form):
    """ผล: who was there, what came out, and whether it goes into the log of each."""

    met = PeopleField(label=_("พบใคร"), queryset=Volunteer.objects.none(), required=False)
    result = forms.CharField(
        label=_("ผล"),
        max_length=2000,
        widget=LongText,
        help_text=_("ได้ข้อสรุปอะไร ต้องทำอะไรต่อ"),
    )
    category = forms.ChoiceField(
        label=_("บันทึกเป็นกิจกรรมของทุกคนที่พบ"),
        required=False,
        choices=[("", _("ไม่บันทึกเป็นกิจกรรม")), *Category.choices],
        widget=LeanSelect,
        help_text=_("เลือกประเภทงาน แล้วระบบบันทึกกิจกรรมที่พี่เลี้ยงร่วมลงพื้นที่ให้คนละ 1 รายการ"),
    )

    sections = (Section("", ("met", "result", "category")),)
    submit_label = _("บันทึกผล 1 รายการ")

    def __init__(self, *args: Any, visit: Visit, user: User, **kwargs: Any) -> None:
        invited = list(visit.participants.values_list("volunteer_id", flat=True))
        kwargs.setdefault("initial", {"met": invited})
        super().__init__(*args, **kwargs)
        people = Volunteer.objects.visible_to(user).filter(pk__in=invited)
        self.offer("met", people.select_related("subdistrict"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("category") and not data.get("met") and "met" not in self.errors:
            self.add_error("met", ValidationError(_("เลือกผู้ที่พบ หรือเลือกไม่บันทึกเป็นกิจกรรม")))
        return data


class CancelVisitForm(SectionedForm, forms.Form):
    reason = CleanText(label=_("เหตุที่ยกเลิก"), max_length=200, help_text=_("เช่น น้ำท่วม เลื่อนไปเดือนหน้า"))

    sections = (Section("", ("reason",)),)
    submit_label = _("ยกเลิกนัด 1 รายการ")


class VisitFilter(PlaceFilter):
    """Filters of the visits; without a state it shows what is planned."""

    q = forms.CharField(label=_("ค้นในรายการ"), max_length=100)
    state = forms.ChoiceField(
        label=_("สถานะ"),
        choices=(
            ("", _("นัดไว้")),
            ("due", _("ใน 7 วันและเลยกำหนด")),
            *(choice for choice in VisitState.choices if choice[0] != VisitState.PLANNED),
            (EVERYTHING, _("ทั้งหมด")),
        ),
        widget=LeanSelect,
    )
    kind = forms.ChoiceField(
        label=_("ลักษณะ"), choices=(("", _("ทั้งเยี่ยมและประชุม")), *VisitKind.choices), widget=LeanSelect
    )
    mentor = SuccessorField(
        label=_("พี่เลี้ยง"),
        queryset=Mentor.objects.none(),
        widget=LeanSelect,
        empty_label=_("ทุกคน"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields.pop("district", None)
        offer_mentors(self, user)

    def apply(self, rows: VisitQuerySet) -> VisitQuerySet:
        """The rows that match every filter in force."""
        active = self.active
        state = active.get("state")
        if state == "due":
            rows = rows.due_until(timezone.localdate() + timedelta(days=SOON_DAYS))
        elif state in {VisitState.DONE, VisitState.CANCELLED}:
            rows = rows.filter(state=state)
        elif state != EVERYTHING:
            rows = rows.planned()
        if words := active.get("q"):
            rows = rows.matching(words)
        exact = {name: active[name] for name in ("kind", "mentor", "province") if name in active}
        return rows.filter(**exact)
