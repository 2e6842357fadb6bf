"""Mentors of the demo country, and who guides whom since when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from django.db.models import Max, Min

from mentors.demo.visits import copy_contacts, copy_visits
from mentors.enums import MentorEnd
from mentors.models import Contact, Mentor, Mentorship, Visit, VisitVolunteer
from volunteer_network.access.roles import Role
from volunteer_network.demo.copying import copy_rows
from volunteer_network.demo.country import Plan
from volunteer_network.demo.names import invent
from volunteer_network.demo.registry import DemoMaker
from volunteer_network.enums import ENDED_STATUSES, AgencyCode
from volunteer_network.models import Office, Province, Term, User, Volunteer
from volunteer_network.thai_text import match_key

DAY: Final = timedelta(days=1)
_NOBODY_GUIDES: Final = 0.01
_FORMER_SHARE: Final = 0.3  # of those whose service ended, and of those guided by somebody before
_FURTHER_MENTORS_EVERY: Final = 4  # provinces
_PARTNERS: Final = (AgencyCode.DOE, AgencyCode.DSD, AgencyCode.DLPW, AgencyCode.SSO)
_COLUMNS: Final = (
    *("id", "province_id", "mentor_id", "volunteer_id"),
    *("starts_on", "ends_on", "assigned_by_id"),
)
Places = dict[tuple[int, str], Office]


@dataclass(frozen=True, slots=True)
class Guided:
    """A volunteer as the demo's mentors need it."""

    pk: int
    province: int
    district: int
    subdistrict: int
    status: str
    first_day: date
    last_day: date


def make_mentors(plan: Plan) -> None:
    chance = Random(f"{plan.seed} {plan.today} mentors")  # noqa: S311 - a play, not a secret
    serving, former = _make_officials(chance, plan.today)
    teams: dict[int, list[Guided]] = {}
    rows = list(_mentorships(chance, serving, former, teams, plan.today))  # reads while it makes
    copy_rows(Mentorship, _COLUMNS, ((pk, *row) for pk, row in enumerate(rows, start=1)))
    mentors = {one.pk: one for ours in serving.values() for one in ours}
    copy_visits(chance, mentors, teams, plan.today)
    copy_contacts(chance, mentors, teams, plan.today)


def _make_officials(
    chance: Random, today: date
) -> tuple[dict[int, list[Mentor]], dict[int, Mentor]]:
    """By province: those with an account, in the order of the accounts; and who was it before.

    Some provinces have a further mentor of another agency without an account.
    """
    offices = {(one.province_id, one.agency_id): one for one in Office.objects.all()}
    serving: dict[int, list[Mentor]] = {}
    former: dict[int, Mentor] = {}
    for account in User.objects.filter(role=Role.MENTOR).order_by("pk"):
        code = account.province_id or 0
        mentor = _of_account(chance, account, offices, today)
        serving.setdefault(code, []).append(mentor)
    further: list[Mentor] = []
    for number, province in enumerate(Province.objects.filter(has_office=True).order_by("pk")):
        if number % _FURTHER_MENTORS_EVERY == 0:
            further.append(_of_partner(chance, province, offices, today))
        if number % _FURTHER_MENTORS_EVERY == 1 and province.pk in serving:
            former[province.pk] = _former(chance, province, offices, serving[province.pk][0])
    every = [*(one for ours in serving.values() for one in ours), *further, *former.values()]
    for pk, mentor in enumerate(every, start=1):
        mentor.pk = pk
        mentor.match_key = match_key(f"{mentor.first_name} {mentor.last_name}")
    Mentor.objects.bulk_create(every)
    return serving, former


def _of_account(chance: Random, account: User, offices: Places, today: date) -> Mentor:
    names = ("title", "first_name", "last_name", "position", "phone", "email")
    return Mentor(
        **{name: getattr(account, name) for name in names},
        user=account,
        province_id=account.province_id or 0,
        agency_id=AgencyCode.OPS,
        office=offices[account.province_id or 0, AgencyCode.OPS],
        starts_on=today - timedelta(days=chance.randint(300, 1500)),
    )


def _of_partner(chance: Random, province: Province, offices: Places, today: date) -> Mentor:
    agency = chance.choice(_PARTNERS)
    mentor = _invented(chance, province, offices, agency, "เจ้าหน้าที่ประสานงานเครือข่าย อสร.")
    mentor.starts_on = today - timedelta(days=chance.randint(100, 900))
    return mentor


def _former(chance: Random, province: Province, offices: Places, successor: Mentor) -> Mentor:
    mentor = _invented(chance, province, offices, AgencyCode.OPS, "นักวิชาการแรงงานชำนาญการ")
    mentor.starts_on = successor.starts_on - timedelta(days=chance.randint(200, 900))
    mentor.ends_on = successor.starts_on - DAY
    mentor.end_reason = chance.choice([MentorEnd.MOVED, MentorEnd.RETIRED, MentorEnd.OTHER_DUTY])
    return mentor


def _invented(
    chance: Random, province: Province, offices: Places, agency: AgencyCode, position: str
) -> Mentor:
    name = invent(chance, province=province.pk, region=province.region, age=chance.randint(28, 58))
    return Mentor(
        title=name.title,
        first_name=name.first,
        last_name=name.last,
        position=position,
        phone=f"0{chance.choice('689')}0{chance.randrange(10**7):07d}",
        province=province,
        agency_id=agency,
        office=offices[province.pk, agency],
    )


def _mentorships(
    chance: Random,
    serving: dict[int, list[Mentor]],
    former: dict[int, Mentor],
    teams: dict[int, list[Guided]],
    today: date,
) -> Iterator[tuple[object, ...]]:
    """One for everybody who serves but one in a hundred; each district has its mentor.

    Fills in the teams of today by mentor.
    """
    for one in _volunteers():
        ours = serving.get(one.province, [])
        if not ours or one.first_day > today:
            continue
        mentor = ours[one.district % len(ours)]  # as in the log of the demo
        begins = max(mentor.starts_on, one.first_day)
        by = ours[0].user_id
        before = former.get(one.province)
        if before and chance.random() < _FORMER_SHARE:
            yield from _before(one, before, begins, by)
        if one.status in ENDED_STATUSES:
            if one.last_day >= begins and chance.random() < _FORMER_SHARE:
                yield one.province, mentor.pk, one.pk, begins, one.last_day, by
        elif chance.random() >= _NOBODY_GUIDES:
            teams.setdefault(mentor.pk, []).append(one)
            yield one.province, mentor.pk, one.pk, begins, None, by


def _before(
    one: Guided, mentor: Mentor, begins: date, by: int | None
) -> Iterator[tuple[object, ...]]:
    """Guided by the former mentor until that one left."""
    first = max(mentor.starts_on, one.first_day)
    last = min(mentor.ends_on or begins, begins - DAY, one.last_day)
    if first <= last:
        yield one.province, mentor.pk, one.pk, first, last, by


def _volunteers() -> Iterator[Guided]:
    terms = Term.objects.order_by().values_list("volunteer_id")
    days = {
        pk: (first, last)
        for pk, first, last in terms.annotate(first=Min("starts_on"), last=Max("lasts_until"))
    }
    columns = ("pk", "province_id", "district_id", "subdistrict_id", "status")
    for row in Volunteer.objects.order_by("pk").values_list(*columns, named=True):
        if row.pk in days:
            first, last = days[row.pk]
            places = (row.province_id, row.district_id, row.subdistrict_id)
            yield Guided(row.pk, *places, row.status, first, last)


MENTORS = DemoMaker(
    order=10,
    make=make_mentors,
    models=lambda: (Mentor, Mentorship, Visit, VisitVolunteer, Contact),
)
