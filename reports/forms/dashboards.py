"""What a dashboard is asked, as filters in the address."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.dashboard.measures import BY_NAME, MEASURES, Measure
from reports.queries.boards import Dashboard
from reports.queries.questions import Question
from volunteer_network.enums import Category
from volunteer_network.forms.periods import QUARTERS, recent_years
from volunteer_network.forms.places import AreaField
from volunteer_network.known_places import known_offices
from volunteer_network.thai_calendar import (
    fiscal_months,
    fiscal_year,
    month_address,
    month_from_address,
    month_name,
    quarter,
)
from volunteer_network.ui.forms import Chip, FilterForm, LeanSelect, offer_choices


class DashboardFilter(FilterForm):
    """Filters of the national page; a wrong one is answered in words and not used."""

    fy = forms.TypedChoiceField(
        label=gettext_lazy("ปีงบประมาณ"), coerce=int, empty_value=None, widget=LeanSelect
    )
    quarter = forms.TypedChoiceField(
        label=gettext_lazy("ไตรมาส"),
        coerce=int,
        empty_value=None,
        choices=(("", gettext_lazy("ทั้งปี")), *QUARTERS),
        widget=LeanSelect,
    )
    month = forms.ChoiceField(label=gettext_lazy("เดือน"), widget=LeanSelect)
    region = AreaField(kind="region", label=gettext_lazy("ภาค"), everything=gettext_lazy("ทุกภาค"))
    cluster = AreaField(
        kind="cluster",
        label=gettext_lazy("กลุ่มจังหวัด"),
        everything=gettext_lazy("ทุกกลุ่มจังหวัด"),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("ประเภทงาน"),
        choices=[("", gettext_lazy("ทุกประเภท")), *Category.choices],
        widget=LeanSelect,
    )
    show = forms.ChoiceField(
        choices=[(measure.name, measure.label) for measure in MEASURES],
        widget=forms.HiddenInput,
        label=gettext_lazy("แผนที่แสดง"),
    )

    def __init__(self, *args: Any, today: date, province: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.province = today, province
        offer_choices(self, "fy", [("", _("ปีนี้")), *recent_years()])
        months = ((month_address(one), month_name(one)) for one in fiscal_months(self._year()))
        offer_choices(self, "month", [("", _("ทุกเดือน")), *months])
        for name in ("region", "cluster"):
            if province is not None:
                del self.fields[name]
            else:
                cast(AreaField, self.fields[name]).among(known_offices())

    def clean(self) -> dict[str, Any]:
        """A month outside its quarter would leave nothing to add up."""
        data = super().clean() or {}
        month, part = data.get("month"), data.get("quarter")
        if month and part and quarter(month_from_address(month)) != part:
            self.add_error(
                "month", ValidationError(_("เดือนนี้ไม่อยู่ในไตรมาสที่เลือก เอาตัวกรองใดตัวกรองหนึ่งออก"))
            )
        return data

    def chips(self, request: HttpRequest) -> list[Chip]:
        """What the map shows is chosen beside it, not a filter of the figures."""
        shown = str(self["show"].label)
        return [chip for chip in super().chips(request) if chip.label != shown or chip.problem]

    @property
    def question(self) -> Question:
        """What the filters that could be read ask for; of today, unless a year is named."""
        active = self.active
        return Question(
            fiscal_year=active.get("fy") or self._year(),
            today=self.today,
            quarter=active.get("quarter"),
            month=month_from_address(active["month"]) if "month" in active else None,
            region=active.get("region", ""),
            cluster=active.get("cluster", ""),
            category=Category(active["category"]) if "category" in active else None,
            province=self.province,
        )

    @property
    def chosen_measure(self) -> str:
        """The name of what the map shows, where somebody chose it."""
        return str(self.active.get("show", ""))

    @property
    def choices_of(self) -> tuple[date, int | None]:
        """Nobody has other choices than others."""
        return self.today, self.province

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What other filters leave as it is, as hidden fields."""
        return [("show", self.chosen_measure)] if self.chosen_measure else []

    def measure_for(self, board: Dashboard) -> Measure:
        """What the map shows: what was chosen, else the plan, or people before any is approved."""
        if chosen := BY_NAME.get(self.chosen_measure):
            return chosen
        planned = any(cell.plan_thirds for cell in board.provinces)
        return BY_NAME["plan" if planned else "people"]

    def _year(self) -> int:
        """The year named, or that of the month named, or this one."""
        typed = self.data.get("fy", "")
        if typed in {str(year) for year, _label in recent_years()}:
            return int(typed)
        try:
            named = fiscal_year(month_from_address(self.data.get("month", "")))
        except ValueError:
            return fiscal_year(self.today)
        known = {year for year, _label in recent_years()}
        return named if not typed and named in known else fiscal_year(self.today)
