"""Lean templates escape and complain as Django's do."""

import importlib
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils.translation import get_language, override
from jinja2 import UndefinedError

from reports.dashboard.figure_rows import FigureRow, Shown
from volunteer_network import wsgi
from volunteer_network.ui import lean
from volunteer_network.ui.lean import draw, draw_once

ROWS = "volunteer_network/activities/rows.html"


def row(**other):
    facts = {
        "pk": 1,
        "odd": [],
        "href": "/activities/1/",
        "who_href": "/volunteers/2/",
        "on_date": date(2026, 11, 3),
        "who": "นางมาลี ใจดี",
        "category": "ประกันสังคม",
        "kind": "เยี่ยมบ้าน",
        "has_photo": False,
        "place": "สันทราย",
        "district": "สันทราย",
        "province": "เชียงใหม่",
        "people": 1250,
        "spotted": 3,
        "screened": 2,
        "referred": 1,
    }
    return SimpleNamespace(**facts | other)


def test_a_line_shows_thai_dates_and_grouped_numbers():
    html = draw(ROWS, rows=[row()], nationwide=False, notes=None)

    assert "3 พ.ย. 2569" in html
    assert ">1,250<" in html
    assert "จ.เชียงใหม่" not in html
    assert "จ.เชียงใหม่" in draw(ROWS, rows=[row()], nationwide=True, notes=None)


def test_what_people_typed_is_escaped():
    html = draw(ROWS, rows=[row(who="<script>", place='"ตลาด"')], nationwide=False, notes=None)

    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert '"ตลาด"' not in html


def test_a_name_that_is_not_given_fails():
    incomplete = row()
    del incomplete.place

    with pytest.raises(UndefinedError):
        draw(ROWS, rows=[incomplete], nationwide=False, notes=None)
    with pytest.raises(UndefinedError):
        draw(ROWS, rows=[row()])


FIGURES = "reports/dashboard/figure_row.html"


def test_equal_parts_are_drawn_once_and_others_anew():
    shown = FigureRow("น่าน", (Shown("1,250", "/activities/?province=55"),))
    without_door = FigureRow("น่าน", (Shown("1,250"),))

    assert draw_once(FIGURES, row=shown) is draw_once(FIGURES, row=FigureRow(*shown))
    assert 'href="/activities/?province=55"' in draw_once(FIGURES, row=shown)
    assert "href" not in draw_once(FIGURES, row=without_door)


def test_a_part_is_drawn_anew_in_another_language():
    row = FigureRow("น่าน", (Shown("5"),))

    thai = draw_once(FIGURES, row=row)
    with override("en"):
        english = draw_once(FIGURES, row=row)

    assert english is not thai


def test_the_first_reader_after_a_start_waits_for_no_compiler():
    lean.environment.cache_clear()
    lean._strict.cache_clear()

    importlib.reload(wsgi)

    strict = lean._strict(get_language())
    compiled = {name for one in (lean.environment(), strict) for _loader, name in one.cache}
    assert set(strict.list_templates(extensions=["html"])) == compiled
