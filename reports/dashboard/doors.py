"""Every number is a door: the address of exactly the rows that a figure counts.

Only for whoever may list those rows, and only where the list shows all of them: a figure of the
nation is no door for a provincial officer, whose lists hold one province.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from mentors.services.month_deadlines import last_day
from reports.enums import PlanState
from reports.queries.boards import sees
from reports.queries.questions import Question
from volunteer_network.access.roles import Capability
from volunteer_network.models import User
from volunteer_network.thai_calendar import fiscal_year, month_address

OPEN_TOPICS = "open"
_address = cache(reverse)  # a page of figures has some seventy doors to half a dozen lists
# Parts of the bar of outcomes that are no outcome yet.
STATES_OF = {
    "at_office": ("referred", "accepted", "in_progress"),
    "waiting": ("opened", "declined"),
    "withdrawn": ("withdrawn",),
}


@dataclass(frozen=True)
class Doors:
    """Addresses for one reader and one question; "" where there is no door."""

    user: User
    question: Question

    def about(self, **asked: Any) -> "Doors":
        """The doors of the same reader for a part of the question."""
        return replace(self, question=replace(self.question, **asked))

    def in_month(self, month: date) -> "Doors":
        """The doors of one month, of whatever fiscal year."""
        return self.about(month=month, quarter=None, fiscal_year=fiscal_year(month))

    def activities(self, province: int | None = None) -> str:
        """The log of the months, places and category asked for."""
        if not self._may(Capability.VIEW_ACTIVITIES, province):
            return ""
        query = self._period() | self._area(province)
        if self.question.category:
            query["category"] = self.question.category.value
        return f"{_address('activities:list')}?{urlencode(query)}"

    def district(self, code: int) -> str:
        """The log of one district of the page's province."""
        address = self.activities()
        return f"{address}&district={code}" if address else ""

    def cases(self, province: int | None = None, **also: str) -> str:
        """The cases brought in; trafficking is left out, as in the figure."""
        if not self._may(Capability.VIEW_CASES, province):
            return ""
        query = self._period() | self._area(province) | also
        topic = self.question.category
        if topic:
            query["topic"] = topic.value
        elif self.user.scope.cleared:
            query["topic"] = OPEN_TOPICS
        return f"{_address('cases:list')}?{urlencode(query)}"

    def volunteers(self, province: int | None = None) -> str:
        """Those whose sub-districts are counted: the active ones."""
        if not self._may(Capability.VIEW_VOLUNTEERS, province):
            return ""
        query = {"status": "active"} | self._area(province)
        return f"{_address('volunteers:list')}?{urlencode(query)}"

    def months(self) -> str:
        """The overview of the month that is waited for, of all provinces that one sees."""
        month = self.question.reporting
        if month is None or not self.user.can(Capability.VIEW_MONTHS):
            return ""
        return f"{_address('months:list')}?month={month_address(month)}"

    def sheet(self, province: int) -> str:
        """The months of one province's volunteers, in the month that is waited for."""
        month = self.question.reporting
        if month is None or not self._may(Capability.VIEW_MONTHS, province):
            return ""
        return f"{reverse('months:sheet', args=[month])}?province={province}"

    def reports(self) -> str:
        """The reports of the month that is waited for: of the province, or of the whole country."""
        asked = self.question
        if asked.province:
            return self.sheet(asked.province)
        narrowed = asked.region or asked.cluster or not self.user.scope.nationwide
        return "" if narrowed else self.months()

    def outcome(self, name: str) -> str:
        """The cases of one part of the bar of outcomes."""
        address = self.cases()
        if not address:
            return ""
        states = [f"state={state}" for state in STATES_OF.get(name, ())]
        return "&".join([address, *(states or [f"outcome={name}"])])

    def plans(self) -> str:
        """The approved plans whose money is counted; of one province its own plan."""
        asked = self.question
        if not self._may(Capability.VIEW_PLANS, asked.province):
            return ""
        if asked.province:
            return reverse("plans:detail", args=[asked.fiscal_year, asked.province])
        if asked.cluster:
            return ""  # the list of plans knows regions only
        query = {"fy": str(asked.fiscal_year), "state": PlanState.APPROVED.value}
        return f"{_address('plans:list')}?{urlencode(query | self._area(None))}"

    def seminar(self, pk: int) -> str:
        if not self.user.can(Capability.VIEW_SEMINARS):
            return ""
        return reverse("seminars:detail", args=[pk])

    def _may(self, capability: Capability, province: int | None) -> bool:
        """Whether the reader may list the rows and sees all of them."""
        if not self.user.can(capability):
            return False
        if self.user.scope.nationwide:
            return True
        codes = [province] if province else [office.pk for office in self.question.offices]
        return all(sees(self.user.scope.provinces, code) for code in codes)

    def _period(self) -> dict[str, str]:
        """A month by its first day, as the lists have it; else the year and its quarter.

        A question of an earlier day ends with the month of that day.
        """
        asked = self.question
        if asked.month:
            return {"month": asked.month.isoformat()}
        query = {"fy": str(asked.fiscal_year)}
        if asked.quarter:
            query["quarter"] = str(asked.quarter)
        went_on = last_day(asked.today) < timezone.localdate()
        if went_on and asked.months and asked.months != asked.chosen:
            query["until"] = last_day(asked.months[-1]).isoformat()
        return query

    def _area(self, province: int | None) -> dict[str, str]:
        one = province or self.question.province
        if self.user.scope.province:
            return {}  # the lists of a provincial officer hold this province and no other
        if one:
            return {"province": str(one)}
        named = {"region": self.question.region, "cluster": self.question.cluster}
        return {name: value for name, value in named.items() if value}
