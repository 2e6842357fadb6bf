"""Choices of notices and mail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    RECALLED = "recalled", _("ผู้ส่งเรียกคืน")
