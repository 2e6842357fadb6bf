"""The month of a team: the sheet, and what is done with many months at once."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentors.enums import MonthState, NothingBecause
from mentors.models import Mentor
from mentors.services.month_deadlines import (
    approval_day,
    due_day,
    has_ended,
    month_before,
    next_month,
)
from mentors.services.month_sheets import Line, sheet_of
from mentors.services.month_teams import expected_in, mentor_of_account, mentors_in, team_in
from mentors.services.months import approve_months, send_months, take_back
from mentors.views.month_choices import Choice, Shown
from mentors.views.month_lists import HEADS, SheetRow, export, rows_of
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.known_places import known_province
from volunteer_network.models import Province
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.row_keys import is_key
from volunteer_network.services.colleagues import who_may
from volunteer_network.services.reminders import still_open
from volunteer_network.thai_calendar import month_address, month_name
from volunteer_network.ui.exports import TYPES
from volunteer_network.ui.refusals import telling_refusals

ALL = "all"


@dataclass(frozen=True)
class Team:
    """Whose months the page shows: of a mentor, or of the whole province."""

    province: Province
    mentor: Mentor | None
    mentors: list[Mentor]
    people: VolunteerQuerySet
    query: str  # what keeps the choice in an address

    @property
    def in_words(self) -> str:
        return str(self.mentor) if self.mentor else self.province.with_prefix


@needs(Capability.VIEW_MONTHS)
def sheet(request: StaffRequest, month: date) -> HttpResponseBase:
    _refuse_the_future(month)
    team = team_asked_for(request, month)
    if team is None:
        return redirect(f"{reverse('months:list')}?{urlencode({'month': month_address(month)})}")
    shown = shown_of(request, team, month)
    whole = shown.whole
    if request.GET.get("export") in TYPES:
        return export(request, request.GET["export"], shown.lines, month=month, team=team.in_words)
    ready, certified = whole.ready, whole.in_state(MonthState.CERTIFIED)
    context = {
        "month": month,
        "team": team,
        "sheet": whole,
        "heads": HEADS,
        "shown": shown,
        "lines": (lines := shown.page),
        "groups": _by_district(rows_of(request, lines, month)),
        "kind_sums": list(zip(whole.last_sums.kinds, whole.sums.kinds, strict=True)),
        "reasons": NothingBecause.choices,
        "ready": ready,
        "certified": certified,
        "mine": _sent_a_moment_ago(request, whole.lines),
        "due": due_day(month),
        "approval_due": approval_day(month),
        "ended": has_ended(month, timezone.localdate()),
        "readers": who_may(Capability.APPROVE_MONTHS, team.province.pk),
        "before": month_before(month),
        "after": next_month(month) if next_month(month) <= timezone.localdate() else None,
        "exports": [(form, shown.choice.link(export=form)) for form in TYPES],
    }
    return render(request, "mentors/months/sheet.html", context)


@needs(Capability.REPORT_MONTHS)
@require_POST
def send(request: StaffRequest, month: date) -> HttpResponse:
    team = team_in_question(request, month)
    with telling_refusals(request):
        sent = send_months(volunteers=chosen_of(request, team), month=month, by=request.user)
        text = _("ส่งและรับรองรายงาน %(count)d คนแล้ว เรียกคืนได้ภายใน 2 นาที")
        messages.success(request, text % {"count": len(sent)})
    return _back_to(team, month)


@needs(Capability.REPORT_MONTHS)
@require_POST
def take_back_sent(request: StaffRequest, month: date) -> HttpResponse:
    team = team_in_question(request, month)
    with telling_refusals(request):
        reports = take_back(volunteers=chosen_of(request, team), month=month, by=request.user)
        messages.success(request, _("เรียกคืนรายงาน %(count)d คนแล้ว") % {"count": len(reports)})
    return _back_to(team, month)


@needs(Capability.APPROVE_MONTHS)
@require_POST
def approve(request: StaffRequest, month: date) -> HttpResponse:
    """Approve all of the team that is certified, or the one that the form names."""
    team = team_in_question(request, month)
    with telling_refusals(request):
        approved = approve_months(volunteers=chosen_of(request, team), month=month, by=request.user)
        text = _("เห็นชอบรายงานเดือน%(month)s %(count)d คนแล้ว")
        messages.success(request, text % {"month": month_name(month), "count": len(approved)})
    return _back_to(team, month)


def team_asked_for(request: StaffRequest, month: date) -> Team | None:
    """The team that the address names; None when it names no province and the user has none."""
    asked = request.GET.get("mentor", "")
    if asked and asked != ALL:
        rows = Mentor.objects.visible_to(request.user)
        mentor = get_object_or_404(rows, pk=int(asked)) if is_key(asked) else None
        if mentor is None:
            raise Http404
        return _team_of(request, month, mentor.province_id, mentor)
    if request.user.province_id:
        own = None if asked == ALL else mentor_of_account(request.user)
        return _team_of(request, month, request.user.province_id, own)
    code = request.GET.get("province", "")
    if not code:
        return None
    scope = request.user.scope
    if not is_key(code) or not (scope.nationwide or int(code) in scope.provinces):
        raise Http404
    province = get_object_or_404(Province.objects.filter(has_office=True), pk=int(code))
    return _team_of(request, month, province.pk, None)


def _team_of(request: StaffRequest, month: date, province: int, mentor: Mentor | None) -> Team:
    if mentor:
        people = team_in(month, mentor=mentor, user=request.user)
        query = {"mentor": str(mentor.pk)}
    else:
        people = expected_in(month, user=request.user).filter(province=province)
        query = {"mentor": ALL} if request.user.province_id else {"province": str(province)}
    return Team(
        province=known_province(province),
        mentor=mentor,
        mentors=list(mentors_in(month, province=province, user=request.user)),
        people=people,
        query=urlencode(query),
    )


def shown_of(request: StaffRequest, team: Team, month: date) -> Shown:
    """The sheet of the team, and which of its lines the address asks for."""
    whole = sheet_of(team.people, month, user=request.user)
    return Shown(whole, Choice.of(request.GET, whole.lines, team=team.query))


def team_in_question(request: StaffRequest, month: date) -> Team:
    """The team that the address names; not found where it names none."""
    team = team_asked_for(request, month)
    if team is None:
        raise Http404
    return team


def chosen_of(request: StaffRequest, team: Team) -> list[int]:
    """Everybody of the team, or the one whom the form names; not found under an unreadable name.

    Nobody, where who is named is not of the team (any more).
    """
    people, one = team.people, request.POST.get("volunteer")
    if one is not None:
        if not is_key(one):
            raise Http404
        people = people.filter(pk=int(one))
    return list(people.values_list("pk", flat=True))


def _back_to(team: Team, month: date) -> HttpResponse:
    return redirect(f"{reverse('months:sheet', args=[month])}?{team.query}")


def _by_district(rows: list[SheetRow]) -> list[tuple[str, list[SheetRow]]]:
    """The rows come in order of the districts."""
    return [(name, list(group)) for name, group in groupby(rows, lambda row: row.line.district)]


def _refuse_the_future(month: date) -> None:
    if month > timezone.localdate():
        raise Http404


def _sent_a_moment_ago(request: StaffRequest, lines: list[Line]) -> list[Line]:
    """What the reader can still take back."""
    states = {MonthState.SENT, MonthState.CERTIFIED}
    return [
        line
        for line in lines
        if line.state in states
        and line.sent_by == request.user.pk
        and line.sent_at
        and still_open(line.sent_at)
    ]
