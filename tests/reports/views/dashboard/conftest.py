"""A small country in November, and who looks at its dashboard."""

from datetime import date

import pytest

from mentors.services.receipts import fold_receipts
from tests.factories import ActivityFactory, TermFactory, UserFactory, VolunteerFactory
from tests.factories.cases import CaseFactory
from tests.reports.views.dashboard.pages import CHIANG_MAI, SONGKHLA
from volunteer_network.enums import Category
from volunteer_network.models import Province
from volunteer_network.services.figures import fold_figures


@pytest.fixture
def country(db):
    """Two volunteers with two activities each in October, and a case each."""
    people = []
    for code, reached in ((CHIANG_MAI, 20), (SONGKHLA, 3)):
        province = Province.objects.get(pk=code)
        officer = UserFactory(province=province)
        volunteer = VolunteerFactory(province=province)
        TermFactory(volunteer=volunteer, starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31))
        for day in (5, 6):
            ActivityFactory(
                volunteer=volunteer,
                recorded_by=officer,
                on_date=date(2026, 10, day),
                category=Category.SAFETY,
                people_male=reached,
                people_female=0,
                spotted=2,
                screened=1,
                referred=0,
            )
        CaseFactory(volunteer=volunteer, opened_by=officer, opened_on=date(2026, 10, 7))
        people.append(volunteer)
    fold_figures()
    fold_receipts()
    return people
