"""Choices of the core, with the Thai words of the field (docs/glossary.md)."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class AgencyCode(TextChoices):
    """The ministry's five agencies with an office in every province."""

    OPS = "OPS", _("สำนักงานปลัดกระทรวงแรงงาน")
    DOE = "DOE", _("กรมการจัดหางาน")
    DSD = "DSD", _("กรมพัฒนาฝีมือแรงงาน")
    DLPW = "DLPW", _("กรมสวัสดิการและคุ้มครองแรงงาน")
    SSO = "SSO", _("สำนักงานประกันสังคม")


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


class Category(TextChoices):
    """Categories of service (product domain 9.3); each belongs to one agency by default."""

    JOB_PLACEMENT = "job_placement", _("การหางาน/ตำแหน่งงานว่าง")
    OVERSEAS_WORK = "overseas_work", _("ไปทำงานต่างประเทศ/เตือนภัยหลอกลวง")
    FOREIGN_WORKERS = "foreign_workers", _("แรงงานต่างด้าว")
    HOME_WORKERS = "home_workers", _("ผู้รับงานไปทำที่บ้าน")
    VOCATIONAL_TRAINING = "vocational_training", _("ฝึกอาชีพ/พัฒนาฝีมือ")
    SKILL_TEST = "skill_test", _("ทดสอบมาตรฐานฝีมือ")
    LABOUR_PROTECTION = "labour_protection", _("คุ้มครองแรงงาน/ค่าจ้าง")
    SAFETY = "safety", _("ความปลอดภัยในการทำงาน")
    WELFARE = "welfare", _("สวัสดิการ/แรงงานสัมพันธ์")
    SOCIAL_SECURITY = "social_security", _("ประกันสังคม มาตรา 33/39/40")
    COMPENSATION_FUND = "compensation_fund", _("กองทุนเงินทดแทน")
    INFORMAL_WORKERS = "informal_workers", _("แรงงานนอกระบบ")
    URGENT_EMPLOYMENT = "urgent_employment", _("จ้างงานเร่งด่วน/บรรเทาความเดือดร้อน")
    TRAFFICKING = "trafficking", _("การค้ามนุษย์ด้านแรงงาน/แรงงานบังคับ")
    DRUG_PREVENTION = "drug_prevention", _("ป้องกันยาเสพติดในสถานประกอบการ")
    PUBLIC_INFORMATION = "public_information", _("ประชาสัมพันธ์ข่าวสาร")
    LABOUR_DATA = "labour_data", _("จัดเก็บข้อมูลด้านแรงงาน")
    PUBLIC_BENEFIT = "public_benefit", _("จิตอาสา/พัฒนาบ้านเกิด")
    DISASTER = "disaster", _("ภัยพิบัติ")
    OTHER = "other", _("อื่น ๆ")


AGENCY_OF_CATEGORY: dict[Category, AgencyCode] = {
    Category.JOB_PLACEMENT: AgencyCode.DOE,
    Category.OVERSEAS_WORK: AgencyCode.DOE,
    Category.FOREIGN_WORKERS: AgencyCode.DOE,
    Category.HOME_WORKERS: AgencyCode.DOE,
    Category.VOCATIONAL_TRAINING: AgencyCode.DSD,
    Category.SKILL_TEST: AgencyCode.DSD,
    Category.LABOUR_PROTECTION: AgencyCode.DLPW,
    Category.SAFETY: AgencyCode.DLPW,
    Category.WELFARE: AgencyCode.DLPW,
    Category.SOCIAL_SECURITY: AgencyCode.SSO,
    Category.COMPENSATION_FUND: AgencyCode.SSO,
    Category.INFORMAL_WORKERS: AgencyCode.OPS,
    Category.URGENT_EMPLOYMENT: AgencyCode.OPS,
    Category.TRAFFICKING: AgencyCode.OPS,
    Category.DRUG_PREVENTION: AgencyCode.DLPW,
    Category.PUBLIC_INFORMATION: AgencyCode.OPS,
    Category.LABOUR_DATA: AgencyCode.OPS,
    Category.PUBLIC_BENEFIT: AgencyCode.OPS,
    Category.DISASTER: AgencyCode.OPS,
    Category.OTHER: AgencyCode.OPS,
}


class ActivityKind(TextChoices):
    FIELD_VISIT = "field_visit", _("ลงพื้นที่")
    MEETING = "meeting", _("ประชุม")
    TRAINING = "training", _("อบรม")
    INFORMATION = "information", _("ประชาสัมพันธ์ (หอกระจายข่าว/ไลน์/แผ่นพับ)")
    SURVEY = "survey", _("สำรวจข้อมูล")
    MOBILE_SERVICE = "mobile_service", _("ออกหน่วยเคลื่อนที่")
    PUBLIC_SERVICE_DAY = "public_service_day", _("กิจกรรมจิตอาสา")
    HOME_VISIT = "home_visit", _("เยี่ยมบ้าน")
    MONTH_SUMMARY = "month_summary", _("สรุปรายเดือน")  # a month's figures without single records


class TargetGroup(TextChoices):
    JOB_SEEKERS = "job_seekers", _("คนหางาน")
    UNEMPLOYED = "unemployed", _("ผู้ว่างงาน/ถูกเลิกจ้าง")
    FORMAL = "formal", _("แรงงานในระบบ")
    INFORMAL = "informal", _("แรงงานนอกระบบ")
    SELF_EMPLOYED = "self_employed", _("ผู้ประกอบอาชีพอิสระ")
    ELDERLY = "elderly", _("ผู้สูงอายุ")
    DISABLED = "disabled", _("คนพิการ")
    WELFARE_CARD = "welfare_card", _("ผู้มีบัตรสวัสดิการแห่งรัฐ")
    YOUTH = "youth", _("เยาวชน/นักศึกษาจบใหม่")
    FOREIGN = "foreign", _("แรงงานต่างด้าว")
    EMPLOYERS = "employers", _("นายจ้าง/สถานประกอบการ")
    OVERSEAS = "overseas", _("แรงงานไทยในต่างประเทศ")


class JobState(TextChoices):
    WAITING = "waiting", _("รอคิว")
    RUNNING = "running", _("กำลังทำ")
    DONE = "done", _("เสร็จแล้ว")
    FAILED = "failed", _("ไม่สำเร็จ")
    STOPPED = "stopped", _("หยุดแล้ว")


class ImportState(TextChoices):
    CHECKING = "checking", _("กำลังตรวจ")
    READY = "ready", _("รอนำเข้า")
    WRITING = "writing", _("กำลังนำเข้า")
    WRITTEN = "written", _("นำเข้าแล้ว")
    UNDOING = "undoing", _("กำลังเรียกคืน")
    REFUSED = "refused", _("อ่านไม่ได้")
    DISCARDED = "discarded", _("ทิ้งแล้ว")
    UNDONE = "undone", _("เรียกคืนแล้ว")


class ImportRowState(TextChoices):
    GOOD = "good", _("พร้อมนำเข้า")
    BAD = "bad", _("ต้องแก้")
    KNOWN = "known", _("มีอยู่แล้ว")
    LEFT_OUT = "left_out", _("ไม่ใช่รายชื่อ")
    WRITTEN = "written", _("นำเข้าแล้ว")
    UNDONE = "undone", _("เรียกคืนแล้ว")


class DeactivationReason(TextChoices):
    """Why an account was closed."""

    MOVED = "moved", _("ย้ายหรือเปลี่ยนหน้าที่")
    RESIGNED = "resigned", _("ลาออก")
    RETIRED = "retired", _("เกษียณอายุราชการ")
    ON_LEAVE = "on_leave", _("ลาระยะยาว")
    MISUSE = "misuse", _("สงสัยว่าถูกใช้โดยผู้อื่น")
    MISTAKE = "mistake", _("สร้างผิดหรือซ้ำ")


class NoticeKind(TextChoices):
    CASE = "case", _("เรื่องส่งต่อ")
    MONTH = "month", _("รายงานประจำเดือน")
    SEMINAR = "seminar", _("สัมมนา")
    MENTORING = "mentoring", _("งานพี่เลี้ยง")
    PLAN = "plan", _("แผนงานประจำปี")
    JOB = "job", _("งานเบื้องหลัง")
    ACCOUNT = "account", _("บัญชีผู้ใช้")


# What a person may have by mail too, or not; a link to one's own account always comes by mail.
CHOSEN_BY_MAIL = frozenset(NoticeKind) - {NoticeKind.ACCOUNT}


class MailState(TextChoices):
    WAITING = "waiting", _("รอส่ง")
    SENDING = "sending", _("กำลังส่ง")
    SENT = "sent", _("ส่งแล้ว")
    FAILED = "failed", _("ส่งไม่สำเร็จ")


class CaseState(TextChoices):
    """Where a case stands; who is next in each is in case_steps.py."""

    OPENED = "opened", _("คัดกรองแล้ว รอส่งต่อ")
    REFERRED = "referred", _("รอรับเรื่อง")
    ACCEPTED = "accepted", _("รับเรื่องแล้ว")
    IN_PROGRESS = "in_progress", _("อยู่ระหว่างดำเนินการ")
    DECLINED = "declined", _("ไม่รับเรื่อง")
    CLOSED = "closed", _("ตอบผลแล้ว")
    TOLD = "told", _("แจ้ง อสร. แล้ว")
    WITHDRAWN = "withdrawn", _("ถอนเรื่อง")


class CaseAction(TextChoices):
    OPEN = "open", _("เปิดเรื่อง")
    REFER = "refer", _("ส่งต่อ")
    ACCEPT = "accept", _("รับเรื่อง")
    DECLINE = "decline", _("ไม่รับเรื่อง")
    PROGRESS = "progress", _("บันทึกความคืบหน้า")
    CLOSE = "close", _("ตอบผล")
    TELL = "tell", _("แจ้งผลให้ อสร.")
    WITHDRAW = "withdraw", _("ถอนเรื่อง")
    REOPEN = "reopen", _("เปิดเรื่องอีกครั้ง")
    ESCALATE = "escalate", _("เลยกำหนด ยกขึ้นหนึ่งขั้น")


class CaseOutcome(TextChoices):
    SERVED = "served", _("ได้รับบริการแล้ว")
    NOT_ELIGIBLE = "not_eligible", _("ไม่เข้าเกณฑ์")
    UNREACHABLE = "unreachable", _("ติดต่อไม่ได้")
    ENDED = "ended", _("ยุติเรื่อง")


class DeclineReason(TextChoices):
    WRONG_OFFICE = "wrong_office", _("ไม่ใช่หน้าที่ของสำนักงานนี้")
    TOO_LITTLE = "too_little", _("ข้อมูลไม่พอให้เริ่มทำ")
    KNOWN = "known", _("มีเรื่องเดียวกันอยู่แล้ว")
    OTHER_AREA = "other_area", _("เหตุเกิดนอกพื้นที่")
    OTHER = "other", _("เหตุอื่น")


class Urgency(TextChoices):
    NORMAL = "normal", _("ปกติ")
    URGENT = "urgent", _("ด่วน")


class AgeBand(TextChoices):
    UNSTATED = "unstated", _("ไม่ระบุ")
    CHILD = "child", _("ต่ำกว่า 18 ปี")
    YOUNG = "young", _("18–24 ปี")
    ADULT = "adult", _("25–44 ปี")
    MIDDLE = "middle", _("45–59 ปี")
    SENIOR = "senior", _("60 ปีขึ้นไป")


class NationalityGroup(TextChoices):
    UNSTATED = "unstated", _("ไม่ระบุ")
    THAI = "thai", _("ไทย")
    NEIGHBOUR = "neighbour", _("เมียนมา ลาว กัมพูชา เวียดนาม")
    OTHER = "other", _("สัญชาติอื่น")
    STATELESS = "stateless", _("ไม่มีสัญชาติ")


class Escalation(IntegerChoices):
    """To whom an overdue case has climbed."""

    NONE = 0, _("ยังไม่ยกขึ้น")
    HEAD = 1, _("แรงงานจังหวัด")
    CENTRE = 2, _("ส่วนกลาง")
