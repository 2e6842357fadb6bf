"""What is done with a case: one page and one button for each move."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.enums import CaseAction
from volunteer_network.forms import case_moves as forms
from volunteer_network.models import Case, CaseEvent
from volunteer_network.services import cases
from volunteer_network.services.case_stories import answer_in_words
from volunteer_network.services.edits import is_stale
from volunteer_network.thai_calendar import moment
from volunteer_network.views.case_words import next_of
from volunteer_network.views.cases import PAGES, visible_case
from volunteer_network.views.conflicts import Conflict


@dataclass(frozen=True)
class Move:
    """The form of an action, what carries it out, and what is said afterwards."""

    form: type[forms.MoveForm]
    service: Callable[..., Case]
    heading: Promise
    done: Promise


MOVES = {
    CaseAction.REFER: Move(
        forms.ReferForm, cases.refer_case, _("ส่งต่อให้สำนักงาน"), _("ส่งต่อ %(code)s แล้ว")
    ),
    CaseAction.ACCEPT: Move(
        forms.AcceptForm,
        cases.accept_case,
        _("รับเรื่องนี้ไปดำเนินการ"),
        _("รับเรื่อง %(code)s แล้ว เห็นวิธีติดต่อผู้เดือดร้อนได้จากหน้านี้"),
    ),
    CaseAction.DECLINE: Move(
        forms.DeclineForm,
        cases.decline_case,
        _("ไม่รับเรื่องนี้"),
        _("ส่งเรื่อง %(code)s กลับให้จังหวัดพร้อมเหตุผลแล้ว"),
    ),
    CaseAction.PROGRESS: Move(
        forms.ProgressForm,
        cases.note_progress,
        _("บันทึกความคืบหน้า"),
        _("บันทึกความคืบหน้าของ %(code)s แล้ว"),
    ),
    CaseAction.CLOSE: Move(
        forms.CloseForm,
        cases.close_case,
        _("ตอบผลเรื่องนี้"),
        _("ตอบผล %(code)s แล้ว จังหวัดจะแจ้ง %(informant)s ต่อ"),
    ),
    CaseAction.TELL: Move(
        forms.TellForm,
        cases.tell_volunteer,
        _("แจ้งผลให้ %(informant)s"),
        _("จบเรื่อง %(code)s แล้ว แจ้งผลให้ %(informant)s แล้ว"),
    ),
    CaseAction.WITHDRAW: Move(
        forms.WithdrawForm, cases.withdraw_case, _("ถอนเรื่องนี้"), _("ถอนเรื่อง %(code)s แล้ว")
    ),
    CaseAction.REOPEN: Move(
        forms.ReopenForm,
        cases.reopen_case,
        _("เปิดเรื่องอีกครั้ง"),
        _("เปิดเรื่อง %(code)s อีกครั้งแล้ว เลือกสำนักงานเพื่อส่งต่อ"),
    ),
}


@needs(Capability.REFER_CASES)
def case_refer(request: StaffRequest, pk: int) -> HttpResponse:
    return _move(request, pk, CaseAction.REFER)


@needs(Capability.ANSWER_CASES)
def case_accept(request: StaffRequest, pk: int) -> HttpResponse:
    return _move(request, pk, CaseAction.ACCEPT)


@needs(Capability.ANSWER_CASES)
def case_decline(request: StaffRequest, pk: int) -> HttpResponse:
    return _move(request, pk, CaseAction.DECLINE)


@needs(Capability.ANSWER_CASES)
def case_progress(request: StaffRequest, pk: int) -> HttpResponse:
    return _move(request, pk, CaseAction.PROGRESS)


@needs(Capability.ANSWER_CASES)
def case_close(request: StaffRequest, pk: int) -> HttpResponse:
    return _move(request, pk, CaseAction.CLOSE)


@needs(Capability.REFER_CASES)
def case_tell(request: StaffRequest, pk: int) -> HttpResponse:
    return _move(request, pk, CaseAction.TELL)


@needs(Capability.REFER_CASES)
def case_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    return _move(request, pk, CaseAction.WITHDRAW)


@needs(Capability.REFER_CASES)
def case_reopen(request: StaffRequest, pk: int) -> HttpResponse:
    return _move(request, pk, CaseAction.REOPEN)


def _move(request: StaffRequest, pk: int, action: CaseAction) -> HttpResponse:
    """Show the form of a move, or carry it out. Whoever was slower is told what happened."""
    case, move = visible_case(request, pk), MOVES[action]
    form = move.form(request.POST or None, case=case)
    conflict = None
    if form.is_valid():
        if moved := form.perform(move.service, case=case, by=request.user):
            messages.success(request, str(move.done) % _words(moved))
            return redirect(moved)
        case = visible_case(request, pk)  # a colleague may have been quicker just now
        if is_stale(case, form.cleaned_data["version"]):
            conflict = _conflict(form, case, action)
    context = {
        "form": form,
        "case": case,
        "heading": str(move.heading) % _words(case),
        "conflict": conflict,
        "next": next_of(case, today=timezone.localdate()),
        "answer": answer_in_words(case) if case.answered_on else "",
        "told": _sentence_of_the_answer(request, case) if action is CaseAction.TELL else "",
        "to_call": case.volunteer if action is CaseAction.TELL else None,
    }
    return render(request, f"{PAGES}/move.html", context, status=422 if form.is_bound else 200)


def _words(case: Case) -> dict[str, str]:
    return {"code": case.code, "informant": case.informant}


def _conflict(form: forms.MoveForm, case: Case, action: CaseAction) -> Conflict:
    """Say who moved the case first, and let the next try begin from what is now."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a bound form has a QueryDict
    data["version"] = str(case.version)
    form.data = data
    last = case.events.select_related("actor").first()
    return Conflict(
        by=str(last.actor or _("ระบบ")) if last else "",
        at=moment(last.at) if last else "",
        rows=[(str(_("สถานะ")), case.get_state_display(), str(action.label))],
    )


def _sentence_of_the_answer(request: StaffRequest, case: Case) -> str:
    """What the office asked to be told to the volunteer."""
    answers = CaseEvent.objects.visible_to(request.user).filter(case=case, action=CaseAction.CLOSE)
    return answers.values_list("text", flat=True).first() or ""
