"""The charts by month as lists of bars: scaled to a phone their words would be 6 px high."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.dashboard.keys import baht
from reports.queries.boards import Dashboard
from reports.queries.cells import shown_in_words as count
from volunteer_network.ui.figures import meter

PhoneBar = tuple[str, SafeString, str]  # month, bar, figure


@dataclass(frozen=True)
class PhoneBars:
    """The charts by month as lists of bars: scaled to a phone their words would be 6 px high."""

    people: list[PhoneBar]
    referred: list[PhoneBar]
    reports: list[PhoneBar]
    plan: list[PhoneBar]
    budget: list[PhoneBar]


def phone_bars(board: Dashboard) -> PhoneBars:
    begun = [one for one in board.months if one.has_begun]
    most_people = max((one.people for one in begun), default=0)
    most_referred = max((one.referred for one in begun), default=0)
    return PhoneBars(
        people=[
            (one.short, meter(one.shown("people") or 0, most_people), count(one.shown("people")))
            for one in begun
        ],
        referred=[
            (
                one.short,
                meter(one.shown("referred") or 0, most_referred),
                _("ส่งต่อ %(count)s") % {"count": count(one.shown("referred"))},
            )
            for one in begun
        ],
        reports=[
            (
                one.short,
                meter(one.received, one.expected),
                _("%(received)s จาก %(expected)s")
                % {"received": count(one.received), "expected": count(one.expected)},
            )
            for one in begun
            if one.has_ended
        ],
        plan=[
            (
                _("ไตรมาส %(number)d") % {"number": one.number},
                meter(0 if one.hidden else one.people, one.target),
                _("%(people)s จาก %(target)s")
                % {
                    "people": count(None if one.hidden else one.people),
                    "target": count(one.target),
                },
            )
            for one in board.quarters
        ],
        budget=[
            (
                str(one.budget_type.label),
                meter(float(one.disbursed), float(one.allotted)),
                _("%(disbursed)s จาก %(allotted)s")
                % {"disbursed": baht(one.disbursed), "allotted": baht(one.allotted)},
            )
            for one in board.budgets
        ],
    )
