"""The years of the demo country as the centre sets them, and what was done in the last one."""

from datetime import timedelta
from typing import Final

from django.db.models import Sum

from reports.demo.standing import STANDING
from reports.enums import DirectionState
from reports.models import Direction, StandingProject
from volunteer_network.models import ProvinceCategoryMonth, User
from volunteer_network.thai_calendar import fiscal_months, quarter

_TEXT: Final = (
    "1. เร่งให้แรงงานนอกระบบเข้าถึงประกันสังคมมาตรา 40\n"
    "2. ทุกตำบลมีแกนนำที่ปฏิบัติหน้าที่ และส่งรายงานทันกำหนด\n"
    "3. ชี้เป้า คัดกรอง ส่งต่อ ให้ผู้เดือดร้อนได้รับคำตอบภายในกำหนด"
)
_PROVED: Final = ("people", "activities")
Kept = dict[tuple[int, str, int], dict[str, int]]  # province, category, quarter → measures


def make_direction(year: int, by: User, *, closed: bool) -> Direction:
    begins = fiscal_months(year)[0]
    return Direction.objects.create(
        fiscal_year=year,
        text=_TEXT,
        propose_by=begins + timedelta(days=14),
        send_by=begins + timedelta(days=30),
        decide_by=begins + timedelta(days=60),
        state=DirectionState.CLOSED if closed else DirectionState.OPEN,
        made_by=by,
    )


def make_standing_projects(direction: Direction) -> dict[str, StandingProject]:
    made = StandingProject.objects.bulk_create(
        StandingProject(
            direction=direction,
            place=place,
            group=one.group,
            title=one.title,
            objective=one.objective,
            indicator=one.indicator,
            unit=one.unit,
            measure=one.measure,
            categories=list(one.categories),
            required=one.required,
        )
        for place, one in enumerate(STANDING, start=1)
    )
    return {project.title: project for project in made}


def kept_in(year: int) -> Kept:
    """Last year's figures by province, category and quarter."""
    months = fiscal_months(year)
    rows = (
        ProvinceCategoryMonth.objects.filter(month__gte=months[0], month__lte=months[-1])
        .values_list("province", "category", "month")
        .annotate(*(Sum(name) for name in _PROVED))
    )
    kept: Kept = {}
    for province, category, month, *sums in rows:
        cell = kept.setdefault((province, category, quarter(month)), {})
        for name, value in zip(_PROVED, sums, strict=True):
            cell[name] = cell.get(name, 0) + value
    return kept
