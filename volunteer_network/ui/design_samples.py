"""Invented but life-like rows for the design page, with the longest names that exist."""

from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from volunteer_network.ui.registry import FilledTile, TileFigures
from volunteer_network.ui.term_calendar import TermMonth, TermYear

DISTRICTS = (("1406", "บางปะอิน"), ("1411", "วังน้อย"), ("1405", "นครหลวง"))
STATUSES = (("", "ทั้งหมด"), ("active", "ปฏิบัติหน้าที่"), ("silent", "เงียบ"))
PROVINCES = (("14", "พระนครศรีอยุธยา"), ("77", "ประจวบคีรีขันธ์"), ("50", "เชียงใหม่"))

_LETTERS = {"d": "done", "n": "none", "m": "miss", "o": "open", ".": "next"}


@dataclass(frozen=True)
class Row:
    name: str
    code: str
    place: str
    district: str
    state: str
    words: str
    cells: tuple[str, ...]
    ends: str
    activities: str


@dataclass(frozen=True)
class Event:
    when: str
    kind: Literal["own", "other", "wait"]
    title: str
    text: str
    detail: str


def refuse_check_digit(value: str) -> None:
    raise ValidationError(_("เลขหลักสุดท้ายไม่ตรงกับ 12 หลักแรก ตรวจกับบัตรอีกครั้ง หลักที่ 8 กับ 9 มักสลับกัน"))


def as_context() -> dict[str, Any]:
    return {
        "tiles": TILES,
        "months": MONTHS,
        "figures": FIGURES,
        "views": VIEWS,
        "rows": ROWS,
        "bulk_actions": BULK_ACTIONS,
        "facts": FACTS,
        "years": YEARS,
        "story": STORY,
        "conflict": CONFLICT,
        "confirm_pairs": CONFIRM_PAIRS,
        "states": STATES,
        "notes": NOTES,
        "refusal": REFUSAL,
    }


def _cells(letters: str) -> tuple[str, ...]:
    return tuple(_LETTERS[letter] for letter in letters)


def _tile(title: str, icon: str, number: int, unit: str, why: str, action: str) -> FilledTile:
    figures = TileFigures(number=number, unit=unit, why=why, action=action, href="#home")
    return FilledTile(title=title, icon=icon, figures=figures)


TILES = (
    FilledTile(
        title="บันทึกเดือนเมษายน 2569",
        icon="grid",
        figures=TileFigures(
            number=31,
            total=40,
            unit="คน",
            why="ส่งภายใน จันทร์ 11 พ.ค. 2569 เหลือ 4 วัน แล้วแรงงานจังหวัดเห็นชอบภายใน 15 พ.ค. 2569",
            action="กรอกต่อ 9 คน",
            href="#home",
            my_turn=True,
        ),
    ),
    _tile("เงียบตั้งแต่ 2 เดือน", "mobile", 7, "คน", "นานที่สุด นายอำนวย ม่วงงาม 4 เดือน", "โทรหา 7 คน"),
    _tile(
        "ส่งกลับแก้ไข", "undo", 2, "รายการ", "ต.ลำไทร และ ต.สามไถ แก้ภายใน 8 พ.ค. 2569", "แก้ 2 รายการ"
    ),
    _tile("เรื่องส่งต่อเลยกำหนด", "refer", 3, "เรื่อง", "สำนักงานประกันสังคม ช้าที่สุด 12 วัน", "ติดตาม 3 เรื่อง"),
    _tile("วาระสิ้นสุดใน 90 วัน", "user", 4, "คน", "คนแรก 10 มิ.ย. 2569", "เตรียมแต่งตั้ง 4 คน"),
    _tile("ตำบลว่าง", "pin", 5, "ตำบล", "อำเภอบ้านแพรก 3 ตำบล", "หาคน 5 ตำบล"),
    _tile("บัตรรอพิมพ์", "badge", 0, "ใบ", "พิมพ์ครบแล้ว", "ดูทะเบียน"),
)
MONTHS = (
    ("done", "ต.ค.", "เห็นชอบ"),
    ("done", "พ.ย.", "เห็นชอบ"),
    ("done", "ธ.ค.", "เห็นชอบ"),
    ("done", "ม.ค.", "เห็นชอบ"),
    ("done", "ก.พ.", "เห็นชอบ"),
    ("warn", "มี.ค.", "แก้ 2"),
    ("open", "เม.ย.", "31 / 40"),
    *(("next", month, "–") for month in ("พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")),
)
FIGURES = (
    ("ผู้รับบริการ ต.ค.–เม.ย.", "161,847", "คน", 161_847, 173_517, "แผน 173,517 คน ได้ 93.3%"),
    ("จังหวัดส่งรายงาน เม.ย.", "61", "จาก 76 จังหวัด", 61, 76, "ยังไม่ส่ง 15 จังหวัด"),
    ("ตำบลที่มี อสร.", "6,814", "จาก 7,256", 6_814, 7_256, "ตำบลว่าง 442 แห่ง"),
    ("ส่งต่อแล้วได้รับบริการ", "73.8%", "14,323 เรื่อง", 73.8, 100, "จากที่ส่งต่อ 19,409 เรื่อง"),
)
VIEWS = (
    ("ทั้งหมด", 204),
    ("เงียบตั้งแต่ 2 เดือน", 11),
    ("สามอำเภอของฉัน", 40),
    ("วาระสิ้นสุดใน 90 วัน", 12),
    ("ตำบลว่าง", 5),
)
ROWS = (
    Row(
        "นางสาวกัญญารัตน์ สุวรรณรัตนพงศ์วรวิทย์",
        "อสร. 14-1281",
        "ต.หันตะเภา",
        "อ.พระนครศรีอยุธยา",
        "bad",
        "เงียบ 4 เดือน",
        _cells("ddmmmmo....."),
        "30 ก.ย. 2569",
        "24",
    ),
    Row(
        "นายเสน่ห์ นาคสวัสดิ์",
        "อสร. 14-1209",
        "ต.บ้านกรด",
        "อ.บางปะอิน",
        "warn",
        "เงียบ 2 เดือน",
        _cells("ddddmmo....."),
        "10 มิ.ย. 2569",
        "256",
    ),
    Row(
        "นางทองใบ ยิ้มประเสริฐ",
        "อสร. 14-1203",
        "ต.เชียงรากน้อย",
        "อ.บางปะอิน",
        "good",
        "ปฏิบัติหน้าที่",
        _cells("dnddnno....."),
        "31 ม.ค. 2572",
        "1,042",
    ),
    Row(
        "นายณรงค์ฤทธิ์ ทิพย์รักษา",
        "อสร. 77-0254",
        "ต.สามร้อยยอด",
        "จ.ประจวบคีรีขันธ์",
        "half",
        "รอคำสั่ง",
        _cells("...ddddddddo"),
        "30 ก.ย. 2570",
        "98",
    ),
    Row(
        "นางปิ่น ปู่ย่า",
        "อสร. 14-0091",
        "ต.ลำตาเสา",
        "อ.วังน้อย",
        "off",
        "พ้นวาระ",
        _cells("dddddd......"),
        "31 มี.ค. 2569",
        "17",
    ),
)
BULK_ACTIONS = (("do", "print", "print", "พิมพ์บัตร"), ("do", "export", "get", "ส่งออก"))
FACTS = (
    ("โทรศัพท์", "083 192 9825"),
    ("พื้นที่", "ต.หันตะเภา อ.พระนครศรีอยุธยา"),
    ("พี่เลี้ยง", "ปาณิสรา ทองประเสริฐ"),
    ("เกิด", "3 ธ.ค. 2509 อายุ 59 ปี"),
    ("เลขประชาชน", "X-XXXX-XXXXX-47-X"),
    ("อาชีพ", ""),
)
_OUTSIDE = TermMonth("outside")


def _year(year: int, *months: int | TermMonth) -> TermYear:
    return TermYear(
        year,
        tuple(
            month if isinstance(month, TermMonth) else TermMonth("count", month) for month in months
        ),
    )


YEARS = (
    _year(2566, *[_OUTSIDE] * 8, 5, 7, 6, 6),
    _year(2567, 8, 9, 6, TermMonth("reason", words="ป่วย"), 7, 9, 8, 10, 9, 11, 8, 7),
    _year(2568, 9, 12, 8, 10, 7, TermMonth("reason", words="ป่วย"), 6, 9, 11, 10, 12, 8),
    _year(2569, 10, 9, 11, 8, *[TermMonth("silent")] * 2, TermMonth("open"), *[_OUTSIDE] * 5),
)
STORY = (
    Event("23 เม.ย. 2569", "wait", "โทรครั้งที่ 2", "มารดาป่วย ขอพักถึงสิ้นเดือน", "นัดโทรอีก 8 พ.ค. 2569"),
    Event("20 ม.ค. 2569", "other", "ส่งต่อ", "สำนักงานพัฒนาฝีมือแรงงาน รับเรื่องแล้ว", "ตอบแล้ว 30 ม.ค. 2569"),
    Event("18 ม.ค. 2569", "own", "เยี่ยมบ้าน", "ผู้สูงอายุขอฝึกอาชีพ หมู่ 4 ต.บ้านกรด", "6 คน · ชี้เป้า 3 ส่งต่อ 1"),
    Event("11 มิ.ย. 2566", "own", "เริ่มวาระที่ 2", "คำสั่งจังหวัดพระนครศรีอยุธยา ที่ 1482/2566", ""),
)
CONFLICT = (
    ("โทรศัพท์", "083 192 9825", "083 192 9852"),
    ("หมายเหตุ", "", "ย้ายบ้านชั่วคราว"),
)
CONFIRM_PAIRS = (("ผู้รับ", "แรงงานจังหวัด 9 คน"), ("จังหวัดแรก", "พระนครศรีอยุธยา"))
STATES = (
    ("good", "ปฏิบัติหน้าที่"),
    ("half", "รอคำสั่ง"),
    ("warn", "เงียบ 2 เดือน"),
    ("bad", "เลยกำหนด 6 วัน"),
    ("off", "พ้นวาระ"),
    ("due", "รอแรงงานจังหวัดเห็นชอบ ภายใน 5 ต.ค. 2568"),
)
NOTES = (
    ("info", "เดือนเมษายนนับจาก 61 จาก 76 จังหวัด", "อีก 15 จังหวัดนับถึงมีนาคม"),
    ("good", "ขึ้นทะเบียน นางทองใบ ยิ้มประเสริฐ แล้ว", "บัตรพิมพ์ได้ทันที"),
    ("warn", "วาระสิ้นสุดใน 34 วัน", "คำสั่งใหม่ต้องถึงผู้ว่าราชการจังหวัดภายใน 27 พ.ค. 2569"),
    ("bad", "ส่งไม่ได้ 3 รายการ", "สำนักงานปลายทางยังไม่มีผู้รับ"),
)
REFUSAL = (
    ("กฎข้อใด", "แผนงาน ข้อ 4 ผู้ร่างและผู้เห็นชอบต้องเป็นคนละคน"),
    ("ใครทำได้", "นายวรพจน์ จารุวัฒน์ แรงงานจังหวัดประจวบคีรีขันธ์ โทร 035 000 114"),
    ("ทำอะไรได้ตอนนี้", "แผนนี้ยังเป็นร่าง ส่งให้เห็นชอบได้ทันที"),
)
