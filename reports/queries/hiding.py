"""What is not told of provinces that a reader does not see: one to four people (ADR 0022).

A hidden figure stays hidden from whoever subtracts the figures of the same page from their sum.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from reports.queries.cells import FEWEST_SHOWN, TELLS_OF_PEOPLE, Cell


def hide_few(cells: Sequence[Cell], *, seen: Collection[int] | None) -> None:
    """Hide few people in the cells of provinces that the reader does not see (None: sees all).

    The cells of one cluster, of one region and all together have sums that a page shows.
    """
    if seen is None:
        return
    foreign = [cell for cell in cells if cell.code not in seen]
    for name in TELLS_OF_PEOPLE:
        values = [int(getattr(cell, name)) for cell in foreign]
        hidden = few_of(values)
        for group in _groups_of(foreign):
            hidden |= hidden_together(values, hidden, among=group)
        for place in hidden:
            foreign[place].hidden |= {name}


def hide_sum(total: Cell, parts: Iterable[Cell]) -> None:
    """Hide of a sum what would tell a hidden part to whoever subtracts the others."""
    cells = list(parts)
    for name in TELLS_OF_PEOPLE:
        if gives_away([int(getattr(cell, name)) for cell in cells if name in cell.hidden]):
            total.hidden |= {name}


def hide_among_sums(sums: Sequence[Cell]) -> None:
    """Let the sum over all sums not tell one of them that is hidden."""
    for name in TELLS_OF_PEOPLE:
        hidden = {place for place, one in enumerate(sums) if name in one.hidden}
        values = [int(getattr(one, name)) for one in sums]
        for place in hidden_together(values, hidden, among=range(len(sums))):
            sums[place].hidden |= {name}


def few_of(values: Sequence[int]) -> set[int]:
    """The places of the values that are too small to be told."""
    return {place for place, value in enumerate(values) if 0 < value < FEWEST_SHOWN}


def hidden_together(
    values: Sequence[int], hidden: Collection[int], *, among: Iterable[int]
) -> set[int]:
    """The hidden places `among` some with one sum, and the next smallest until that is safe."""
    places = [place for place in among if values[place]]
    chosen = {place for place in places if place in hidden}
    for place in sorted(set(places) - chosen, key=lambda place: values[place]):
        if not gives_away([values[one] for one in chosen]):
            break
        chosen.add(place)
    return chosen


def gives_away(hidden: Collection[int]) -> bool:
    """Whether the sum of what is hidden tells too much: it is one figure, or fewer than five."""
    return len(hidden) == 1 or 0 < sum(hidden) < FEWEST_SHOWN


def _groups_of(cells: Sequence[Cell]) -> list[Iterable[int]]:
    """The places of the cells of each cluster, then of each region, then of all."""
    clusters: defaultdict[str, list[int]] = defaultdict(list)
    regions: defaultdict[str, list[int]] = defaultdict(list)
    for place, cell in enumerate(cells):
        clusters[cell.cluster].append(place)
        regions[cell.region].append(place)
    return [*clusters.values(), *regions.values(), range(len(cells))]
