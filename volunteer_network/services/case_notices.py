"""What people are told of a case: one sentence, with what is next and until when.

Of a restricted case a notice tells that there is one, and neither its number nor its topic: a
notice lies in a table, and a mail in a mailbox, that others may read.
"""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.case_steps import Side
from volunteer_network.enums import CaseAction, DeclineReason, NoticeKind
from volunteer_network.models import Case, User
from volunteer_network.services.case_routes import people_of
from volunteer_network.services.notices import notify
from volunteer_network.thai_calendar import short_date

SENTENCES: Final = {
    CaseAction.REFER: gettext_lazy("เรื่อง %(code)s %(topic)s รอ%(office)sรับ ภายใน %(due)s"),
    CaseAction.ACCEPT: gettext_lazy("%(office)s รับเรื่อง %(code)s แล้ว จะตอบภายใน %(due)s"),
    CaseAction.DECLINE: gettext_lazy(
        "%(office)s ไม่รับเรื่อง %(code)s: %(reason)s เลือกสำนักงานใหม่ภายใน %(due)s"
    ),
    CaseAction.CLOSE: gettext_lazy(
        "เรื่อง %(code)s %(outcome)s ใช้เวลา %(days)d วัน แจ้ง %(informant)s ภายใน %(due)s"
    ),
    CaseAction.WITHDRAW: gettext_lazy("จังหวัดถอนเรื่อง %(code)s %(topic)s แล้ว ไม่ต้องดำเนินการต่อ"),
    CaseAction.ESCALATE: gettext_lazy("เรื่อง %(code)s %(topic)s เลยกำหนด %(due)s รอ%(owner)s"),
}
# After these the other side hears of it; the rest is one's own business.
TOLD: Final = {
    CaseAction.REFER: Side.OFFICE,
    CaseAction.ACCEPT: Side.KEEPER,
    CaseAction.DECLINE: Side.KEEPER,
    CaseAction.CLOSE: Side.KEEPER,
    CaseAction.WITHDRAW: Side.OFFICE,
}


def tell_of(case: Case, action: CaseAction, *, by: User) -> None:
    """Tell the side that an action concerns, if it concerns one."""
    side = TOLD.get(action)
    if side is None or (side is Side.OFFICE and case.office is None):
        return
    tell(people_of(case, side), case, action, by=by)


def tell(people: list[User], case: Case, action: CaseAction, *, by: User | None) -> None:
    notify(
        to=people,
        kind=NoticeKind.CASE,
        text=_sentence(case, action),
        href=_href(case),
        by=by,
    )


def _href(case: Case) -> str:
    if case.is_restricted:
        return reverse("cases:list", query={"mine": "waiting"})
    return case.get_absolute_url()


def _sentence(case: Case, action: CaseAction) -> str:
    due = short_date(case.due_on)
    if case.is_restricted:
        return _("มีเรื่องที่เปิดได้เฉพาะผู้รับผิดชอบ ดำเนินการภายใน %(due)s") % {"due": due}
    return str(SENTENCES[action]) % {
        "code": case.code,
        "topic": case.get_topic_display(),
        "office": case.office or "",
        "owner": case.owner,
        "reason": DeclineReason(case.decline_reason).label if case.decline_reason else "",
        "outcome": case.get_outcome_display(),
        "days": case.days_taken,
        "informant": case.informant,
        "due": due,
    }
