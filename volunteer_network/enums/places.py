"""Choices of places and their offices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgencyCode(TextChoices):
    """The ministry's five agencies with an office in every province."""

    OPS = "OPS", _("สำนักงานปลัดกระทรวงแรงงาน")
    DOE = "DOE", _("กรมการจัดหางาน")
    DSD = "DSD", _("กรมพัฒนาฝีมือแรงงาน")
    DLPW = "DLPW", _("กรมสวัสดิการและคุ้มครองแรงงาน")
    SSO = "SSO", _("สำนักงานประกันสังคม")
