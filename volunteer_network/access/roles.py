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
    REQUEST_CHECKS = "request_checks"
    VIEW_MENTORS = "view_mentors"
    ASSIGN_MENTORS = "assign_mentors"
    VIEW_MONTH_FIGURES = "view_month_figures"
    VIEW_MONTHS = "view_months"
    REPORT_MONTHS = "report_months"
    APPROVE_MONTHS = "approve_months"
    CLOSE_MONTHS = "close_months"
    VIEW_CASES = "view_cases"
    REFER_CASES = "refer_cases"
    ANSWER_CASES = "answer_cases"
    REVEAL_CONTACTS = "reveal_contacts"
    HANDLE_TRAFFICKING = "handle_trafficking"
    VIEW_SEMINARS = "view_seminars"
    REGISTER_FOR_SEMINARS = "register_for_seminars"
    RUN_SEMINARS = "run_seminars"
    VIEW_PLANS = "view_plans"
    WRITE_PLANS = "write_plans"
    AGREE_PLANS = "agree_plans"
    DECIDE_PLANS = "decide_plans"
    IMPORT_ROWS = "import_rows"
    VIEW_OUTBOX = "view_outbox"
    MAKE_DOCUMENTS = "make_documents"
    MAKE_DOCUMENTS_OF_ALL = "make_documents_of_all"
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
    Capability.REQUEST_CHECKS: _("ขอให้ตรวจสอบรายการกิจกรรม"),
    Capability.VIEW_MENTORS: _("ดูเจ้าหน้าที่พี่เลี้ยง"),
    Capability.ASSIGN_MENTORS: _("จัดพี่เลี้ยงให้อาสาสมัครและนัดเยี่ยม"),
    Capability.VIEW_MONTH_FIGURES: _("ดูตัวเลขการส่งรายงานประจำเดือน"),
    Capability.VIEW_MONTHS: _("ดูรายงานประจำเดือน"),
    Capability.REPORT_MONTHS: _("ส่งและรับรองรายงานประจำเดือน"),
    Capability.APPROVE_MONTHS: _("เห็นชอบรายงานประจำเดือน"),
    Capability.CLOSE_MONTHS: _("ปิดงวดรายงานประจำเดือน"),
    Capability.VIEW_CASES: _("ดูเรื่องส่งต่อ"),
    Capability.REFER_CASES: _("ส่งต่อเรื่องให้หน่วยงาน"),
    Capability.ANSWER_CASES: _("รับเรื่องและแจ้งผลของหน่วยงาน"),
    Capability.REVEAL_CONTACTS: _("ขอดูวิธีติดต่อผู้เดือดร้อน"),
    Capability.HANDLE_TRAFFICKING: _("เปิดเรื่องการค้ามนุษย์ด้านแรงงาน"),
    Capability.VIEW_SEMINARS: _("ดูสัมมนา"),
    Capability.REGISTER_FOR_SEMINARS: _("ลงทะเบียนผู้เข้าสัมมนา"),
    Capability.RUN_SEMINARS: _("จัดสัมมนา"),
    Capability.VIEW_PLANS: _("ดูแผนงานประจำปี"),
    Capability.WRITE_PLANS: _("ทำและเสนอแผนงานประจำปี"),
    Capability.AGREE_PLANS: _("เห็นชอบแผนงานของจังหวัด"),
    Capability.DECIDE_PLANS: _("กำหนดแนวทางของปีและพิจารณาแผนของจังหวัด"),
    Capability.IMPORT_ROWS: _("นำเข้าข้อมูลจากไฟล์"),
    Capability.VIEW_OUTBOX: _("ดูกล่องอีเมลขาออก"),
    Capability.MAKE_DOCUMENTS: _("ทำเอกสาร"),
    Capability.MAKE_DOCUMENTS_OF_ALL: _("ทำเอกสารของทุกจังหวัดในครั้งเดียว"),
    Capability.NAME_ACTING_HEAD: _("ตั้งผู้รักษาราชการแทนแรงงานจังหวัด"),
    Capability.MANAGE_ACCOUNTS: _("จัดการบัญชีผู้ใช้"),
    Capability.OPEN_ADMIN: _("เปิดหน้าดูแลระบบ"),
}

_READ = frozenset(
    {
        Capability.VIEW_FIGURES,
        Capability.VIEW_VOLUNTEERS,
        Capability.VIEW_ACTIVITIES,
        Capability.VIEW_MENTORS,
        Capability.VIEW_MONTH_FIGURES,
        Capability.VIEW_MONTHS,
        Capability.VIEW_CASES,
        Capability.VIEW_SEMINARS,
        Capability.VIEW_PLANS,
    }
)
_MENTOR = _READ | {
    Capability.EDIT_VOLUNTEERS,
    Capability.REVEAL_NATIONAL_ID,
    Capability.LOG_ACTIVITIES,
    Capability.ASSIGN_MENTORS,
    Capability.REPORT_MONTHS,
    Capability.REFER_CASES,
    Capability.ANSWER_CASES,
    Capability.REVEAL_CONTACTS,
    Capability.REGISTER_FOR_SEMINARS,
    Capability.WRITE_PLANS,
    Capability.IMPORT_ROWS,
    Capability.MAKE_DOCUMENTS,
}
_HEAD = _MENTOR | {
    Capability.REQUEST_CHECKS,
    Capability.APPROVE_MONTHS,
    Capability.AGREE_PLANS,
    Capability.HANDLE_TRAFFICKING,
    Capability.NAME_ACTING_HEAD,
}

CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.CENTRAL_ADMIN: frozenset(
        {
            Capability.VIEW_FIGURES,
            Capability.VIEW_SEMINARS,
            Capability.VIEW_OUTBOX,
            Capability.MANAGE_ACCOUNTS,
            Capability.OPEN_ADMIN,
        }
    ),
    # How many reports came in by province, never what a volunteer answered.
    Role.EXECUTIVE: frozenset(
        {
            Capability.VIEW_FIGURES,
            Capability.VIEW_MONTH_FIGURES,
            Capability.VIEW_SEMINARS,
            Capability.VIEW_PLANS,
        }
    ),
    Role.INSPECTOR: _READ,
    Role.CENTRAL_OFFICER: _READ
    | {
        Capability.REQUEST_CHECKS,
        Capability.CLOSE_MONTHS,
        Capability.DECIDE_PLANS,
        Capability.REVEAL_CONTACTS,  # of cases that climbed to the centre, and of no other
        Capability.HANDLE_TRAFFICKING,
        Capability.MAKE_DOCUMENTS,
        Capability.MAKE_DOCUMENTS_OF_ALL,
    },
    Role.SEMINAR_ADMIN: frozenset(
        {
            Capability.VIEW_FIGURES,
            Capability.VIEW_SEMINARS,
            Capability.REGISTER_FOR_SEMINARS,
            Capability.RUN_SEMINARS,
            Capability.IMPORT_ROWS,
        }
    ),
    Role.PROVINCIAL_HEAD: _HEAD,
    Role.MENTOR: _MENTOR,
    Role.PARTNER_OFFICER: frozenset(
        {Capability.VIEW_CASES, Capability.ANSWER_CASES, Capability.REVEAL_CONTACTS}
    ),
}

# Only these work in one province; the others have none of their own.
PROVINCIAL_ROLES = frozenset({Role.PROVINCIAL_HEAD, Role.MENTOR, Role.PARTNER_OFFICER})


def roles_with(capability: Capability) -> list[Role]:
    """The roles to ask when one lacks a capability."""
    return [role for role in Role if capability in CAPABILITIES[role]]
