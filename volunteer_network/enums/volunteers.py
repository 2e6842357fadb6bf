"""Choices of volunteers, and of persons in general."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VolunteerLevel(TextChoices):
    SUBDISTRICT_LEAD = "subdistrict_lead", _("แกนนำระดับตำบล")
    DISTRICT = "district", _("ระดับอำเภอ")
    PROVINCE = "province", _("ระดับจังหวัด")
    COMMUNITY = "community", _("เครือข่ายหมู่บ้าน/ชุมชน")
    WORKPLACE = "workplace", _("เครือข่ายในสถานประกอบการ")


class VolunteerStatus(TextChoices):
    APPLICANT = "applicant", _("ผู้สมัคร")
    ACTIVE = "active", _("ปฏิบัติหน้าที่")
    SUSPENDED = "suspended", _("พักการปฏิบัติหน้าที่")
    TERM_ENDED = "term_ended", _("ครบวาระ")
    RESIGNED = "resigned", _("ลาออก")
    TERMINATED = "terminated", _("พ้นสภาพ")
    DECEASED = "deceased", _("เสียชีวิต")


ENDED_STATUSES = frozenset(
    {
        VolunteerStatus.TERM_ENDED,
        VolunteerStatus.RESIGNED,
        VolunteerStatus.TERMINATED,
        VolunteerStatus.DECEASED,
    }
)
IN_OFFICE_STATUSES = frozenset({VolunteerStatus.ACTIVE, VolunteerStatus.SUSPENDED})


class EndReason(TextChoices):
    TERM_ENDED = "term_ended", _("ครบวาระ")
    RESIGNED = "resigned", _("ลาออก")
    DECEASED = "deceased", _("ตาย")
    DISQUALIFIED = "disqualified", _("ขาดคุณสมบัติ")
    MOVED_AWAY = "moved_away", _("ย้ายภูมิลำเนา")
    MISCONDUCT = "misconduct", _("ประพฤติเสื่อมเสีย")
    NOT_PERFORMING = "not_performing", _("ไม่ปฏิบัติหน้าที่")
    REMOVED = "removed", _("ให้ออก")


STATUS_AFTER_END: dict[EndReason, VolunteerStatus] = {
    EndReason.TERM_ENDED: VolunteerStatus.TERM_ENDED,
    EndReason.RESIGNED: VolunteerStatus.RESIGNED,
    EndReason.DECEASED: VolunteerStatus.DECEASED,
    EndReason.DISQUALIFIED: VolunteerStatus.TERMINATED,
    EndReason.MOVED_AWAY: VolunteerStatus.TERMINATED,
    EndReason.MISCONDUCT: VolunteerStatus.TERMINATED,
    EndReason.NOT_PERFORMING: VolunteerStatus.TERMINATED,
    EndReason.REMOVED: VolunteerStatus.TERMINATED,
}


class Sex(TextChoices):
    FEMALE = "female", _("หญิง")
    MALE = "male", _("ชาย")
    UNSTATED = "unstated", _("ไม่ระบุ")


class OtherRole(TextChoices):
    """Other public duties that volunteers often hold beside this one."""

    HEALTH = "health", _("อสม.")
    SOCIAL = "social", _("อพม.")
    AGRICULTURE = "agriculture", _("อกม.")
    VILLAGE_HEAD = "village_head", _("กำนัน/ผู้ใหญ่บ้าน")
    VILLAGE_ASSISTANT = "village_assistant", _("ผู้ช่วยผู้ใหญ่บ้าน")
    LOCAL_COUNCIL = "local_council", _("สมาชิกสภาท้องถิ่น")
