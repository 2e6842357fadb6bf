"""Rows of a register become volunteers, after consent."""

import datetime

from tests.imports import begin, undo, worked_on, write
from tests.volunteer_network.imports.volunteers.registers import HEAD, person, sheet, volunteers
from volunteer_network import national_id, sealing
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import ImportState, VolunteerStatus
from volunteer_network.import_kinds import import_kind_named
from volunteer_network.models import AuditEvent, Job
from volunteer_network.services import imports
from volunteer_network.thai_text import match_key


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
