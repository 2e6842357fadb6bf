"""Who did what with a row: the audit trail of one person, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.models import AuditEvent, Term, User, Volunteer

SHOWN_AT_MOST = 200
VERBS = {
    "volunteer.registered": gettext_lazy("ขึ้นทะเบียน"),
    "volunteer.unregistered": gettext_lazy("เรียกคืนการนำเข้า"),
    "volunteer.changed": gettext_lazy("แก้ข้อมูล"),
    "volunteer.viewed": gettext_lazy("เปิดดูประวัติ"),
    "volunteer.national_id_revealed": gettext_lazy("ขอดูเลขประจำตัวประชาชน"),
    "volunteer.suspended": gettext_lazy("พักการปฏิบัติหน้าที่"),
    "volunteer.resigned": gettext_lazy("ถอนการสมัคร"),
    "volunteer.active": gettext_lazy("กลับมาปฏิบัติหน้าที่"),
    "volunteer.term_ended": gettext_lazy("ครบวาระ"),
    "contact.noted": gettext_lazy("บันทึกผลการติดต่อ"),
    "mentorship.ended": gettext_lazy("สิ้นสุดการมีพี่เลี้ยง เพราะพ้นหน้าที่"),
    "term.began": gettext_lazy("เริ่มวาระ"),
    "term.ended": gettext_lazy("พ้นจากวาระ"),
    "term.cancelled": gettext_lazy("ยกเลิกวาระที่ยังไม่เริ่ม"),
}
OWN_FIELDS = {
    "national_id": gettext_lazy("เลขประจำตัวประชาชน"),
    "bank_account": gettext_lazy("เลขที่บัญชี"),
    "photo": gettext_lazy("รูปถ่าย"),
}
DERIVED = frozenset({"match_key"})  # follow the name, which is told


@dataclass(frozen=True)
class Step:
    """One line of the trail."""

    at: datetime
    who: str
    what: str
    detail: str


def trail_of(volunteer: Volunteer, *, user: User) -> list[Step]:
    """What happened to a volunteer's row and terms, the latest first."""
    terms = _term_ids(volunteer, user=user)
    visible = AuditEvent.objects.visible_to(user)
    of_person = visible.filter(target_type="volunteer", target=str(volunteer.pk))
    of_terms = visible.filter(target_type="term", target__in=[str(pk) for pk in terms])
    events = list((of_person | of_terms).order_by("-at", "-pk")[:SHOWN_AT_MOST])
    people = User.objects.in_bulk({event.actor for event in events if event.actor})
    return [_step(event, people) for event in events]


def _term_ids(volunteer: Volunteer, *, user: User) -> list[int]:
    """The volunteer's terms, and those that were cancelled: only their history knows them."""
    terms = Term.objects.visible_to(user).filter(volunteer=volunteer).values_list("pk", flat=True)
    cancelled = Term.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # by pghistory
        volunteer=volunteer, pgh_label="delete"
    )
    return [*terms, *cancelled.values_list("pgh_obj_id", flat=True)]


def _step(event: AuditEvent, people: dict[int, User]) -> Step:
    who = people.get(event.actor or 0)
    return Step(
        at=event.at,
        who=f"{who} ({who.get_role_display()})" if who else _("ระบบ"),
        what=str(VERBS.get(event.verb, event.verb)),
        detail=_detail(event),
    )


def _detail(event: AuditEvent) -> str:
    if fields := event.detail.get("fields"):
        return ", ".join(_name_of(field) for field in fields if field not in DERIVED)
    if event.verb == "volunteer.national_id_revealed":
        return _("เหตุ: %(reason)s") % {"reason": event.detail.get("reason", "")}
    return ""


def _name_of(field: str) -> str:
    if field in OWN_FIELDS:
        return str(OWN_FIELDS[field])
    return str(getattr(Volunteer._meta.get_field(field), "verbose_name", field))
