"""Tables of a document in Word: written as its XML, since spans by its library are slow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.html import HtmlElement

from volunteer_network.documents.word.styles import OF_TAG, SMALL_CELL, id_of
from volunteer_network.documents.word.text import has_class, lines_of
from volunteer_network.documents.word.xml import new, new_text

SHARE = re.compile(r"width:\s*([\d.]+)%")
INK, HEAD, WORKED = "1B2430", "EEF1F4", "14507A"
HAIR, EDGES = 4, ("top", "left", "bottom", "right", "insideH", "insideV")  # eighths of a point
MARGIN = 45  # twips at the left and right of a cell; a small one has none
WITHOUT_LINES = ("heads", "official-head")
SIDES = {"number": "right", "centre": "center", "title": "center", "facts-right": "right"}


@dataclass(frozen=True)
class _Cell:
    """A cell at its place of the grid; without an element it goes on from the row above."""

    column: int
    across: int
    element: HtmlElement | None = None
    reaches_down: bool = False


def table_of(table: HtmlElement, width: int) -> BaseOxmlElement:
    """The table, `width` twips wide; its `<col>`s say in percent how wide columns are, if anything.

    Heads are repeated on each page, a row is not broken, and cells of the class `worked` are bars.
    """
    rows = list(table.iter("tr"))
    grid = _grid(rows)
    count = max(cell.column + cell.across for cells in grid for cell in cells)
    widths = [round(width * share) for share in _shares(table, count)]
    columns = (new("gridCol", w=one) for one in widths)
    drawn = (_row(row, cells, widths) for row, cells in zip(rows, grid, strict=True))
    return new("tbl", _properties(table), new("tblGrid", *columns), *drawn)


def _shares(table: HtmlElement, count: int) -> list[float]:
    """The part of the width that each column takes; what is not said is shared evenly."""
    said = [SHARE.search(col.get("style", "")) for col in table.iter("col")]
    known = [float(one[1]) / 100 if one else 0 for one in said]
    known += [0] * (count - len(known))
    rest = (1 - sum(known)) / max(known.count(0), 1)
    return [share or rest for share in known]


def _grid(rows: list[HtmlElement]) -> list[list[_Cell]]:
    """The cells of each row at their columns, with those that reach down from above."""
    hanging: dict[int, tuple[int, int]] = {}  # by column: how many rows down, how many across
    return [list(_cells(row, hanging)) for row in rows]


def _cells(row: HtmlElement, hanging: dict[int, tuple[int, int]]) -> Iterator[_Cell]:
    from_above, column = dict(hanging), 0
    for place, (down, across) in from_above.items():
        hanging[place] = (down - 1, across)
        if down == 1:
            del hanging[place]
    for element in [*row.iterchildren("th", "td"), None]:
        while column in from_above:
            across = from_above[column][1]
            yield _Cell(column, across, reaches_down=True)
            column += across
        if element is not None:
            across, down = int(element.get("colspan", 1)), int(element.get("rowspan", 1))
            if down > 1:
                hanging[column] = (down - 1, across)
            yield _Cell(column, across, element, reaches_down=down > 1)
            column += across


def _properties(table: HtmlElement) -> BaseOxmlElement:
    lines = "nil" if any(has_class(table, name) for name in WITHOUT_LINES) else "single"
    borders = (new(edge, val=lines, sz=HAIR, space=0, color=INK) for edge in EDGES)
    return new(
        "tblPr",
        new("tblW", w=5000, type="pct"),
        new("tblBorders", *borders),
        new("tblLayout", type="fixed"),
        _margins("tblCellMar", MARGIN),
    )


def _margins(tag: str, twips: int) -> BaseOxmlElement:
    return new(tag, *(new(side, w=twips, type="dxa") for side in ("left", "right")))


def _row(row: HtmlElement, cells: list[_Cell], widths: list[int]) -> BaseOxmlElement:
    is_head = row.getparent().tag == "thead"
    manners = [new("cantSplit"), *([new("tblHeader")] if is_head else [])]
    fill = HEAD if is_head or has_class(row, "group") else ""
    drawn = (
        new("tc", _cell_properties(cell, widths, fill), *_paragraphs(cell, is_head=is_head))
        for cell in cells
    )
    return new("tr", new("trPr", *manners), *drawn)


def _cell_properties(cell: _Cell, widths: list[int], fill: str) -> BaseOxmlElement:
    """In the order in which Word reads them."""
    width = sum(widths[cell.column : cell.column + cell.across])
    properties = [new("tcW", w=width, type="dxa"), new("gridSpan", val=cell.across)]
    if cell.reaches_down:
        properties.append(new("vMerge", val="continue" if cell.element is None else "restart"))
    if cell.element is not None and has_class(cell.element, "worked"):
        fill = WORKED
    if fill:
        properties.append(new("shd", val="clear", color="auto", fill=fill))
    if cell.element is not None and has_class(cell.element, "small"):
        properties.append(_margins("tcMar", 0))
    return new("tcPr", *properties)


def _paragraphs(cell: _Cell, *, is_head: bool) -> Iterator[BaseOxmlElement]:
    """At least one, as a cell must have."""
    element = cell.element
    if element is None:
        yield new("p")
        return
    classes = element.get("class", "").split()
    side = "center" if is_head else next((SIDES[one] for one in classes if one in SIDES), "left")
    for block in list(element.iterchildren("h1", "p")) or [element]:
        style = id_of(SMALL_CELL if "small" in classes else OF_TAG[block.tag])
        for line in lines_of(block) or [""]:
            manners = new("pPr", new("pStyle", val=style), new("jc", val=side))
            yield new("p", manners, new_text(line))
