"""Forms of the mentors: who somebody is, the end of the time, filters of the list."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentors.enums import MentorEnd
from mentors.models import Mentor
from mentors.models.mentors import MentorQuerySet
from mentors.services.mentors import accounts_without_mentor
from volunteer_network.forms.places import PlaceFilter
from volunteer_network.forms.volunteers import FIRST_TERM, CleanText, last_first_day
from volunteer_network.models import Agency, Office, User
from volunteer_network.ui.forms import (
    LeanSelect,
    PhoneField,
    PlainText,
    RadioChips,
    Section,
    SectionedForm,
    ThaiDateField,
    VersionField,
)

ENDED, EVERYBODY = "ended", "all"


class MentorForm(SectionedForm, forms.Form):
    """Who a mentor is: the base of adding and changing."""

    keeps_draft = True
    title = CleanText(label=_("คำนำหน้า"), required=False, max_length=40)
    first_name = CleanText(label=_("ชื่อ"), max_length=80)
    last_name = CleanText(label=_("สกุล"), max_length=80)
    position = CleanText(
        label=_("ตำแหน่ง"), required=False, max_length=120, help_text=_("เช่น นักวิชาการแรงงานชำนาญการ")
    )
    office = forms.ModelChoiceField(
        label=_("หน่วยงาน"), queryset=Office.objects.none(), widget=LeanSelect
    )
    phone = PhoneField(label=_("โทรศัพท์"), required=False)
    email = forms.EmailField(label=_("อีเมล"), required=False, widget=PlainText())
    starts_on = ThaiDateField(label=_("เป็นพี่เลี้ยงตั้งแต่"), earliest=FIRST_TERM, latest=last_first_day)
    user = forms.ModelChoiceField(
        label=_("บัญชีผู้ใช้"),
        queryset=User.objects.none(),
        required=False,
        widget=LeanSelect,
        empty_label=_("ไม่มีบัญชี"),
        help_text=_("เลือกเมื่อคนนี้เข้าใช้ระบบเอง จะได้เห็นงานของตนในหน้าแรก"),
    )

    sections = (
        Section(
            _("ตัวบุคคล"),
            (("title", "first_name", "last_name"), "position", ("phone", "email")),
        ),
        Section(_("หน้าที่พี่เลี้ยง"), (("office", "starts_on"), "user")),
    )
    submit_label = _("บันทึกพี่เลี้ยง 1 คน")
    constraint_fields = {"one_mentor_of_an_account": "user"}

    def __init__(self, *args: Any, by: User, keeping: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = Office.objects.filter(province=by.province_id).select_related(
            "agency", "province"
        )
        self.offer("office", offices.order_by("pk"))
        free = Q(pk__in=accounts_without_mentor(by).values("pk")) | Q(pk=keeping)
        self.offer("user", User.objects.visible_to(by).filter(free).order_by("sort_key", "pk"))


class ChangeMentorForm(MentorForm):
    version = VersionField()
    submit_label = _("บันทึกการแก้ไข")

    def __init__(self, *args: Any, mentor: Mentor, by: User, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if hasattr(mentor, name)]
        kwargs["initial"] = {name: getattr(mentor, name) for name in names}
        super().__init__(*args, by=by, keeping=mentor.user_id, **kwargs)


class SuccessorField(forms.ModelChoiceField[Mentor]):
    def label_from_instance(self, mentor: Mentor) -> str:
        return f"{mentor.display_name} · {mentor.position}".strip(" ·")


class EndMentorForm(SectionedForm, forms.Form):
    """พ้นหน้าที่พี่เลี้ยง: the last day, the reason, and who goes on with whom."""

    ends_on = ThaiDateField(label=_("วันสุดท้ายที่เป็นพี่เลี้ยง"), earliest=FIRST_TERM, latest=last_first_day)
    end_reason = forms.ChoiceField(label=_("เหตุที่พ้น"), choices=MentorEnd.choices, widget=RadioChips)
    successor = SuccessorField(
        label=_("ผู้รับช่วงต่อ"),
        queryset=Mentor.objects.none(),
        required=False,
        widget=LeanSelect,
        empty_label=_("ไม่มี"),
        help_text=_("รับ อสร. ที่ดูแลอยู่และนัดที่เหลือทั้งหมด ตั้งแต่วันถัดไป"),
    )
    leave_open = forms.TypedChoiceField(
        label=_("ถ้าไม่มีผู้รับช่วง"),
        choices=(("", _("ยังไม่ให้พ้น")), ("1", _("ให้พ้นได้ จัดพี่เลี้ยงภายหลัง"))),
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]  # the stubs know texts only
        required=False,
        widget=RadioChips,
    )

    sections = (
        Section(_("การพ้นหน้าที่"), ("ends_on", "end_reason")),
        Section(_("อสร. ที่ดูแลอยู่"), ("successor", "leave_open")),
    )
    submit_label = _("บันทึกการพ้นหน้าที่ 1 คน")

    def __init__(self, *args: Any, mentor: Mentor, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Mentor.objects.visible_to(by).filter(province=mentor.province_id)
        self.offer("successor", others.filter(ends_on__isnull=True).exclude(pk=mentor.pk))


class MentorFilter(PlaceFilter):
    """Filters of the list; without a state it shows who serves now."""

    q = forms.CharField(label=_("ค้นในรายการ"), max_length=100)
    agency = forms.ModelChoiceField(
        label=_("สังกัด"),
        queryset=Agency.objects.none(),
        widget=LeanSelect,
        empty_label=_("ทุกสังกัด"),
    )
    state = forms.ChoiceField(
        label=_("สถานะ"),
        choices=(("", _("กำลังทำหน้าที่")), (ENDED, _("พ้นหน้าที่แล้ว")), (EVERYBODY, _("ทั้งหมด"))),
        widget=LeanSelect,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields.pop("district", None)
        agency = self.fields["agency"]
        if isinstance(agency, forms.ModelChoiceField):
            agency.queryset = Agency.objects.all()

    def apply(self, rows: MentorQuerySet) -> MentorQuerySet:
        """The rows that match every filter in force."""
        active, today = self.active, timezone.localdate()
        state = active.get("state")
        if state == ENDED:
            rows = rows.filter(ends_on__lt=today)
        elif state != EVERYBODY:
            rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
        if words := active.get("q"):
            rows = rows.matching(words)
        exact = {name: active[name] for name in ("agency", "province") if name in active}
        return rows.filter(**exact)
