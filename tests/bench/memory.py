"""How large a web process is after a thousand requests, served by gunicorn as in production."""

import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from socket import socket

from django.db import connections

from tests.bench import databases
from tests.bench.report import Report
from tests.bench.visitor import cookie_of
from tests.databases import use
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Activity, Volunteer
from volunteer_network.startup.parts import Parts

REQUESTS, VISITORS = 1_000, 4
MENTOR, HEAD, CENTRAL, EXECUTIVE = "mentor.chiangmai", "head.chiangmai", "central", "executive"
PROVINCE = 50
START_WITHIN_SECONDS = 30


def measure_memory(report: Report, parts: Parts) -> None:
    use(databases.COUNTRY)
    asked = list(islice(cycle(_mixture()), REQUESTS))
    connections.close_all()
    port = _free_port()
    gunicorn = parts.spawn(
        "web",
        *(sys.executable, "-m", "gunicorn", "-c", "python:volunteer_network.startup.web_server"),
        "volunteer_network.wsgi",
        environment={**os.environ, "PORT": str(port), "WEB_PROCESSES": "1"},
    )
    _wait_for(port)
    with ThreadPoolExecutor(VISITORS) as visitors:
        shares = [asked[number::VISITORS] for number in range(VISITORS)]
        list(visitors.map(lambda share: _visit(port, share), shares))
    report.add(
        f"memory of a web process after {REQUESTS} requests, MB",
        _largest_child(gunicorn.process.pid),
        at_most=200,
    )
    gunicorn.stop()
    parts.running.remove(gunicorn)


def _mixture() -> list[tuple[str, str]]:
    """(cookie, address) of what people open in a day: mostly lists and persons, some files."""
    cookies = {who: cookie_of(who) for who in (MENTOR, HEAD, CENTRAL, EXECUTIVE)}
    with open_scope(NATION):
        people = Volunteer.objects.filter(province=PROVINCE).values_list("pk", flat=True)[:20]
        done = Activity.objects.filter(province=PROVINCE).values_list("pk", flat=True)[:20]
        pages = [*_pages(list(people), list(done))]
    rarely = [(MENTOR, "/volunteers/?export=xlsx"), (HEAD, "/activities/?export=csv")]
    return [(cookies[who], address) for who, address in [*pages, *rarely]]


def _pages(people: list[int], done: list[int]) -> Iterator[tuple[str, str]]:
    for person, activity in zip(people, done, strict=True):
        for who in (MENTOR, HEAD):
            yield from (
                (who, "/"),
                (who, "/volunteers/"),
                (who, f"/volunteers/?after={person}"),
                (who, f"/volunteers/{person}/"),
                (who, f"/volunteers/{person}/update/"),
                (who, "/volunteers/new/"),
                (who, "/activities/"),
                (who, f"/activities/?after={activity}"),
                (who, f"/activities/{activity}/"),
                (who, "/activities/new/"),
            )
        yield from (
            (CENTRAL, "/"),
            (CENTRAL, "/volunteers/?status=active&term_ends=90"),
            (CENTRAL, f"/volunteers/{person}/"),
            (CENTRAL, "/activities/"),
            (EXECUTIVE, "/"),
        )


def _visit(port: int, share: list[tuple[str, str]]) -> None:
    connection = HTTPConnection("localhost", port, timeout=60)
    for cookie, address in share:
        connection.request("GET", address, headers={"Cookie": cookie})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{address} answered {response.status}")
    connection.close()


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while True:
        try:
            return _visit(port, [("", "/health/live")])
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _largest_child(parent: int) -> float:
    """Resident megabytes of the largest process that gunicorn forked."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return max(resident_megabytes(Path("/proc") / child) for child in children)


def resident_megabytes(process: Path) -> float:
    lines = (process / "status").read_text().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS"))
    return int(kilobytes) / 1024
