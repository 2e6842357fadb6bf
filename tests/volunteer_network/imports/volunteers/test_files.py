"""Files that cannot be read at once, and what is kept of them."""

from django.db import connection

from tests.imports import begin, mistakes_of, rows_of
from tests.volunteer_network.imports.volunteers.registers import HEAD, person, sheet
from tests.workbook_files import csv_file, xlsx
from volunteer_network import national_id
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import ImportState


def test_a_text_in_windows_thai_is_read_as_well(officer):
    rows = [HEAD, person(0)]

    batch = begin(csv_file(rows, encoding="cp874", separator=";"), by=officer, name="a.csv")

    assert mistakes_of(batch, officer) == {}


def test_a_file_without_a_table_ends_refused_in_words(officer):
    batch = begin(xlsx({"ก": []}), by=officer)

    assert (batch.state, rows_of(batch, officer)) == (ImportState.REFUSED, [])
    assert "ไม่พบตารางในไฟล์นี้" in batch.refusal
    assert batch.is_over


def test_a_file_with_one_word_asks_what_its_column_is(officer):
    batch = begin(xlsx({"ก": [["สวัสดี"], ["สมชาย"]]}), by=officer)

    assert batch.state == ImportState.READY
    [plan] = batch.plans
    assert [heading for _at, heading, field in plan["columns"] if not field] == ["สวัสดี"]


def test_what_lies_in_the_database_tells_no_name_and_no_id(officer):
    batch = begin(sheet(person(0)), by=officer)

    with open_scope(officer.scope), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM volunteer_network_importrow t")
        kept = "".join(row for (row,) in cursor.fetchall())
        cursor.execute("SELECT t::text FROM volunteer_network_importbatch t")
        kept += "".join(row for (row,) in cursor.fetchall())
    for secret in ("สุดากม", "ใจดี", national_id.make_sample(5000), "0800000000"):
        assert secret not in kept
        assert secret.encode().hex() not in kept
    assert batch.stored
