"""What stands beside the signed figures on paper: what was adopted, and what came after."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.quarter_figures import FIELDS, Adjustment, QuarterFigures
from reports.quarter_words import differences_in_words, kinds_in_words
from reports.queries.quarter_ledgers import Ledger, LedgerLine
from volunteer_network.thai_calendar import moment


@dataclass(frozen=True)
class ChangeLine:
    """One line of a plan: what is different, and by which kinds of records."""

    title: str
    what: str
    why: str


@dataclass(frozen=True)
class Changes:
    """Empty for a quarter that nobody has signed; `since` is the moment from which `later` counts.

    `adopted` is of earlier quarters in this one, `passed_on` of this one in later ones.
    """

    adopted: tuple[ChangeLine, ...] = ()
    passed_on: tuple[ChangeLine, ...] = ()
    later: tuple[ChangeLine, ...] = ()
    since: str = ""

    @property
    def expected(self) -> list[str]:
        """What must be found in the finished file, in this order."""
        lines = (*self.adopted, *self.passed_on, *self.later)
        return [word for line in lines for word in (line.title, line.what, line.why)]


def changes_of(
    figures: QuarterFigures, passed_on: Iterable[tuple[int, Adjustment]], ledger: Ledger
) -> Changes:
    """In words, without naming a record or a person."""
    of_quarter, in_quarter = _("ของไตรมาส %(quarter)d"), _("รับไว้ในไตรมาส %(quarter)d")
    return Changes(
        adopted=tuple(
            _adopted(one, of_quarter % {"quarter": one.quarter}) for one in figures.adjustments
        ),
        passed_on=tuple(_adopted(one, in_quarter % {"quarter": by}) for by, one in passed_on),
        later=tuple(map(_later, ledger.lines)),
        since=moment(ledger.since),
    )


def _later(line: LedgerLine) -> ChangeLine:
    changed = [field for field in FIELDS if line.amounts.of(field)]
    return ChangeLine(
        line.title,
        ", ".join(differences_in_words(line.amounts, line.unit)),
        ", ".join(kinds_in_words(line.entries_of(field)) for field in changed),
    )


def _adopted(one: Adjustment, words: str) -> ChangeLine:
    return ChangeLine(one.title, ", ".join(differences_in_words(one.amounts, one.unit)), words)
