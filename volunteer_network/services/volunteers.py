"""Registering volunteers, changing what is known of them, revealing their sealed numbers."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from volunteer_network import audit, national_id, sealing
from volunteer_network.enums import VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Subdistrict, User, Volunteer
from volunteer_network.services.edits import refuse_stale
from volunteer_network.services.stored_files import replace_photo
from volunteer_network.services.terms import appoint
from volunteer_network.thai_text import match_key
from volunteer_network.uploads import CleanPhoto

FIRST_NUMBER = 1001
SEALED_ID, SEALED_ACCOUNT = "volunteer", "volunteer.bank_account"  # what the seal is bound to
PLAIN_FIELDS = (
    *("title", "first_name", "last_name", "birth_date", "sex", "education", "occupation"),
    *("other_roles", "phone", "line_id", "email", "address", "level"),
)


@transaction.atomic
def register_volunteer(
    *,
    national_id: str,
    subdistrict: Subdistrict,
    order_number: str,
    order_date: date | None,
    starts_on: date | None,
    bank_account: str,
    photo: CleanPhoto | None,
    by: User,
    **details: Any,
) -> Volunteer:
    """Add a person to the register of the officer's province, and appoint when a term is given.

    Raises RuleViolation for an ID that serves already, here or in another province.
    """
    index = sealing.blind_index(national_id)
    refuse_known_id(index)
    volunteer = Volunteer(
        province_id=subdistrict.province_id,
        number=_next_number(subdistrict.province_id),
        person=uuid.uuid4(),
        **_plain(details),
    )
    _place(volunteer, subdistrict)
    _seal_id(volunteer, national_id)
    _seal_account(volunteer, bank_account)
    volunteer.save()
    replace_photo(volunteer, photo, by=by)
    audit.record(
        "volunteer.registered", by=by, target=volunteer, province_code=volunteer.province_id
    )
    if starts_on:
        appoint(
            volunteer=volunteer,
            order_number=order_number,
            order_date=order_date,
            starts_on=starts_on,
            by=by,
        )
    return volunteer


@transaction.atomic
def change_volunteer(
    *,
    volunteer: Volunteer,
    version: int,
    national_id: str,
    subdistrict: Subdistrict,
    bank_account: str,
    photo: CleanPhoto | None,
    by: User,
    **details: Any,
) -> Volunteer:
    """Change what is known of a person; refuses when a colleague saved since `version`.

    An empty ID or account number leaves the sealed one as it is.
    """
    volunteer = Volunteer.objects.select_for_update(of=("self",)).get(pk=volunteer.pk)
    refuse_stale(volunteer, version)
    plain = _plain(details)
    changed = sorted(name for name, value in plain.items() if getattr(volunteer, name) != value)
    for name, value in plain.items():
        setattr(volunteer, name, value)
    if volunteer.subdistrict_id != subdistrict.pk:
        changed.append("subdistrict")
    _place(volunteer, subdistrict)
    if national_id:
        changed += _change_id(volunteer, national_id)
    if bank_account:
        _seal_account(volunteer, bank_account)
        changed.append("bank_account")
    volunteer.version += 1
    volunteer.save()
    replace_photo(volunteer, photo, by=by)
    audit.record(
        "volunteer.changed",
        by=by,
        target=volunteer,
        province_code=volunteer.province_id,
        detail={"fields": changed},
    )
    return volunteer


@transaction.atomic
def reveal_national_id(*, volunteer: Volunteer, reason: str, by: User) -> str:
    """Open the sealed number for somebody who said why; the reason stands in the audit."""
    digits = sealing.unseal(
        bytes(volunteer.national_id_sealed), table=SEALED_ID, row=str(volunteer.person)
    )
    audit.record(
        "volunteer.national_id_revealed",
        by=by,
        target=volunteer,
        province_code=volunteer.province_id,
        detail={"reason": reason},
    )
    return national_id.format_id(digits)


def note_viewing(*, volunteer: Volunteer, by: User) -> None:
    """Who looked at a person's page is part of the trail."""
    audit.record("volunteer.viewed", by=by, target=volunteer, province_code=volunteer.province_id)


def refuse_known_id(index: bytes) -> None:
    """Refuse an ID that serves already; of another province it says no more than that."""
    here = Volunteer.objects.not_ended().filter(national_id_index=index).first()
    if here:
        raise RuleViolation(
            _("เลขนี้เป็นของ %(name)s อสร. %(code)s ที่ยังไม่พ้นสภาพ เปิดประวัติแล้วต่อวาระแทน")
            % {"name": here.display_name, "code": here.code},
            field="national_id",
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT known_elsewhere(%s)", [index])
        if cursor.fetchone() == (True,):
            raise RuleViolation(
                _("เลขนี้ปฏิบัติหน้าที่อยู่ในจังหวัดอื่น ติดต่อส่วนกลางเพื่อย้าย ก่อนขึ้นทะเบียนที่นี่"),
                field="national_id",
            )


def _next_number(province_code: int) -> int:
    """The next number of the province; two officers at once are kept apart by a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [1, province_code])
    last = Volunteer.objects.filter(province=province_code).aggregate(last=Max("number"))["last"]
    return (last or FIRST_NUMBER - 1) + 1


def _plain(details: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: details[name] for name in PLAIN_FIELDS}
    plain["match_key"] = match_key(f"{plain['first_name']} {plain['last_name']}")
    return plain


def _place(volunteer: Volunteer, subdistrict: Subdistrict) -> None:
    if subdistrict.province_id != volunteer.province_id:
        raise RuleViolation(
            _("ตำบลนี้อยู่จังหวัดอื่น การย้ายจังหวัดต้องพ้นสภาพที่นี่แล้วขึ้นทะเบียนใหม่ที่นั่น"),
            field="subdistrict",
        )
    volunteer.subdistrict = subdistrict
    volunteer.district_id = subdistrict.district_id


def _seal_id(volunteer: Volunteer, digits: str) -> None:
    volunteer.national_id_sealed = sealing.seal(digits, table=SEALED_ID, row=str(volunteer.person))
    volunteer.national_id_index = sealing.blind_index(digits)
    volunteer.national_id_masked = national_id.mask(digits)


def _change_id(volunteer: Volunteer, digits: str) -> list[str]:
    index = sealing.blind_index(digits)
    if index == bytes(volunteer.national_id_index):
        return []
    refuse_known_id(index)
    _seal_id(volunteer, digits)
    return ["national_id"]


def _seal_account(volunteer: Volunteer, number: str) -> None:
    if number:
        volunteer.bank_account_sealed = sealing.seal(
            number, table=SEALED_ACCOUNT, row=str(volunteer.person)
        )


def is_open_to_appointment(volunteer: Volunteer) -> bool:
    """Whether a further term can be given: not to the dead, and not during a suspension."""
    return volunteer.status not in {VolunteerStatus.DECEASED, VolunteerStatus.SUSPENDED}
