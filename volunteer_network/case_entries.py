"""What cases add to the frame, the home page, the search and a volunteer's page."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.access.roles import Capability
from volunteer_network.access.scope import ScopeRole
from volunteer_network.case_steps import CONTACT_OPEN, FINISHED
from volunteer_network.demo import cases as demo_cases
from volunteer_network.demo.registry import DemoMaker, register_demo
from volunteer_network.enums import CaseState
from volunteer_network.models import Case, CaseClient, CaseEvent, User, Volunteer
from volunteer_network.models.cases import CaseQuerySet
from volunteer_network.services.case_stories import cases_of
from volunteer_network.thai_calendar import remaining, short_date
from volunteer_network.ui.registry import (
    Hit,
    NavItem,
    Panel,
    SearchSource,
    Tile,
    TileFigures,
    register_nav,
    register_panel,
    register_search,
    register_tile,
)

SOON_DAYS = 5
SHOWN_ON_A_PERSON = 4
MOST_ON_A_BADGE = 100  # the badge says 99+ from here


def register() -> None:
    register_nav(
        NavItem(
            label=gettext_lazy("ส่งต่อ"),
            icon="refer",
            url_name="cases:list",
            order=37,
            needs=Capability.VIEW_CASES,
            badge=waiting,
        )
    )
    answering, referring = Capability.ANSWER_CASES, Capability.REFER_CASES
    for order, title, icon, count, needs in (
        (11, gettext_lazy("เรื่องรอรับ"), "refer", to_accept, answering),
        (13, gettext_lazy("กำลังดำเนินการ ใกล้ครบกำหนด"), "clock", due_soon, answering),
        (14, gettext_lazy("เรื่องที่ตอบแล้ว"), "check", answered, answering),
        (15, gettext_lazy("เรื่องส่งต่อเลยกำหนด"), "alert", overdue, Capability.VIEW_CASES),
        (16, gettext_lazy("ตอบกลับแล้ว ยังไม่ได้แจ้งผล"), "refer", to_tell, referring),
    ):
        register_tile(Tile(title=title, icon=icon, order=order, count=count, needs=needs))
    register_panel(Panel(page="volunteer", order=30, draw=panel, needs=Capability.VIEW_CASES))
    register_search(
        SearchSource(
            title=gettext_lazy("เรื่องส่งต่อ"),
            icon="refer",
            order=40,
            find=find,
            needs=Capability.VIEW_CASES,
        )
    )
    register_demo(
        DemoMaker(
            order=30, make=demo_cases.make_cases, models=lambda: (Case, CaseClient, CaseEvent)
        )
    )


def waiting(user: User) -> int:
    """How many cases wait for the user, counted no further than a badge can say."""
    rows = Case.objects.visible_to(user).waiting_for(user).order_by()
    return rows.values("pk")[:MOST_ON_A_BADGE].count()


def to_accept(user: User) -> TileFigures | None:
    """Of a partner officer's office: what nobody has taken on yet."""
    if not _is_of_a_partner(user):
        return None
    rows = Case.objects.visible_to(user).filter(state=CaseState.REFERRED)
    number = rows.count()
    return TileFigures(
        number=number,
        unit=_("เรื่อง"),
        why=_why_first(rows) if number else _("ตอบรับครบทุกเรื่องแล้ว"),
        action=_("ตอบรับ %(count)d เรื่อง") % {"count": number} if number else _("ดูเรื่องทั้งหมด"),
        href=_list("state=referred") if number else _list(""),
        my_turn=bool(number),
    )


def due_soon(user: User) -> TileFigures | None:
    """Of a partner officer's office: what has to be answered within some days."""
    if not _is_of_a_partner(user):
        return None
    today = timezone.localdate()
    working = Case.objects.visible_to(user).filter(state__in=CONTACT_OPEN)
    rows = working.filter(due_on__gte=today, due_on__lte=today + timedelta(days=SOON_DAYS))
    number = rows.count()
    return TileFigures(
        number=number,
        unit=_("เรื่อง ใน %(days)d วัน") % {"days": SOON_DAYS},
        why=_why_first(rows)
        if number
        else _("กำลังดำเนินการ %(count)d เรื่อง") % {"count": working.count()},
        action=_("ดูเรื่องที่กำลังดำเนินการ"),
        href=_list("state=accepted&state=in_progress"),
    )


def answered(user: User) -> TileFigures | None:
    """Of a partner officer's office: what came of it, so that the work shows."""
    if not _is_of_a_partner(user):
        return None
    since = timezone.localdate() - timedelta(days=30)
    rows = Case.objects.visible_to(user).filter(answered_on__gte=since)
    number, served = rows.count(), rows.filter(outcome="served").count()
    return TileFigures(
        number=number,
        unit=_("เรื่อง ใน 30 วัน"),
        why=_("ได้รับบริการแล้ว %(served)d เรื่อง") % {"served": served},
        action=_("ดูเรื่องที่ตอบแล้ว"),
        href=_list("state=closed&state=told"),
    )


def overdue(user: User) -> TileFigures | None:
    """What should have moved by now, whoever has it; of an office, what it has itself."""
    rows = Case.objects.visible_to(user).overdue(timezone.localdate())
    query, of_a_partner = "overdue=1", _is_of_a_partner(user)
    if of_a_partner:
        rows, query = rows.waiting_for(user), "mine=waiting&overdue=1"
    number = rows.count()
    if not number and not of_a_partner:
        return None
    return TileFigures(
        number=number,
        unit=_("เรื่อง"),
        why=_why_first(rows) if number else _("ไม่มีเรื่องเลยกำหนด"),
        action=_("ติดตาม %(count)d เรื่อง") % {"count": number} if number else _("ดูเรื่องทั้งหมด"),
        href=_list(query) if number else _list(""),
    )


def to_tell(user: User) -> TileFigures | None:
    """Answers that have not come home to the volunteer."""
    rows = Case.objects.visible_to(user).filter(state=CaseState.CLOSED)
    number = rows.count()
    if not number:
        return None
    return TileFigures(
        number=number,
        unit=_("เรื่อง"),
        why=_why_first(rows),
        action=_("แจ้งผล %(count)d เรื่อง") % {"count": number},
        href=_list("state=closed"),
    )


def panel(user: User, volunteer: Volunteer) -> str:
    """Cases of a volunteer that are still open, and the button that adds one."""
    rows = cases_of(volunteer, user=user).exclude(state__in=FINISHED)
    context = {
        "cases": list(rows[:SHOWN_ON_A_PERSON]),
        "volunteer": volunteer,
        "may_refer": user.can(Capability.REFER_CASES) and not volunteer.has_ended,
        "today": timezone.localdate(),
    }
    if not context["cases"] and not context["may_refer"]:
        return ""
    return render_to_string("volunteer_network/cases/_of_volunteer.html", context)


def find(user: User, words: str, most: int) -> Sequence[Hit]:
    rows = Case.objects.visible_to(user).matching(words).order_by("waits_until", "pk")
    return [
        Hit(
            label=f"{case.code} {case.get_topic_display()}",
            detail=f"{case.need} · {case.get_state_display()}",
            href=case.get_absolute_url(),
        )
        for case in rows[:most]
    ]


def _is_of_a_partner(user: User) -> bool:
    return user.scope.role is ScopeRole.OFFICE


def _list(query: str) -> str:
    address = reverse("cases:list")
    return f"{address}?{query}" if query else address


def _why_first(rows: CaseQuerySet) -> str:
    """The one that is due first, or overdue longest."""
    first: Any = rows.order_by("waits_until", "pk").first()
    return _("%(code)s %(topic)s %(left)s (%(day)s)") % {
        "code": first.code,
        "topic": first.get_topic_display(),
        "left": remaining(first.due_on, timezone.localdate()),
        "day": short_date(first.due_on),
    }
