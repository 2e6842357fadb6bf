"""Forms of cases: opening one, and its filters."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.scope import ScopeRole
from volunteer_network.case_steps import RESTRICTED_TOPIC, TOPICS
from volunteer_network.enums import (
    AgeBand,
    AgencyCode,
    CaseOutcome,
    CaseState,
    NationalityGroup,
    Sex,
    Urgency,
)
from volunteer_network.forms.activities import VolunteerChoiceField
from volunteer_network.forms.periods import PeriodFilter, next_month, recent_months
from volunteer_network.forms.places import PlaceFilter, SubdistrictField
from volunteer_network.forms.volunteers import CleanText
from volunteer_network.models import Activity, Province, User, Volunteer
from volunteer_network.models.cases import CaseQuerySet
from volunteer_network.ui.forms import (
    CheckChips,
    LeanSelect,
    LongText,
    PhoneField,
    RadioChips,
    SearchSelect,
    Section,
    SectionedForm,
    TokenField,
    offer_choices,
)

TOPIC_CHOICES = [(topic.value, topic.label) for topic in TOPICS]
OPEN_TOPICS = "open"  # what may be known outside the circle of the cleared, and is counted


class NewCaseForm(SectionedForm, forms.Form):
    """One person's need. The office and the deadline follow from the topic."""

    topic = forms.ChoiceField(
        label=_("เรื่อง"), choices=[("", _("เลือก")), *TOPIC_CHOICES], widget=LeanSelect
    )
    urgency = forms.ChoiceField(
        label=_("ความเร่งด่วน"), choices=Urgency.choices, initial=Urgency.NORMAL, widget=RadioChips
    )
    need = forms.CharField(
        label=_("ต้องการให้ช่วยอะไร"),
        max_length=300,
        widget=LongText(rows=2),
        help_text=_("หนึ่งประโยค เช่น นายจ้างค้างค่าจ้าง 2 เดือน ขอให้ช่วยติดตาม ไม่ต้องใส่ชื่อ"),
    )
    screening = CleanText(
        label=_("ผลคัดกรอง"),
        required=False,
        max_length=300,
        help_text=_("เช่น มีสลิปเงินเดือนแล้ว ยังไม่เคยร้องเรียน"),
    )
    volunteer = VolunteerChoiceField(
        label=_("อาสาสมัครที่แจ้ง"),
        queryset=Volunteer.objects.none(),
        required=False,
        widget=SearchSelect(hint=_("พิมพ์ชื่อหรือตำบล เว้นว่างถ้าแจ้งที่สำนักงานเอง")),
        empty_label=_("ไม่มี แจ้งที่สำนักงานเอง"),
    )
    subdistrict = SubdistrictField(
        label=_("ตำบลที่เกิดเรื่อง"),
        required=False,
        help_text=_("เว้นว่าง หมายถึงตำบลของกิจกรรมหรืออาสาสมัคร"),
    )
    is_anonymous = forms.TypedChoiceField(
        label=_("ผู้เดือดร้อน"),
        choices=(("", _("ระบุผู้ติดต่อ")), ("1", _("ไม่ระบุตัว"))),
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]  # the stubs know texts only
        required=False,
        widget=RadioChips,
    )
    called_name = CleanText(
        label=_("ชื่อที่ใช้เรียก"), required=False, max_length=80, help_text=_("เช่น ป้าสมใจ ไม่ต้องมีนามสกุล")
    )
    phone = PhoneField(label=_("โทรศัพท์"), required=False)
    sex = forms.ChoiceField(
        label=_("เพศ"), choices=Sex.choices, initial=Sex.UNSTATED, widget=LeanSelect
    )
    age_band = forms.ChoiceField(
        label=_("ช่วงอายุ"), choices=AgeBand.choices, initial=AgeBand.UNSTATED, widget=LeanSelect
    )
    nationality = forms.ChoiceField(
        label=_("สัญชาติ"),
        choices=NationalityGroup.choices,
        initial=NationalityGroup.UNSTATED,
        widget=LeanSelect,
    )
    notice_given = forms.BooleanField(
        label=_("แจ้งประกาศความเป็นส่วนตัวให้ผู้เดือดร้อนทราบแล้ว"),
        required=False,
        help_text=_("จำเป็นเมื่อระบุผู้ติดต่อ อ่านประกาศได้ด้านล่าง"),
    )
    activity = forms.ModelChoiceField(
        queryset=Activity.objects.none(), required=False, widget=forms.HiddenInput
    )
    submission = TokenField()

    sections = (
        Section(_("เรื่องอะไร ส่งไปไหน"), ("topic", "urgency", "need", "screening")),
        Section(
            _("ผู้เดือดร้อน"),
            (
                "is_anonymous",
                ("called_name", "phone"),
                ("sex", "age_band", "nationality"),
                "notice_given",
            ),
            note=_("เก็บเท่าที่หน่วยงานต้องใช้ติดต่อ ชื่อและโทรศัพท์เก็บแบบปิด"),
        ),
        Section(_("ใครแจ้ง ที่ไหน"), (("volunteer", "subdistrict"),)),
    )
    submit_label = _("ส่งต่อ 1 เรื่อง")
    purpose = _("ส่งต่อ")
    other_actions = (("keep", _("เก็บไว้ ยังไม่ส่ง")),)

    def __init__(self, *args: Any, user: User, province: Province, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = Volunteer.objects.visible_to(user).filter(province=province)
        self.offer("volunteer", ours.select_related("subdistrict"))
        self.offer("activity", Activity.objects.visible_to(user).filter(province=province))
        field = self.fields["subdistrict"]
        if isinstance(field, SubdistrictField):
            field.within(province)
            self.suggestions = field.suggestions


class CaseFilter(PeriodFilter, PlaceFilter):
    """Filters of the list of cases."""

    q = forms.CharField(label=_("ค้นในรายการ"), max_length=100)
    mine = forms.ChoiceField(
        label=_("ของฉัน"),
        choices=(("", _("ทุกเรื่อง")), ("waiting", _("รอฉัน")), ("sent", _("ฉันส่ง"))),
        widget=LeanSelect,
    )
    state = forms.MultipleChoiceField(
        label=_("สถานะ"), choices=CaseState.choices, widget=CheckChips
    )
    topic = forms.ChoiceField(label=_("เรื่อง"), widget=LeanSelect)
    agency = forms.ChoiceField(
        label=_("หน่วยงาน"), choices=[("", _("ทุกหน่วยงาน")), *AgencyCode.choices], widget=LeanSelect
    )
    outcome = forms.ChoiceField(
        label=_("ผล"), choices=[("", _("ทุกผล")), *CaseOutcome.choices], widget=LeanSelect
    )
    overdue = forms.ChoiceField(
        label=_("กำหนด"), choices=(("", _("ทุกกำหนด")), ("1", _("เลยกำหนด"))), widget=LeanSelect
    )
    month = forms.ChoiceField(label=_("เดือนที่รับแจ้ง"), widget=LeanSelect)
    volunteer = VolunteerChoiceField(
        label=_("อาสาสมัคร"), queryset=Volunteer.objects.none(), widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        known = [(value, label) for value, label in TOPIC_CHOICES if self._may_know(value)]
        if self.scope.cleared:
            known.insert(0, (OPEN_TOPICS, _("ทุกเรื่องที่ไม่ใช่การค้ามนุษย์")))
        offer_choices(self, "topic", [("", _("ทุกเรื่อง")), *known])
        offer_choices(
            self, "month", [("", _("ทุกเดือน")), *recent_months(self.data.get("month", ""))]
        )
        if self.scope.role is ScopeRole.OFFICE:  # one office, whose officers see no register
            for name in ("province", "region", "cluster", "agency", "volunteer"):
                self.fields.pop(name, None)
        else:
            field = self.fields["volunteer"]
            if isinstance(field, VolunteerChoiceField):
                field.queryset = Volunteer.objects.visible_to(user)

    def apply(self, rows: CaseQuerySet, *, today: date) -> CaseQuerySet:
        """The rows that match every filter in force."""
        active = self.active
        if words := active.get("q"):
            rows = rows.matching(words)
        if active.get("mine") == "waiting":
            rows = rows.waiting_for(self.user)
        elif active.get("mine") == "sent":
            rows = rows.filter(opened_by=self.user)
        if states := active.get("state"):
            rows = rows.filter(state__in=states)
        if agency := active.get("agency"):
            rows = rows.filter(office__agency=agency)
        if "overdue" in active:
            rows = rows.overdue(today)
        if span := self.span:
            first, last = span
            rows = rows.filter(opened_on__gte=first, opened_on__lt=next_month(last))
        if active.get("topic") == OPEN_TOPICS:
            rows = rows.exclude(topic=RESTRICTED_TOPIC)
        elif topic := active.get("topic"):
            rows = rows.filter(topic=topic)
        names = ("outcome", "province", "district", "volunteer")
        exact = {name: active[name] for name in names if name in active}
        found: CaseQuerySet = self.of_area(rows.filter(**exact))
        return found

    def _may_know(self, topic: str) -> bool:
        return self.scope.cleared or topic != RESTRICTED_TOPIC
