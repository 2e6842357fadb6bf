"""Whom a step of a plan concerns, and the sentence that tells them.

People are those of the plan's own province, or the centre; nobody of another province is told.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.models import Direction, Plan
from volunteer_network.access.roles import Capability, roles_with
from volunteer_network.enums import NoticeKind
from volunteer_network.models import User
from volunteer_network.services.colleagues import who_may
from volunteer_network.services.notices import notify
from volunteer_network.thai_calendar import short_date


def tell_opened(direction: Direction, *, by: User) -> None:
    """Mentors and heads of all provinces may begin their plans."""
    text = _("เปิดให้ทำแผนปีงบประมาณ %(year)d เสนอภายใน %(propose)s ส่งส่วนกลางภายใน %(send)s") % {
        "year": direction.fiscal_year,
        "propose": short_date(direction.propose_by),
        "send": short_date(direction.send_by),
    }
    people = User.objects.visible_to(by).active()
    _tell(
        people.filter(role__in=roles_with(Capability.WRITE_PLANS), province__has_office=True),
        text,
        direction.get_absolute_url(),
        by,
    )


def tell_proposed(plan: Plan, *, by: User) -> None:
    """The head of the province, or whoever stands in, reads it next."""
    text = _("แผน%(plan)s รอเห็นชอบ %(until)s") % _words(plan)
    _tell(_heads(plan, by), text, plan.get_absolute_url(), by)


def tell_agreed(plan: Plan, *, by: User) -> None:
    """Whoever made and proposed it hears that the head agreed."""
    text = _("แรงงานจังหวัดเห็นชอบแผน%(plan)s แล้ว ต่อไปส่งส่วนกลาง") % _words(plan)
    _tell(_makers(plan, by), text, plan.get_absolute_url(), by)


def tell_sent(plan: Plan, *, by: User) -> None:
    """The central officers decide next."""
    text = _("%(province)s ส่งแผน%(plan)s แล้ว รอพิจารณา %(decide)s") % _words(plan)
    deciders = User.objects.active().filter(
        role__in=roles_with(Capability.DECIDE_PLANS), province=None
    )
    href = reverse("decisions:detail", args=[plan.fiscal_year, plan.province_id])
    _tell(deciders, text, href, by)


def tell_returned(plan: Plan, *, by: User, errand: UUID | None = None) -> None:
    """Makers and heads of the province hear that it came back; why stands on its page."""
    text = _("แผน%(plan)s ถูกส่งกลับแก้ไข: %(reason)s") % {
        **_words(plan),
        "reason": plan.returned_because,
    }
    _tell(_makers_and_heads(plan, by), text, plan.get_absolute_url(), by, errand)


def tell_approved(plan: Plan, *, by: User, errand: UUID | None = None) -> None:
    """Makers and heads of the province hear that the centre approved it."""
    text = _("ส่วนกลางอนุมัติแผน%(plan)s แล้ว") % _words(plan)
    _tell(_makers_and_heads(plan, by), text, plan.get_absolute_url(), by, errand)


def tell_taken_back(plan: Plan, people: Iterable[User], *, by: User) -> None:
    """Who has read of a decision hears that it does not hold; the others never heard of it."""
    text = _("ส่วนกลางเรียกคืนการพิจารณาแผน%(plan)s แล้ว แผนกลับไปรอพิจารณา") % _words(plan)
    _tell(people, text, plan.get_absolute_url(), by)


def tell_late(fiscal_year: int, province: int, *, send_by: date, by: User, errand: UUID) -> None:
    """Makers and heads of a province that has not sent its plan."""
    text = _("ยังไม่ได้ส่งแผนปีงบประมาณ %(year)d ให้ส่วนกลาง กำหนดส่ง %(day)s") % {
        "year": fiscal_year,
        "day": short_date(send_by),
    }
    people = who_may(Capability.WRITE_PLANS, province).visible_to(by)
    _tell(people, text, reverse("plans:detail", args=[fiscal_year, province]), by, errand)


def _makers(plan: Plan, by: User) -> list[User]:
    """Who made and who proposed it, while they serve in the province."""
    people = User.objects.visible_to(by).active().filter(province=plan.province_id)
    return list(people.filter(pk__in=[plan.made_by_id, plan.proposed_by_id]))


def _heads(plan: Plan, by: User) -> Iterable[User]:
    """Who may agree to it, whoever stands in too."""
    return who_may(Capability.AGREE_PLANS, plan.province_id).visible_to(by)


def _makers_and_heads(plan: Plan, by: User) -> set[User]:
    return {*_makers(plan, by), *_heads(plan, by)}


def _tell(
    people: Iterable[User], text: str, href: str, by: User, errand: UUID | None = None
) -> None:
    """With an `errand` the mails wait as long as the sending can be taken back."""
    notify(to=people, kind=NoticeKind.PLAN, text=text, href=href, by=by, errand=errand)


def _words(plan: Plan) -> dict[str, str]:
    """Which plan, and the days of its year where the centre has set them."""
    direction = Direction.objects.filter(fiscal_year=plan.fiscal_year).first()
    name = _("ปีงบประมาณ %(year)d ฉบับที่ %(edition)d") % {
        "year": plan.fiscal_year,
        "edition": plan.edition,
    }
    return {
        "plan": name,
        "province": plan.province.with_prefix,
        "until": _within(direction.send_by if direction else None),
        "decide": _within(direction.decide_by if direction else None),
    }


def _within(day: date | None) -> str:
    return _("ภายใน %(day)s") % {"day": short_date(day)} if day else ""
