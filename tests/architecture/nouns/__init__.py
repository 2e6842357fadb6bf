"""What each noun tells the architecture tests of itself, one module for each.

A module may name any of these; they are put together here, and a test looks the sums up.

    CALLED_BY        rule → names of addresses
    make(province, officer, volunteer)  → rows by name, marked with the province's canary
    change(rows)     leaves history: changes the rows of `make`, inside the province's scope
    OF_A_PROVINCE, OF_AN_OWNER, OF_NOBODY  address → values for its parameters, from `Rows`
    LISTS            paths of lists that provincial people may open
    SHOWS_OUR_ROWS   paths on which the own canary must be seen
    OPEN_FIGURES     paths of figures over all provinces, which change with any of them
    LIST_COSTS       path → (role, fill(count, officer), most queries)
    IMPERSONAL       model → fields that were looked at and tell of no person
    ROWS_OF          (table, role) → a policy in PostgreSQL's own words, where it is of its own kind
    DEFINER_FUNCTIONS  function of the owner → roles that may call it
    RESTRICTED       table → the restrictive policy in PostgreSQL's own words
"""

from collections import ChainMap
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]


def mapping(name: str) -> dict[Any, Any]:
    """The mappings of that name of all nouns, as one."""
    return dict(ChainMap(*(getattr(module, name, {}) for module in MODULES)))


def listing(name: str) -> tuple[Any, ...]:
    return tuple(one for module in MODULES for one in getattr(module, name, ()))


def called_by() -> dict[str, set[str]]:
    rules: dict[str, set[str]] = {}
    for module in MODULES:
        for rule, names in getattr(module, "CALLED_BY", {}).items():
            rules.setdefault(rule, set()).update(names)
    return rules


def rows_of_all(province: Any, *, officer: Any, volunteer: Any) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for module in MODULES:
        if hasattr(module, "make"):
            made |= module.make(province, officer=officer, volunteer=volunteer)
    return made


def change_all(rows: dict[str, Any]) -> None:
    for module in MODULES:
        if hasattr(module, "change"):
            module.change(rows)
