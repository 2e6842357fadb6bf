"""The figures of a quarter as Excel and CSV: those of the page, signed or as they are now."""

import csv
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from tests.reports.views.test_quarters import address, page, words
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.models import AuditEvent


def rows_of(response, form):
    content = response.getvalue()
    if form == "xlsx":
        return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def export(client, by, form="csv", **where):
    client.force_login(by)
    return client.get(address(**where), {"export": form})


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_file_holds_the_rows_of_the_page(client, stage, form):
    stage.type(actual=3, problems="ฝนตก", suggestions="เลื่อนไปเดือนหน้า")

    head, *rows = rows_of(export(client, stage.maker, form), form)

    shown = page(client, stage.maker).context["rows"]
    assert head[:6] == ["ลำดับ", "งาน/กิจกรรม", "ตัวชี้วัด", "หน่วยนับ", "ไตรมาส แผน", "ไตรมาส ผล"]
    assert [row[1] for row in rows] == [one.line.title for one in shown]
    assert [int(row[4]) for row in rows] == [one.line.target for one in shown]
    assert [row[10:] for row in rows if row[10]] == [["ฝนตก", "เลื่อนไปเดือนหน้า"]]


def test_a_signed_quarter_goes_out_as_it_was_signed(client, stage):
    stage.signed()
    before = rows_of(export(client, stage.maker), "csv")

    stage.log(people=12)

    assert rows_of(export(client, stage.maker), "csv") == before


def test_the_page_offers_the_files(client, stage):
    shown = words(page(client, stage.maker))

    assert "?export=xlsx" in shown
    assert "?export=csv" in shown


def test_who_took_a_quarter_out_stands_in_the_audit(client, stage):
    export(client, stage.maker, quarter=2)

    with open_scope(SYSTEM):
        event = AuditEvent.objects.filter(verb="quarter.exported").latest("pk")
    assert (event.actor, event.province_id) == (stage.maker.pk, 50)
    assert event.detail["quarter"] == 2


def test_another_province_takes_nothing_out(client, stage, songkhla_officer):
    assert export(client, songkhla_officer).status_code == 404
