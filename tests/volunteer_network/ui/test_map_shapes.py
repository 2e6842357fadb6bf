"""The map against the register of provinces: every one is there, once, where it lies."""

import csv
import re

from django.contrib.staticfiles import finders

from volunteer_network.startup.places import BASE_DIR
from volunteer_network.ui import map_shapes
from volunteer_network.ui.browser_packages import MadeFilesFinder

MOST_BYTES = 120_000


def provinces():
    with (BASE_DIR / "volunteer_network/data/provinces.csv").open(encoding="utf-8") as file:
        return {int(row["code"]): row for row in csv.DictReader(file)}


def boxes():
    """Left, top, right, bottom of each outline."""
    found = {}
    for code, path in map_shapes.outlines().items():
        x = y = 0.0
        xs, ys, start = [], [], (0.0, 0.0)
        for piece in re.findall(r"[mz]|-?[\d.]+ -?[\d.]+", path):
            if piece == "z":
                x, y = start
            elif piece != "m":
                right, down = map(float, piece.split())
                x, y = x + right, y + down
                xs.append(x)
                ys.append(y)
            if piece == "m" or len(xs) == 1:
                start = (x, y)
        found[code] = (min(xs), min(ys), max(xs), max(ys))
    return found


def test_every_province_has_one_outline_and_one_tile():
    assert map_shapes.places().keys() == map_shapes.outlines().keys() == provinces().keys()
    tiles = {(place.column, place.row) for place in map_shapes.places().values()}
    assert len(tiles) == len(provinces())


def test_an_outline_lies_around_the_capital_of_its_own_province():
    """The package knows provinces by names of its own: a swapped pair would show here."""
    rows, found = provinces(), boxes()
    centre = {code: ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for code, box in found.items()}

    def place_on_map(row):  # from degrees, by two corners of the drawing
        return ((float(row["longitude"]) - 97.35) * 67.6, (20.46 - float(row["latitude"])) * 69.0)

    wrong = []
    for code, row in rows.items():
        x, y = place_on_map(row)
        near = sorted(centre, key=lambda one: (centre[one][0] - x) ** 2 + (centre[one][1] - y) ** 2)
        left, top, right, bottom = found[code]
        inside = left - 18 <= x <= right + 18 and top - 18 <= y <= bottom + 18
        if not inside or code not in near[:6]:
            wrong.append((code, row["name_th"], (round(x), round(y)), found[code]))

    assert wrong == []


def test_the_file_is_made_once_small_and_found_by_name(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    path = map_shapes.map_file()
    made_at = path.stat().st_mtime_ns

    assert map_shapes.map_file().stat().st_mtime_ns == made_at
    text = path.read_text(encoding="utf-8")
    assert len(text) < MOST_BYTES
    assert sorted(map(int, re.findall(r'id="p(\d+)"', text))) == sorted(provinces())
    assert map_shapes.CREDIT in text
    assert finders.find(map_shapes.MAP_NAME) == str(path)
    assert [name for name, _storage in MadeFilesFinder().list(None)] == [map_shapes.MAP_NAME]
