"""Who may do what: one table from role to capability."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    CENTRAL_ADMIN = "central_admin", _("ผู้ดูแลระบบส่วนกลาง")
    EXECUTIVE = "executive", _("ผู้บริหาร")
    INSPECTOR = "inspector", _("ผู้ตรวจราชการ")
    CENTRAL_OFFICER = "central_officer", _("เจ้าหน้าที่ส่วนกลาง")
    SEMINAR_ADMIN = "seminar_admin", _("เจ้าหน้าที่จัดสัมมนา")
    PROVINCIAL_HEAD = "provincial_head", _("แรงงานจังหวัด")
    MENTOR = "mentor", _("เจ้าหน้าที่พี่เลี้ยง")
    PARTNER_OFFICER = "partner_officer", _("เจ้าหน้าที่หน่วยงานในสังกัด")


class Capability(StrEnum):
    VIEW_FIGURES = "view_figures"
    VIEW_VOLUNTEERS = "view_volunteers"
    EDIT_VOLUNTEERS = "edit_volunteers"
    REVEAL_NATIONAL_ID = "reveal_national_id"
    VIEW_ACTIVITIES = "view_activities"
    LOG_ACTIVITIES = "log_activities"
    MAKE_DOCUMENTS = "make_documents"
    NAME_ACTING_HEAD = "name_acting_head"
    MANAGE_ACCOUNTS = "manage_accounts"
    OPEN_ADMIN = "open_admin"


CAPABILITY_IN_WORDS = {
    Capability.VIEW_FIGURES: _("ดูภาพรวม"),
    Capability.VIEW_VOLUNTEERS: _("ดูทะเบียนอาสาสมัครแรงงาน"),
    Capability.EDIT_VOLUNTEERS: _("ขึ้นทะเบียนและแก้ข้อมูลอาสาสมัครแรงงาน"),
    Capability.REVEAL_NATIONAL_ID: _("ขอดูเลขประจำตัวประชาชน"),
    Capability.VIEW_ACTIVITIES: _("ดูบันทึกกิจกรรม"),
    Capability.LOG_ACTIVITIES: _("บันทึกกิจกรรม"),
    Capability.MAKE_DOCUMENTS: _("ทำเอกสาร"),
    Capability.NAME_ACTING_HEAD: _("ตั้งผู้รักษาราชการแทนแรงงานจังหวัด"),
    Capability.MANAGE_ACCOUNTS: _("จัดการบัญชีผู้ใช้"),
    Capability.OPEN_ADMIN: _("เปิดหน้าดูแลระบบ"),
}

_READ = frozenset({Capability.VIEW_FIGURES, Capability.VIEW_VOLUNTEERS, Capability.VIEW_ACTIVITIES})
_MENTOR = _READ | {
    Capability.EDIT_VOLUNTEERS,
    Capability.REVEAL_NATIONAL_ID,
    Capability.LOG_ACTIVITIES,
    Capability.MAKE_DOCUMENTS,
}

CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.CENTRAL_ADMIN: frozenset(
        {Capability.VIEW_FIGURES, Capability.MANAGE_ACCOUNTS, Capability.OPEN_ADMIN}
    ),
    Role.EXECUTIVE: frozenset({Capability.VIEW_FIGURES}),
    Role.INSPECTOR: _READ,
    Role.CENTRAL_OFFICER: _READ | {Capability.MAKE_DOCUMENTS},
    Role.SEMINAR_ADMIN: frozenset({Capability.VIEW_FIGURES}),
    Role.PROVINCIAL_HEAD: _MENTOR | {Capability.NAME_ACTING_HEAD},
    Role.MENTOR: _MENTOR,
    Role.PARTNER_OFFICER: frozenset(),
}

# Only these work in one province; the others have none of their own.
PROVINCIAL_ROLES = frozenset({Role.PROVINCIAL_HEAD, Role.MENTOR, Role.PARTNER_OFFICER})


def roles_with(capability: Capability) -> list[Role]:
    """The roles to ask when one lacks a capability."""
    return [role for role in Role if capability in CAPABILITIES[role]]
