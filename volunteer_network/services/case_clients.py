"""The person a case is about: as little as is needed, sealed, opened for a reason."""

import json
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from volunteer_network import audit, sealing
from volunteer_network.case_steps import NOTICE_VERSION
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Case, CaseClient, User
from volunteer_network.services.volunteers import REASON_AT_LEAST

SEALED_CLIENT = "case.client"  # what the seal is bound to


@dataclass(frozen=True)
class Contact:
    """How somebody is called and reached."""

    called_name: str
    phone: str


def keep_client(case: Case, contact: Contact) -> None:
    """Seal how to reach the client, with the version of the notice that was given."""
    reference = uuid.uuid4()
    text = json.dumps([contact.called_name, contact.phone], ensure_ascii=False)
    CaseClient.objects.create(
        province_id=case.province_id,
        case=case,
        topic=case.topic,
        reference=reference,
        sealed=sealing.seal(text, table=SEALED_CLIENT, row=str(reference)),
        notice_version=NOTICE_VERSION,
    )


def reveal_client(*, case: Case, reason: str, by: User) -> Contact:
    """Open the contact for somebody who said why; the reason stands in the audit."""
    if len(reason.strip()) < REASON_AT_LEAST:
        raise RuleViolation(
            _("บอกเหตุที่ขอดูอย่างน้อย %(least)d ตัวอักษร") % {"least": REASON_AT_LEAST}, field="reason"
        )
    client = CaseClient.objects.visible_to(by).filter(case=case).first()
    if client is None:
        raise RuleViolation(
            _("เรื่องนี้ไม่ระบุตัวผู้เดือดร้อน")
            if case.is_anonymous
            else _("ลบข้อมูลติดต่อของเรื่องนี้แล้ว")
            if case.contact_erased_at
            else _("ส่วนกลางเห็นวิธีติดต่อได้เมื่อเรื่องเลยกำหนดมาถึงส่วนกลาง ถามจังหวัดก่อน")
            if by.scope.nationwide
            else _("เห็นวิธีติดต่อได้เมื่อหน่วยงานรับเรื่องแล้ว และระหว่างที่ดำเนินการเท่านั้น")
        )
    text = sealing.unseal(bytes(client.sealed), table=SEALED_CLIENT, row=str(client.reference))
    record("case.client_revealed", case, by=by, reason=reason)
    return Contact(*json.loads(text))


def note_viewing(*, case: Case, by: User) -> None:
    """Who looked at a case is part of its trail."""
    record("case.viewed", case, by=by)


def record(verb: str, case: Case, *, by: User | None, **detail: str) -> None:
    """What happened to a restricted case is told to the cleared alone."""
    restricted = {"restricted": True} if case.is_restricted else {}
    audit.record(
        verb,
        by=by,
        target=case,
        province_code=case.province_id,
        detail={**detail, **restricted},
    )
