"""Places as a process remembers them: they change with a release only, so each is read once."""

from functools import cache

from volunteer_network.models.places import District, Province


def known_province(code: int) -> Province:
    """The province of a code. Raises KeyError for a code that is none."""
    return _provinces()[code]


def district_choices(province: int) -> list[tuple[int, str]]:
    """The province's districts as a select offers them, in Thai order."""
    return _districts().get(province, [])


def province_choices() -> list[tuple[int, str]]:
    """The provinces with an office as a select offers them, in Thai order."""
    return [(code, place.name) for code, place in _provinces().items() if place.has_office]


@cache
def _provinces() -> dict[int, Province]:
    return {place.pk: place for place in Province.objects.order_by("sort_key")}


@cache
def _districts() -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    rows = District.objects.order_by("sort_key").values_list("province_id", "code", "name")
    for province, code, name in rows:
        found.setdefault(province, []).append((code, name))
    return found
