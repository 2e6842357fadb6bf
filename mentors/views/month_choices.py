"""Which lines of a month's sheet are on the page: a view, a district, and one page of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from mentors.services.month_sheets import Line, Sheet
from mentors.views.month_lists import SHEET

PER_PAGE: Final = 50  # lines; on a telephone each is a card


@dataclass(frozen=True)
class Choice:
    """What the address asks of the sheet; `team` is the part of it that names the team."""

    team: str
    show: str = ""
    district: str = ""
    number: int = 1  # of the page, from 1

    @classmethod
    def of(cls, query: QueryDict, lines: Sequence[Line], *, team: str) -> "Choice":
        """What is not known is as if it were not asked; so is a district of another team."""
        district, number = query.get("district", ""), query.get("page", "")
        return cls(
            team=team,
            show=show if (show := query.get("show", "")) in SHEET else "",
            district=district if any(line.district == district for line in lines) else "",
            number=int(number) if number.isdecimal() and len(number) < 4 else 1,
        )

    def link(self, **changes: str | int) -> str:
        """The same choice with changes; another view or district begins at its first page."""
        asked: dict[str, str | int] = {"show": self.show, "district": self.district, **changes}
        if asked.get("page") == 1:
            del asked["page"]
        more = urlencode({name: value for name, value in asked.items() if value})
        return "?" + "&".join(filter(None, (self.team, more)))

    def keeps(self, line: Line, *, show: str) -> bool:
        return (not self.district or line.district == self.district) and (
            not show or SHEET[show].keep(line)
        )


@dataclass(frozen=True)
class Shown:
    """The lines of the choice and those on this page; `whole` is the sheet of the team."""

    whole: Sheet
    choice: Choice

    @property
    def lines(self) -> list[Line]:
        return [line for line in self.whole.lines if self.choice.keeps(line, show=self.choice.show)]

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.lines) // PER_PAGE))

    @property
    def number(self) -> int:
        """The page that is shown: the last one where the address asks for a later one."""
        return min(max(1, self.choice.number), self.pages)

    @property
    def first(self) -> int:
        return (self.number - 1) * PER_PAGE

    @property
    def page(self) -> list[Line]:
        return self.lines[self.first : self.first + PER_PAGE]

    @property
    def summary(self) -> str:
        count = len(self.lines)
        if self.pages == 1:
            return _("%(count)d คน") % {"count": count}
        words = {"first": self.first + 1, "last": self.first + len(self.page), "count": count}
        return _("คนที่ %(first)d ถึง %(last)d จาก %(count)d คน") % words

    @property
    def here_href(self) -> str:
        return self.choice.link(page=self.number)

    @property
    def previous_href(self) -> str:
        return self.choice.link(page=self.number - 1) if self.number > 1 else ""

    @property
    def next_href(self) -> str:
        return self.choice.link(page=self.number + 1) if self.number < self.pages else ""

    @property
    def next_empty_href(self) -> str:
        """The next line that waits for an answer: after this page, else from the beginning.

        Where the choice has none, the whole team is looked through; empty when nobody waits.
        """
        lines, choice, after = self.lines, self.choice, self.first + PER_PAGE
        if not any(line.is_empty for line in lines):
            lines, choice, after = self.whole.lines, Choice(self.choice.team), 0
        waiting = [place for place, line in enumerate(lines) if line.is_empty]
        if not waiting:
            return ""
        place = next((one for one in waiting if one >= after), waiting[0])
        return f"{choice.link(page=place // PER_PAGE + 1)}#m{lines[place].pk}"

    @property
    def views(self) -> list[dict[str, object]]:
        """The ways to look at the sheet that hold something, each with its number."""
        found: list[dict[str, object]] = []
        for name, label in [("", _("ทั้งหมด")), *((key, one.label) for key, one in SHEET.items())]:
            count = sum(self.choice.keeps(line, show=name) for line in self.whole.lines)
            if count or name in ("", self.choice.show):
                found.append(
                    {
                        "label": label,
                        "href": self.choice.link(show=name),
                        "count": count,
                        "current": name == self.choice.show,
                    }
                )
        return found

    @property
    def districts(self) -> list[tuple[str, int]]:
        """The districts of the team in their order, each with its people."""
        return list(Counter(line.district for line in self.whole.lines).items())
