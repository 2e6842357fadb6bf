"""An import taken back, repeated, interrupted or forgotten."""

from dataclasses import replace

import pytest
from django.db import IntegrityError

from tests.factories import ActivityFactory, TermFactory, VolunteerFactory
from tests.imports import begin, rows_of, undo, worked_on, write
from tests.volunteer_network.imports.volunteers.registers import HEAD, person, sheet, volunteers
from volunteer_network import national_id
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import ImportState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import ImportBatch, ImportRow, Job, Term, Volunteer
from volunteer_network.services import import_work, imports
from volunteer_network.services.terms import suspend


def test_undo_leaves_the_register_as_it_was(officer, chiang_mai):
    before = VolunteerFactory(province=chiang_mai)
    head = [*HEAD, "คำสั่งที่", "วันเริ่มวาระ"]
    rows = [[*person(n), "1/2569", "1/10/2568"] for n in range(3)]
    batch = write(begin(sheet(*rows, head=head), by=officer), officer)

    batch = undo(batch, officer)

    assert batch.state == ImportState.UNDONE
    assert volunteers(officer) == [before]
    with open_scope(officer.scope):
        assert not Term.objects.exists()
    assert [state for state, _ in rows_of(batch, officer)] == ["undone"] * 3


@pytest.mark.parametrize("touch", ["changed", "activity", "appointed"])
def test_undo_leaves_whom_somebody_has_worked_on_and_says_why(officer, touch):
    batch = write(begin(sheet(person(0), person(1)), by=officer), officer)
    touched = volunteers(officer)[0]
    with open_scope(officer.scope):
        if touch == "changed":
            Volunteer.objects.filter(pk=touched.pk).update(status="active")
            suspend(volunteer=touched, by=officer)
        elif touch == "activity":
            ActivityFactory(volunteer=touched, recorded_by=officer)
        else:
            TermFactory(volunteer=touched)

    batch = undo(batch, officer)

    assert volunteers(officer) == [touched]
    with open_scope(officer.scope):
        [kept] = ImportRow.objects.filter(batch=batch, state="written")
    assert kept.made["kept"]


def test_work_that_is_repeated_doubles_nothing(officer):
    """As after a worker died between its last transaction and the end of its job."""
    batch = begin(sheet(*(person(n) for n in range(3))), by=officer)
    batch = write(batch, officer)
    with open_scope(officer.scope):
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.WRITING)
        Job.objects.filter(pk=batch.job).update(state="waiting", attempt=1)

    batch = worked_on(batch, officer)

    assert len(volunteers(officer)) == 3
    assert batch.state == ImportState.WRITTEN


def test_a_row_that_another_officer_registers_meanwhile_waits_as_known(officer, monkeypatch):
    """The rival's commit comes between our last look and our insert, and then it is there."""
    batch = begin(sheet(person(0), person(1)), by=officer)
    kind = import_work.import_kind_named("volunteers")
    refused, looked = [], []

    def rival():
        return VolunteerFactory(province=officer.province, digits=national_id.make_sample(5000))

    def write_after_the_rival(drafts, context):
        if not refused:
            rival()
        try:
            return kind.write(drafts, context)
        except IntegrityError:
            refused.append(len(drafts))
            raise

    def check_what_the_rival_left(drafts, context):
        if refused and not looked:
            looked.append(rival())  # the first went with our own transaction
        kind.check(drafts, context)

    rigged = replace(kind, write=write_after_the_rival, check=check_what_the_rival_left)
    monkeypatch.setattr(import_work, "import_kind_named", lambda name: rigged)

    batch = write(batch, officer)

    assert refused == [2]  # the database refused both, and both were looked at again
    assert [state for state, _ in rows_of(batch, officer)] == ["known", "written"]
    assert len(volunteers(officer)) == 2


def test_discarding_forgets_the_file_and_keeps_what_was_written(officer):
    batch = write(begin(sheet(person(0), person(1, {"สกุล": ""})), by=officer), officer)

    with open_scope(officer.scope):
        batch = imports.discard_import(batch=batch, by=officer)
        rows = list(ImportRow.objects.filter(batch=batch).values_list("state", flat=True))

    assert (batch.state, rows, batch.stored) == (ImportState.WRITTEN, ["written"], "")
    assert len(volunteers(officer)) == 1


def test_old_imports_are_forgotten(officer, settings, everywhere):
    batch = write(begin(sheet(person(0)), by=officer), officer)
    settings.IMPORT_KEPT_DAYS = -1

    assert import_work.forget_old_imports() == 1
    assert import_work.forget_old_imports() == 0

    with everywhere():
        row = ImportRow.objects.get(batch=batch)
        batch.refresh_from_db()
    assert row.sealed is None
    assert row.target
    assert (batch.stored, batch.plans, batch.file_name) == ("", [], "")
    assert str(batch) == "ไฟล์ที่ลบเนื้อหาแล้ว"  # its name may be a person's


def test_nothing_is_written_twice_at_the_same_time(officer):
    batch = begin(sheet(person(0)), by=officer)
    with open_scope(officer.scope):
        imports.ask_to_write(batch=batch, by=officer)
        with pytest.raises(RuleViolation, match="กำลังนำเข้า"):
            imports.ask_to_write(batch=batch, by=officer)


def test_a_central_person_cannot_import_a_register(central_officer):
    with pytest.raises(RuleViolation, match="เจ้าหน้าที่ของจังหวัด"):
        begin(sheet(person(0)), by=central_officer)
