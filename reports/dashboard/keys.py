"""The key figures of a dashboard: each a number that says of what, with its bar and definition."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.dashboard.doors import Doors
from reports.queries.boards import Dashboard
from reports.queries.cells import Cell
from reports.queries.questions import period_in_words
from volunteer_network.figure_words import count_in_words, share_in_words
from volunteer_network.thai_calendar import short_month_name
from volunteer_network.thai_text import group_thousands
from volunteer_network.ui.figures import meter

MILLION: Final = 1_000_000
NOTHING: Final = "–"
MINUS: Final = "\u2212"  # as wide as the plus


@dataclass(frozen=True)
class Key:
    """A key figure: a number that says of what, a bar, a line under it, its definition."""

    title: str
    figure: str
    unit: str
    definition: str
    href: str = ""
    bar: SafeString = field(default_factory=SafeString)
    line: str = ""
    line_href: str = ""


def keys_of(board: Dashboard, doors: Doors) -> list[Key]:
    """The figures on top of a page, of one province or of many."""
    total, question = board.total, board.question
    found = [_people_key(board, doors)]
    if total.plan_thirds:
        found.append(_plan_key(board))
    if question.reporting:
        found.append(_reports_key(board, doors))
    found += [_places_key(board, doors), _cases_key(board, doors)]
    if total.allotted:
        found.append(_budget_key(board, doors))
    if total.accepted:
        found.append(_seminar_key(board, doors))
    return found


def _people_key(board: Dashboard, doors: Doors) -> Key:
    total, asked = board.total, board.question
    return Key(
        title=_("ผู้รับบริการ %(period)s") % {"period": asked.period or period_in_words(asked.chosen)},
        figure=count_in_words(total.shown("people")) if asked.months else NOTHING,
        unit=_("คน"),
        definition="people",
        href=doors.activities(),
        bar=meter(0 if total.growth_percent is None else total.people_ended, total.people_before),
        line=growth_in_words(total),
    )


def _plan_key(board: Dashboard) -> Key:
    """No door: the categories that prove a plan differ from one province to the next."""
    total = board.total
    return Key(
        title=_("ผลต่อแผน ถึงเดือนที่สิ้นสุด"),
        figure=share_in_words(total.plan_percent),
        unit=_("%(people)s คน") % {"people": count_in_words(total.shown("plan_people"))},
        definition="plan",
        bar=meter(total.plan_percent or 0, 100),
        line=_("จากแผน %(target)s คน") % {"target": count_in_words(total.plan_target)}
        + approved_of(board),
    )


def _budget_key(board: Dashboard, doors: Doors) -> Key:
    total = board.total
    return Key(
        title=_("เบิกจ่ายงบประมาณ"),
        figure=share_in_words(total.disbursed_percent),
        unit=_("%(amount)s บาท") % {"amount": baht(total.disbursed)},
        definition="budget",
        href=doors.plans(),
        bar=meter(float(total.disbursed), float(total.allotted)),
        line=_("จัดสรร %(amount)s บาท") % {"amount": baht(total.allotted)} + approved_of(board),
    )


def approved_of(board: Dashboard) -> str:
    """Of how many provinces the plans are; nothing on the page of one."""
    total = board.total
    if board.question.province:
        return ""
    words = {"plans": total.plans, "all": total.offices}
    return " " + _("แผนอนุมัติแล้ว %(plans)d จาก %(all)d จังหวัด") % words


def _reports_key(board: Dashboard, doors: Doors) -> Key:
    total, month = board.total, board.question.reporting
    words = {"month": short_month_name(month) if month else ""}
    if board.question.province:
        return Key(
            title=_("รายงานเดือน %(month)s ที่ได้รับ") % words,
            figure=count_in_words(total.received),
            unit=_("จาก %(all)s คน") % {"all": count_in_words(total.expected)},
            definition="reports",
            href=doors.months() if is_own(board) else "",
            bar=meter(total.received, total.expected),
            line=_("ทันกำหนด %(count)s คน") % {"count": count_in_words(total.on_time)},
        )
    left = total.offices - total.complete
    return Key(
        title=_("จังหวัดส่งรายงาน %(month)s ครบ") % words,
        figure=count_in_words(total.complete),
        unit=_("จาก %(all)d จังหวัด") % {"all": total.offices},
        definition="reports",
        href=doors.months() if board.seen is None else "",
        bar=meter(total.complete, total.offices),
        line=_("ยังไม่ครบ %(left)d จังหวัด ทันกำหนด %(percent)s")
        % {"left": left, "percent": share_in_words(total.on_time_percent)},
    )


def _places_key(board: Dashboard, doors: Doors) -> Key:
    total = board.total
    return Key(
        title=_("ตำบลที่มี อสร. ปฏิบัติหน้าที่"),
        figure=count_in_words(total.covered),
        unit=_("จาก %(all)s") % {"all": count_in_words(total.places)},
        definition="places",
        href=doors.volunteers(),
        bar=meter(total.covered, total.places),
        line=_("ว่าง %(vacant)s ตำบล ครบ %(percent)s")
        % {
            "vacant": count_in_words(total.vacant),
            "percent": share_in_words(total.covered_percent),
        },
        line_href="#vacant" if board.question.province and is_own(board) else "",
    )


def _cases_key(board: Dashboard, doors: Doors) -> Key:
    total = board.total
    return Key(
        title=_("ส่งต่อแล้วได้รับบริการ"),
        figure=share_in_words(total.served_percent),
        unit=_("%(count)s เรื่อง") % {"count": count_in_words(total.shown("served"))},
        definition="cases",
        href=doors.cases(outcome="served"),
        bar=meter(total.served_percent or 0, 100),
        line=_("จำนวนที่ส่งถึงสำนักงานไม่แสดง เพราะบางผลมีน้อยกว่า 5 เรื่อง")
        if total.cases and total.served_percent is None
        else _("จากที่ส่งถึงสำนักงาน %(count)s เรื่อง") % {"count": count_in_words(total.cases)},
    )


def _seminar_key(board: Dashboard, doors: Doors) -> Key:
    total, seminars = board.total, board.seminars
    return Key(
        title=_("เข้าสัมมนา ปี %(year)d") % {"year": board.question.fiscal_year},
        figure=count_in_words(total.shown("attended")),
        unit=_("จาก %(all)s คนที่ตอบรับ") % {"all": count_in_words(total.shown("accepted"))},
        definition="seminars",
        href=doors.seminar(seminars[0].pk) if len(seminars) == 1 else "",
        bar=meter(total.attended_percent or 0, 100),
        line=_("มา %(percent)s") % {"percent": share_in_words(total.attended_percent)}
        if total.attended
        else _("ยังไม่ถึงวันสัมมนา หรือยังไม่ลงชื่อ"),
    )


def growth_in_words(cell: Cell) -> str:
    """More or less than in the same months of the year before, which are over."""
    grown = cell.growth_percent
    if grown is None:
        return _("ไม่มีเดือนที่เทียบกับปีก่อนได้")
    return _("เดือนที่สิ้นสุดแล้ว %(now)s เทียบปีก่อน %(growth)s") % {
        "now": count_in_words(cell.people_ended),
        "growth": f"{grown:+.1f}%".replace("-", MINUS),
    }


def baht(amount: Decimal) -> str:
    """Money of a country in words, of a province in full: "34.81 ล้าน", "540,000"."""
    if amount >= MILLION:
        return _("%(amount)s ล้าน") % {"amount": f"{amount / MILLION:,.2f}"}
    return group_thousands(int(amount))


def is_own(board: Dashboard) -> bool:
    """Whether the rows of the page's province are the reader's to see."""
    return board.seen is None or (board.question.province or 0) in board.seen
