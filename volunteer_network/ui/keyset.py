"""Pages of a long list: any page costs what the first one costs.

The address carries the id of the row at the border, never its name: a person's name does not
belong in an address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.db.models import F, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from volunteer_network.row_keys import is_key

PAGE_SIZE = 50
COUNT_AT_MOST = 1000


@dataclass(frozen=True)
class Ordering:
    """A way to sort: the columns in order, all in one direction; the id decides ties.

    No column may be empty; `computed` gives those that the table does not have. What no index
    sorts is sorted `before_joins`: only the rows of the page are joined to what they show.
    """

    name: str  # as in the address
    label: str | Promise
    columns: tuple[str, ...]
    descending: bool = False
    computed: Mapping[str, Any] = field(default_factory=dict)
    before_joins: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.columns, "pk")

    def ready(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with the columns to sort by."""
        ready: QuerySet[Any] = rows.annotate(**self.computed)
        return ready

    def sorted(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        down = self.descending != backwards
        keys = (F(key).desc() if down else F(key).asc() for key in self.keys)
        return self.ready(rows).order_by(*keys)

    def beyond(self, border: Sequence[Any], *, backwards: bool = False) -> Q:
        """The rows after a border row. The first comparison alone lets the index find them.

        A computed column has no index, and would be computed once more.
        """
        down = self.descending != backwards
        strictly, at_least = ("lt", "lte") if down else ("gt", "gte")
        condition = Q()
        for key, value in reversed(list(zip(self.keys, border, strict=True))):
            nearer = Q((f"{key}__{strictly}", value))
            condition = nearer | (Q((key, value)) & condition) if condition else nearer
        first, value = self.keys[0], border[0]
        if first in self.computed:
            return condition
        return Q((f"{first}__{at_least}", value)) & condition


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after or before a row, or at the start."""

    pk: int | None = None
    backwards: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        for name, backwards in (("after", False), ("before", True)):
            if is_key(value := query.get(name, "")):
                return cls(int(value), backwards)
        return cls()


@dataclass(frozen=True)
class Page:
    """Rows of one page, and the ids from which the neighbours begin."""

    rows: list[Any]
    count: int  # capped
    after: int | None
    before: int | None

    @property
    def count_in_words(self) -> str:
        if self.count > COUNT_AT_MOST:
            return _("กว่า %(most)s") % {"most": f"{COUNT_AT_MOST:,}"}
        return f"{self.count:,}"

    def __len__(self) -> int:
        return len(self.rows)


def page_of(
    rows: QuerySet[Any],
    visible: QuerySet[Any],
    *,
    ordering: Ordering,
    cursor: Cursor,
    fields: tuple[str, ...],
    size: int = PAGE_SIZE,
    count: int | None = None,
) -> Page:
    """Read one page as light rows. `visible` is where the border row is looked up.

    `count` spares a query where the number of all rows is known.
    """
    border = _border(visible, ordering, cursor)
    backwards = cursor.backwards and border is not None
    wanted = ordering.ready(rows)
    if border is not None:
        wanted = wanted.filter(ordering.beyond(border, backwards=backwards))
    sorted_rows = ordering.sorted(wanted, backwards=backwards)
    if ordering.before_joins:
        ids = list(sorted_rows.values_list("pk", flat=True)[: size + 1])
        light = rows.filter(pk__in=ids).order_by().values_list("pk", *fields, named=True)
        found = sorted(light, key=lambda row: ids.index(row.pk))
    else:
        found = list(sorted_rows.values_list("pk", *fields, named=True)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = more or backwards
    has_previous = border is not None and (more or not backwards)
    if backwards and not found:
        return page_of(
            rows, visible, ordering=ordering, cursor=Cursor(), fields=fields, size=size, count=count
        )
    return Page(
        rows=found,
        count=_counted(rows) if count is None else count,
        after=found[-1].pk if found and has_next else None,
        before=found[0].pk if found and has_previous else None,
    )


def _counted(rows: QuerySet[Any]) -> int:
    return rows.order_by().values("pk")[: COUNT_AT_MOST + 1].count()


def _border(visible: QuerySet[Model], ordering: Ordering, cursor: Cursor) -> tuple[Any, ...] | None:
    if cursor.pk is None:
        return None
    return ordering.ready(visible).filter(pk=cursor.pk).values_list(*ordering.keys).first()
