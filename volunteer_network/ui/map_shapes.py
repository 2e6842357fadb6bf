"""The outlines of the provinces: from the npm package into one cached file, and as text for PDFs.

`@svg-maps/thailand` (CC BY 4.0, by the authors of svg-maps) weighs 52 kB compressed when it lies
in a page. Rounded and served once as a static file it costs a page nothing: each province is
`<use href="…/provinces.svg#p50">`. A PDF has no such file and takes the same outlines as text.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from volunteer_network.startup.places import BASE_DIR, DataDir

PACKAGE_FILE: Final = BASE_DIR / "node_modules/@svg-maps/thailand/index.js"
POSITIONS_FILE: Final = BASE_DIR / "volunteer_network/data/map.csv"
MAP_NAME: Final = "img/provinces.svg"  # below the address of static files
MAP_BOX: Final = "0 0 560 1025"
CREDIT: Final = "svg-maps CC BY 4.0"

_LOCATION: Final = re.compile(r'"id":"(\w+)","path":"([^"]+)"')
_PIECE: Final = re.compile(r"[mz]|-?[\d.]+,-?[\d.]+")


class NoMap(RuntimeError):
    """The npm package is missing or is of another make."""


@dataclass(frozen=True)
class Place:
    """Where a province stands: its outline in the package, its tile in the grid of the phone."""

    code: int
    shape: str
    column: int
    row: int


@cache
def places() -> dict[int, Place]:
    """All 77 by code; one tile each, laid out as the provinces lie."""
    with POSITIONS_FILE.open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        found = (
            Place(int(row["code"]), row["shape"], int(row["column"]), int(row["row"]))
            for row in rows
        )
        return {place.code: place for place in found}


@cache
def outlines() -> dict[int, str]:
    """The outline of each province by code, rounded to a tenth, as data of an SVG path."""
    try:
        text = PACKAGE_FILE.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoMap(f"{PACKAGE_FILE} is missing: run make setup") from None
    drawn = dict(_LOCATION.findall(text))
    try:
        return {code: _rounded(drawn[place.shape]) for code, place in places().items()}
    except KeyError as missing:
        raise NoMap(f"the package has no outline {missing}") from None


def map_file() -> Path:
    """The file of all outlines; made when it is missing or older than what it is made of."""
    path = folder() / MAP_NAME
    sources = (PACKAGE_FILE, POSITIONS_FILE, Path(__file__))
    newest = max((one.stat().st_mtime for one in sources if one.exists()), default=0)
    if not path.exists() or path.stat().st_mtime < newest:
        path.parent.mkdir(parents=True, exist_ok=True)
        half_written = path.with_suffix(f".{id(path)}.part")
        half_written.write_text(_sheet(), encoding="utf-8")
        half_written.replace(path)  # whole or not at all, whoever else makes it now
    return path


def folder() -> Path:
    """Where made static files lie, beside the database of this site."""
    return DataDir.from_environment().path / "made"


def _sheet() -> str:
    paths = "".join(f'<path id="p{code}" d="{path}"/>' for code, path in outlines().items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{MAP_BOX}">'
        f"<!-- {CREDIT} -->{paths}</svg>"
    )


def _rounded(path: str) -> str:
    """Round where the pen is, not how far it moves: neighbours then keep their common border."""
    return "".join(_moves(path))


def _moves(path: str) -> Iterator[str]:
    x = y = 0.0  # where the pen is in the package's own figures
    at = (0, 0)  # where it is here, in tenths
    start, start_at = (0.0, 0.0), (0, 0)
    begins = True
    for piece in _PIECE.findall(path):
        if piece == "m":
            begins = True
        elif piece == "z":
            yield "z"
            (x, y), at = start, start_at
        else:
            right, down = map(float, piece.split(","))
            x, y = x + right, y + down
            now = (round(x * 10), round(y * 10))
            step = (now[0] - at[0], now[1] - at[1])
            if begins:
                yield f"m{_tenths(step[0])} {_tenths(step[1])}l"
                start, start_at, begins = (x, y), now, False
            elif step != (0, 0):
                yield f"{_tenths(step[0])} {_tenths(step[1])} "
            at = now


def _tenths(number: int) -> str:
    """-7 → "-.7", 12 → "1.2": every byte is paid 77 times."""
    return f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"
