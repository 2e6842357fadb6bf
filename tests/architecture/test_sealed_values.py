"""Whatever is sealed can be sealed anew: without it a removed key would take it along."""

import ast
from importlib import import_module

from tests.architecture.sources import called, calls_in, modules, name_of
from volunteer_network.services.resealing import PLACES

# Seals anew what the places name: its table is theirs.
GIVEN_BY_OTHERS = {"volunteer_network/services/sealed_values.py"}

# Opened by the next page or never; a link that waits for no page any more is issued anew.
NOT_RESEALED = {"session.fresh_link"}


def tables_sealed_for():
    """Table → the modules that seal for it, read from every call of `seal`."""
    found: dict[str, set[str]] = {}
    for path in modules():
        if name_of(path) in GIVEN_BY_OTHERS:
            continue
        for call in calls_in(path):
            if called(call) == "seal":
                found.setdefault(_table_of(call, path), set()).add(name_of(path))
    return found


def _table_of(call, path):
    [given] = [word.value for word in call.keywords if word.arg == "table"]
    if isinstance(given, ast.Constant):
        return given.value
    module = import_module(name_of(path).removesuffix(".py").replace("/", "."))
    return getattr(module, given.id)


def test_whatever_is_sealed_can_be_sealed_anew():
    sealed, resealed = tables_sealed_for(), set().union(*(place.tables for place in PLACES))

    assert len(sealed) >= 7
    assert sealed.keys() >= NOT_RESEALED
    assert sealed.keys() - NOT_RESEALED == resealed


def test_no_two_places_seal_for_the_same_table_or_bear_one_word():
    tables = [table for place in PLACES for table in place.tables]

    assert len(tables) == len(set(tables))
    assert len({place.word for place in PLACES}) == len(PLACES)
