"""The register from a workbook: the register's own rules, over all rows at once."""

import datetime
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection

from tests.factories import ActivityFactory, TermFactory, VolunteerFactory
from tests.imports import begin, mistakes_of, rows_of, undo, worked_on, write
from tests.workbook_files import csv_file, xlsx
from volunteer_network import national_id, sealing
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import ImportState, VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.import_kinds import import_kind_named
from volunteer_network.models import AuditEvent, ImportBatch, ImportRow, Job, Term, Volunteer
from volunteer_network.services import import_work, imports
from volunteer_network.services.terms import suspend
from volunteer_network.thai_text import match_key

HEAD = ["คำนำหน้า", "ชื่อ", "สกุล", "เลขประจำตัวประชาชน", "ตำบล", "อำเภอ", "โทรศัพท์"]


def person(n, changes=()):
    row = {
        "คำนำหน้า": "นาง",
        "ชื่อ": f"สุดา{'กขคงจ'[n % 5]}{'มยรลว'[n // 5 % 5]}",
        "สกุล": "ใจดี",
        "เลขประจำตัวประชาชน": national_id.make_sample(5000 + n),
        "ตำบล": "ช้างเผือก",
        "อำเภอ": "เมืองเชียงใหม่",
        "โทรศัพท์": f"08{n:08d}",
    } | dict(changes)
    return list(row.values())


def sheet(*rows, head=HEAD, title="ทะเบียน"):
    return xlsx({title: [head, *rows]})


@pytest.fixture
def officer(chiang_mai_officer):
    return chiang_mai_officer


def volunteers(by):
    with open_scope(by.scope):
        return list(Volunteer.objects.order_by("number"))


def about(row):
    return AuditEvent.objects.filter(target_type=row._meta.model_name, target=str(row.pk))


def test_good_rows_are_written_after_consent_only(officer):
    batch = begin(sheet(*(person(n) for n in range(3))), by=officer)

    assert batch.state == ImportState.READY
    assert volunteers(officer) == []

    batch = write(batch, officer)

    assert batch.state == ImportState.WRITTEN
    assert [one.number for one in volunteers(officer)] == [1001, 1002, 1003]


def test_the_titles_of_its_jobs_say_what_and_how_many_and_never_the_file(officer):
    def titles():
        with open_scope(officer.scope):
            return list(Job.objects.order_by("pk").values_list("title", flat=True))

    rows = [person(1), person(2), person(3, {"ตำบล": "ไม่มีที่นี่"}.items()), ["", "รวม", "3 คน"]]
    with open_scope(officer.scope):
        batch = imports.begin_import(
            kind=import_kind_named("volunteers"), content=sheet(*rows),
            file_name="นายสมชาย ใจดี.xlsx", about=None, by=officer,
        )  # fmt: skip
    assert titles() == ["ตรวจไฟล์ทะเบียนอาสาสมัครแรงงาน"]  # nobody has read it yet
    batch = undo(write(worked_on(batch, officer), officer), officer)

    assert titles() == [
        "ตรวจไฟล์ทะเบียนอาสาสมัครแรงงาน 3 แถว",
        "นำเข้าทะเบียนอาสาสมัครแรงงาน 2 แถว",
        "เรียกคืนการนำเข้าทะเบียนอาสาสมัครแรงงาน 2 แถว",
    ]
    assert batch.file_name == "นายสมชาย ใจดี.xlsx"


def test_a_row_becomes_what_registering_by_hand_would_have_made(officer):
    head = [*HEAD, "วันเกิด", "เพศ", "ระดับ", "คำสั่งที่", "ลงวันที่", "วันเริ่มวาระ", "หน้าที่อื่นในชุมชน"]
    more = ["๓ ธ.ค. ๒๕๑๓", "ญ", "แกนนำ", "1127/2569", "1 มิ.ย. 2569", "11/06/2569", "อสม., กำนัน"]

    write(begin(sheet([*person(1), *more], head=head), by=officer), officer)

    [made] = volunteers(officer)
    with open_scope(officer.scope):
        [term] = made.terms.all()
        seen = list(about(made).values_list("verb", flat=True))
    assert (made.title, made.first_name, made.last_name) == ("นาง", "สุดาขม", "ใจดี")
    assert made.birth_date == datetime.date(1970, 12, 3)
    assert (made.sex, made.level, made.phone) == ("female", "subdistrict_lead", "0800000001")
    assert made.other_roles == ["health", "village_head"]
    assert (made.subdistrict.name, made.district.name) == ("ช้างเผือก", "เมืองเชียงใหม่")
    assert made.status == VolunteerStatus.ACTIVE
    assert made.term_ends_on == term.ends_on == datetime.date(2029, 6, 10)
    assert made.match_key == match_key("สุดาขม ใจดี")
    digits = national_id.make_sample(5001)
    assert bytes(made.national_id_index) == sealing.blind_index(digits)
    sealed = bytes(made.national_id_sealed)
    assert sealing.unseal(sealed, table="volunteer", row=str(made.person)) == digits
    assert seen == ["volunteer.registered"]


def test_all_mistakes_come_at_once_with_their_place(officer):
    batch = begin(
        sheet(
            person(0),
            person(1, {"เลขประจำตัวประชาชน": "1999900000016", "ตำบล": "ไม่มีจริง"}),
            person(2, {"คำนำหน้า": "", "โทรศัพท์": "12345"}),
            person(3, {"สกุล": ""}),
        ),
        by=officer,
    )

    wrong = mistakes_of(batch, officer)
    assert {number: set(fields) for number, fields in wrong.items()} == {
        3: {"national_id", "subdistrict"},
        4: {"title", "phone"},
        5: {"last_name"},
    }
    assert "ไม่พบตำบล “ไม่มีจริง”" in wrong[3]["subdistrict"]


def test_doubles_within_the_file_are_told_the_first_place(officer):
    same = national_id.make_sample(77)
    batch = begin(
        sheet(
            person(0, {"เลขประจำตัวประชาชน": same}),
            person(1, {"ชื่อ": "สุดา ", "เลขประจำตัวประชาชน": national_id.format_id(same)}),
        ),
        by=officer,
    )

    assert mistakes_of(batch, officer) == {
        3: {"national_id": "เลขประจำตัวซ้ำกับทะเบียน แถว 2 กด “ข้าม” ถ้าเป็นคนเดียวกัน หรือแก้เลขให้ตรงกับบัตร"}
    }


def test_who_is_in_the_register_is_linked_and_not_doubled(officer, chiang_mai):
    known = VolunteerFactory(province=chiang_mai, digits=national_id.make_sample(5000))

    batch = write(begin(sheet(person(0), person(1)), by=officer), officer)

    assert [state for state, _draft in rows_of(batch, officer)] == ["known", "written"]
    [(_, draft), _] = rows_of(batch, officer)
    assert known.code in draft.notes[0]
    assert len(volunteers(officer)) == 2


def test_who_serves_elsewhere_is_refused_without_a_name(officer, songkhla):
    VolunteerFactory(province=songkhla, digits=national_id.make_sample(5000), first_name="ลับ")

    wrong = mistakes_of(begin(sheet(person(0)), by=officer), officer)

    assert "จังหวัดอื่น" in wrong[2]["national_id"]
    assert "ลับ" not in str(wrong)


def test_who_ended_elsewhere_keeps_the_person(officer, songkhla):
    before = VolunteerFactory(
        province=songkhla, digits=national_id.make_sample(5000), status=VolunteerStatus.RESIGNED
    )

    write(begin(sheet(person(0)), by=officer), officer)

    assert [one.person for one in volunteers(officer)] == [before.person]


def test_the_same_name_and_telephone_under_another_id_is_a_slip(officer, chiang_mai):
    VolunteerFactory(province=chiang_mai, first_name="สุดากม", last_name="ใจดี", phone="0800000000")

    wrong = mistakes_of(begin(sheet(person(0)), by=officer), officer)

    assert "เลขประจำตัวต่างกัน" in wrong[2]["national_id"]


def test_too_young_and_half_an_appointment_are_refused(officer):
    head = [*HEAD, "วันเกิด", "คำสั่งที่", "วันเริ่มวาระ"]
    batch = begin(
        sheet(
            [*person(0), "1/1/2560", "", ""],
            [*person(1), "", "1/2569", ""],
            [*person(2), "", "", "1/10/2568"],
            head=head,
        ),
        by=officer,
    )

    assert {number: set(one) for number, one in mistakes_of(batch, officer).items()} == {
        2: {"birth_date"},
        3: {"starts_on"},
        4: {"order_number"},
    }


def test_another_provinces_rows_are_refused(officer):
    head = [*HEAD, "จังหวัด"]
    batch = begin(sheet([*person(0), "จ.เชียงใหม่"], [*person(1), "สงขลา"], head=head), by=officer)

    assert set(mistakes_of(batch, officer)) == {3}


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
