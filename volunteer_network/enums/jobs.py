"""Choices of background jobs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    WAITING = "waiting", _("รอคิว")
    RUNNING = "running", _("กำลังทำ")
    PARTS = "parts", _("กำลังทำทีละส่วน")  # a whole whose parts are not all finished
    DONE = "done", _("เสร็จแล้ว")
    FAILED = "failed", _("ไม่สำเร็จ")
    STOPPED = "stopped", _("หยุดแล้ว")
