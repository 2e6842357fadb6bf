"""Registering volunteers, changing what is known of them, revealing their sealed numbers."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network import audit, national_id, sealing
from volunteer_network.advisory_locks import Lock, wait_in_transaction
from volunteer_network.enums import VolunteerLevel, VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Subdistrict, User, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.services.edits import refuse_stale
from volunteer_network.services.known_ids import known_person, saving_an_id
from volunteer_network.services.stored_files import replace_photo
from volunteer_network.services.terms import appoint
from volunteer_network.thai_calendar import age
from volunteer_network.thai_text import match_key
from volunteer_network.uploads import CleanPhoto

FIRST_NUMBER = 1001
REASON_AT_LEAST = 10  # letters, for revealing a number
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
    province = subdistrict.province_id
    with saving_an_id(index, province=province):
        volunteer = Volunteer(
            province_id=province,
            number=next_number(province),
            person=known_person(index) or uuid.uuid4(),
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
    changed = _describe_anew(volunteer, _plain(details), subdistrict)
    if bank_account:
        _seal_account(volunteer, bank_account)
        changed.append("bank_account")
    volunteer.version += 1
    if _save_with_id(volunteer, national_id):
        changed.append("national_id")
    if photo:
        replace_photo(volunteer, photo, by=by)
        changed.append("photo")
    audit.record(
        "volunteer.changed",
        by=by,
        target=volunteer,
        province_code=volunteer.province_id,
        detail={"fields": changed},
    )
    return volunteer


def _describe_anew(
    volunteer: Volunteer, plain: dict[str, Any], subdistrict: Subdistrict
) -> list[str]:
    """Fill in what is not sealed; return the names of the fields that differ."""
    changed = sorted(name for name, value in plain.items() if getattr(volunteer, name) != value)
    for name, value in plain.items():
        setattr(volunteer, name, value)
    if volunteer.subdistrict_id != subdistrict.pk:
        changed.append("subdistrict")
    _place(volunteer, subdistrict)
    return changed


def _save_with_id(volunteer: Volunteer, national_id: str) -> bool:
    """Save the row, with another ID if one is given; return whether the ID changed."""
    known = bytes(volunteer.national_id_index)
    index = sealing.blind_index(national_id) if national_id else known
    if index == known:
        volunteer.save()
        return False
    with saving_an_id(index, province=volunteer.province_id, besides=volunteer.pk):
        _seal_id(volunteer, national_id)
        volunteer.save()
    return True


@transaction.atomic
def reveal_national_id(*, volunteer: Volunteer, reason: str, by: User) -> str:
    """Open the sealed number for somebody who said why; the reason stands in the audit."""
    if len(reason.strip()) < REASON_AT_LEAST:
        raise RuleViolation(
            _("บอกเหตุที่ขอดูอย่างน้อย %(least)d ตัวอักษร") % {"least": REASON_AT_LEAST}, field="reason"
        )
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


def other_leads(subdistrict: Subdistrict, *, besides: Volunteer | None = None) -> VolunteerQuerySet:
    """Those who lead the sub-district already; a second lead is unusual, and not forbidden."""
    leads = Volunteer.objects.filter(
        province=subdistrict.province_id,
        subdistrict=subdistrict,
        level=VolunteerLevel.SUBDISTRICT_LEAD,
        status=VolunteerStatus.ACTIVE,
    )
    return leads.exclude(pk=besides.pk) if besides else leads


def next_number(province_code: int) -> int:
    """The next number of the province; two officers at once are kept apart by a lock."""
    wait_in_transaction(Lock.VOLUNTEER_NUMBERS_OF, province_code)
    last = Volunteer.objects.filter(province=province_code).aggregate(last=Max("number"))["last"]
    return (last or FIRST_NUMBER - 1) + 1


def refuse_too_young(birth_date: date | None) -> None:
    """The minimum age is the office's setting; the regulation's own text was not at hand."""
    least = settings.VOLUNTEER_MIN_AGE
    if birth_date and age(birth_date, timezone.localdate()) < least:
        raise RuleViolation(
            _("อายุยังไม่ถึง %(least)d ปี ตรวจวันเกิดอีกครั้ง") % {"least": least}, field="birth_date"
        )


def _plain(details: Mapping[str, Any]) -> dict[str, Any]:
    refuse_too_young(details["birth_date"])
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


def _seal_account(volunteer: Volunteer, number: str) -> None:
    if number:
        volunteer.bank_account_sealed = sealing.seal(
            number, table=SEALED_ACCOUNT, row=str(volunteer.person)
        )
