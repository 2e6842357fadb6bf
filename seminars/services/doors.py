"""What a door needs to know: which half-day it is, who is meant, how many have come."""

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from seminars.enums import RegistrationState
from seminars.models import CheckIn, Registration, Session
from seminars.services.check_ins import beginning_of
from volunteer_network.models import Province
from volunteer_network.thai_calendar import bangkok_time
from volunteer_network.thai_text import match_key, normalise, split_title

MOST_HITS = 8
SHORTEST_PROVINCE = 2  # letters of its name that already mean a province


@dataclass(frozen=True)
class Share:
    """How many of those expected have come."""

    name: str
    here: int
    expected: int

    @property
    def missing(self) -> int:
        return max(self.expected - self.here, 0)


@dataclass(frozen=True)
class Counter(Share):
    """The counter of one half-day: all, by class, by province."""

    classes: Sequence[Share]
    provinces: Sequence[Share]

    @property
    def not_here(self) -> list[Share]:
        """Provinces from which nobody has come yet."""
        return [one for one in self.provinces if not one.here]


def session_at(sessions: Sequence[Session], now: datetime) -> Session | None:
    """The half-day that the clock says: today's first that has not ended, else the nearest."""
    local = bangkok_time(now)
    today = [one for one in sessions if one.on_date == local.date()]
    running = [one for one in today if one.ends_at >= local.time()]
    later = [one for one in sessions if one.on_date > local.date()]
    choice = running[:1] or today[-1:] or later[:1] or list(sessions[-1:])
    return choice[0] if choice else None


def is_another_half_day(session: Session, sessions: Sequence[Session], now: datetime) -> bool:
    """Whether the door stands on one half-day while the clock says another of today."""
    by_clock = session_at(sessions, now)
    today = bangkok_time(now).date()
    return by_clock is not None and by_clock.on_date == today and by_clock.pk != session.pk


def find_people(people: QuerySet[Registration], words: str) -> QuerySet[Registration]:
    """Whoever is meant by a name with or without title and tone marks, a telephone or a code."""
    typed = normalise(words)
    if not typed:
        return people.none()
    every_word = Q()
    for word in typed.split():
        digits = word.replace("-", "")
        every_word &= Q(search_text__contains=digits if digits.isdigit() else word)
    meant = every_word | Q(province__in=_provinces_named(typed))
    _title, name = split_title(typed)
    if key := match_key(name):
        meant |= Q(match_key__contains=key)
    return people.filter(meant).order_by("sort_key", "pk")


def _provinces_named(typed: str) -> QuerySet[Province]:
    name = typed.removeprefix("จังหวัด").removeprefix("จ.").strip()
    if len(name) < SHORTEST_PROVINCE:
        return Province.objects.none()
    return Province.objects.filter(name__startswith=name)


def arrivals_of(people: Sequence[Registration], session: Session) -> dict[int, CheckIn]:
    """The check-ins of these people in the half-day, by registration; those taken back too."""
    known = CheckIn.objects.filter(session=session, registration__in=people)
    return {one.registration_id: one for one in known}


def latest_arrivals(session: Session, most: int) -> QuerySet[CheckIn]:
    return (
        CheckIn.objects.standing()
        .filter(session=session)
        .select_related("registration__province", "registration__participant_class")
        .order_by("-first_at", "-pk")[:most]
    )


def totals_of(session: Session) -> Share:
    """How many have come and are expected: what changes with every check-in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM seminars_checkin"
            "         WHERE session_id = %(session)s AND undone_at IS NULL"
            "           AND (first_at >= %(day)s OR now() < %(day)s)),"
            "       (SELECT count(*) FROM seminars_registration"
            "         WHERE seminar_id = %(seminar)s AND state = %(accepted)s)",
            _values(session),
        )
        here, expected = cursor.fetchone()
    return Share("", here, expected)


def counter_of(session: Session) -> Counter:
    """The same by class and province, from one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.participant_class_id, coalesce(r.province_id, 0),"
            "       count(c.id), count(*) FILTER (WHERE r.state = %(accepted)s)"
            "  FROM seminars_registration r"
            "  LEFT JOIN seminars_checkin c ON c.registration_id = r.id"
            "   AND c.session_id = %(session)s AND c.undone_at IS NULL"
            "   AND (c.first_at >= %(day)s OR now() < %(day)s)"
            " WHERE r.seminar_id = %(seminar)s"
            " GROUP BY 1, 2",
            _values(session),
        )
        groups = cursor.fetchall()
    return Counter(
        name="",
        here=sum(here for _class, _province, here, _expected in groups),
        expected=sum(expected for *_of, expected in groups),
        classes=_shares(groups, 0, [(one.pk, str(one)) for one in session.seminar.classes.all()]),
        provinces=_shares(groups, 1, Province.objects.values_list("pk", "name")),
    )


def _shares(
    groups: Sequence[tuple[int, ...]], position: int, named: Iterable[tuple[int, str]]
) -> list[Share]:
    """Sum the groups by what stands at the position, in the order of the names."""
    here: Tally[int] = Tally()
    expected: Tally[int] = Tally()
    for group in groups:
        here[group[position]] += group[2]
        expected[group[position]] += group[3]
    return [
        Share(name, here[key], expected[key]) for key, name in named if here[key] or expected[key]
    ]


def _values(session: Session) -> dict[str, int | str | datetime]:
    return {
        "session": session.pk,
        "seminar": session.seminar_id,
        "accepted": RegistrationState.ACCEPTED,
        "day": beginning_of(session),
    }
