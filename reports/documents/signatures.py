"""Who signs a document of a province: who made it, the head, the centre."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from reports.models import Plan
from reports.quarter_figures import QuarterFigures, Signer
from volunteer_network.access.roles import Role
from volunteer_network.models import Province, User
from volunteer_network.thai_calendar import bangkok_date, short_date


@dataclass(frozen=True)
class Signature:
    """One of the three at the end; without name or day a dotted line stays to be filled in."""

    role: str
    name: str
    position: str
    day: str = ""


def of_plan(plan: Plan) -> list[Signature]:
    """Those who proposed, agreed and approved, as far as the plan has come."""
    maker = plan.proposed_by or plan.made_by
    return [
        _of(_("ผู้จัดทำ"), maker, plan.proposed_at),
        _of_head(_("ผู้เห็นชอบ"), plan.province, plan.agreed_by, plan.agreed_at),
        _of_centre(_("ผู้อนุมัติ"), plan.approved_by, plan.approved_at),
    ]


def of_province(province: Province, *, made_by: User) -> list[Signature]:
    """Who asked for it, when that is somebody of the province, and the head."""
    maker = made_by if made_by.province_id == province.pk else None
    return [
        _of(_("ผู้จัดทำ"), maker, None),
        _of_head(_("ผู้ตรวจ"), province, None, None),
        _of_centre(_("ผู้รับทราบ"), None, None),
    ]


def of_quarter(figures: QuarterFigures) -> list[Signature]:
    """Who prepared and signed the quarter, with the posts of that day."""
    return [
        _signed(_("ผู้จัดทำ"), figures.prepared),
        _signed(_("ผู้ลงนาม"), figures.signed),
        _of_centre(_("ผู้รับทราบ"), None, None),
    ]


def _signed(role: str, signer: Signer | None) -> Signature:
    if signer is None:
        return Signature(role, "", "")
    at = datetime.fromisoformat(signer.at)
    return Signature(role, signer.name, signer.position, _day(at))


def _of(role: str, person: User | None, at: datetime | None) -> Signature:
    if person is None:
        return Signature(role, "", _("เจ้าหน้าที่ผู้รับผิดชอบ"))
    return Signature(role, person.display_name, person.position, _day(at))


def _of_head(role: str, province: Province, person: User | None, at: datetime | None) -> Signature:
    person = person or _only_head_of(province)
    if person is None:
        return Signature(role, "", _("แรงงานจังหวัด%(name)s") % {"name": province.name})
    return Signature(role, person.display_name, post_of_head(person, province), _day(at))


def post_of_head(person: User, province: Province) -> str:
    """The head's post, or the own one of whoever stands in."""
    head = _("แรงงานจังหวัด%(name)s") % {"name": province.name}
    if person.role == Role.PROVINCIAL_HEAD:
        return head
    return _("%(own)s รักษาราชการแทน%(head)s") % {"own": person.position, "head": head}


def _of_centre(role: str, person: User | None, at: datetime | None) -> Signature:
    name = person.display_name if person else ""
    return Signature(role, name, _("ส่วนกลาง กระทรวงแรงงาน"), _day(at))


def _only_head_of(province: Province) -> User | None:
    """The head, when there is exactly one account of a head; else nobody is guessed."""
    heads = User.objects.active().filter(role=Role.PROVINCIAL_HEAD, province=province)[:2]
    return heads[0] if len(heads) == 1 else None


def _day(at: datetime | None) -> str:
    return short_date(bangkok_date(at)) if at else ""
