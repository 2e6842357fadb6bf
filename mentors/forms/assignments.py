"""Giving many volunteers a mentor: to whom, from when, and what the officer saw."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentors.forms.mentors import SuccessorField
from mentors.models import Mentor
from volunteer_network.forms.places import DistrictFilter, PlaceFilter
from volunteer_network.forms.volunteers import FIRST_TERM, last_first_day
from volunteer_network.models import User
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.row_keys import is_key
from volunteer_network.ui.forms import LeanSelect, Section, SectionedForm, ThaiDateField


def read_seen(text: str) -> dict[int, int]:
    """What a page showed: "volunteer:mentorship …", with 0 where there was none."""
    pairs = (part.partition(":") for part in text.split())
    return {
        int(volunteer): int(mentorship)
        for volunteer, _colon, mentorship in pairs
        if is_key(volunteer) and is_key(mentorship)
    }


def seen_in_words(volunteers: Iterable[int], mentorships: Mapping[int, int]) -> str:
    return " ".join(f"{volunteer}:{mentorships.get(volunteer, 0)}" for volunteer in volunteers)


class SeenField(forms.CharField):
    """Whom the page showed, with the mentorship of each; cleaned to a mapping."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> dict[int, int]:
        return read_seen(super().clean(value))


class AssignForm(SectionedForm, forms.Form):
    """จัดพี่เลี้ยง: one mentor for all who are listed below the form."""

    mentor = SuccessorField(label=_("พี่เลี้ยง"), queryset=Mentor.objects.none(), widget=LeanSelect)
    starts_on = ThaiDateField(
        label=_("ตั้งแต่วันที่"),
        earliest=FIRST_TERM,
        latest=last_first_day,
        initial=timezone.localdate,
        help_text=_("พี่เลี้ยงคนเดิมสิ้นสุดในวันก่อนหน้า เช่น 1 ธ.ค. 2569"),
    )
    seen = SeenField(required=False)

    sections = (Section(_("ให้ใครดูแล ตั้งแต่เมื่อไร"), (("mentor", "starts_on"),)),)
    purpose = _("จัดพี่เลี้ยง")

    def __init__(self, *args: Any, by: User, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = _("จัดพี่เลี้ยงให้ อสร. %(count)d คน") % {"count": count}
        mentors = Mentor.objects.visible_to(by).filter(province=by.province_id)
        self.offer("mentor", mentors.filter(ends_on__isnull=True))

    def show_seen(self, seen: str) -> None:
        """After a refusal the page shows what is there now; the next save is about that."""
        self.data = {**self.data.dict(), "seen": seen}  # type: ignore[attr-defined]  # a QueryDict


class DistrictForm(forms.Form):
    """ทั้งอำเภอ: which district somebody shall guide."""

    district = DistrictFilter()

    def __init__(self, *args: Any, province: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        district = self.fields["district"]
        if isinstance(district, DistrictFilter):
            district.within(province)


class UnassignedFilter(PlaceFilter):
    """Filters of those whom nobody guides."""

    q = forms.CharField(label=_("ค้นในรายการ"), max_length=100)

    def apply(self, rows: VolunteerQuerySet) -> VolunteerQuerySet:
        active = self.active
        if words := active.get("q"):
            rows = rows.matching(words)
        exact = {name: active[name] for name in ("province", "district") if name in active}
        return rows.filter(**exact)
