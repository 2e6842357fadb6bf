"""Naming who acts as the provincial head."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network.models import User
from volunteer_network.ui.forms import LeanSelect, Section, SectionedForm, ThaiDateField


class ActingHeadForm(SectionedForm, forms.Form):
    sections = (Section("", ("mentor", ("starts_on", "ends_on"))),)
    submit_label = _("ตั้งผู้รักษาราชการแทน 1 คน")
    purpose = _("ตั้งผู้รักษาราชการแทน")

    mentor = forms.ModelChoiceField(
        label=_("เจ้าหน้าที่พี่เลี้ยง"), queryset=User.objects.none(), widget=LeanSelect
    )
    starts_on = ThaiDateField(
        label=_("ตั้งแต่วันที่"), earliest=timezone.localdate, initial=timezone.localdate
    )
    ends_on = ThaiDateField(
        label=_("ถึงวันที่"),
        earliest=timezone.localdate,
        help_text=_("นับวันนี้ด้วย มีผลถึงสิ้นวัน เช่น 3 ธ.ค. 2563"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.visible_to(user).mentors_of(user.province_id).active()
        self.offer("mentor", colleagues.exclude(pk=user.pk).order_by("sort_key", "pk"))
