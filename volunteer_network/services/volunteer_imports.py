"""The register from a workbook: what its columns mean, and the register's own rules over all rows.

The rules are those of `register_volunteer`; here they are asked of many people at once.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network import sealing
from volunteer_network.enums import OtherRole, Sex, VolunteerLevel
from volunteer_network.errors import RuleViolation
from volunteer_network.import_kinds import (
    Draft,
    ImportContext,
    ImportField,
    blame_doubles,
    read_fields,
)
from volunteer_network.known_places import known_province
from volunteer_network.models import Volunteer
from volunteer_network.services.known_ids import known_ids, serves_elsewhere
from volunteer_network.services.typed_places import find_province, find_subdistrict
from volunteer_network.services.volunteers import refuse_too_young
from volunteer_network.thai_calendar import short_date
from volunteer_network.thai_text import match_key, normalise
from volunteer_network.workbooks import cells

OLDEST = date(1920, 1, 1)
FIRST_TERM = date(2005, 1, 1)  # the regulation on labour volunteers is of 2548
DAYS_AHEAD = 366
NAME = "first_name"  # where a mistake of the whole name is shown
_PREFIX = re.compile(r"^(?:ตำบล|ต\.|แขวง|อำเภอ|อ\.|เขต)\s*")
_ROLE_SEPARATORS = re.compile(r"[,;/\n]|และ")


def _date_within(earliest: date, latest: Callable[[], date]) -> Callable[[str], date]:
    def read(text: str) -> date:
        day = cells.read_date(text)
        if not earliest <= day <= latest():
            words = _("%(day)s อยู่นอกช่วงที่รับได้ (%(first)s ถึง %(last)s) ตรวจปีอีกครั้ง")
            limits = {"first": short_date(earliest), "last": short_date(latest())}
            raise ValueError(words % {"day": short_date(day), **limits})
        return day

    return read


def _next_year() -> date:
    return timezone.localdate() + timedelta(days=DAYS_AHEAD)


_read_sex = cells.one_of(
    {value: str(label) for value, label in Sex.choices},
    {Sex.MALE: ("ช", "ช.", "male", "m", "ผู้ชาย"), Sex.FEMALE: ("ญ", "ญ.", "female", "f", "ผู้หญิง")},
)
_read_level = cells.one_of(
    {value: str(label) for value, label in VolunteerLevel.choices},
    {
        VolunteerLevel.SUBDISTRICT_LEAD: (
            "แกนนำ",
            "ตำบล",
            "ระดับตำบล",
            "แกนนำตำบล",
            "อสร.",
            "แกนนำ อสร.",
        ),
        VolunteerLevel.DISTRICT: ("อำเภอ",),
        VolunteerLevel.PROVINCE: ("จังหวัด",),
        VolunteerLevel.COMMUNITY: ("เครือข่าย", "ชุมชน", "หมู่บ้าน", "เครือข่ายหมู่บ้าน", "เครือข่ายชุมชน"),
        VolunteerLevel.WORKPLACE: ("สถานประกอบการ", "เครือข่ายสถานประกอบการ"),
    },
)
_read_role = cells.one_of(
    {value: str(label) for value, label in OtherRole.choices},
    {
        OtherRole.VILLAGE_HEAD: ("กำนัน", "ผู้ใหญ่บ้าน", "ผญบ."),
        OtherRole.LOCAL_COUNCIL: ("ส.อบต.", "สมาชิก อบต.", "สท.", "สมาชิกเทศบาล"),
        OtherRole.VILLAGE_ASSISTANT: ("ผช.ผญบ.",),
    },
)


def _read_roles(text: str) -> list[str]:
    named = [part.strip() for part in _ROLE_SEPARATORS.split(text)]
    return list(dict.fromkeys(_read_role(part) for part in named if part))


FIELDS = (
    ImportField(
        name="title",
        label=gettext_lazy("คำนำหน้า"),
        synonyms=("คำนำหน้าชื่อ", "คำนำหน้านาม", "ยศ", "คำนำหน้า/ยศ", "title", "prefix"),
        example="นาง",
    ),
    ImportField(
        name="first_name",
        label=gettext_lazy("ชื่อ"),
        synonyms=("ชื่อตัว", "ชื่อจริง", "first name", "firstname", "name"),
        example="สุดา",
    ),
    ImportField(
        name="last_name",
        label=gettext_lazy("สกุล"),
        synonyms=("นามสกุล", "ชื่อสกุล(นามสกุล)", "last name", "lastname", "surname"),
        example="ใจดี",
    ),
    ImportField(
        name="full_name",
        label=gettext_lazy("ชื่อ-สกุล"),
        synonyms=("ชื่อ นามสกุล", "ชื่อและสกุล", "ชื่อ-นามสกุล", "ชื่อ – ชื่อสกุล", "ชื่อ-ชื่อสกุล",
                  "ชื่อตัว-ชื่อสกุล", "ชื่อตัว ชื่อสกุล", "รายชื่อ", "ชื่อ อสร.", "ชื่ออาสาสมัครแรงงาน", "full name"),
        width=28,
        offered=False,
    ),
    ImportField(
        name="national_id",
        label=gettext_lazy("เลขประจำตัวประชาชน"),
        synonyms=("เลขบัตรประชาชน", "เลขประจำตัวบัตรประชาชน", "เลขที่บัตรประชาชน", "หมายเลขบัตรประชาชน",
                  "เลขบัตรประจำตัวประชาชน", "เลขที่บัตรประจำตัวประชาชน", "บัตรประชาชน", "เลข 13 หลัก",
                  "เลขประจำตัว 13 หลัก", "national id", "citizen id", "id card"),
        read=cells.read_national_id,
        required=True,
        example="1999900000015",
        width=20,
    ),
    ImportField(
        name="birth_date",
        label=gettext_lazy("วันเกิด"),
        synonyms=("วัน เดือน ปีเกิด", "วันเดือนปีเกิด", "วัน/เดือน/ปีเกิด", "ว/ด/ป เกิด", "วดป.เกิด",
                  "birth date", "birthdate", "date of birth"),
        read=_date_within(OLDEST, timezone.localdate),
        example="3 ธ.ค. 2513",
    ),
    ImportField(
        name="sex",
        label=gettext_lazy("เพศ"),
        synonyms=("sex", "gender"),
        read=_read_sex,
        shared=True,
        example="หญิง",
        width=8,
    ),
    ImportField(
        name="phone",
        label=gettext_lazy("โทรศัพท์"),
        synonyms=("เบอร์โทร", "เบอร์โทรศัพท์", "หมายเลขโทรศัพท์", "มือถือ", "โทรศัพท์มือถือ", "เบอร์มือถือ", "โทร",
                  "โทร.", "เบอร์ติดต่อ", "เบอร์", "หมายเลขติดต่อ", "phone", "mobile", "tel"),
        read=cells.read_phone,
        example="081 234 5678",
    ),
    ImportField(
        name="subdistrict",
        label=gettext_lazy("ตำบล"),
        synonyms=("ตำบล/แขวง", "พื้นที่ปฏิบัติหน้าที่", "พื้นที่รับผิดชอบ", "ตำบลที่ปฏิบัติหน้าที่", "ต.", "subdistrict",
                  "tambon"),
        required=True,
        shared=True,
        example="ช้างเผือก",
    ),
    ImportField(
        name="district",
        label=gettext_lazy("อำเภอ"),
        synonyms=("อำเภอ/เขต", "อ.", "district", "amphoe"),
        shared=True,
        example="เมืองเชียงใหม่",
    ),
    ImportField(
        name="province",
        label=gettext_lazy("จังหวัด"),
        synonyms=("จ.", "province", "changwat"),
        shared=True,
        offered=False,
    ),
    ImportField(
        name="level",
        label=gettext_lazy("ระดับ"),
        synonyms=("ประเภท", "ระดับ อสร.", "ประเภท อสร.", "level"),
        read=_read_level,
        shared=True,
        example="แกนนำระดับตำบล",
        width=22,
    ),
    ImportField(
        name="address",
        label=gettext_lazy("ที่อยู่"),
        synonyms=("บ้านเลขที่", "ที่อยู่ปัจจุบัน", "ที่อยู่ตามทะเบียนบ้าน", "address"),
        read=cells.text_up_to(200),
        example="12/3 หมู่ 4",
        width=28,
    ),
    ImportField(
        name="education",
        label=gettext_lazy("การศึกษา"),
        synonyms=("วุฒิการศึกษา", "ระดับการศึกษา", "วุฒิ", "education"),
        read=cells.text_up_to(80),
        example="ปวส.",
    ),
    ImportField(
        name="occupation",
        label=gettext_lazy("อาชีพ"),
        synonyms=("occupation",),
        read=cells.text_up_to(80),
        example="ค้าขาย",
    ),
    ImportField(
        name="other_roles",
        label=gettext_lazy("หน้าที่อื่นในชุมชน"),
        synonyms=("ตำแหน่งอื่น", "ตำแหน่งในชุมชน", "บทบาทอื่น", "ตำแหน่งทางสังคม"),
        read=_read_roles,
        shared=True,
        example="อสม.",
    ),
    ImportField(
        name="line_id",
        label="LINE",
        synonyms=("ไอดีไลน์", "ไลน์", "line id", "id line"),
        read=cells.text_up_to(60),
    ),
    ImportField(
        name="email",
        label=gettext_lazy("อีเมล"),
        synonyms=("อีเมล์", "e-mail", "email", "จดหมายอิเล็กทรอนิกส์"),
        read=cells.read_email,
        width=24,
    ),
    ImportField(
        name="order_number",
        label=gettext_lazy("คำสั่งที่"),
        synonyms=("เลขที่คำสั่ง", "คำสั่งแต่งตั้ง", "คำสั่งแต่งตั้งที่", "order number"),
        read=cells.text_up_to(40),
        shared=True,
        example="1127/2569",
    ),
    ImportField(
        name="order_date",
        label=gettext_lazy("คำสั่งลงวันที่"),
        synonyms=("ลงวันที่", "วันที่คำสั่ง", "order date"),
        read=_date_within(FIRST_TERM, _next_year),
        shared=True,
    ),
    ImportField(
        name="starts_on",
        label=gettext_lazy("วันเริ่มวาระ"),
        synonyms=("เริ่มวาระ", "วันที่เริ่มวาระ", "วันแต่งตั้ง", "วันที่แต่งตั้ง", "วันเริ่มปฏิบัติหน้าที่", "start date"),
        read=_date_within(FIRST_TERM, _next_year),
        shared=True,
        example="11/06/2569",
    ),
)  # fmt: skip
_COMPOSED = {"title", "first_name", "last_name", "full_name", "subdistrict", "district", "province"}
_ALONE = tuple(one for one in FIELDS if one.name not in _COMPOSED)


def read(draft: Draft, context: ImportContext) -> None:
    """Read one row: the name, the place in the officer's province, and every field of its own."""
    read_fields(draft, _ALONE)
    read_name(draft, title_required=True)
    _read_place(draft, context.batch.province_id or 0)
    values = draft.values
    if "birth_date" in values:
        try:
            refuse_too_young(values["birth_date"])
        except RuleViolation as refusal:
            draft.blame("birth_date", refusal.message)
    if "starts_on" in values and "order_number" not in values:
        draft.blame("order_number", _("มีวันเริ่มวาระแล้ว กรอกเลขที่คำสั่งด้วย"))
    if ("order_number" in values or "order_date" in values) and "starts_on" not in values:
        draft.blame("starts_on", _("มีคำสั่งแล้ว กรอกวันเริ่มวาระด้วย"))


def read_name(draft: Draft, *, title_required: bool = False) -> None:
    """Put the parts of the name together, from one column or several."""
    typed = draft.typed
    if _lacks_last_name(typed):
        draft.blame("last_name", _("ไม่มีสกุล พิมพ์เพิ่ม"))
        return
    try:
        name = cells.read_name(
            title=typed.get("title", ""),
            first=typed.get("first_name", ""),
            last=typed.get("last_name", ""),
            full=typed.get("full_name", ""),
        )
    except ValueError as problem:
        draft.blame(where_the_name_stands(draft), str(problem))
        return
    if title_required and not name.title:
        draft.blame("title", _("ไม่มีคำนำหน้า พิมพ์ เช่น นาย นาง หรือ นางสาว"))
    draft.values |= {
        "title": name.title,
        "first_name": name.first,
        "last_name": name.last,
        "match_key": match_key(f"{name.first} {name.last}"),
    }


def _lacks_last_name(typed: dict[str, str]) -> bool:
    """Whether there is a column for it, empty, and one word where the first name stands."""
    alone = " " not in typed.get("first_name", " ") and not typed.get("full_name")
    return alone and typed.get("first_name") != "" and typed.get("last_name") == ""


def where_the_name_stands(draft: Draft) -> str:
    return "full_name" if draft.typed.get("full_name") else NAME


def _read_place(draft: Draft, province: int) -> None:
    typed = draft.typed
    if named := typed.get("province"):
        try:
            if find_province(named).pk != province:
                ours = known_province(province).name
                words = _("แถวนี้เป็นของจังหวัดอื่น นำเข้าได้เฉพาะ%(ours)s กด “ข้าม” แล้วให้จังหวัดนั้นนำเข้าเอง")
                draft.blame("province", words % {"ours": ours})
        except ValueError as problem:
            draft.blame("province", str(problem))
    if not (subdistrict := typed.get("subdistrict")):
        draft.blame("subdistrict", _("ไม่มีตำบลที่ปฏิบัติหน้าที่ พิมพ์เพิ่ม"))
        return
    place = _place_of(_in_one(subdistrict, typed.get("district", "")), province)
    if isinstance(place, str):
        draft.blame("subdistrict", place)
    else:
        draft.values["place"] = place


def _in_one(subdistrict: str, district: str) -> str:
    """ "ต.ช้างเผือก อ.เมือง" from two cells, or what stands in one."""
    if not district:
        return subdistrict
    first, second = (_PREFIX.sub("", normalise(text)) for text in (subdistrict, district))
    return f"ต.{''.join(first.split())} อ.{''.join(second.split())}"


@lru_cache(maxsize=8192)
def _place_of(typed: str, province: int) -> tuple[int, int] | str:
    """(sub-district, district), or what is wrong; places change with a release only."""
    try:
        place = find_subdistrict(typed, province=known_province(province))
    except ValueError as problem:
        return str(problem)
    return place.pk, place.district_id


def check(drafts: Sequence[Draft], context: ImportContext) -> None:
    """Doubles within the file, and people whom the register knows, here or elsewhere."""
    readable = [draft for draft in drafts if "national_id" in draft.values]
    for draft in readable:
        draft.values["index"] = sealing.blind_index(draft.values["national_id"])
    blame_doubles(
        readable,
        lambda draft: draft.values["index"],
        "national_id",
        _("เลขประจำตัวซ้ำกับ%(place)s กด “ข้าม” ถ้าเป็นคนเดียวกัน หรือแก้เลขให้ตรงกับบัตร"),
    )
    _link_known(readable, context)
    _note_namesakes(drafts)


def _link_known(drafts: Sequence[Draft], context: ImportContext) -> None:
    province = context.batch.province_id
    known = known_ids([draft.values["index"] for draft in drafts])
    here = _by_index(list(known), province)
    same_names = _by_name_and_phone([one.values.get("match_key", "") for one in drafts], province)
    for draft in drafts:
        values = draft.values
        row = here.get(values["index"])
        if row is not None:
            _link(draft, row)
        elif (found := known.get(values["index"])) and found.elsewhere:
            draft.blame("national_id", serves_elsewhere())
        elif twin := same_names.get((values.get("match_key"), values.get("phone"))):
            words = _("ชื่อและโทรศัพท์ตรงกับ อสร. %(code)s แต่เลขประจำตัวต่างกัน ตรวจเลขกับบัตรอีกครั้ง")
            draft.blame("national_id", words % {"code": twin.code})


def _by_index(indexes: list[bytes], province: int | None) -> dict[bytes, Volunteer]:
    """Those of the province; of several services of one person the one that goes on."""
    rows = Volunteer.objects.filter(province=province, national_id_index__in=indexes)
    return {
        bytes(row.national_id_index): row for row in sorted(rows, key=lambda one: not one.has_ended)
    }


def _by_name_and_phone(keys: list[str], province: int | None) -> dict[Any, Volunteer]:
    rows = Volunteer.objects.filter(province=province, match_key__in=keys).exclude(phone="")
    return {(row.match_key, row.phone): row for row in rows}


def _link(draft: Draft, row: Volunteer) -> None:
    draft.known, draft.linked = row.pk, True
    draft.mistakes = []  # nothing of the row will be written
    words = _("มีในทะเบียนแล้ว คือ %(name)s อสร. %(code)s")
    if row.has_ended:
        words = _(
            "เคยเป็น อสร. %(code)s (%(name)s) และพ้นไปแล้ว เปิดประวัติแล้วแต่งตั้งอีกครั้ง ไม่ต้องขึ้นทะเบียนใหม่"
        )
    draft.notes.append(words % {"name": row.display_name, "code": row.code})


def _note_namesakes(drafts: Sequence[Draft]) -> None:
    """The same name under another ID may be two people; it is said, and not refused."""
    first: dict[str, Draft] = {}
    for draft in drafts:
        key = draft.values.get("match_key")
        if not key or draft.known is not None:
            continue
        if key in first:
            words = _("ชื่อเดียวกับ%(place)s แต่เลขประจำตัวต่างกัน ตรวจว่าเป็นคนละคน")
            draft.notes.append(words % {"place": first[key].place})
        else:
            first[key] = draft
