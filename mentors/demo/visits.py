"""Visits, meetings and calls of the demo country."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils import timezone

from mentors.enums import DAYS_UNTIL_NEXT_CALL, ContactOutcome, VisitKind, VisitState
from mentors.models import Contact, Mentor, Visit, VisitVolunteer
from mentors.services.silence import silent_since
from volunteer_network.demo.copying import copy_rows
from volunteer_network.enums import VolunteerStatus
from volunteer_network.models import Activity
from volunteer_network.thai_calendar import fiscal_year, fiscal_year_bounds

if TYPE_CHECKING:
    from mentors.demo.mentors import Guided

_CALLED_SHARE: Final = 0.25  # of the silent
_PAST_DAYS: Final = 150
_NOTES: Final = ("", "", "", "ฤดูเก็บเกี่ยว จะเริ่มใหม่เดือนหน้า", "ฝากบอกผ่านผู้ใหญ่บ้าน")
_PURPOSES: Final = (
    "ติดตามผู้ไม่มีกิจกรรมตั้งแต่ 2 เดือน",
    "แนะนำประกันสังคมมาตรา 40",
    "ติดตามแรงงานนอกระบบในชุมชน",
    "เตือนภัยหลอกลวงไปทำงานต่างประเทศ",
    "เยี่ยมให้กำลังใจ อสร. ใหม่",
)
_PLACES: Final = ("ศาลาประชาคม หมู่ 2", "ที่ทำการผู้ใหญ่บ้าน หมู่ 5", "วัดประจำตำบล", "ที่ทำการ อบต.")
_RESULTS: Final = (
    "งานเดินดี นัดประชาสัมพันธ์ที่หอกระจายข่าวสัปดาห์หน้า",
    "ไม่สะดวกเพราะฤดูเก็บเกี่ยว จะเริ่มใหม่เดือนหน้า",
    "ขอแผ่นพับมาตรา 40 เพิ่ม 50 แผ่น",
    "พบผู้ว่างงาน 2 ราย แนะนำให้ติดต่อจัดหางานจังหวัด",
)
_MEETING: Final = "โครงการประสานการให้บริการด้านแรงงานในพื้นที่/ชุมชน โดยอาสาสมัครแรงงาน"


def copy_visits(
    chance: Random, mentors: dict[int, Mentor], teams: dict[int, list[Guided]], today: date
) -> None:
    """Visits past and coming of every mentor, and the rounds of meetings of this fiscal year."""
    visits: list[Visit] = []
    invited: list[tuple[Any, ...]] = []
    rounds: dict[int, int] = {}
    numbers = count(1)

    def add(visit: Visit, people: list[Guided]) -> None:
        visit.pk = len(visits) + 1
        visits.append(visit)
        done = visit.state == VisitState.DONE
        for one in people:
            met = chance.random() < 0.9 if done else None
            invited.append((next(numbers), visit.province_id, visit.pk, one.pk, met))

    for mentor in mentors.values():
        team = teams.get(mentor.pk, [])
        if not team:
            continue
        for day, state in _days(chance, mentor, today):
            people = _neighbours(chance, team)
            add(_visit(chance, mentor, day, state, people[0].subdistrict), people)
        for day, state in _meeting_days(chance, mentor, today):
            rounds[mentor.province_id] = rounds.get(mentor.province_id, 0) + 1
            meeting = _meeting(chance, mentor, day, state, rounds[mentor.province_id])
            add(meeting, team[:60])
    Visit.objects.bulk_create(visits, batch_size=1000)
    columns = ("id", "province_id", "visit_id", "volunteer_id", "met")
    copy_rows(VisitVolunteer, columns, invited)


def _days(chance: Random, mentor: Mentor, today: date) -> list[tuple[date, VisitState]]:
    past = sorted(chance.sample(range(1, _PAST_DAYS), chance.randint(3, 7)), reverse=True)
    days = [(today - timedelta(days=back), VisitState.DONE) for back in past]
    days += [
        (today + timedelta(days=ahead), VisitState.PLANNED)
        for ahead in sorted(chance.sample(range(1, 30), chance.randint(1, 3)))
    ]
    if chance.random() < 0.3:  # nobody has noted yet what came out
        days.append((today - timedelta(days=chance.randint(1, 9)), VisitState.PLANNED))
    if chance.random() < 0.2:
        days.append((today - timedelta(days=chance.randint(10, 60)), VisitState.CANCELLED))
    return [(day, state) for day, state in days if day >= mentor.starts_on]


def _meeting_days(chance: Random, mentor: Mentor, today: date) -> list[tuple[date, VisitState]]:
    """One since October if there was time, one to come, in order; within the fiscal year."""
    first, last = fiscal_year_bounds(fiscal_year(today))
    past, ahead = today - timedelta(days=chance.randint(5, 25)), today + timedelta(days=21)
    days = [(past, VisitState.DONE)] if past >= max(first, mentor.starts_on) else []
    return [*days, (ahead, VisitState.PLANNED)] if ahead <= last else days


def _neighbours(chance: Random, team: list[Guided]) -> list[Guided]:
    """One to three volunteers of one district: a trip."""
    start = chance.randrange(len(team))
    wanted = team[start : start + chance.randint(1, 3)]
    return [one for one in wanted if one.district == wanted[0].district]


def _visit(chance: Random, mentor: Mentor, day: date, state: VisitState, subdistrict: int) -> Visit:
    return Visit(
        kind=VisitKind.VISIT,
        starts_at=chance.choice([time(9), time(9, 30), time(10), time(13, 30)]),
        place=chance.choice(_PLACES),
        subdistrict_id=subdistrict,
        purpose=chance.choice(_PURPOSES),
        cancel_reason="น้ำท่วมเส้นทาง" if state == VisitState.CANCELLED else "",
        **_of(chance, mentor, day, state),
    )


def _meeting(
    chance: Random, mentor: Mentor, day: date, state: VisitState, round_number: int
) -> Visit:
    return Visit(
        kind=VisitKind.MEETING,
        fiscal_year=fiscal_year(day),
        round_number=round_number,
        starts_at=time(9, 30),
        place="ห้องประชุม ศาลากลางจังหวัด",
        purpose=_MEETING,
        **_of(chance, mentor, day, state),
    )


def _of(chance: Random, mentor: Mentor, day: date, state: VisitState) -> dict[str, Any]:
    planned = day - timedelta(days=chance.randint(31, 45))
    return {
        "province_id": mentor.province_id,
        "mentor": mentor,
        "on_date": day,
        "state": state,
        "result": chance.choice(_RESULTS) if state == VisitState.DONE else "",
        "planned_by_id": mentor.user_id,
        "planned_at": timezone.make_aware(datetime.combine(planned, time(10))),
        "submission": UUID(int=chance.getrandbits(128)),
    }


def copy_contacts(
    chance: Random, mentors: dict[int, Mentor], teams: dict[int, list[Guided]], today: date
) -> None:
    """Calls of a part of the silent; some of them rest now, some are due again."""
    since = silent_since(today)
    heard = set(Activity.objects.filter(on_date__gte=since).values_list("volunteer", flat=True))
    rows: list[tuple[Any, ...]] = []
    for pk, team in sorted(teams.items()):
        for one in team:
            silent = one.status == VolunteerStatus.ACTIVE and one.pk not in heard
            if not silent or chance.random() >= _CALLED_SHARE:
                continue
            outcome = chance.choice(list(ContactOutcome))
            day = today - timedelta(days=chance.randint(1, 25))
            next_on = day + timedelta(days=DAYS_UNTIL_NEXT_CALL[outcome])
            at = timezone.make_aware(datetime.combine(day, time(11)))
            about = (day, str(outcome), chance.choice(_NOTES), next_on, mentors[pk].user_id, at)
            rows.append((len(rows) + 1, one.province, one.pk, *about))
    columns = (
        *("id", "province_id", "volunteer_id", "on_date", "outcome", "note"),
        *("next_on", "made_by_id", "made_at"),
    )
    copy_rows(Contact, columns, rows)
