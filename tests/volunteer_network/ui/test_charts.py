"""Charts as drawings: true to their figures, escaped, the same on screen and on paper."""

import re

import pytest

from volunteer_network.ui.charts import (
    Column,
    Ink,
    MapProvince,
    Share,
    columns,
    country_map,
    heat_classes,
    mark_of,
    share_bar,
    tile_grid,
    triple_columns,
)


def heights(svg, mark="ac"):
    return [float(h) for h in re.findall(rf'<rect class="{mark}"[^>]*height="([\d.]+)"', svg)]


def test_columns_begin_at_zero_and_keep_their_proportions():
    svg = columns(
        [Column("ต.ค.", 100), Column("พ.ย.", 50), Column("ธ.ค.", 0), Column("ม.ค.", None)],
        title="คน",
        description="",
    )

    first, second = heights(svg)
    assert first == pytest.approx(2 * second, rel=0.01)
    assert svg.count("<text") == 4 + 4  # four months, four lines of the grid


def test_plan_is_an_outline_and_the_year_before_a_line():
    svg = columns([Column("ต.ค.", 8, plan=10, before=9)], title="คน", description="")

    assert len(heights(svg, "pl")) == 1
    assert heights(svg, "pl")[0] > heights(svg)[0]
    assert svg.count('class="bf"') == 1


@pytest.mark.parametrize("highest", [0, 1, 7, 99, 100, 12_345, 2_400_000, 10**9])
def test_the_scale_ends_above_the_highest_value(highest):
    svg = columns([Column("ต.ค.", highest)], title="คน", description="")

    assert all(height <= 148.1 for height in heights(svg))
    assert "nan" not in svg.lower()


def test_words_are_escaped_and_each_drawing_has_a_title_and_a_description():
    hostile = '<script>"&'
    drawn = [
        columns([Column(hostile, 1, mark=hostile)], title=hostile, description=hostile),
        triple_columns([hostile], [[1], [1], [None]], title=hostile, description=hostile),
        share_bar([Share(hostile, 1)], title=hostile, description=hostile),
        country_map([MapProvince(50, hostile, "c1", hostile, hostile)], title=hostile,
                    description=hostile),
        tile_grid([MapProvince(50, hostile, "c0", hostile, hostile)], title=hostile,
                  description=hostile),
    ]  # fmt: skip

    for svg in drawn:
        assert "<script" not in svg
        assert svg.count("<title>") >= 1
        assert svg.count("<desc>") == 1


def test_on_paper_every_mark_brings_its_colour_and_no_class():
    provinces = [MapProvince(50, "ชม", "c0", "เชียงใหม่"), MapProvince(10, "กท", "cx", "กรุงเทพฯ")]
    drawn = [
        columns([Column("ต.ค.", 8, plan=10, before=9)], title="", description="", ink=Ink.PAPER),
        triple_columns(["ต.ค."], [[1], [1], [1]], title="", description="", ink=Ink.PAPER),
        share_bar([Share("ก", 1)] * 7, title="", description="", ink=Ink.PAPER),
        country_map(provinces, title="", description="", ink=Ink.PAPER),
    ]

    for svg in drawn:
        body = svg.partition(">")[2]
        assert 'class="' not in body
        assert "<use" not in body
        assert re.search('fill="|stroke="', body)
    assert 'id="hatch"' in drawn[-1]


def test_parts_of_a_bar_make_the_whole():
    svg = share_bar([Share("ก", 3), Share("ข", 0), Share("ค", 1)], title="", description="")

    widths = [float(one) for one in re.findall(r'width="([\d.]+)" height', svg)]
    assert widths == [599.0, 199.0]


def test_heat_has_five_steps_of_like_size_and_never_parts_equal_values():
    classes = heat_classes([1, 2, 2, 2, 3, 4, 5, 6, 7, 8])

    marks = [one.mark for one in classes]
    assert marks == sorted(marks, reverse=True)
    assert {"c1", "c5"} <= set(marks)  # a step may be empty where values are equal
    assert sum(one.count for one in classes) == 10
    assert all(one.lowest <= one.highest for one in classes)
    for value in (1, 2, 3, 8):
        assert sum(one.lowest <= value <= one.highest for one in classes) == 1
    assert mark_of(None, classes) == "c0"
    assert mark_of(8, classes) == "c5"


def test_heat_of_nothing_is_nothing():
    assert heat_classes([]) == []
    assert {one.mark for one in heat_classes([5] * 76)} == {"c1"}


def test_a_tile_without_data_has_a_plate_under_its_letters():
    svg = tile_grid([MapProvince(50, "ชม", "c0", "เชียงใหม่", "/x/")], title="", description="")

    assert 'class="tb"' in svg
    assert '<a href="/x/" aria-label="ชม เชียงใหม่">' in svg
