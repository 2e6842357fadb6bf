"""What the core offers to do, or to show at once, to whoever types its name into the search."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from volunteer_network.access.roles import Capability
from volunteer_network.ui.registry import Action, register_action

ACTIONS: Final = (
    Action(
        label=_("ขึ้นทะเบียน อสร."),
        english="register new volunteer",
        icon="plus",
        url_name="volunteers:create",
        needs=Capability.EDIT_VOLUNTEERS,
    ),
    Action(
        label=_("บันทึกกิจกรรม"),
        english="log new activity",
        icon="plus",
        url_name="activities:create",
        needs=Capability.LOG_ACTIVITIES,
    ),
    Action(
        label=_("อสร. ที่วาระสิ้นสุดใน 90 วัน"),
        english="terms ending",
        icon="clock",
        url_name="volunteers:list",
        query="status=active&term_ends=90",
        needs=Capability.VIEW_VOLUNTEERS,
    ),
    Action(
        label=_("ผู้สมัครรอแต่งตั้ง"),
        english="applicants",
        icon="people",
        url_name="volunteers:list",
        query="status=applicant",
        needs=Capability.VIEW_VOLUNTEERS,
    ),
    Action(
        label=_("ทำทะเบียนเป็น PDF"),
        english="make documents register pdf",
        icon="doc",
        url_name="reports:list",
        needs=Capability.MAKE_DOCUMENTS,
    ),
    Action(
        label=_("สร้างบัญชีและเชิญผู้ใช้"),
        english="new account invite user",
        icon="plus",
        url_name="people:create",
        needs=Capability.MANAGE_ACCOUNTS,
    ),
    Action(
        label=_("อีเมลที่ส่งไม่สำเร็จ"),
        english="failed mail outbox",
        icon="mail",
        url_name="outbox:list",
        query="state=failed",
        needs=Capability.VIEW_OUTBOX,
    ),
    Action(
        label=_("ตั้งผู้รักษาราชการแทน"),
        english="name acting head",
        icon="plus",
        url_name="acting-heads:create",
        needs=Capability.NAME_ACTING_HEAD,
    ),
    Action(
        label=_("แจ้งเตือน"),
        english="notices notifications",
        icon="bell",
        url_name="notices:list",
    ),
    Action(
        label=_("บัญชีของฉัน"),
        english="my account settings mail",
        icon="user",
        url_name="account",
    ),
    Action(
        label=_("เปลี่ยนรหัสผ่าน"),
        english="change password",
        icon="key",
        url_name="account_change_password",
    ),
)


def register() -> None:
    for action in ACTIONS:
        register_action(action)
