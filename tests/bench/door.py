"""What a check-in costs through the full stack, beside a bare Django view and at two sizes.

Two sites of two gunicorn processes each, one of them bare; four clients let people in at a
seminar of 5,000, in blocks that take turns.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as clock
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections

from seminars.models import ParticipantClass, Registration, SeatCount, Seminar, Session
from seminars.qr import badge_text
from tests.bench import databases
from tests.bench.memory import _free_port, _wait_for
from tests.bench.report import Report
from tests.bench.visitor import cookie_of
from tests.databases import owner, use
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Province, User
from volunteer_network.startup.parts import Part, Parts

LARGE, SMALL = 5_000, 115
CLIENTS, BLOCKS = 4, 8  # the first block warms up
AT_ONCE = 500  # people in a block: 4,000 of the 5,000 have come after the first comparison
TOKEN = "b" * 32  # of the forms; the cookie says the same
ADMIN = "seminar"


@dataclass(frozen=True)
class Stage:
    """A seminar with as many half-days as there are blocks."""

    seminar: int
    badges: list[str]
    codes: list[str]
    sessions: list[int]


@dataclass(frozen=True)
class Arm:
    """One site and what is sent to it."""

    port: int
    path: str
    texts: list[str]
    sessions: list[int]

    def let_in(self, block: int, people: range) -> float:
        """Let these people in, four clients at a time; return the seconds that it took."""
        forms = [
            urlencode({"code": self.texts[one], "session": self.sessions[block]}) for one in people
        ]
        shares = [forms[number::CLIENTS] for number in range(CLIENTS)]
        with ThreadPoolExecutor(CLIENTS) as clients:
            began = time.perf_counter()
            list(clients.map(self._send, shares))
            return time.perf_counter() - began

    def _send(self, forms: list[str]) -> None:
        headers = {
            "Cookie": f"{cookie_of_admin()}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": TOKEN,
            "HX-Request": "true",
        }
        connection = HTTPConnection("127.0.0.1", self.port)
        for form in forms:
            connection.request("POST", self.path, form, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            if answer.status != 200 or "นาง" not in page:
                raise RuntimeError(f"{self.path} answered {answer.status}: {page[:300]}")
        connection.close()


_cookies: dict[str, str] = {}


def cookie_of_admin() -> str:
    return _cookies[ADMIN]


def measure_door(report: Report, parts: Parts) -> None:
    use(databases.COUNTRY)
    large, small = _stage(LARGE), _stage(SMALL)
    _cookies[ADMIN] = cookie_of(ADMIN)
    with owner(databases.COUNTRY) as connection:
        connection.execute("VACUUM ANALYZE")
    connections.close_all()
    with (
        _site(parts, "volunteer_network.wsgi", "tests.bench.settings") as ours,
        _site(parts, "tests.bench.bare_door_wsgi", "tests.bench.bare_door_settings") as bare,
    ):
        door = f"/seminars/{large.seminar}/door/scan/"
        one_half_day, another = large.sessions[:2]
        full = Arm(ours, door, large.badges, [one_half_day] * BLOCKS)
        plain = Arm(bare, "/bench/check-in/", large.codes, [another] * BLOCKS)
        blocks = [range(first, first + AT_ONCE) for first in range(0, AT_ONCE * BLOCKS, AT_ONCE)]
        speed = _ratio((plain, blocks), (full, blocks))
        report.add("check-in through the full stack / a bare view", speed, at_least=0.5)

        few = Arm(ours, f"/seminars/{small.seminar}/door/scan/", small.badges, small.sessions)
        late = [range(LARGE - SMALL * (n + 1), LARGE - SMALL * n) for n in range(BLOCKS)]
        size = _ratio((full, late), (few, [range(SMALL)] * BLOCKS))
        report.add(f"check-in at {LARGE} attendees / at {SMALL}", size, at_most=1.3)


Plan = tuple[Arm, list[range]]  # who comes in which block


def _ratio(arm: Plan, unit: Plan) -> float:
    """The time of one arm in units of the other's, block by block in turn."""
    pairs = []
    for block in range(BLOCKS):
        sides = [arm, unit] if block % 2 else [unit, arm]
        spent = [side[0].let_in(block, side[1][block]) for side in sides]
        mine, its = spent if block % 2 else reversed(spent)
        pairs.append(mine / its)
    return statistics.median(pairs[1:])


def _stage(people: int) -> Stage:
    """A seminar of the past, which has no half-day that the clock could prefer."""
    with open_scope(NATION):
        seminar = Seminar.objects.create(
            title=f"สัมมนา {people} คน",
            fiscal_year=2569,
            venue="โรงแรมตัวอย่าง",
            venue_province_id=10,
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 2, 1) + timedelta(days=BLOCKS),
            state="open",
            made_by=User.objects.get(username=ADMIN),
        )
        kind = ParticipantClass.objects.create(seminar=seminar, kind="mentor", seats=people)
        SeatCount.objects.create(participant_class=kind, taken=people)
        sessions = Session.objects.bulk_create(
            Session(
                seminar=seminar,
                on_date=seminar.starts_on + timedelta(days=number),
                half="morning",
                starts_at=clock(9),
                ends_at=clock(12),
            )
            for number in range(BLOCKS)
        )
        provinces = list(Province.objects.filter(has_office=True))
        guests = Registration.objects.bulk_create(
            Registration(
                province=provinces[number % len(provinces)],
                seminar=seminar,
                participant_class=kind,
                title="นาง",
                first_name=f"กนกวรรณ{number}",
                last_name="บุญประเสริฐ",
                source="import",
                match_key=f"กนกวรรณ{number}บุญประเสริฐ",
            )
            for number in range(people)
        )
    codes = [guest.code for guest in guests]
    badges = [badge_text(seminar.pk, code) for code in codes]
    return Stage(seminar.pk, badges, codes, [one.pk for one in sessions])


@contextmanager
def _site(parts: Parts, application: str, settings_module: str) -> Iterator[int]:
    """Two gunicorn processes on a port of their own."""
    port = _free_port()
    gunicorn: Part = parts.spawn(
        application,
        *(sys.executable, "-m", "gunicorn", "-c", "python:volunteer_network.startup.web_server"),
        application,
        environment={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings_module,
            "PORT": str(port),
            "WEB_PROCESSES": "2",
        },
    )
    _wait_for(port)
    try:
        yield port
    finally:
        gunicorn.stop()
        parts.running.remove(gunicorn)
