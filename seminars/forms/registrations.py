"""Forms about one person at a seminar, and the filters of the list."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.models import Mentor
from seminars.enums import ClassKind, RegistrationSource, RegistrationState
from seminars.models import ParticipantClass, Registration, Seminar
from seminars.models.registrations import RegistrationQuerySet
from seminars.services.registrations import NAME_FIELDS, PERSON_FIELDS
from volunteer_network.access.roles import Capability
from volunteer_network.forms.volunteers import CleanText
from volunteer_network.models import Province, User, Volunteer
from volunteer_network.ui.forms import (
    FilterForm,
    LeanSelect,
    PhoneField,
    PlainText,
    RadioChips,
    Section,
    SectionedForm,
    VersionField,
)

LEAVING = (RegistrationState.DECLINED, RegistrationState.CANCELLED)


class ClassChoice(forms.ModelChoiceField[ParticipantClass]):
    def label_from_instance(self, one: ParticipantClass) -> str:
        left = one.seats - one.count.taken
        words = _("เหลือ %(left)d") % {"left": left} if left > 0 else _("เต็ม เข้ารายชื่อสำรอง")
        return f"{one} ({words})"


class PersonForm(SectionedForm, forms.Form):
    """Who comes, as typed; the base of registering, changing and sending a substitute."""

    keeps_draft = True
    title = CleanText(
        label=gettext_lazy("คำนำหน้า"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("เช่น นาง หรือ ว่าที่ร้อยตรี"),
    )
    first_name = CleanText(label=gettext_lazy("ชื่อ"), max_length=80)
    last_name = CleanText(label=gettext_lazy("สกุล"), max_length=80)
    position = CleanText(label=gettext_lazy("ตำแหน่ง"), required=False, max_length=120)
    organisation = CleanText(
        label=gettext_lazy("หน่วยงาน"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("เช่น สำนักงานแรงงานจังหวัดเชียงใหม่"),
    )
    phone = PhoneField(label=gettext_lazy("โทรศัพท์"), required=False)
    email = forms.EmailField(label=gettext_lazy("อีเมล"), required=False, widget=PlainText())
    note = CleanText(
        label=gettext_lazy("หมายเหตุ"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("อาหาร ที่พัก หรือความช่วยเหลือที่ต้องการ"),
    )
    sections: ClassVar[tuple[Section, ...]] = (
        Section(
            gettext_lazy("ใครเข้าร่วม"),
            (
                ("title", "first_name", "last_name"),
                ("position", "organisation"),
                ("phone", "email"),
                "note",
            ),
        ),
    )

    def known_as(self, known: Mentor | Volunteer | None) -> None:
        """Somebody of the network has a name already: it is not typed again."""
        if known is None:
            return
        for name in NAME_FIELDS:
            self.fields.pop(name)
        self.fields["phone"].initial = known.phone
        self.fields["position"].initial = getattr(known, "position", "")


class RegisterForm(PersonForm):
    """ลงทะเบียน: one person for one class."""

    participant_class = ClassChoice(
        label=gettext_lazy("ประเภทผู้เข้าร่วม"),
        queryset=ParticipantClass.objects.none(),
        widget=LeanSelect,
    )
    province = forms.ModelChoiceField(
        label=gettext_lazy("จังหวัด"),
        queryset=Province.objects.none(),
        required=False,
        widget=LeanSelect,
        empty_label=gettext_lazy("ส่วนกลางหรือนอกเครือข่าย"),
    )
    sections = (
        Section(gettext_lazy("ที่นั่ง"), (("participant_class", "province"),)),
        *PersonForm.sections,
    )
    submit_label = gettext_lazy("ลงทะเบียน 1 คน")
    other_actions = (("another", gettext_lazy("ลงทะเบียนและเพิ่มอีกคน")),)

    def __init__(
        self,
        *args: Any,
        seminar: Seminar,
        user: User,
        known: Mentor | Volunteer | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own_province = None if user.can(Capability.RUN_SEMINARS) else user.province
        self.known = known
        classes = ParticipantClass.objects.filter(seminar=seminar).select_related("count")
        if self.own_province:
            classes = classes.filter(named_by_provinces=True)
            del self.fields["province"]
            self.fields["organisation"].initial = self.own_province.office_name
        else:
            self.offer("province", Province.objects.all())
        self.offer("participant_class", classes)
        self.known_as(known)
        if kwargs.get("initial") is None and (only := classes[:2]) and len(only) == 1:
            self.fields["participant_class"].initial = only[0].pk

    def clean(self) -> dict[str, Any]:
        """Who is known is linked; a provincial officer registers for the own province."""
        data = super().clean() or {}
        data["source"] = (
            RegistrationSource.PROVINCE if self.own_province else RegistrationSource.CENTRE
        )
        if self.own_province:
            data["province"] = self.own_province
        data["mentor"] = self.known if isinstance(self.known, Mentor) else None
        data["volunteer"] = self.known if isinstance(self.known, Volunteer) else None
        return data


class ChangeForm(PersonForm):
    """แก้ข้อมูลผู้เข้าร่วม."""

    version = VersionField()
    submit_label = gettext_lazy("บันทึกการแก้ไข")

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(registration, name) for name in PERSON_FIELDS} | {
            "version": registration.version
        }
        super().__init__(*args, **kwargs)
        if registration.mentor_id or registration.volunteer_id:
            for name in NAME_FIELDS:
                self.fields.pop(name)


class SubstituteForm(PersonForm):
    """ส่งผู้แทน."""

    submit_label = gettext_lazy("ส่งผู้แทน 1 คน")

    def __init__(
        self,
        *args: Any,
        registration: Registration,
        known: Mentor | Volunteer | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"organisation": registration.organisation}
        super().__init__(*args, **kwargs)
        self.known = known
        self.known_as(known)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["mentor"] = self.known if isinstance(self.known, Mentor) else None
        data["volunteer"] = self.known if isinstance(self.known, Volunteer) else None
        return data


class WithdrawForm(SectionedForm, forms.Form):
    """ไม่เข้าร่วม or ยกเลิก, with a reason if there is one."""

    state = forms.TypedChoiceField(
        label=gettext_lazy("เป็นอย่างไร"),
        choices=[
            (RegistrationState.DECLINED, gettext_lazy("เจ้าตัวไม่เข้าร่วม")),
            (RegistrationState.CANCELLED, gettext_lazy("ยกเลิกการลงทะเบียน")),
        ],
        coerce=RegistrationState,
        widget=RadioChips,
        initial=RegistrationState.DECLINED,
    )
    reason = CleanText(
        label=gettext_lazy("เหตุผล"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("เช่น ติดราชการด่วน"),
    )
    sections = (Section("", ("state", "reason")),)
    submit_label = gettext_lazy("คืนที่นั่ง 1 คน")


class MoveForm(SectionedForm, forms.Form):
    """ย้ายประเภท."""

    participant_class = ClassChoice(
        label=gettext_lazy("ย้ายไปประเภท"),
        queryset=ParticipantClass.objects.none(),
        widget=LeanSelect,
    )
    sections = (Section("", ("participant_class",)),)
    submit_label = gettext_lazy("ย้าย 1 คน")

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = ParticipantClass.objects.filter(seminar=registration.seminar_id)
        self.offer(
            "participant_class",
            others.exclude(pk=registration.participant_class_id).select_related("count"),
        )


class RegistrationFilter(FilterForm):
    """Filters of the list of people."""

    q = forms.CharField(label=gettext_lazy("ค้นในรายการ"), max_length=100)
    kind = forms.ChoiceField(
        label=gettext_lazy("ประเภท"),
        choices=[("", gettext_lazy("ทุกประเภท")), *ClassKind.choices],
        widget=LeanSelect,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("สถานะ"),
        choices=[("", gettext_lazy("ทุกสถานะ")), *RegistrationState.choices],
        widget=LeanSelect,
    )
    province = forms.ModelChoiceField(
        label=gettext_lazy("จังหวัด"),
        queryset=Province.objects.none(),
        widget=LeanSelect,
        empty_label=gettext_lazy("ทุกจังหวัด"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province = self.fields["province"]
        if user.scope.province:
            del self.fields["province"]
        elif isinstance(province, forms.ModelChoiceField):
            seen = Province.objects.all()
            within = seen.filter(pk__in=user.scope.provinces)
            province.queryset = seen if user.scope.nationwide else within

    def apply(self, rows: RegistrationQuerySet) -> RegistrationQuerySet:
        active = self.active
        if words := active.get("q"):
            rows = rows.matching(words)
        names = {"kind": "participant_class__kind", "state": "state", "province": "province"}
        return rows.filter(**{names[name]: active[name] for name in names if name in active})
