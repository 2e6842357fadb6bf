"""What the database refuses of a report."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories import MonthReportFactory
from tests.mentors.services.months.reports import IN_TIME


@pytest.mark.parametrize(
    "broken",
    [
        {"sent_at": IN_TIME},
        {"state": "sent"},
        {"state": "certified"},
        {"state": "approved"},
        {"state": "locked"},
        {"state": "returned"},
        {"month": date(2026, 10, 2)},
        {"nothing_note": "ไม่มีเหตุ"},
        {"frozen_people": 3},
    ],
    ids=str,
)
def test_the_database_refuses_what_cannot_be(volunteer, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthReportFactory(volunteer=volunteer, **broken)


def test_a_volunteer_has_one_report_a_month(volunteer):
    MonthReportFactory(volunteer=volunteer)

    with pytest.raises(IntegrityError), transaction.atomic():
        MonthReportFactory(volunteer=volunteer)
