"""Cells, rows and columns that are put right."""

import pytest

from tests.imports import begin, mistakes_of, worked_on, write
from tests.volunteer_network.imports.volunteers.registers import person, sheet, volunteers
from volunteer_network import national_id
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import ImportState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import ImportRow
from volunteer_network.services import imports


def test_a_mended_cell_makes_its_row_good(officer):
    batch = begin(sheet(person(0), person(1, {"ตำบล": "ช้างเผือด"})), by=officer)
    with open_scope(officer.scope):
        row = ImportRow.objects.get(batch=batch, state="bad")
        row = imports.mend_row(row=row, cells={"subdistrict": "ช้างเผือก"}, by=officer)

    assert row.state == "good"
    write(batch, officer)
    assert len(volunteers(officer)) == 2


def test_equal_mistakes_are_mended_once(officer):
    wrong = {"ตำบล": "ช้างเผือด"}
    batch = begin(
        sheet(*(person(n, wrong) for n in range(3)), person(4, {"ตำบล": "xx"})), by=officer
    )
    with open_scope(officer.scope):
        mended = imports.mend_equal(
            batch=batch, field="subdistrict", typed="ช้างเผือด", instead="ช้างเผือก", by=officer
        )

    assert mended == 3
    assert set(mistakes_of(batch, officer)) == {5}


def test_a_double_is_good_once_the_first_is_mended(officer):
    same = {"เลขประจำตัวประชาชน": national_id.make_sample(77)}
    batch = begin(sheet(person(0, same), person(1, same)), by=officer)
    with open_scope(officer.scope):
        first = ImportRow.objects.get(batch=batch, number=2)
        imports.mend_row(row=first, cells={"national_id": national_id.make_sample(78)}, by=officer)

    assert mistakes_of(batch, officer) == {}


def test_good_rows_may_go_and_the_rest_waits(officer):
    batch = write(begin(sheet(person(0), person(1, {"สกุล": ""})), by=officer), officer)
    assert (batch.state, len(volunteers(officer))) == (ImportState.READY, 1)

    with open_scope(officer.scope):
        row = ImportRow.objects.get(batch=batch, state="bad")
        imports.mend_row(row=row, cells={"last_name": "มีสุข"}, by=officer)
    batch = write(batch, officer)

    assert batch.state == ImportState.WRITTEN
    assert [one.last_name for one in volunteers(officer)] == ["ใจดี", "มีสุข"]


def test_columns_may_be_said_anew_and_what_was_mended_stays(officer):
    head = ["คำนำหน้า", "ชื่อ", "สกุล", "ทะเบียนเลข", "ตำบล", "อำเภอ", "โทรศัพท์"]
    batch = begin(sheet(person(0, {"สกุล": ""}), head=head), by=officer)
    assert mistakes_of(batch, officer)[2].keys() == {"national_id", "last_name"}

    with open_scope(officer.scope):
        row = ImportRow.objects.get(batch=batch)
        imports.mend_row(row=row, cells={"last_name": "มีสุข"}, by=officer)
        batch = imports.remap_import(
            batch=batch, columns={(0, 3): "national_id"}, used=[0], by=officer
        )
    batch = worked_on(batch, officer)

    assert mistakes_of(batch, officer) == {}


def test_two_columns_cannot_be_the_same_field(officer):
    batch = begin(sheet(person(0)), by=officer)

    with open_scope(officer.scope), pytest.raises(RuleViolation, match="สองคอลัมน์"):
        imports.remap_import(batch=batch, columns={(0, 0): "last_name"}, used=[0], by=officer)
