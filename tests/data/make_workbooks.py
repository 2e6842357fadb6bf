"""Makes the workbooks beside it: `python -m tests.data.make_workbooks`. The same bytes each time.

Everybody in them is invented. `seminar_115.xlsx` is a list as an official sends it, with every
trouble at once; the others have one each.
"""

import datetime
from pathlib import Path

from tests.workbook_files import csv_file, xlsx
from volunteer_network import national_id
from volunteer_network.thai_text import to_thai_digits

FOLDER = Path(__file__).parent
PEOPLE = 115
FIRST = ("สมชาย", "สุดา", "ธนพร", "กิตติศักดิ์", "ปาริชาต", "วิไลวรรณ", "อนุชา", "นํ้าฝน", "เกษม", "จันทร์เพ็ญ")
LAST = ("ใจดี", "ศรีสุข", "บุญมา", "แก้วกาญจน์", "ทองคํา", "รุ่งเรือง", "วงศ์สวัสดิ์", "ณ เชียงใหม่", "พูลผล")
TITLES = ("นาย", "นาง", "นางสาว", "น.ส.", "ว่าที่ ร.ต.", "ดร.")
PROVINCES = ("เชียงใหม่", "จ.เลย", "จังหวัดสงขลา", "พระนครศรีอยุธยา", "จ. ตาก", "ขอนแก่น", "กทม.")
CLASSES = ("เจ้าหน้าที่พี่เลี้ยง", "พี่เลี้ยง", "ผู้ปฏิบัติงานเครือข่ายแรงงาน")
NBSP, ZERO_WIDTH = "\u00a0", "\u200b"


def name(n: int) -> str:
    """A name that only this number has."""
    return FIRST[n % len(FIRST)], f"{LAST[n % len(LAST)]}{'กขคงจฉชซ'[n // 90]}"


def full_name(n: int) -> str:
    """Glued to its title, with spaces that nobody sees."""
    first, last = name(n)
    gap = (" ", "  ", NBSP, f" {ZERO_WIDTH}")[n % 4]
    return f"{TITLES[n % len(TITLES)]}{first}{gap}{last}"


def phone(n: int) -> object:
    """A number whose zero was lost, one with dashes, one of another country's form."""
    number = 810000000 + n
    text = f"0{number}"
    return (number, f"{text[:3]}-{text[3:6]}-{text[6:]}", f"+66{number}", to_thai_digits(text))[
        n % 4
    ]


def participant(n: int) -> list[object]:
    province = PROVINCES[n % len(PROVINCES)]
    return [n + 1, full_name(n), "นักวิชาการแรงงาน", province, CLASSES[n % len(CLASSES)], phone(n)]


def seminar_rows() -> list[list[object]]:
    rows: list[list[object]] = [
        ["บัญชีรายชื่อผู้เข้าร่วมสัมมนาเชิงปฏิบัติการเจ้าหน้าที่พี่เลี้ยงอาสาสมัครแรงงาน"],
        ["ประจำปีงบประมาณ พ.ศ. ๒๕๗๐"],
        [],
        ["ที่", "ผู้เข้าร่วม", "", "ข้อมูลหน่วยงาน", "", "ติดต่อ"],
        ["", "ชื่อ - สกุล", "ตำแหน่ง", "จังหวัด", "ประเภทผู้เข้าร่วม", "โทรศัพท์มือถือ"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    ]
    for n in range(PEOPLE):
        if n == 60:  # the next printed page
            rows += [[], ["ที่", "ชื่อ - สกุล", "ตำแหน่ง", "จังหวัด", "ประเภทผู้เข้าร่วม", "โทรศัพท์มือถือ"]]
        rows.append(participant(n))
    first, last = name(3)
    again = ["", f"{first} {last}", "", PROVINCES[3], CLASSES[0], ""]  # as row 4, spelt otherwise
    rows += [
        again,
        [],
        ["", f"รวม {to_thai_digits(str(PEOPLE))} คน"],
        [],
        ["", "ลงชื่อ.................."],
    ]
    for n in (10, 24, 38, 52, 66):  # five alike: a province that is none
        rows[_place_of(rows, n)][3] = "เมืองเชล"
    rows[_place_of(rows, 20)][5] = "12345"
    rows[_place_of(rows, 30)][1] = "นางสาวมีแต่ชื่อ"
    return rows


def _place_of(rows: list[list[object]], n: int) -> int:
    return next(place for place, row in enumerate(rows) if row[:1] == [n + 1])


def register_row(n: int) -> list[object]:
    first, last = name(n)
    digits = national_id.make_sample(70_000 + n)
    born = (datetime.date(1970, 12, 3), "3 ธ.ค. 2513", "๓/๑๒/๒๕๑๓", 25905)[n % 4]
    return [
        *(TITLES[n % 3], first, last, (int(digits), national_id.format_id(digits))[n % 2]),
        *("ต.ช้างเผือก", "อ.เมือง", phone(n), born, "แกนนำ", "1127/2569", "11/06/2569"),
    ]


REGISTER_HEAD = [
    *("คำนำหน้า", "ชื่อ", "นามสกุล", "เลขบัตรประชาชน (13 หลัก)", "ตำบล", "อำเภอ", "เบอร์โทร"),
    *("ว/ด/ป เกิด", "ระดับ", "เลขที่คำสั่ง", "วันเริ่มวาระ"),
]


def workbooks() -> dict[str, bytes]:
    seminar = seminar_rows()
    register = [REGISTER_HEAD, *(register_row(n) for n in range(40))]
    notes = [["คำชี้แจง"], ["กรอกข้อมูลให้ครบทุกช่อง"], ["ส่งคืนภายในวันที่ ๑๕"]]
    return {
        "seminar_115.xlsx": xlsx(
            {"คำชี้แจง": notes, "รายชื่อ": seminar},
            merged={
                "รายชื่อ": [(0, 0, 0, 5), (1, 0, 1, 5), (3, 0, 4, 0), (3, 1, 3, 2), (3, 3, 3, 4)]
            },
        ),
        "register_40.xlsx": xlsx({"ทะเบียน อสร.": register}),
        "register_40_cp874.csv": csv_file(register, encoding="cp874", separator=";"),
        "register_40_turned.xlsx": xlsx({"Sheet1": [row[::-1] for row in register]}),
    }


if __name__ == "__main__":
    for file_name, content in workbooks().items():
        (FOLDER / file_name).write_bytes(content)
