"""Reading a percentage: reached, near, behind, far behind (product domain 9.3; configurable)."""

from decimal import Decimal
from typing import Final

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Band(TextChoices):
    REACHED = "reached", _("บรรลุเป้าหมาย")
    NEAR = "near", _("ใกล้เป้าหมาย")
    BEHIND = "behind", _("ต่ำกว่าเป้าหมาย")
    FAR = "far", _("ต่ำกว่าครึ่ง")


# The shape that `{% status %}` draws for each.
SHAPES: Final[dict[Band, str]] = {
    Band.REACHED: "good",
    Band.NEAR: "half",
    Band.BEHIND: "warn",
    Band.FAR: "bad",
}


def percent_of(actual: Decimal | int | None, plan: Decimal | int) -> Decimal | None:
    """Actual in percent of plan with one decimal; None without a plan or a result."""
    if actual is None or not plan:
        return None
    return (Decimal(actual) * 100 / Decimal(plan)).quantize(Decimal("0.1"))


def band_of(percent: Decimal | None) -> Band | None:
    """The band of a percentage, by the limits of the setting PLAN_BANDS, best first."""
    if percent is None:
        return None
    for band, least in zip(Band, settings.PLAN_BANDS, strict=False):
        if percent >= least:
            return band
    return Band.FAR
