"""One field for province, district and sub-district, as ui.md asks."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from volunteer_network.known_places import known_offices
from volunteer_network.models import District, Province, Subdistrict, User
from volunteer_network.services.typed_places import find_subdistrict
from volunteer_network.thai_text import sort_key
from volunteer_network.ui.forms import Echo, FilterForm, LeanSelect, PlainText

CODE_DIGITS = 2  # of a province


class SubdistrictField(forms.CharField):
    """A sub-district typed in one field; cleaned to the row. Knows its province after `within`."""

    province: Province

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("พิมพ์ตำบล และอำเภอถ้าชื่อซ้ำ เช่น ต.บ้านกรด อ.บางปะอิน"))
        kwargs.setdefault("widget", PlainText())
        super().__init__(max_length=120, **kwargs)

    def within(self, province: Province) -> None:
        """Accept places of this province only, and offer them while somebody types."""
        self.province = province
        self.widget.attrs["list"] = "subdistricts"

    @property
    def suggestions(self) -> SafeString:
        """The <datalist> that the input names."""
        return _datalist(self.province.pk)

    def clean(self, value: Any) -> Subdistrict | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return find_subdistrict(typed, province=self.province)
        except ValueError as problem:
            raise ValidationError(str(problem), code="invalid") from None

    def shown_value(self, bound: forms.BoundField) -> Any:
        if bound.form.is_bound:
            return bound.data
        place = bound.initial
        return f"ต.{place.name} อ.{place.district.name}" if place else ""

    def echo(self, bound: forms.BoundField) -> Echo | None:
        cleaned = getattr(bound.form, "cleaned_data", {}).get(bound.name)
        return Echo(cleaned.in_full) if cleaned else None


class DistrictFilter(forms.TypedChoiceField):
    """A district of one province as a filter of a list; cleaned to its code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("อำเภอ"))
        kwargs.setdefault("widget", LeanSelect)
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def within(self, province_code: int) -> None:
        self.choices = [("", _("ทุกอำเภอ")), *_districts(province_code)]


class AreaField(forms.ChoiceField):
    """A region or a cluster of provinces, by its name, among those that somebody sees."""

    def __init__(self, *, kind: str, everything: Any, **kwargs: Any) -> None:
        self.kind, self.everything = kind, everything
        super().__init__(widget=LeanSelect, **kwargs)

    def among(self, provinces: Iterable[Province]) -> None:
        names = _in_thai_order(frozenset(getattr(one, self.kind) for one in provinces) - {""})
        self.choices = [("", self.everything), *((name, name) for name in names)]


class PlaceFilter(FilterForm):
    """Filters by region, cluster and province, for those who see several, and by district."""

    region = AreaField(kind="region", label=_("ภาค"), everything=_("ทุกภาค"))
    cluster = AreaField(kind="cluster", label=_("กลุ่มจังหวัด"), everything=_("ทุกกลุ่มจังหวัด"))

    province = forms.ModelChoiceField(
        label=_("จังหวัด"),
        queryset=Province.objects.none(),
        widget=LeanSelect,
        empty_label=_("ทุกจังหวัด"),
    )
    district = DistrictFilter()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = user.scope
        province, district = self.fields["province"], self.fields["district"]
        chosen = self.data.get("province", "")
        is_code = len(chosen) == CODE_DIGITS and chosen.isdecimal()
        if self.scope.province:
            for name in ("province", "region", "cluster"):
                del self.fields[name]
        elif isinstance(province, forms.ModelChoiceField):
            seen = Province.objects.filter(has_office=True)
            within = seen.filter(pk__in=self.scope.provinces)
            province.queryset = seen if self.scope.nationwide else within
        for name in ("region", "cluster"):
            if isinstance(area := self.fields.get(name), AreaField):
                area.among(self._offices())
        if isinstance(district, DistrictFilter) and (self.scope.province or is_code):
            district.within(self.scope.province or int(chosen))
        else:
            del self.fields["district"]

    @property
    def area(self) -> list[int] | None:
        """The provinces of the region and the cluster in force; None when neither is."""
        region, cluster = self.active.get("region", ""), self.active.get("cluster", "")
        if not (region or cluster):
            return None
        offices = self._offices()
        return [
            office.pk
            for office in offices
            if region in {"", office.region} and cluster in {"", office.cluster}
        ]

    def of_area(self, rows: Any) -> Any:
        """The rows of that region and cluster; all of them when neither is in force."""
        return rows if self.area is None else rows.filter(province__in=self.area)

    def _offices(self) -> list[Province]:
        return [
            office
            for office in known_offices()
            if self.scope.nationwide or office.pk in self.scope.provinces
        ]


@lru_cache(maxsize=80)
def _in_thai_order(names: frozenset[str]) -> list[str]:
    return sorted(names, key=sort_key)


@lru_cache(maxsize=80)
def _districts(province_code: int) -> tuple[tuple[int, str], ...]:
    """Read once per process, as the datalist below; of no province there are none."""
    rows = District.objects.filter(province=province_code)
    return tuple(rows.values_list("code", "name"))


@lru_cache(maxsize=80)
def _datalist(province_code: int) -> SafeString:
    """Places change with a release only, so each province's list is built once per process."""
    names = Subdistrict.objects.filter(province=province_code).values_list(
        "name", "district__name", "postal_code"
    )
    options = format_html_join(
        "", '<option value="ต.{} อ.{}">{}</option>', ((name, of, code) for name, of, code in names)
    )
    return format_html('<datalist id="subdistricts">{}</datalist>', options)
