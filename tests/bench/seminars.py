"""Registering for a seminar, and the list of its people, against bare Django and a small seminar.

Clients press the button at two gunicorn workers, as in life; the bare view does the same lock,
insert, count and log, behind the middleware of `startproject`.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from django.utils import timezone

from tests.bench import databases
from tests.bench.measure import compare
from tests.bench.report import Report
from tests.bench.visitor import Visitor, bare_application, cookie_of, our_application
from tests.databases import owner, use

ADMIN = "seminar"
LARGE, SMALL = 5000, 115
CLIENTS, EACH, BLOCKS = 4, 40, 7
SEATS = 50_000


def measure_seminars(report: Report) -> None:
    use(databases.COUNTRY)
    large, small = (_seminar(people) for people in (LARGE, SMALL))
    _measure_list(report, large, small)
    with (
        _server("tests.bench.seminar_site:ours") as ours,
        _server("tests.bench.seminar_site:bare") as bare,
    ):
        cookie = cookie_of(ADMIN)
        in_large = Presser(ours, cookie, f"/seminars/{large}/registrations/new/", large)
        in_small = Presser(ours, cookie, f"/seminars/{small}/registrations/new/", small)
        plain = Presser(bare, cookie, f"/bench/register/{large}/", large)
        report.add(
            "registration, throughput / bare Django",
            _in_turn(plain.press, in_large.press),
            at_least=0.35,
        )
        report.add(
            f"registration at {LARGE} attendees / at {SMALL}",
            _in_turn(in_large.press, in_small.press),
            at_most=1.3,
        )


def _measure_list(report: Report, large: int, small: int) -> None:
    visitor, bare = Visitor(our_application(), ADMIN), Visitor(bare_application(), ADMIN)
    address = "/seminars/{}/registrations/"
    assert visitor.get(address.format(large)).count(b"data-row-tick") == 50
    ours = partial(visitor.get, address.format(large))
    ratio = compare(partial(bare.get, f"/bench/people/{large}/"), ours, calls=25)
    report.add("attendee list of 50 rows, speed / bare Django", ratio.wall, at_least=0.5)
    search = f"?{urlencode({'q': 'สม'})}"
    ratio = compare(
        partial(bare.get, f"/bench/people/{large}/{search}"),
        partial(visitor.get, address.format(large) + search),
        calls=25,
    )
    report.add("Thai name search, speed / bare Django", ratio.wall, at_least=0.5)
    ratio = compare(ours, partial(visitor.get, address.format(small)), calls=25)
    report.add(f"attendee list at {LARGE} / at {SMALL}", ratio.wall, at_most=1.3)


class Presser:
    """Clients of their own connections that register invented people, one after another."""

    def __init__(self, port: int, cookie: str, path: str, seminar: int) -> None:
        from seminars.models import ParticipantClass

        self.port, self.path = port, path
        self.chosen = ParticipantClass.objects.get(seminar=seminar).pk
        self.number = 0
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', self._ask(cookie))
        if token is None:
            raise RuntimeError(f"{path} shows no form")
        self.token = token[1].decode()
        self.cookie = f"{cookie}; {self.csrf}"

    def _ask(self, cookie: str) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", self.path, headers={"Cookie": cookie, "Host": "localhost"})
        response = connection.getresponse()
        self.csrf = (response.getheader("Set-Cookie") or "").partition(";")[0]
        return response.read()

    def press(self) -> float:
        """Seconds that the clients need for their people."""
        first, self.number = self.number, self.number + CLIENTS * EACH
        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(self._send, range(first, self.number, EACH)))
        return time.perf_counter() - began

    def _send(self, first: int) -> None:
        connection = HTTPConnection("127.0.0.1", self.port)
        for number in range(first, first + EACH):
            body = urlencode(
                {
                    "csrfmiddlewaretoken": self.token,
                    "participant_class": self.chosen,
                    "first_name": f"คน{os.getpid()}ที่{number}",
                    "last_name": self.path,
                }
            )
            connection.request("POST", self.path, body, self._headers())
            response = connection.getresponse()
            response.read()
            if response.status != 302:
                raise RuntimeError(f"{self.path} answered {response.status}")

    def _headers(self) -> dict[str, str]:
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": self.cookie,
            "Host": "localhost",
        }


def _in_turn(arm: Callable[[], float], unit: Callable[[], float]) -> float:
    """The time of an arm in units of the other, the median of blocks in turn."""
    arm(), unit()  # warms up
    pairs = []
    for block in range(BLOCKS):
        order = [arm, unit] if block % 2 else [unit, arm]
        spent = {call: call() for call in order}
        pairs.append(spent[arm] / spent[unit])
    return statistics.median(pairs)


@contextmanager
def _server(application: str) -> Iterator[int]:
    """Two gunicorn workers on a port of the machine's choice."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "-w", "2", "-k", "gthread", "--threads", "4",
                 "--bind", "127.0.0.1:0", application],
                stdout=out, stderr=out,
            )  # fmt: skip
        try:
            yield _port_of(log)
        finally:
            process.terminate()
            process.wait(20)


def _port_of(log: Path) -> int:
    for _ in range(200):
        if found := re.search(rb"http://127\.0\.0\.1:(\d+)", log.read_bytes()):
            return int(found[1])
        time.sleep(0.1)
    raise RuntimeError(log.read_text())


def _seminar(people: int) -> int:
    """A seminar of one class, open, with so many people in it; its id."""
    from seminars.models import ParticipantClass, Registration, SeatCount, Seminar
    from volunteer_network.access.scope import NATION, open_scope
    from volunteer_network.models import User
    from volunteer_network.thai_text import match_key

    day = timezone.localdate() + timedelta(days=30)
    admin = User.objects.get(username=ADMIN)
    with open_scope(NATION):
        seminar = Seminar.objects.create(
            title=f"bench {people}", fiscal_year=2570, venue="bench", venue_province_id=10,
            starts_on=day, ends_on=day, state="open", made_by=admin,
        )  # fmt: skip
        places = ParticipantClass.objects.create(seminar=seminar, kind="mentor", seats=SEATS)
        SeatCount.objects.create(participant_class=places, taken=people)
        Registration.objects.bulk_create(
            Registration(
                seminar=seminar,
                participant_class=places,
                province_id=50,
                first_name=f"สมชาย{number}",
                last_name="ใจดี",
                source="centre",
                registered_by=admin,
                match_key=match_key(f"สมชาย{number} ใจดี"),
            )
            for number in range(people)
        )
    with owner(databases.COUNTRY) as connection:
        connection.execute("ANALYZE seminars_registration")
    return seminar.pk
