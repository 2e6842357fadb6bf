"""Filters of notices and of the outbox, and what a person wants by mail."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteer_network.enums import CHOSEN_BY_MAIL, MailState, NoticeKind
from volunteer_network.models import User
from volunteer_network.models.notices import NoticeQuerySet, OutgoingMailQuerySet
from volunteer_network.ui.forms import CheckChips, FilterForm, LeanSelect, Section, SectionedForm

KINDS = [("", _("ทุกเรื่อง")), *NoticeKind.choices]
UNREAD = "unread"


class NoticeFilter(FilterForm):
    kind = forms.ChoiceField(label=_("เรื่อง"), choices=KINDS, widget=LeanSelect)
    state = forms.ChoiceField(
        label=_("แสดง"), choices=[("", _("ทั้งหมด")), (UNREAD, _("ยังไม่อ่าน"))], widget=LeanSelect
    )

    def apply(self, rows: NoticeQuerySet) -> NoticeQuerySet:
        """The notices that match every filter in force."""
        active = self.active
        if kind := active.get("kind"):
            rows = rows.filter(kind=kind)
        return rows.unread() if "state" in active else rows


class OutboxFilter(FilterForm):
    q = forms.CharField(label=_("ค้นในรายการ"), max_length=100)
    state = forms.MultipleChoiceField(
        label=_("สถานะ"), choices=MailState.choices, widget=CheckChips
    )
    kind = forms.ChoiceField(label=_("เรื่อง"), choices=KINDS, widget=LeanSelect)
    to = forms.ModelChoiceField(
        label=_("ถึง"), queryset=User.objects.all(), widget=forms.HiddenInput
    )

    def apply(self, rows: OutgoingMailQuerySet) -> OutgoingMailQuerySet:
        """The mails that match every filter in force."""
        active = self.active
        if words := active.get("q"):
            rows = rows.matching(words)
        if states := active.get("state"):
            rows = rows.filter(state__in=states)
        if kind := active.get("kind"):
            rows = rows.filter(kind=kind)
        if person := active.get("to"):
            rows = rows.filter(recipient=person)
        return rows


class MailForm(SectionedForm, forms.Form):
    """Which notices come by mail too; inside the product all of them are shown."""

    sections: ClassVar[tuple[Section, ...]] = (
        Section(_("แจ้งเตือนทางอีเมล"), ("wanted",), _("ในระบบแจ้งทุกเรื่องเสมอ เลือกเรื่องที่ให้ส่งอีเมลด้วย")),
    )
    submit_label = _("บันทึกการแจ้งเตือน")

    wanted = forms.MultipleChoiceField(
        label=_("เรื่องที่ให้ส่งอีเมล"),
        choices=[(kind.value, kind.label) for kind in NoticeKind if kind in CHOSEN_BY_MAIL],
        required=False,
        widget=CheckChips,
        help_text=_("ลิงก์ตั้งรหัสผ่านส่งทางอีเมลเสมอ"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        wanted = [kind for kind in CHOSEN_BY_MAIL if kind not in user.unmailed_kinds]
        super().__init__(*args, initial={"wanted": wanted}, prefix="mail", **kwargs)
