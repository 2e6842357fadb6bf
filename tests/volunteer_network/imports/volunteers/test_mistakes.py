"""Rows that are doubled, known elsewhere or wrong are told with their place."""

from tests.factories import VolunteerFactory
from tests.imports import begin, mistakes_of, rows_of, write
from tests.volunteer_network.imports.volunteers.registers import HEAD, person, sheet, volunteers
from volunteer_network import national_id
from volunteer_network.enums import VolunteerStatus


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
