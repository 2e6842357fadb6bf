"""The register from a workbook: the register's own rules over all rows of a file.

The rules are those of `register_volunteer`; here they are asked of many people at once.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from volunteer_network import sealing
from volunteer_network.errors import RuleViolation
from volunteer_network.import_kinds import (
    Draft,
    ImportContext,
    blame_doubles,
    read_fields,
)
from volunteer_network.known_places import known_province
from volunteer_network.models import Volunteer
from volunteer_network.services.known_ids import known_ids, serves_elsewhere
from volunteer_network.services.typed_places import find_province, find_subdistrict
from volunteer_network.services.volunteer_import_fields import FIELDS
from volunteer_network.services.volunteers import refuse_too_young
from volunteer_network.thai_text import match_key, normalise
from volunteer_network.workbooks import cells

NAME = "first_name"  # where a mistake of the whole name is shown
_PREFIX = re.compile(r"^(?:ตำบล|ต\.|แขวง|อำเภอ|อ\.|เขต)\s*")
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
