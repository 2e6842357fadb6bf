"""Participants from a workbook: what its columns mean, and who among them is known."""

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seminars.enums import ClassKind, RegistrationState
from seminars.models import ParticipantClass, Registration
from seminars.services.participant_links import (
    keys_of,
    link_mentors,
    link_volunteers,
)
from volunteer_network.import_kinds import Draft, ImportContext, ImportField, read_fields
from volunteer_network.services.typed_places import find_province
from volunteer_network.services.volunteer_imports import read_name, where_the_name_stands
from volunteer_network.workbooks import cells

OF_A_PROVINCE = {ClassKind.MENTOR, ClassKind.NETWORK_STAFF, ClassKind.VOLUNTEER}
STANDING = (RegistrationState.ACCEPTED, RegistrationState.WAITING)
_PROVINCE_IN_OFFICE = re.compile(r"แรงงานจังหวัด\s*(\S+)|สรจ\.?\s*(\S+)")

_read_class = cells.one_of(
    {value: str(label) for value, label in ClassKind.choices},
    {
        ClassKind.MENTOR: ("พี่เลี้ยง", "เจ้าหน้าที่พี่เลี้ยง อสร.", "เจ้าหน้าที่พี่เลี้ยงอาสาสมัครแรงงาน", "mentor"),
        ClassKind.NETWORK_STAFF: ("ผู้ปฏิบัติงานเครือข่าย", "เครือข่ายแรงงาน", "เครือข่าย"),
        ClassKind.CENTRAL_STAFF: ("ส่วนกลาง", "จนท.ส่วนกลาง"),
        ClassKind.SPEAKER: ("speaker", "ผู้บรรยาย"),
        ClassKind.EXECUTIVE: ("ประธาน", "ผู้บริหาร/ประธาน"),
        ClassKind.ORGANISER: ("เจ้าหน้าที่", "ข้าราชการ/เจ้าหน้าที่ผู้จัด", "เจ้าหน้าที่ผู้จัด", "คณะทำงาน"),
        ClassKind.OBSERVER: ("สังเกตการณ์", "observer"),
        ClassKind.VOLUNTEER: ("อสร.", "อาสาสมัคร", "อสร"),
    },
)

FIELDS = (
    ImportField(
        name="title",
        label=gettext_lazy("คำนำหน้า"),
        synonyms=("คำนำหน้าชื่อ", "คำนำหน้านาม", "ยศ", "title", "prefix"),
        example="นางสาว",
    ),
    ImportField(
        name="first_name",
        label=gettext_lazy("ชื่อ"),
        synonyms=("ชื่อตัว", "first name", "firstname", "name"),
        example="สุดา",
    ),
    ImportField(
        name="last_name",
        label=gettext_lazy("สกุล"),
        synonyms=("นามสกุล", "last name", "lastname", "surname"),
        example="ใจดี",
    ),
    ImportField(
        name="full_name",
        label=gettext_lazy("ชื่อ-สกุล"),
        synonyms=("ชื่อ นามสกุล", "ชื่อและสกุล", "ชื่อ-นามสกุล", "ชื่อ-ชื่อสกุล", "ชื่อตัว-ชื่อสกุล", "รายชื่อ",
                  "รายชื่อผู้เข้าร่วม", "ชื่อผู้เข้าร่วม", "ผู้เข้าร่วมสัมมนา", "ผู้เข้าร่วม", "full name"),
        offered=False,
    ),
    ImportField(
        name="class",
        label=gettext_lazy("ประเภทผู้เข้าร่วม"),
        synonyms=("ประเภท", "กลุ่ม", "สถานะผู้เข้าร่วม", "กลุ่มเป้าหมาย", "ผู้เข้าร่วมประเภท", "class", "type"),
        read=_read_class,
        shared=True,
        example="เจ้าหน้าที่พี่เลี้ยง",
        width=26,
    ),
    ImportField(
        name="province",
        label=gettext_lazy("จังหวัด"),
        synonyms=("จ.", "จังหวัดที่ปฏิบัติงาน", "province"),
        read=find_province,
        shared=True,
        example="เลย",
    ),
    ImportField(
        name="position",
        label=gettext_lazy("ตำแหน่ง"),
        synonyms=("ตำแหน่ง/ระดับ", "position"),
        read=cells.text_up_to(120),
        example="นักวิชาการแรงงานชำนาญการ",
        width=30,
    ),
    ImportField(
        name="organisation",
        label=gettext_lazy("หน่วยงาน"),
        synonyms=("สังกัด", "หน่วยงาน/สังกัด", "ชื่อหน่วยงาน", "ส่วนราชการ", "สำนักงาน", "organisation",
                  "office"),
        read=cells.text_up_to(160),
        example="สำนักงานแรงงานจังหวัดเลย",
        width=30,
    ),
    ImportField(
        name="phone",
        label=gettext_lazy("โทรศัพท์"),
        synonyms=("เบอร์โทร", "เบอร์โทรศัพท์", "หมายเลขโทรศัพท์", "มือถือ", "โทรศัพท์มือถือ", "เบอร์มือถือ", "โทร",
                  "เบอร์ติดต่อ", "หมายเลขติดต่อ", "phone", "mobile", "tel"),
        read=cells.read_phone,
        example="081 234 5678",
    ),
    ImportField(
        name="email",
        label=gettext_lazy("อีเมล"),
        synonyms=("อีเมล์", "e-mail", "email", "จดหมายอิเล็กทรอนิกส์"),
        read=cells.read_email,
        width=24,
    ),
    ImportField(
        name="national_id",
        label=gettext_lazy("เลขประจำตัวประชาชน"),
        synonyms=("เลขบัตรประชาชน", "เลขที่บัตรประชาชน", "เลขประจำตัวบัตรประชาชน", "เลขบัตรประจำตัวประชาชน",
                  "บัตรประชาชน", "เลข 13 หลัก", "national id"),
        read=cells.read_national_id,
        width=20,
        offered=False,  # taken when it is there, to know volunteers by; never asked for
    ),
    ImportField(
        name="note",
        label=gettext_lazy("หมายเหตุ"),
        synonyms=("ข้อมูลเพิ่มเติม", "อาหาร", "ประเภทอาหาร", "note", "remark"),
        read=cells.text_up_to(200),
        example="มังสวิรัติ",
    ),
)  # fmt: skip
_COMPOSED = {"title", "first_name", "last_name", "full_name"}
_ALONE = tuple(one for one in FIELDS if one.name not in _COMPOSED)


def read(draft: Draft, context: ImportContext) -> None:
    """Read one row; the province may also stand in the name of the office."""
    read_fields(draft, _ALONE)
    read_name(draft)
    office = draft.values.get("organisation", "")
    named = _PROVINCE_IN_OFFICE.search(office)
    if "province" not in draft.values and not draft.has_mistake("province") and named:
        try:
            draft.values["province"] = find_province(named[1] or named[2])
        except ValueError:
            return  # an office may be called anything


def check(drafts: Sequence[Draft], context: ImportContext) -> None:
    """Link those whom the network knows, then look at classes, doubles and who is registered."""
    named = [draft for draft in drafts if "match_key" in draft.values]
    link_mentors(named)
    link_volunteers(named)
    _give_classes(drafts, context.batch.about)
    _mark_registered(named, context.batch.about)
    _blame_doubles(named)


def _give_classes(drafts: Sequence[Draft], seminar: int | None) -> None:
    """Each row's class of this seminar: as typed, that of a known mentor, or the only one."""
    classes = {one.kind: one for one in ParticipantClass.objects.filter(seminar=seminar)}
    for draft in drafts:
        values = draft.values
        kind = values.get("class")
        if kind is None and not draft.has_mistake("class"):
            kind = _class_without_word(draft, classes)
        if kind is None:
            continue
        if kind not in classes:
            words = _("สัมมนานี้ไม่มีประเภท “%(kind)s” ใช้คำใดคำหนึ่งนี้: %(options)s")
            options = ", ".join(str(one) for one in classes.values())
            draft.blame("class", words % {"kind": ClassKind(kind).label, "options": options})
            continue
        values["participant_class"] = classes[kind]
        if kind in OF_A_PROVINCE and "province" not in values:
            draft.blame("province", _("ไม่มีจังหวัด พิมพ์จังหวัดที่ปฏิบัติงาน"))


def _class_without_word(draft: Draft, classes: dict[str, ParticipantClass]) -> str | None:
    if "mentor" in draft.values and ClassKind.MENTOR in classes:
        return str(ClassKind.MENTOR)
    if len(classes) == 1:
        return next(iter(classes))
    options = ", ".join(str(one) for one in classes.values())
    draft.blame("class", _("ไม่มีประเภทผู้เข้าร่วม ใช้คำใดคำหนึ่งนี้: %(options)s") % {"options": options})
    return None


def _mark_registered(drafts: Sequence[Draft], seminar: int | None) -> None:
    """Who comes already, by any sign, is linked and not registered twice."""
    standing = Registration.objects.filter(seminar=seminar, state__in=STANDING)
    known = standing.filter(
        Q(match_key__in=keys_of(drafts))
        | Q(mentor__in=[d.values["mentor"].pk for d in drafts if "mentor" in d.values])
        | Q(volunteer__in=[d.values["volunteer"].pk for d in drafts if "volunteer" in d.values])
    )
    by_person: dict[Any, Registration] = {}
    for row in known.order_by("pk"):
        for sign in (("mentor", row.mentor_id), ("volunteer", row.volunteer_id)):
            if sign[1]:
                by_person[sign] = row
        by_person[row.match_key, row.province_id] = row
    for draft in drafts:
        found = next((by_person[sign] for sign in _signs(draft) if sign in by_person), None)
        if found is not None:
            draft.known, draft.mistakes = found.pk, []
            words = _("ลงทะเบียนสัมมนานี้แล้ว คือ %(name)s (%(state)s)")
            about = {"name": found.display_name, "state": found.get_state_display()}
            draft.notes.append(words % about)


def _signs(draft: Draft) -> list[Any]:
    """By what a person of the file would be known."""
    values = draft.values
    people = [(name, values[name].pk) for name in ("mentor", "volunteer") if name in values]
    province = values.get("province")
    return [*people, (values["match_key"], province.pk if province else None)]


def _blame_doubles(drafts: Sequence[Draft]) -> None:
    """The same person twice, also under another spelling; two telephones make two people."""
    first: dict[Any, Draft] = {}
    for draft in drafts:
        if draft.known is not None:
            continue
        other = next((first[sign] for sign in _signs(draft) if sign in first), None)
        if other is None:
            first |= dict.fromkeys(_signs(draft), draft)
        elif _may_be_another(draft, other):
            draft.notes.append(
                _("ชื่อเดียวกับ%(place)s แต่โทรศัพท์ต่างกัน ตรวจว่าเป็นคนละคน") % {"place": other.place}
            )
        else:
            draft.blame(
                where_the_name_stands(draft),
                _("ซ้ำกับ%(place)s กด “ข้าม” ถ้าเป็นคนเดียวกัน หรือแก้ชื่อถ้าเป็นคนละคน")
                % {"place": other.place},
            )


def _may_be_another(draft: Draft, other: Draft) -> bool:
    if "mentor" in draft.values or "volunteer" in draft.values:
        return False
    mine, theirs = draft.values.get("phone"), other.values.get("phone")
    return bool(mine and theirs and mine != theirs)
