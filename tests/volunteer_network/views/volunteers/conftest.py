"""Who looks at the register, and who stands in it."""

from datetime import timedelta

import pytest

from tests.factories import VolunteerFactory
from tests.volunteer_network.views.volunteers.pages import DIGITS
from volunteer_network.enums import VolunteerLevel, VolunteerStatus
from volunteer_network.models import District, Subdistrict


@pytest.fixture
def volunteer(chiang_mai):
    return VolunteerFactory(province=chiang_mai, digits=DIGITS, occupation="ค้าขาย")


@pytest.fixture
def people(chiang_mai, songkhla, today):
    """A register in which each filter finds something and leaves something."""
    districts = District.objects.filter(province=chiang_mai).order_by("pk")

    def person(first_name, district=0, province=chiang_mai, **fields):
        place = Subdistrict.objects.filter(district=districts[district]).order_by("pk").first()
        if province == songkhla:
            place = Subdistrict.objects.filter(province=songkhla).order_by("pk").first()
        fields = {"last_name": "ใจดี", "title": "", **fields}
        return VolunteerFactory(
            province=province, first_name=first_name, subdistrict=place, **fields
        )

    soon, later = today + timedelta(days=20), today + timedelta(days=80)
    return [
        person("เกษม", term_ends_on=soon, phone="0812345678", number=1009),
        person("ขวัญ", 1, term_ends_on=later, level=VolunteerLevel.COMMUNITY),
        person("แก้ว", 1, status=VolunteerStatus.RESIGNED, phone=""),
        person("กานดา", status=VolunteerStatus.APPLICANT),
        person("ไข่มุก", status=VolunteerStatus.SUSPENDED, term_ends_on=later),
        person("สงขลา", province=songkhla, term_ends_on=soon, phone="0812345678", number=1009),
    ]
