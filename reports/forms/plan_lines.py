"""Forms of a line: everything about it, its cells in the grid, what came of it in a quarter."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as in_words
from django.utils.translation import gettext_lazy as _

from mentors.models import Mentor
from reports.enums import LOG_MEASURES, BudgetType, Measure, ProjectGroup
from reports.forms.plan_fields import (
    TARGET_AT_MOST,
    MentorField,
    MoneyField,
    MonthsField,
    TargetField,
)
from reports.models import Direction, Plan, PlanLine, PlanProof, StandingProject
from reports.services.plan_lines import CELLS
from seminars.models import Seminar
from volunteer_network.enums import AgencyCode, Category
from volunteer_network.forms.volunteers import CleanText
from volunteer_network.models import User
from volunteer_network.thai_calendar import fiscal_year_bounds
from volunteer_network.ui.forms import (
    CheckChips,
    CountField,
    LeanSelect,
    LongText,
    RadioChips,
    Section,
    SectionedForm,
    VersionField,
)


class CellsForm(SectionedForm, forms.Form):
    """The cells of one line in the grid; only what was sent is in `cells`."""

    target_1 = TargetField(label=_("ไตรมาส 1"))
    target_2 = TargetField(label=_("ไตรมาส 2"))
    target_3 = TargetField(label=_("ไตรมาส 3"))
    target_4 = TargetField(label=_("ไตรมาส 4"))
    target = TargetField(label=_("ทั้งปี"))
    allotted = MoneyField(label=_("งบจัดสรร"))
    version = VersionField()

    @property
    def cells(self) -> dict[str, Any]:
        sent = {name for name in CELLS if self.add_prefix(name) in self.data}
        return {name: self.cleaned_data[name] for name in CELLS if name in sent}


class SeminarsField(forms.ModelMultipleChoiceField[Seminar]):
    widget = CheckChips

    def label_from_instance(self, seminar: Seminar) -> str:
        return seminar.title


class LineForm(SectionedForm, forms.Form):
    """All of a line; without `line` a new one, begun from a project of the centre or bare."""

    standing = forms.ModelChoiceField(
        label=_("โครงการของส่วนกลาง"),
        queryset=StandingProject.objects.none(),
        required=False,
        widget=LeanSelect,
        empty_label=_("งานของจังหวัดเอง"),
    )
    group = forms.ChoiceField(label=_("กลุ่มงาน"), choices=ProjectGroup.choices, widget=RadioChips)
    title = CleanText(
        label=_("งาน/กิจกรรม"), max_length=240, help_text=_("เช่น สำรวจข้อมูลด้านแรงงานระดับตำบล")
    )
    project = CleanText(label=_("โครงการ"), required=False, max_length=240)
    objective = CleanText(label=_("วัตถุประสงค์"), required=False, max_length=400)
    indicator = CleanText(label=_("ตัวชี้วัด"), max_length=120, help_text=_("เช่น ผู้รับบริการ"))
    unit = CleanText(label=_("หน่วยนับ"), max_length=30, help_text=_("เช่น คน ครั้ง ตำบล"))
    target_1 = TargetField(label=_("ไตรมาส 1"))
    target_2 = TargetField(label=_("ไตรมาส 2"))
    target_3 = TargetField(label=_("ไตรมาส 3"))
    target_4 = TargetField(label=_("ไตรมาส 4"))
    target = TargetField(label=_("เป้าหมายทั้งปี"), help_text=_("เว้นว่างไว้ ระบบรวมไตรมาสให้"))
    budget_type = forms.ChoiceField(
        label=_("ประเภทงบ"), choices=BudgetType.choices, widget=LeanSelect
    )
    allotted = MoneyField(label=_("งบจัดสรร (บาท)"))
    months = MonthsField(label=_("เดือนที่ทำ"), required=False)
    area = CleanText(
        label=_("พื้นที่"), required=False, max_length=200, help_text=_("เช่น ทุกอำเภอ หรือชื่ออำเภอ")
    )
    responsible = MentorField(
        label=_("ผู้รับผิดชอบ"),
        queryset=Mentor.objects.none(),
        required=False,
        widget=LeanSelect,
        empty_label=_("ยังไม่ระบุ"),
    )
    partners = forms.MultipleChoiceField(
        label=_("หน่วยงานร่วม"), choices=AgencyCode.choices, required=False, widget=CheckChips
    )
    measure = forms.ChoiceField(
        label=_("ผลนับจาก"),
        choices=Measure.choices,
        widget=LeanSelect,
        help_text=_("ถ้านับจากบันทึกกิจกรรมหรือสัมมนา ระบบใส่ผลให้เองทุกไตรมาส"),
    )
    categories = forms.MultipleChoiceField(
        label=_("ประเภทงานที่นับเป็นผล"),
        choices=Category.choices,
        required=False,
        widget=CheckChips,
        help_text=_("ประเภทหนึ่งนับได้งานเดียวในแผน กิจกรรมหนึ่งจึงไม่ถูกนับสองครั้ง"),
    )
    seminars = SeminarsField(
        label=_("สัมมนาที่นับเป็นผล"), queryset=Seminar.objects.none(), required=False
    )
    sections = (
        Section(_("งาน"), ("standing", "group", "title", ("project", "objective"))),
        Section(
            _("ตัวชี้วัดและเป้าหมาย"),
            (
                ("indicator", "unit"),
                ("target_1", "target_2"),
                ("target_3", "target_4"),
                "target",
            ),
        ),
        Section(_("งบประมาณ"), (("budget_type", "allotted"),)),
        Section(_("เมื่อไร ที่ไหน ใคร"), ("months", ("area", "responsible"), "partners")),
        Section(_("อะไรเป็นหลักฐานของผล"), ("measure", "categories", "seminars")),
    )
    constraint_fields = {
        "category_proves_one_line": "categories",
        "seminar_proves_one_line": "seminars",
        "line_months_of_the_year": "months",
        "line_without_budget_has_no_money": "budget_type",
    }
    submit_label = _("เพิ่มงาน 1 งาน")
    keeps_draft = True

    def __init__(self, *args: Any, plan: Plan, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        direction = Direction.objects.filter(fiscal_year=plan.fiscal_year)
        self.offer("standing", StandingProject.objects.filter(direction__in=direction))
        began = fiscal_year_bounds(plan.fiscal_year)[0]
        serving = Q(ends_on__isnull=True) | Q(ends_on__gte=min(began, timezone.localdate()))
        mentors = Mentor.objects.visible_to(user).filter(serving, province=plan.province_id)
        self.offer("responsible", mentors.order_by("sort_key", "pk"))
        seminars = Seminar.objects.visible_to(user).filter(fiscal_year=plan.fiscal_year)
        self.offer("seminars", seminars.order_by("starts_on", "pk"))
        self.cancel_url = f"{plan.get_absolute_url()}edit/"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        quarters = [data.get(f"target_{one}") or 0 for one in (1, 2, 3, 4)]
        if not data.get("target"):
            data["target"] = sum(quarters)
        measure = data.get("measure")
        if data.get("categories") and measure and Measure(measure) not in LOG_MEASURES:
            text = in_words("เลือกประเภทงานไว้ ให้นับผลจากบันทึกกิจกรรม")
            self.add_error("measure", ValidationError(text))
        if data.get("seminars") and measure and measure != Measure.ATTENDANCE:
            text = in_words("เลือกสัมมนาไว้ ให้นับผลจากผู้เข้าร่วมสัมมนา")
            self.add_error("measure", ValidationError(text))
        return data


class ChangeLineForm(LineForm):
    version = VersionField()
    submit_label = _("บันทึกงาน 1 งาน")

    def __init__(self, *args: Any, line: PlanLine, plan: Plan, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", line_values(line, user))
        super().__init__(*args, plan=plan, user=user, **kwargs)


def line_values(line: PlanLine, user: User) -> dict[str, Any]:
    """What the form of a line begins with."""
    proofs = list(PlanProof.objects.visible_to(user).filter(line=line)) if line.pk else []
    names = [name for name in ChangeLineForm.base_fields if hasattr(line, name)]
    return {name: getattr(line, name) for name in names} | {
        "standing": line.standing_id,
        "responsible": line.responsible_id,
        "categories": [proof.category for proof in proofs if proof.category],
        "seminars": [proof.seminar_id for proof in proofs if proof.seminar_id],
    }


class NotedForm(SectionedForm, forms.Form):
    """What came of one line in one quarter."""

    actual = CountField(label=_("ผล"), required=False, max_value=TARGET_AT_MOST)
    disbursed = MoneyField(label=_("เบิกจ่าย (บาท)"))
    committed = MoneyField(label=_("ผูกพัน (บาท)"))
    problems = forms.CharField(
        label=_("ปัญหาอุปสรรค"), required=False, max_length=2000, widget=LongText(rows=2)
    )
    suggestions = forms.CharField(
        label=_("ข้อเสนอแนะ"), required=False, max_length=2000, widget=LongText(rows=2)
    )
    version = VersionField(min_value=0)
    sections = (Section("", (("actual", "disbursed", "committed"), ("problems", "suggestions"))),)

    def __init__(self, *args: Any, typed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not typed:
            del self.fields["actual"]
