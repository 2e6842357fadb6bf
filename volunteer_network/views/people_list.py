"""The list of accounts: its filters, its rows, and the story of one account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from volunteer_network import audit
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Role
from volunteer_network.enums import DeactivationReason
from volunteer_network.models import AuditEvent, User
from volunteer_network.thai_text import full_name
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage

UNUSABLE = "!"  # a password hash that begins so lets nobody in
MOST_EVENTS = 30

STORY = {
    "account.created": _("สร้างบัญชี"),
    "account.invited": _("ออกลิงก์ตั้งรหัสผ่าน"),
    "account.password_set": _("ตั้งรหัสผ่านจากลิงก์"),
    "account.password_changed": _("เปลี่ยนรหัสผ่าน"),
    "account.changed": _("แก้ข้อมูลบัญชี"),
    "account.deactivated": _("ปิดใช้งาน"),
    "account.reactivated": _("เปิดใช้งานอีกครั้ง"),
    "account.second_factor_added": _("เปิดใช้รหัสขั้นที่สอง"),
    "account.second_factor_removed": _("ปิดรหัสขั้นที่สอง"),
    "account.second_factor_renewed": _("สร้างรหัสสำรองใหม่"),
    "account.second_factor_reset": _("ล้างรหัสขั้นที่สอง"),
    "sign_in.locked": _("ถูกพักการเข้าสู่ระบบ เพราะใส่รหัสผ่านผิดหลายครั้ง"),
}


@dataclass(frozen=True)
class AccountRow:
    pk: int
    name: str
    username: str
    role: str | Promise
    place: str
    state: tuple[str, str | Promise]
    last_login: datetime | None


@dataclass(frozen=True)
class AccountEvent:
    at: datetime
    words: str | Promise
    actor: str
    detail: str


def matching(rows: QuerySet[User], active: Mapping[str, Any]) -> QuerySet[User]:
    """The accounts that fit; each knows whether its password is still to be set."""
    unset = ExpressionWrapper(Q(password__startswith=UNUSABLE), output_field=BooleanField())
    rows = rows.annotate(is_invited=unset)
    if typed := active.get("q"):
        rows = rows.filter(_any_name(typed))
    if roles := active.get("role"):
        rows = rows.filter(role__in=roles)
    if province := active.get("province"):
        rows = rows.filter(province=province)
    match active.get("state"):
        case "active":
            rows = rows.filter(is_active=True, is_invited=False)
        case "invited":
            rows = rows.filter(is_active=True, is_invited=True)
        case "closed":
            rows = rows.filter(is_active=False)
    return rows


def _any_name(typed: str) -> Q:
    """Each word somewhere in the name, the user name or the address for mail."""
    found = Q()
    for word in typed.split():
        found &= (
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(username__icontains=word)
            | Q(email__icontains=word)
        )
    return found


def _place(row: Any) -> str:
    if row.inspection_regions:
        return _("เขตตรวจราชการที่ %(numbers)s") % {
            "numbers": " ".join(str(number) for number in row.inspection_regions)
        }
    return row.province__name or str(_("ส่วนกลาง"))


def _state(row: Any) -> tuple[str, str | Promise]:
    if not row.is_active:
        return "off", _("ปิดใช้งาน")
    if row.is_invited:
        return "half", _("รอตั้งรหัสผ่าน")
    return "good", _("ใช้งาน")


def _dressed(request: StaffRequest, rows: list[Any]) -> Sequence[AccountRow]:
    return [
        AccountRow(
            pk=row.pk,
            name=full_name(row.title, row.first_name, row.last_name),
            username=row.username,
            role=Role(row.role).label,
            place=_place(row),
            state=_state(row),
            last_login=row.last_login,
        )
        for row in rows
    ]


def _note_export(request: StaffRequest) -> None:
    audit.record("account.exported", by=request.user)


LIST = ListPage(
    template="volunteer_network/accounts/people.html",
    title=_("บัญชีผู้ใช้"),
    fields=(
        *("title", "first_name", "last_name", "username", "role", "province__name"),
        *("inspection_regions", "is_active", "is_invited", "last_login", "position", "email"),
    ),
    orderings=(Ordering("name", _("ชื่อ–สกุล"), ("sort_key",)),),
    export=(
        ExportColumn(
            _("ชื่อ–สกุล"), 32, lambda row: full_name(row.title, row.first_name, row.last_name)
        ),
        ExportColumn(_("ชื่อผู้ใช้"), 24, lambda row: row.username),
        ExportColumn(_("บทบาท"), 24, lambda row: str(Role(row.role).label)),
        ExportColumn(_("จังหวัดหรือเขต"), 24, lambda row: str(_place(row))),
        ExportColumn(_("ตำแหน่ง"), 28, lambda row: row.position),
        ExportColumn(_("อีเมล"), 28, lambda row: row.email),
        ExportColumn(_("สถานะ"), 16, lambda row: str(_state(row)[1])),
    ),
    dress=_dressed,
    note_export=_note_export,
)


def account_history(account: User) -> list[AccountEvent]:
    """What happened to the account, newest first, from the audit."""
    events = list(
        AuditEvent.objects.filter(
            target_type="user", target=str(account.pk), verb__in=STORY
        ).order_by("-at", "-pk")[:MOST_EVENTS]
    )
    actors = User.objects.in_bulk([event.actor for event in events if event.actor])
    return [
        AccountEvent(
            at=event.at,
            words=STORY[event.verb],
            actor=_actor_in_words(event, actors),
            detail=_detail_in_words(event),
        )
        for event in events
    ]


def _actor_in_words(event: AuditEvent, actors: Mapping[int, User]) -> str:
    actor = actors.get(event.actor) if event.actor else None
    return actor.display_name if actor else ""


def _detail_in_words(event: AuditEvent) -> str:
    reason = event.detail.get("reason", "")
    return str(dict(DeactivationReason.choices).get(reason, ""))
