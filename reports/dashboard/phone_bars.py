"""The charts by month as lists of bars: scaled to a phone their words would be 6 px high."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.dashboard.keys import baht
from reports.queries.boards import Budget, Dashboard, Month, PlanQuarter
from volunteer_network.figure_words import count_in_words
from volunteer_network.ui.figures import meter

PhoneBar = tuple[str, SafeString, str]  # month, bar, figure


@dataclass(frozen=True)
class PhoneBars:
    people: list[PhoneBar]
    referred: list[PhoneBar]
    reports: list[PhoneBar]
    plan: list[PhoneBar]
    budget: list[PhoneBar]


def phone_bars(board: Dashboard) -> PhoneBars:
    begun = [one for one in board.months if one.has_begun]
    return PhoneBars(
        people=_people(begun),
        referred=_referred(begun),
        reports=[_reports(one) for one in begun if one.has_ended],
        plan=[_plan(one) for one in board.quarters],
        budget=[_budget(one) for one in board.budgets],
    )


def _people(begun: list[Month]) -> list[PhoneBar]:
    most = max((one.shown("people") or 0 for one in begun), default=0)
    return [
        (one.short, meter(one.shown("people") or 0, most), count_in_words(one.shown("people")))
        for one in begun
    ]


def _referred(begun: list[Month]) -> list[PhoneBar]:
    most = max((one.shown("referred") or 0 for one in begun), default=0)
    return [
        (
            one.short,
            meter(one.shown("referred") or 0, most),
            _("ส่งต่อ %(count)s") % {"count": count_in_words(one.shown("referred"))},
        )
        for one in begun
    ]


def _reports(one: Month) -> PhoneBar:
    words = {"received": count_in_words(one.received), "expected": count_in_words(one.expected)}
    figure = _("%(received)s จาก %(expected)s") % words
    return one.short, meter(one.received, one.expected), figure


def _plan(one: PlanQuarter) -> PhoneBar:
    words = {
        "people": count_in_words(None if one.hidden else one.people),
        "target": count_in_words(one.target),
    }
    return (
        _("ไตรมาส %(number)d") % {"number": one.number},
        meter(0 if one.hidden else one.people, one.target),
        _("%(people)s จาก %(target)s") % words,
    )


def _budget(one: Budget) -> PhoneBar:
    words = {"disbursed": baht(one.disbursed), "allotted": baht(one.allotted)}
    return (
        str(one.budget_type.label),
        meter(float(one.disbursed), float(one.allotted)),
        _("%(disbursed)s จาก %(allotted)s") % words,
    )
