"""Whom a step of a plan concerns, and the sentence that tells them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mentors.services.month_notices import who_may
from reports.models import Plan
from volunteer_network.access.roles import Capability, roles_with
from volunteer_network.enums import NoticeKind
from volunteer_network.models import User
from volunteer_network.services.notices import notify


def tell_proposed(plan: Plan, *, by: User) -> None:
    """The plan waits for the head of the province, or for whoever stands in."""
    text = _("%(plan)s รอเห็นชอบ") % {"plan": plan}
    _notify(who_may(Capability.AGREE_PLANS, plan.province_id), text, plan, by)


def tell_agreed(plan: Plan, *, by: User) -> None:
    """Whoever proposed the plan hears that the head agreed."""
    text = _("แรงงานจังหวัดเห็นชอบ%(plan)s แล้ว") % {"plan": plan}
    _notify(_makers(plan), text, plan, by)


def tell_sent(plan: Plan, *, by: User) -> None:
    """The centre hears that a plan waits for its decision."""
    people = User.objects.active().filter(role__in=roles_with(Capability.DECIDE_PLANS))
    _notify(people, _("%(plan)s รอส่วนกลางพิจารณา") % {"plan": plan}, plan, by)


def tell_returned(plan: Plan, *, lines: int, by: User) -> None:
    """Those who made it hear that it came back, and how many lines wait; 0 for the whole plan."""
    what = _("แก้ %(lines)d งาน") % {"lines": lines} if lines else _("แก้ทั้งแผน")
    text = _("%(plan)s ถูกส่งกลับแก้ไข %(what)s") % {"plan": plan, "what": what}
    _notify(_makers(plan), text, plan, by)


def _makers(plan: Plan) -> Iterable[User]:
    """Who made the plan and who proposed it last."""
    return User.objects.filter(pk__in={plan.made_by_id, plan.proposed_by_id} - {None})


def _notify(people: Iterable[User], text: str, plan: Plan, by: User) -> None:
    notify(to=people, kind=NoticeKind.PLAN, text=text, href=plan.get_absolute_url(), by=by)
