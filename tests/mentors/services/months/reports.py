"""A volunteer's report in any of its states."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from mentors.enums import MonthState
from mentors.models.months import FROZEN
from tests.factories import MonthReportFactory, TermFactory, VolunteerFactory

BANGKOK = ZoneInfo("Asia/Bangkok")
MONTH = date(2026, 10, 1)
IN_TIME = datetime(2026, 11, 3, 9, tzinfo=BANGKOK)


def somebody(province, **fields):
    volunteer = VolunteerFactory(province=province, **fields)
    TermFactory(volunteer=volunteer, starts_on=date(2025, 6, 11), ends_on=date(2028, 6, 10))
    return volunteer


def report_in(state, volunteer, officer, **more):
    """A month that has come so far, by whoever."""
    steps = {
        MonthState.DRAFT: (),
        MonthState.SENT: ("sent",),
        MonthState.RETURNED: ("sent", "returned"),
        MonthState.CERTIFIED: ("sent", "certified"),
        MonthState.APPROVED: ("sent", "certified", "approved"),
        MonthState.LOCKED: ("sent", "certified", "approved", "locked"),
    }[state]
    fields = {f"{step}_at": IN_TIME for step in steps}
    fields |= {f"{step}_by": officer for step in steps}
    if state == MonthState.RETURNED:
        fields["returned_because"] = "ไม่ตรงกับแบบ"
    if state == MonthState.LOCKED:
        fields |= dict.fromkeys(FROZEN, 0)
    return MonthReportFactory(volunteer=volunteer, month=MONTH, state=state, **(fields | more))
