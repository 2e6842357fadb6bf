"""Charts as SVG, the same on screens and in PDFs; each is drawn from plain figures.

A chart answers one question. Bars start at zero, labels sit on the marks, plan is an outline and
actual a fill. Whoever draws one puts the table of the same figures behind it.
"""

from volunteer_network.ui.charts.columns import Column, columns, triple_columns
from volunteer_network.ui.charts.ink import Ink, hatch, paint
from volunteer_network.ui.charts.map import (
    HeatClass,
    MapProvince,
    country_map,
    heat_classes,
    mark_of,
    tile_grid,
)
from volunteer_network.ui.charts.shares import Share, key_mark, share_bar

__all__ = [
    "Column",
    "HeatClass",
    "Ink",
    "MapProvince",
    "Share",
    "columns",
    "country_map",
    "hatch",
    "heat_classes",
    "key_mark",
    "mark_of",
    "paint",
    "share_bar",
    "tile_grid",
    "triple_columns",
]
