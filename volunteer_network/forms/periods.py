"""Filters by month, or by fiscal year and quarter."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network.thai_calendar import (
    buddhist_year,
    fiscal_months,
    fiscal_year,
    is_plausible_year,
    month_name,
    quarter,
)
from volunteer_network.ui.forms import FilterForm, LeanSelect, offer_choices

MONTHS_BACK: Final = 24
YEARS_BACK: Final = 5
QUARTERS: Final = (
    (1, _("ไตรมาสที่ 1 (ต.ค.–ธ.ค.)")),
    (2, _("ไตรมาสที่ 2 (ม.ค.–มี.ค.)")),
    (3, _("ไตรมาสที่ 3 (เม.ย.–มิ.ย.)")),
    (4, _("ไตรมาสที่ 4 (ก.ค.–ก.ย.)")),
)


class PeriodFilter(FilterForm):
    """A month, a quarter or a fiscal year; a month says more than a quarter, that more than a year.

    A quarter without a year is one of this year. `until` is the last day of a month: what is chosen
    ends with it, as on a paper that was printed while the year went on.
    """

    fy = forms.TypedChoiceField(
        label=_("ปีงบประมาณ"), coerce=int, empty_value=None, widget=LeanSelect
    )
    quarter = forms.TypedChoiceField(
        label=_("ไตรมาส"),
        coerce=int,
        empty_value=None,
        choices=(("", _("ทุกไตรมาส")), *QUARTERS),
        widget=LeanSelect,
    )
    until = forms.DateField(label=_("ถึงวันที่"), widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "fy", [("", _("ทุกปีงบประมาณ")), *recent_years()])

    def clean_until(self) -> date | None:
        """A year beyond those that are typed has months before or after all time."""
        until: date | None = self.cleaned_data["until"]
        if until and not is_plausible_year(buddhist_year(until)):
            raise forms.ValidationError(_("ปีนี้อยู่นอกช่วงที่ใช้ได้"))
        return until

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and the last month of what is chosen; None for everything."""
        active = self.active
        if chosen := active.get("month"):
            month = date.fromisoformat(chosen)
            return month, month
        year, part, until = active.get("fy"), active.get("quarter"), active.get("until")
        if not (year or part or until):
            return None
        months = fiscal_months(year or fiscal_year(until or timezone.localdate()))
        if part:
            months = [month for month in months if quarter(month) == part]
        last = min(months[-1], until.replace(day=1)) if until else months[-1]
        return months[0], last


def recent_years() -> list[tuple[int, str]]:
    """This fiscal year and those before it."""
    this_year = fiscal_year(timezone.localdate())
    return [(year, str(year)) for year in range(this_year, this_year - YEARS_BACK, -1)]


def recent_months(asked: str = "") -> list[tuple[str, str]]:
    """The months that are offered; an older one that a link asks for is one of them."""
    month, choices = timezone.localdate().replace(day=1), []
    for _number in range(MONTHS_BACK):
        choices.append((month.isoformat(), month_name(month)))
        month = (month - timedelta(days=1)).replace(day=1)
    older = _first_day(asked)
    if older and older <= month:
        choices.append((older.isoformat(), month_name(older)))
    return choices


def _first_day(address: str) -> date | None:
    try:
        day = date.fromisoformat(address)
    except ValueError:
        return None
    return day if day.day == 1 and is_plausible_year(buddhist_year(day)) else None


def next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
