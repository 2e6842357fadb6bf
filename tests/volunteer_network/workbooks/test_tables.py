"""The table is found in whatever an official put around it."""

import pytest

from volunteer_network.workbooks.headings import Vocabulary
from volunteer_network.workbooks.reading import Sheet
from volunteer_network.workbooks.tables import LeftOut, clean_cell, data_rows, plan_for

VOCABULARY = Vocabulary(
    {
        "title": ("คำนำหน้า", "คำนำหน้าชื่อ"),
        "first_name": ("ชื่อ",),
        "last_name": ("สกุล", "นามสกุล"),
        "full_name": ("ชื่อ-สกุล", "ชื่อ-นามสกุล", "รายชื่อ"),
        "province": ("จังหวัด",),
        "phone": ("โทรศัพท์", "เบอร์โทรศัพท์มือถือ", "มือถือ"),
        "position": ("ตำแหน่ง",),
    }
)
NAMES = {"full_name", "first_name"}


def found(*sheets):
    plans = plan_for(sheets, VOCABULARY, NAMES)
    by_name = {sheet.name: sheet for sheet in sheets}
    return [row for plan in plans if plan.used for row in data_rows(by_name[plan.sheet], plan)]


def table(*rows, name="ก"):
    return Sheet(name, [list(row) for row in rows])


def test_titles_above_and_notes_before_are_passed_over():
    rows = found(
        table(["โปรดอ่านก่อนกรอก"], ["กรอกชื่อ สกุล ให้ครบ"], name="คำอธิบาย"),
        table(
            ["บัญชีรายชื่อผู้เข้าร่วมสัมมนา"] * 3,
            ["ปีงบประมาณ พ.ศ. ๒๕๖๔", "", ""],
            [],
            ["ที่", "ชื่อ - สกุล", "จังหวัด"],
            ["1", "นายสมชาย ใจดี", "เลย"],
            name="รายชื่อ",
        ),
    )

    assert [(row.sheet, row.number, row.cells) for row in rows] == [
        ("รายชื่อ", 5, {"full_name": "นายสมชาย ใจดี", "province": "เลย"})
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_headings_of_two_rows_are_read_together_in_either_order(turned):
    heads = [
        ["ลำดับ", "ผู้เข้าร่วม", "ผู้เข้าร่วม", "ผู้เข้าร่วม", "โทรศัพท์", "โทรศัพท์"],
        ["ลำดับ", "คำนำหน้า", "ชื่อ", "สกุล", "ที่ทำงาน", "มือถือ"],
    ]

    [row] = found(
        table(
            *(reversed(heads) if turned else heads),
            ["1", "นาย", "สมชาย", "ใจดี", "022321262", "0812345678"],
        )
    )

    assert row.cells == {
        "title": "นาย",
        "first_name": "สมชาย",
        "last_name": "ใจดี",
        "phone": "0812345678",
    }


def test_a_group_that_was_not_merged_reaches_to_its_right():
    [row] = found(
        table(["ที่", "ผู้เข้าร่วม", "", ""], ["", "ชื่อ", "สกุล", "จังหวัด"], ["1", "ก", "ข", "เลย"])
    )

    assert row.cells == {"first_name": "ก", "last_name": "ข", "province": "เลย"}


@pytest.mark.parametrize("merged", [True, False])
def test_headings_of_three_rows_are_read_together(merged):
    def over(text, *blanks):
        return [text, *([text] * len(blanks) if merged else blanks)]

    def down(text):
        return [text] * 3 if merged else [text, "", ""]

    number, province = down("ที่"), down("จังหวัด")
    people = over("ข้อมูลผู้เข้าร่วมสัมมนา", "", "", "", "")
    heads = [
        [number[0], *people, province[0]],
        [number[1], *over("ชื่อผู้เข้าร่วม", "", ""), *over("โทรศัพท์", ""), province[1]],
        [number[2], "คำนำหน้า", "ชื่อ", "สกุล", "ที่ทำงาน", "มือถือ", province[2]],
    ]

    rows = found(
        table(
            ["บัญชีรายชื่อ"],
            *heads,
            ["1", "นาย", "สมชาย", "ใจดี", "022321262", "0812345678", "เลย"],
            ["2", "นาง", "สมศรี", "ใจงาม", "", "0812345679", "ตาก"],
        )
    )

    assert [row.cells for row in rows] == [
        {
            "title": "นาย",
            "first_name": "สมชาย",
            "last_name": "ใจดี",
            "phone": "0812345678",
            "province": "เลย",
        },
        {
            "title": "นาง",
            "first_name": "สมศรี",
            "last_name": "ใจงาม",
            "phone": "0812345679",
            "province": "ตาก",
        },
    ]


def test_a_first_row_of_data_is_never_taken_for_a_third_row_of_headings():
    rows = found(
        table(
            ["ที่", "ผู้เข้าร่วม", "ผู้เข้าร่วม", "จังหวัด"],
            ["ที่", "ชื่อ", "สกุล", "จังหวัด"],
            ["1", "สมชาย", "ใจดี", "เลย"],
            ["2", "สมศรี", "ใจงาม", "เลย"],
        )
    )

    assert [row.cells["first_name"] for row in rows] == ["สมชาย", "สมศรี"]


def test_what_is_no_person_is_left_out_and_said():
    rows = found(
        table(
            ["ที่", "ชื่อ", "สกุล", "จังหวัด"],
            ["(1)", "(2)", "(3)", "(4)"],
            ["ภาคเหนือ"] * 4,
            ["1", "สมชาย", "ใจดี", "เลย"],
            [],
            ["ที่", "ชื่อ", "สกุล", "จังหวัด"],
            ["2", "รวม", "ใจดี", "ตาก"],
            ["3", "", "", ""],
            ["", "รวม ๑๑๕ คน", "", ""],
            ["รวมทั้งสิ้น", "", "", "115"],
            ["หมายเหตุ: ข้อมูล ณ วันนี้", "", "", ""],
            ["", "ลงชื่อ..................", "", ""],
        )
    )

    assert [(row.number, row.left_out) for row in rows] == [
        (2, LeftOut.COLUMN_NUMBERS),
        (3, LeftOut.ALONE),
        (4, None),
        (6, LeftOut.HEADING),
        (7, None),  # somebody may well be called รวม
        (8, LeftOut.NUMBERING),
        (9, LeftOut.SUM),
        (10, LeftOut.SUM),
        (11, LeftOut.FOOT),
        (12, LeftOut.FOOT),
    ]


def test_a_row_with_a_name_alone_is_a_person_whose_rest_is_missing():
    [row] = found(table(["ชื่อ", "สกุล", "จังหวัด"], ["สมชาย", "", ""]))

    assert row.left_out is None


def test_a_table_on_each_of_several_sheets_is_read_and_a_summary_is_not():
    rows = found(
        table(["ชื่อ", "สกุล"], ["ก", "ข"], name="วันที่ 1"),
        table(["จังหวัด", "จำนวน"], ["เลย", "2"], name="สรุป"),
        table(["สกุล", "ชื่อ"], ["ง", "ค"], name="วันที่ 2"),
    )

    assert [(row.sheet, row.cells["first_name"]) for row in rows] == [
        ("วันที่ 1", "ก"),
        ("วันที่ 2", "ค"),
    ]


def test_hidden_sheets_are_not_read():
    hidden = Sheet("ซ่อน", [["ชื่อ", "สกุล"], ["ก", "ข"]], hidden=True)

    assert found(hidden, table(["ชื่อ", "สกุล"], ["ค", "ง"])) != []
    assert all(row.sheet == "ก" for row in found(hidden, table(["ชื่อ", "สกุล"], ["ค", "ง"])))


def test_unknown_headings_are_offered_to_be_said():
    [plan] = plan_for([table(["ผู้ร่วมงาน", "มาจาก"], ["ก", "ข"])], VOCABULARY, NAMES)

    assert plan.used
    assert [(column.heading, column.field) for column in plan.columns] == [
        ("ผู้ร่วมงาน", ""),
        ("มาจาก", ""),
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ชื่อ – นามสกุล ผู้เข้าร่วม", "full_name"),
        ("ชื่อ-สกุล", "full_name"),
        ("จังหวัด (ที่ปฏิบัติงาน)", "province"),
        ("หมายเลขโทรศัพท์ที่ติดต่อได้สะดวก", "phone"),
        ("โทรศัพท", "phone"),
        ("ตำแหน่ง\nปัจจุบัน", "position"),
        ("ลำดับที่", ""),
        ("งบประมาณ", None),
    ],
)
def test_headings_are_recognised_however_they_are_spelt(heading, field):
    assert VOCABULARY.field_of(heading) == field


def test_cells_are_cleaned_of_what_nobody_sees():
    assert clean_cell(" นำ\u200bชัย\u00a0 ใจดี ") == "นำชัย ใจดี"
    assert clean_cell("น\u0e4d\u0e32ชัย") == "นำชัย"
    assert clean_cell("'0812345678") == "0812345678"
    assert clean_cell(" - ") == ""
