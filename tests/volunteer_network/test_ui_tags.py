import re
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template

from volunteer_network.access.roles import Role
from volunteer_network.templatetags.ui import querystring_without
from volunteer_network.ui.figures import fiscal_strip, heat_steps, meter, ticks
from volunteer_network.ui.page_context import Viewer
from volunteer_network.ui.term_calendar import TermMonth, TermYear

ROOT = Path(__file__).resolve().parent.parent.parent


def drawn(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_icon_names_a_symbol_of_the_sprite_and_is_silent_to_screen_readers():
    html = drawn('{% icon "home" %}')

    assert html.startswith('<svg class="i" aria-hidden="true">')
    assert re.search(r'href="[^"]*icons[^"]*\.svg#home"', html)


def test_every_icon_named_in_a_template_is_in_the_sprite():
    sprite = (ROOT / "static/img/icons.svg").read_text()
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r'{% icon "([\w-]+)"', templates))
    named |= set(re.findall(r'icon_name="([\w-]+)"', templates))

    assert named - known == set()


def test_status_is_a_shape_and_a_word_and_escapes_the_word():
    assert drawn("{% status 'warn' words %}", words="<b>") == (
        '<span class="st warn">&lt;b&gt;</span>'
    )


def test_status_refuses_a_state_that_has_no_shape():
    with pytest.raises(ValueError, match="purple"):
        drawn("{% status 'purple' 'สี' %}")


@pytest.mark.parametrize(
    ("level", "tone"),
    [
        (constants.ERROR, "bad"),
        (constants.WARNING, "warn"),
        (constants.SUCCESS, "good"),
        (constants.INFO, "info"),
    ],
)
def test_a_message_takes_the_tone_of_its_level(level, tone):
    assert drawn("{{ message|tone }}", message=Message(level, "ข้อความ")) == tone


def test_fiscal_strip_says_in_words_what_it_draws():
    html = fiscal_strip(["done"] * 5 + ["none"] + ["miss"] * 2 + ["open"] + ["next"] * 3)

    label = re.search(r'aria-label="([^"]+)"', html)[1]
    assert label == "มีกิจกรรม 5 เดือน ไม่มี มีเหตุ 1 เดือน เงียบ 2 เดือน กำลังบันทึก 1 เดือน"


def test_fiscal_strip_draws_twelve_boxes_in_four_groups():
    html = fiscal_strip(["done"] * 12)

    lefts = [int(left) for left in re.findall(r"M(\d+) 1h8v14h-8z", html)]
    gaps = [after - before for before, after in pairwise(lefts)]
    assert gaps == [12, 12, 16, 12, 12, 16, 12, 12, 16, 12, 12]


@pytest.mark.parametrize("cells", [["done"] * 11, ["done"] * 11 + ["purple"]])
def test_fiscal_strip_refuses_what_is_not_twelve_known_months(cells):
    with pytest.raises(ValueError, match="twelve"):
        fiscal_strip(cells)


def test_ticks_draw_one_box_for_each_person():
    html = ticks(done=2, total=5, half=1)

    assert re.findall(r'rect class="(\w+)"', html) == ["done", "done", "half", "empty", "empty"]


@pytest.mark.parametrize(
    ("actual", "plan", "width"), [(1, 4, 250), (9, 4, 1000), (-1, 4, 0), (3, 0, 0)]
)
def test_meter_fills_the_outline_of_the_plan_and_never_more(actual, plan, width):
    assert f'class="actual" y="1" width="{width}"' in meter(actual, plan)


def test_heat_gives_each_step_as_many_values_as_ties_allow():
    assert heat_steps(list(range(1, 11))) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert heat_steps([0, 7, 7, 7]) == [0, 1, 1, 1]
    assert heat_steps([0, 0]) == [0, 0]


def test_term_calendar_shows_counts_reasons_and_silence_with_a_total():
    months = (
        TermMonth("count", 3, href="/activities/?month=1"),
        TermMonth("reason", words="ป่วย"),
        TermMonth("silent"),
        TermMonth("open"),
        *[TermMonth("outside")] * 8,
    )

    html = drawn("{% term_calendar years %}", years=[TermYear(2569, months)])

    assert '<a href="/activities/?month=1">3</a>' in html
    assert [word for word in ("ป่วย", "เงียบ", "รอ") if word not in html] == []
    assert "<td>3</td>" in html


def test_a_fiscal_year_of_the_term_calendar_has_twelve_months():
    with pytest.raises(ValueError, match="twelve"):
        TermYear(2569, (TermMonth("silent"),))


@pytest.mark.parametrize(
    ("value", "left"),
    [(None, "?q=%E0%B8%81"), ("1405", "?q=%E0%B8%81&district=1406")],
)
def test_querystring_without_drops_a_parameter_or_one_value_and_the_page(rf, value, left):
    request = rf.get("/", {"q": "ก", "district": ["1405", "1406"], "after": "x", "page": "3"})

    assert querystring_without(Context({"request": request}), "district", value) == left


def test_the_page_frame_stands_without_navigation_for_an_error(rf):
    html = drawn_page("404.html", rf.get("/"))

    assert "ไม่พบรายการนี้ หรืออยู่นอกพื้นที่ของท่าน" in html
    assert "7K2Q-41FD" in html
    assert "<nav" not in html


def drawn_page(name, request):
    from django.template.loader import get_template

    request.user = SimpleNamespace(is_authenticated=False)
    return get_template(name).template.render(
        Context({"request": request, "request_id": "7K2Q-41FD", "demo": True, "messages": []})
    )


def test_two_users_and_two_pages_share_neither_their_top_bar_nor_its_token():
    mentor = Viewer(2570, name="นางสาวปาณิสรา ทองประเสริฐ", role=Role.MENTOR, province="เชียงใหม่")
    executive = Viewer(2570, name="นายเกียรติ วงศ์ใหญ่", role=Role.EXECUTIVE)

    first, second, other = (
        drawn("{% top_bar %}", viewer=viewer, csrf_token=token, unread=unread)
        for viewer, token, unread in (
            (mentor, "a<b", 3),
            (mentor, "second", 3),
            (executive, "third", 100),
        )
    )

    assert 'value="a&lt;b"' in first
    assert first.replace("a&lt;b", "second") == second
    assert 'value="third"' in other
    assert "ปาณิสรา" not in other
    assert "เชียงใหม่" not in other


@pytest.mark.parametrize(("unread", "shown"), [(0, None), (1, "1"), (99, "99"), (100, "99+")])
def test_the_bell_tells_how_many_notices_wait(unread, shown):
    viewer = Viewer(2570, role=Role.MENTOR)
    bar = drawn("{% top_bar %}", viewer=viewer, csrf_token="x", unread=unread)

    counted = re.search(r'class="tick">([^<]+)<span class="sr"> เรื่องยังไม่อ่าน', bar)
    assert (counted[1] if counted else None) == shown
