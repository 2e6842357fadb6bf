"""Choices of the seminars' app, with the Thai words of the field (docs/glossary.md)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SeminarState(TextChoices):
    DRAFT = "draft", _("ร่าง")
    OPEN = "open", _("เปิดรับลงทะเบียน")
    CLOSED = "closed", _("ปิดรับลงทะเบียน")
    FINISHED = "finished", _("จัดแล้ว")
    CANCELLED = "cancelled", _("ยกเลิก")


class HalfDay(TextChoices):
    MORNING = "morning", _("เช้า")
    AFTERNOON = "afternoon", _("บ่าย")


class ClassKind(TextChoices):
    """Classes of participants (product domain 9.3)."""

    MENTOR = "mentor", _("เจ้าหน้าที่พี่เลี้ยง")
    NETWORK_STAFF = "network_staff", _("ผู้ปฏิบัติงานเครือข่ายแรงงาน")
    CENTRAL_STAFF = "central_staff", _("เจ้าหน้าที่ส่วนกลาง")
    SPEAKER = "speaker", _("วิทยากร")
    EXECUTIVE = "executive", _("ผู้บริหาร")
    ORGANISER = "organiser", _("ผู้จัด")
    OBSERVER = "observer", _("ผู้สังเกตการณ์")
    VOLUNTEER = "volunteer", _("อาสาสมัครแรงงาน")


class RegistrationState(TextChoices):
    ACCEPTED = "accepted", _("ตอบรับ")
    WAITING = "waiting", _("สำรอง")
    DECLINED = "declined", _("ไม่เข้าร่วม")
    CANCELLED = "cancelled", _("ยกเลิก")


COMING = frozenset({RegistrationState.ACCEPTED, RegistrationState.WAITING})


class RegistrationSource(TextChoices):
    PROVINCE = "province", _("จังหวัดลงทะเบียน")
    CENTRE = "centre", _("ผู้จัดลงทะเบียน")
    IMPORT = "import", _("นำเข้าจากไฟล์")
    DOOR = "door", _("ลงทะเบียนหน้างาน")


class CheckInWay(TextChoices):
    SCAN = "scan", _("สแกนบัตร")
    SEARCH = "search", _("ค้นชื่อ")
    WALK_IN = "walk_in", _("ลงทะเบียนหน้างาน")
    PAPER = "paper", _("จากใบลงทะเบียน")
