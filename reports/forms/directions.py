"""Forms about the directions of a year and its standing projects."""

from itertools import pairwise
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.enums import Measure, ProjectGroup
from reports.models import Direction, StandingProject
from reports.services.directions import Part
from volunteer_network.enums import Category
from volunteer_network.forms.volunteers import CleanText
from volunteer_network.ui.forms import (
    CheckChips,
    CountField,
    LeanSelect,
    LongText,
    RadioChips,
    Section,
    SectionedForm,
    ThaiDateField,
    VersionField,
)

FIRST_YEAR, LAST_YEAR = 2548, 2640  # of the regulation; further is a typing mistake
DAYS = ("propose_by", "send_by", "decide_by")


class ChangeDirectionForm(SectionedForm, forms.Form):
    """What provinces plan by in a year that exists, and until when."""

    keeps_draft = True
    text = forms.CharField(
        label=_("แนวทางของปี"),
        required=False,
        max_length=4000,
        widget=LongText(rows=8),
        help_text=_("บรรทัดละข้อ เช่น 1. เร่งให้แรงงานนอกระบบเข้าถึงประกันสังคมมาตรา 40"),
    )
    propose_by = ThaiDateField(label=_("เสนอแรงงานจังหวัดภายใน"))
    send_by = ThaiDateField(label=_("ส่งส่วนกลางภายใน"))
    decide_by = ThaiDateField(label=_("ส่วนกลางพิจารณาภายใน"))
    version = VersionField()
    sections: ClassVar[tuple[Section, ...]] = (
        Section(_("แนวทาง"), ("text",)),
        Section(
            _("กำหนดวัน"),
            (DAYS,),
            note=_("จังหวัดเห็นกำหนดนี้ในแผนทุกขั้น วันเรียงจากเสนอ ส่งส่วนกลาง แล้วพิจารณา"),
        ),
    )
    submit_label = _("บันทึกแนวทาง 1 ปี")
    constraint_fields = {"direction_days_in_order": "send_by"}

    def clean(self) -> dict[str, Any]:
        """Each day comes no earlier than the one before it."""
        data = super().clean() or {}
        for earlier, later in pairwise(DAYS):
            first, second = data.get(earlier), data.get(later)
            if first and second and second < first:
                self.add_error(later, _("วันนี้ต้องไม่ก่อน “%s”") % self.fields[earlier].label)
        return data

    @classmethod
    def of(cls, direction: Direction, *args: Any, **kwargs: Any) -> "ChangeDirectionForm":
        initial = {name: getattr(direction, name) for name in ("text", *DAYS, "version")}
        return cls(*args, initial=initial, **kwargs)


class DirectionForm(ChangeDirectionForm):
    """A new year, begun from the latest one where there is one."""

    version = None  # type: ignore[assignment]  # a new row has none
    fiscal_year = CountField(
        label=_("ปีงบประมาณ"), min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text=_("เช่น 2571")
    )
    parts = forms.MultipleChoiceField(
        label=_("เอาอะไรมาจากปีก่อน"),
        choices=Part.choices,
        required=False,
        widget=CheckChips,
        help_text=_("แก้ได้ทุกอย่างก่อนเปิดให้จังหวัดทำแผน แนวทางที่พิมพ์ไว้ด้านบนใช้แทนของปีก่อน"),
    )
    sections: ClassVar[tuple[Section, ...]] = (
        Section(_("ปี"), ("fiscal_year", "parts")),
        *ChangeDirectionForm.sections,
    )
    submit_label = _("สร้างร่างแนวทาง 1 ปี")

    def __init__(self, *args: Any, former: Direction | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if former is None:
            del self.fields["parts"]
        else:
            self.fields["parts"].label = _("เอาอะไรมาจากปี %s") % former.fiscal_year


class ProjectForm(SectionedForm, forms.Form):
    """A standing project: the template from which a province's line begins."""

    keeps_draft = True
    group = forms.ChoiceField(
        label=_("กลุ่มงาน"),
        choices=ProjectGroup.choices,
        widget=RadioChips,
        initial=ProjectGroup.CORE,
    )
    title = CleanText(
        label=_("โครงการ/กิจกรรม"),
        max_length=240,
        help_text=_("เช่น ประสานการให้บริการด้านแรงงานในพื้นที่/ชุมชน โดยอาสาสมัครแรงงาน"),
    )
    objective = CleanText(label=_("วัตถุประสงค์"), required=False, max_length=400)
    indicator = CleanText(label=_("ตัวชี้วัด"), max_length=120, help_text=_("เช่น ผู้รับบริการ"))
    unit = CleanText(label=_("หน่วยนับ"), max_length=30, help_text=_("เช่น คน"))
    measure = forms.ChoiceField(
        label=_("ผลนับจาก"),
        choices=Measure.choices,
        widget=LeanSelect,
        initial=Measure.TYPED,
        help_text=_("เลือกจากบันทึกกิจกรรมเมื่อทำได้ จังหวัดจะไม่ต้องลงผลซ้ำ"),
    )
    categories = forms.MultipleChoiceField(
        label=_("ประเภทงานที่นับเป็นผล"),
        choices=Category.choices,
        required=False,
        widget=CheckChips,
        help_text=_("เฉพาะเมื่อผลนับจากบันทึกกิจกรรม ประเภทหนึ่งเป็นผลของโครงการเดียว"),
    )
    required = forms.BooleanField(
        label=_("ทุกจังหวัดต้องมี"),
        required=False,
        help_text=_("แผนที่ขาดโครงการนี้จะอยู่ในกลุ่มที่ต้องพิจารณาทีละฉบับ"),
    )
    sections = (
        Section(_("โครงการ"), ("group", "title", "objective")),
        Section(_("ตัวชี้วัดและผล"), (("indicator", "unit"), "measure", "categories")),
        Section(_("ข้อบังคับ"), ("required",)),
    )
    submit_label = _("บันทึกโครงการ 1 โครงการ")
    constraint_fields = {"one_standing_project_of_a_title": "title"}

    def clean_categories(self) -> list[str]:
        """Each once, however often an address names it: each proves one line of a plan."""
        return list(dict.fromkeys(self.cleaned_data["categories"]))


class ChangeProjectForm(ProjectForm):
    version = VersionField()

    @classmethod
    def of(cls, project: StandingProject, *args: Any, **kwargs: Any) -> "ChangeProjectForm":
        initial = {name: getattr(project, name) for name in cls.base_fields}
        return cls(*args, initial=initial, **kwargs)
