"""What a seminar still lacks before provinces are told of it."""

from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from seminars.models import Seminar
from volunteer_network.thai_calendar import fiscal_year


@dataclass(frozen=True)
class Check:
    """One thing to have; `needed` ones stop the publishing, the others are doubts."""

    label: str
    done: bool
    where: str  # name of the address where it is mended
    needed: bool = True


@dataclass(frozen=True)
class Checks:
    all: list[Check]

    @property
    def missing(self) -> list[str]:
        return [one.label for one in self.all if one.needed and not one.done]

    @property
    def open(self) -> list[Check]:
        return [one for one in self.all if not one.done]


def checks_of(seminar: Seminar) -> Checks:
    total = seminar.classes.filter(named_by_provinces=True).aggregate(sum=Sum("seats"))["sum"] or 0
    given = seminar.province_seats.aggregate(sum=Sum("seats"))["sum"] or 0
    closes = seminar.registration_closes_at
    return Checks(
        [
            Check(_("วัตถุประสงค์"), bool(seminar.objectives), "update"),
            Check(_("ห้องและสถานที่"), bool(seminar.room), "update"),
            Check(_("ประธานเปิด"), bool(seminar.chair), "update", needed=False),
            Check(
                _("วันปิดรับลงทะเบียนก่อนวันสัมมนา"),
                bool(closes and timezone.localdate(closes) <= seminar.starts_on),
                "update",
            ),
            Check(
                _("ปีงบประมาณตรงกับวันจัด"),
                seminar.fiscal_year == fiscal_year(seminar.starts_on),
                "update",
                needed=False,
            ),
            Check(_("ครึ่งวันที่จัด"), seminar.sessions.exists(), "programme"),
            Check(_("กำหนดการ"), seminar.agenda.exists(), "programme"),
            Check(_("ประเภทผู้เข้าร่วมและที่นั่ง"), seminar.classes.exists(), "classes"),
            Check(_("ที่นั่งของจังหวัด"), given > 0 or not total, "province-seats", needed=bool(total)),
            Check(
                _("ที่นั่งของจังหวัดรวมไม่เกินที่นั่งของประเภทที่จังหวัดส่งชื่อ"),
                given <= total,
                "province-seats",
                needed=False,
            ),
        ]
    )
