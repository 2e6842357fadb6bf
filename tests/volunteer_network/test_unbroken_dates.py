"""On a phone no line of a sentence ends inside a date."""

import re

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string

from tests.factories.plans import DirectionFactory
from volunteer_network.thai_calendar import unbroken
from volunteer_network.ui.registry import FilledTile, TileFigures

DAY = "1 พ.ย. 2569"
KEPT = "1\u00a0พ.ย.\u00a02569"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ภายใน 1 พ.ย. 2569 นี้", f"ภายใน {KEPT} นี้"),
        ("พฤหัสบดี 26 พฤศจิกายน 2569", "พฤหัสบดี 26\u00a0พฤศจิกายน\u00a02569"),
        ("ข้อมูล ณ 1 พ.ย. 2569 13.30 น.", f"ข้อมูล ณ {KEPT}\u00a013.30\u00a0น."),
        ("ต.ค. 2569 มี 12 เรื่อง โทร 081 234 5678", "ต.ค. 2569 มี 12 เรื่อง โทร 081 234 5678"),
    ],
)
def test_the_spaces_of_a_date_and_no_others_keep_it_together(text, kept):
    assert unbroken(text) == kept


def test_what_was_not_escaped_still_is():
    template = Template("{% load thai_calendar %}{{ text|thai_unbroken }}")

    assert template.render(Context({"text": f"<b> {DAY}"})) == f"&lt;b&gt; {KEPT}"


@pytest.mark.parametrize(
    ("template", "context"),
    [
        ("components/note.html", {"tone": "bad", "title": DAY, "text": ""}),
        ("components/note.html", {"tone": "bad", "title": "", "text": DAY}),
        ("components/messages.html", {"messages": [Message(constants.SUCCESS, DAY)]}),
        *(
            (
                f"components/{name}.html",
                {
                    "tile": FilledTile(
                        title="แผน",
                        icon="plan",
                        figures=TileFigures(number=1, unit="แผน", why=DAY, action="เปิด", href="/"),
                    )
                },
            )
            for name in ("tile", "turn")
        ),
    ],
)
def test_notes_messages_and_tiles_keep_their_dates(template, context):
    html = render_to_string(template, context)

    assert KEPT in html
    assert DAY not in html


def test_the_line_under_a_heading_keeps_its_date(client, chiang_mai_officer):
    direction = DirectionFactory()
    client.force_login(chiang_mai_officer)

    page = client.get(f"/plans/{direction.fiscal_year}/50/").content.decode()

    lede = re.search(r'<p class="lede">(.*?)</p>', page)[1]
    assert re.search("ภายใน [0-9]{1,2}\u00a0[^ ]+\u00a0[0-9]{4}", lede)


def test_the_heading_of_the_home_page_keeps_its_date(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)

    page = client.get("/").content.decode()

    heading = re.search("<h1>(.*?)</h1>", page, re.S)[1]
    assert re.search("[0-9]{1,2}\u00a0[^ ]+\u00a0[0-9]{4}", heading)
