"""Provinces as a process remembers them: they change with a release only, so all are read once."""

from functools import cache

from django.db.models import Count

from volunteer_network.models.places import Province, Subdistrict


def known_province(code: int) -> Province:
    """The province of a code. Raises KeyError for a code that is none."""
    return _provinces()[code]


@cache
def known_offices() -> tuple[Province, ...]:
    """The provinces with an office, in Thai order."""
    offices = [province for province in _provinces().values() if province.has_office]
    return tuple(sorted(offices, key=lambda province: province.sort_key))


@cache
def subdistricts_of_provinces() -> dict[int, int]:
    """How many sub-districts each province has, by its code."""
    rows = Subdistrict.objects.order_by().values("province").annotate(places=Count("pk"))
    return dict(rows.values_list("province", "places"))


@cache
def _provinces() -> dict[int, Province]:
    return Province.objects.in_bulk()
