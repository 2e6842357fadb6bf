"""Choices of the activity log."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
