from datetime import date, timedelta

from django.utils import timezone

from mentors.models import MentorReceipt, MonthReport, MonthStep
from tests.architecture.canaries import canary_of
from tests.factories import MentorFactory, MentorshipFactory, TermFactory, VolunteerFactory
from tests.factories.months import MonthReportFactory
from volunteer_network.access.roles import Capability, Role
from volunteer_network.access.scope import SYSTEM, Scope, ScopeRole, open_scope
from volunteer_network.thai_calendar import month_address

THIS_MONTH = timezone.localdate().replace(day=1)
MONTH = (THIS_MONTH - timedelta(days=1)).replace(day=1)  # the last one that is over
ADDRESS = f"/months/{month_address(MONTH)}/"


def _names(*names):
    return {f"months:{name}" for name in names}


CALLED_BY = {
    Capability.VIEW_MONTH_FIGURES: _names("list", "print-overview"),
    Capability.VIEW_MONTHS: _names("sheet", "detail"),
    Capability.REPORT_MONTHS: _names(
        "send", "take-back", "figures", "nothing", "describe", "return"
    ),
    Capability.APPROVE_MONTHS: _names("approve", "send-back", "nudge", "recall-nudge"),
    Capability.MAKE_DOCUMENTS: _names("print"),
    Capability.CLOSE_MONTHS: _names("close", "reopen", "remind", "recall"),
}
IMPERSONAL = {
    "MonthReport": {
        *("month", "state", "came_by", "sent_at", "certified_at", "approved_at", "locked_at"),
        "returned_at",
    },
    "MonthStep": {"action", "at", "state"},
    "ReceiptDelta": {"month"},
    "MentorReceipt": {"month"},
    "ProvinceReceipt": {"month"},
}
OF_A_PROVINCE = dict.fromkeys(
    _names("detail", "figures", "nothing", "describe", "return", "send-back"),
    lambda rows: {"month": MONTH, "pk": rows.volunteer.pk},
)
OF_NOBODY = dict.fromkeys(
    _names(
        *("sheet", "send", "take-back", "approve", "close", "reopen", "remind", "nudge"),
        *("recall", "recall-nudge", "print", "print-overview"),
    ),
    lambda rows: {"month": MONTH},
)
LISTS = (ADDRESS,)
SHOWS_OUR_ROWS = (
    f"{ADDRESS}?mentor=all&province=50",
    f"{ADDRESS}?mentor=all&province=50&export=xlsx",
    f"{ADDRESS}?mentor=all&province=50&export=csv",
)


def make(province, *, officer, volunteer):
    canary = canary_of(province.pk)
    report = MonthReportFactory(
        volunteer=volunteer,
        month=MONTH,
        problems=canary,
        suggestions=canary,
    )
    with open_scope(Scope(ScopeRole.PROVINCE, (province.pk,))):
        MonthStep.objects.create(
            province=province, report=report, action="answer", state="draft", reason=canary,
            by=officer,
        )  # fmt: skip
    with open_scope(SYSTEM):
        MentorReceipt.objects.create(province=province, month=MONTH, received=1)
    return {"month": report}


def change(rows):
    MonthReport.objects.filter(pk=rows["month"].pk).update(version=2)


def months(count, officer):
    mentor = MentorFactory(province=officer.province)
    for volunteer in VolunteerFactory.create_batch(count, province=officer.province):
        TermFactory(volunteer=volunteer, starts_on=date(2024, 10, 1), ends_on=date(2027, 9, 30))
        MentorshipFactory(volunteer=volunteer, mentor=mentor)
        MonthReportFactory(volunteer=volunteer, month=MONTH)


LIST_COSTS = {
    f"{ADDRESS}?mentor=all&province=50": (Role.MENTOR, months, 16),
    "/months/": (Role.CENTRAL_OFFICER, lambda count, officer: None, 12),
}
