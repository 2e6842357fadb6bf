"""The call note, and the filters of the silent."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentors.enums import ContactOutcome
from mentors.forms.assignments import UnassignedFilter
from mentors.forms.mentors import SuccessorField
from mentors.models import Mentor
from mentors.services.silence import guided_by
from volunteer_network.forms.volunteers import CleanText
from volunteer_network.models import User
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.ui.forms import (
    FilterForm,
    LeanSelect,
    RadioChips,
    Section,
    SectionedForm,
    ThaiDateField,
)

CALLS_BACK_DAYS = 60  # an older call is a typing mistake


def _earliest() -> Any:
    return timezone.localdate() - timedelta(days=CALLS_BACK_DAYS)


class ContactForm(SectionedForm, forms.Form):
    """บันทึกการติดต่อ: the outcome is enough, the rest follows from it."""

    outcome = forms.ChoiceField(label=_("ผล"), choices=ContactOutcome.choices, widget=RadioChips)
    on_date = ThaiDateField(
        label=_("วันที่ติดต่อ"),
        required=False,
        earliest=_earliest,
        latest=timezone.localdate,
        help_text=_("เว้นว่าง หมายถึงวันนี้"),
    )
    next_on = ThaiDateField(
        label=_("ติดตามอีกครั้ง"),
        required=False,
        help_text=_("เว้นว่าง ระบบกำหนดให้ตามผล เช่น ติดต่อไม่ได้ อีก 3 วัน"),
    )
    note = CleanText(
        label=_("บันทึก"),
        required=False,
        max_length=300,
        help_text=_("เช่น เปลี่ยนเบอร์ ไปทำงานต่างจังหวัดถึงสิ้นปี"),
    )

    sections = (Section("", ("outcome", ("on_date", "next_on"), "note")),)
    submit_label = _("บันทึกการติดต่อ 1 คน")


def offer_mentors(filters: FilterForm, user: User) -> None:
    """Those of the own province to choose from; of many provinces the address alone names one."""
    field = filters.fields["mentor"]
    if isinstance(field, SuccessorField):
        field.queryset = Mentor.objects.visible_to(user)
        if user.scope.province is None:
            field.widget = forms.HiddenInput()


class SilentFilter(UnassignedFilter):
    """Filters of the silent, by mentor too."""

    mentor = SuccessorField(
        label=_("พี่เลี้ยง"),
        queryset=Mentor.objects.none(),
        widget=LeanSelect,
        empty_label=_("ทุกคน"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        offer_mentors(self, user)

    def apply(self, rows: VolunteerQuerySet) -> VolunteerQuerySet:
        rows = super().apply(rows)
        if mentor := self.active.get("mentor"):
            rows = rows.filter(guided_by(mentor.pk, timezone.localdate()))
        return rows
