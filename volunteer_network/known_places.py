"""Provinces as a process remembers them: they change with a release only, so all are read once."""

from functools import cache

from volunteer_network.models.places import Province


def known_province(code: int) -> Province:
    """The province of a code. Raises KeyError for a code that is none."""
    return _provinces()[code]


@cache
def _provinces() -> dict[int, Province]:
    return Province.objects.in_bulk()
