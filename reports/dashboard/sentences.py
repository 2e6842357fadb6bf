"""Each figure as one true sentence to be copied: of what, where, when, and as of when."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from reports.dashboard.keys import baht
from reports.queries.boards import Dashboard
from reports.queries.questions import Question, period_in_words
from volunteer_network.figure_words import count_in_words
from volunteer_network.known_places import known_province
from volunteer_network.thai_calendar import moment, month_name


def sentences_of(board: Dashboard, now: datetime) -> dict[str, str]:
    """By the name of the figure's definition, without those that there is nothing to say of."""
    as_of = _("(ข้อมูล ณ %(moment)s)") % {"moment": moment(now)}
    found = {name: say(board) for name, say in _SENTENCES.items()}
    return {
        name: f"{place_in_words(board.question)} {words} {as_of}"
        for name, words in found.items()
        if words
    }


def place_in_words(question: Question) -> str:
    """จังหวัดเชียงใหม่; ภาคใต้ 14 จังหวัด; ทั้งประเทศ 76 จังหวัด"""
    named = place_named(question)
    if question.province:
        return named
    return _("%(place)s %(count)d จังหวัด") % {"place": named, "count": len(question.offices)}


def place_named(question: Question) -> str:
    if question.province:
        return known_province(question.province).with_prefix
    cluster = _("กลุ่มจังหวัด%(name)s") % {"name": question.cluster} if question.cluster else ""
    return " ".join(filter(None, (cluster, question.region))) or _("ทั้งประเทศ")


def time_in_words(question: Question, months: list[date]) -> str:
    """The period asked about; with its months where it is not over, or not all of it counts."""
    words = {"year": question.fiscal_year, "quarter": question.quarter or 0}
    if question.month:
        return _("เดือน%(month)s") % {"month": month_name(question.month)}
    if question.quarter:
        named = _("ไตรมาส %(quarter)d ปีงบประมาณ %(year)d") % words
    else:
        named = _("ปีงบประมาณ %(year)d") % words
    return named if months == question.chosen else f"{named} ({period_in_words(months)})"


def _people(board: Dashboard) -> str:
    total, question = board.total, board.question
    if not question.months:
        return ""
    return _("%(time)s มีผู้รับบริการ%(work)s %(people)s คน นับคนต่อครั้งตามบันทึกกิจกรรม%(missing)s") % {
        "time": time_in_words(question, question.months),
        "work": _work(question),
        "people": count_in_words(total.shown("people")),
        "missing": _missing(board),
    }


def _steps(board: Dashboard) -> str:
    total, question = board.total, board.question
    if not question.months:
        return ""
    return _(
        "%(time)s ชี้เป้า%(work)s %(spotted)s คน คัดกรอง %(screened)s คน ส่งต่อ %(referred)s คน"
        " ตามบันทึกกิจกรรม%(missing)s"
    ) % {
        "time": time_in_words(question, question.months),
        "work": _work(question),
        **{name: count_in_words(total.shown(name)) for name in ("spotted", "screened", "referred")},
        "missing": _missing(board),
    }


def _plan(board: Dashboard) -> str:
    """People against the target of the months that are over, of the plans that are approved."""
    total, question = board.total, board.question
    if not total.plan_thirds:
        return ""
    share = total.plan_percent
    words = {
        "time": time_in_words(question, question.ended),
        "people": count_in_words(total.shown("plan_people")),
        "percent": share or 0,
        "target": count_in_words(total.plan_target),
        "basis": _basis(board),
        "missing": _missing(board),
    }
    told = (
        _("%(time)s ช่วยเหลือได้ %(people)s คน เป้าหมาย %(target)s คน%(basis)s%(missing)s")
        if share is None
        else _(
            "%(time)s ช่วยเหลือได้ %(people)s คน คิดเป็นร้อยละ %(percent).1f"
            " ของเป้าหมาย %(target)s คน%(basis)s%(missing)s"
        )
    )
    return told % words


def _budget(board: Dashboard) -> str:
    total = board.total
    if not total.allotted:
        return ""
    return _(
        "ปีงบประมาณ %(year)d เบิกจ่ายแล้ว %(disbursed)s บาท คิดเป็นร้อยละ %(percent).1f"
        " ของงบจัดสรรทั้งปี %(allotted)s บาท%(basis)s"
    ) % {
        "year": board.question.fiscal_year,
        "disbursed": baht(total.disbursed),
        "percent": total.disbursed_percent or 0,
        "allotted": baht(total.allotted),
        "basis": _basis(board),
    }


def _reports(board: Dashboard) -> str:
    total, month = board.total, board.question.reporting
    if month is None:
        return ""
    words = {
        "month": month_name(month),
        "received": count_in_words(total.received),
        "expected": count_in_words(total.expected),
        "on_time": count_in_words(total.on_time),
        "complete": total.complete,
        "all": total.offices,
    }
    told = _(
        "รายงานเดือน%(month)s ได้รับแล้ว %(received)s จาก %(expected)s คนที่ต้องรายงาน"
        " ทันกำหนด %(on_time)s คน"
    )
    if not board.question.province:
        told += " " + _("ส่งครบ %(complete)d จาก %(all)d จังหวัด")
    return told % words


def _places(board: Dashboard) -> str:
    total = board.total
    return _(
        "มีอาสาสมัครแรงงานปฏิบัติหน้าที่ใน %(covered)s จาก %(places)s ตำบล"
        " คิดเป็นร้อยละ %(percent).1f ว่าง %(vacant)s ตำบล"
    ) % {
        "covered": count_in_words(total.covered),
        "places": count_in_words(total.places),
        "percent": total.covered_percent or 0,
        "vacant": count_in_words(total.vacant),
    }


def _cases(board: Dashboard) -> str:
    total, question = board.total, board.question
    if not question.months:
        return ""
    share = total.served_percent
    words = {
        "time": time_in_words(question, question.months),
        "work": _work(question),
        "served": count_in_words(total.shown("served")),
        "cases": count_in_words(total.cases),
        "percent": share or 0,
    }
    if share is None:
        told = (
            _("เรื่องที่รับแจ้งใน%(time)s%(work)s มีน้อย จึงไม่แสดงร้อยละของที่ได้รับบริการแล้ว")
            if total.cases
            else _("ยังไม่มีเรื่องที่รับแจ้งใน%(time)s%(work)s ส่งถึงสำนักงาน")
        )
        return told % words
    return (
        _(
            "เรื่องที่รับแจ้งใน%(time)s%(work)s ส่งถึงสำนักงานแล้ว %(cases)s เรื่อง"
            " ได้รับบริการแล้ว %(served)s เรื่อง คิดเป็นร้อยละ %(percent).1f ตามผลล่าสุด"
            " ไม่รวมเรื่องการค้ามนุษย์ด้านแรงงาน"
        )
        % words
    )


def _seminars(board: Dashboard) -> str:
    total = board.total
    if not total.accepted:
        return ""
    share = total.attended_percent
    words = {
        "year": board.question.fiscal_year,
        "attended": count_in_words(total.shown("attended")),
        "accepted": count_in_words(total.shown("accepted")),
        "percent": "" if share is None else _(" คิดเป็นร้อยละ %(share).1f") % {"share": share},
    }
    return (
        _("สัมมนาปีงบประมาณ %(year)d มา %(attended)s คน จากที่ตอบรับ %(accepted)s คน%(percent)s") % words
    )


def _work(question: Question) -> str:
    return _("งาน%(category)s") % {"category": question.category.label} if question.category else ""


def _basis(board: Dashboard) -> str:
    """From how many plans a figure of plans comes; of one province it is one."""
    if board.question.province:
        return _(" ตามแผนที่อนุมัติแล้ว")
    return _(" ตามแผนที่อนุมัติแล้ว %(plans)d จาก %(all)d จังหวัด") % {
        "plans": board.total.plans,
        "all": board.total.offices,
    }


def _missing(board: Dashboard) -> str:
    """A sum says when not all provinces are in it with everybody."""
    total, month = board.total, board.question.reporting
    if month is None or not total.expected or total.complete == total.offices:
        return ""
    words = {"month": month_name(month), "complete": total.complete, "all": total.offices}
    if board.question.province:
        return _(" รายงานเดือน%(month)s ยังได้รับไม่ครบทุกคน") % words
    return _(" รายงานเดือน%(month)s ส่งครบ %(complete)d จาก %(all)d จังหวัด") % words


_SENTENCES: Final[dict[str, Callable[[Dashboard], str]]] = {
    "people": _people,
    "steps": _steps,
    "plan": _plan,
    "reports": _reports,
    "places": _places,
    "cases": _cases,
    "budget": _budget,
    "seminars": _seminars,
}
