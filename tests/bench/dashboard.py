"""What the dashboard costs: at two sizes of the log, against counting, after a restart."""

import gzip
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.client import HTTPConnection

from django.conf import settings
from django.db import connections
from django.utils import timezone

from reports.queries.dashboards import dashboard_of
from reports.queries.questions import Question
from tests.bench import databases
from tests.bench.measure import compare
from tests.bench.memory import _free_port
from tests.bench.report import Report
from tests.bench.visitor import Visitor, cookie_of, counted_queries, our_application
from tests.databases import use
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Subdistrict, User
from volunteer_network.startup.parts import Parts
from volunteer_network.thai_calendar import fiscal_year

CENTRAL, MENTOR = "central", "mentor.chiangmai"
NATIONAL, OF_A_PROVINCE, PROVINCE = "/dashboard/", "/dashboard/50/", 50
RESTARTS, WARM_PAGES = 5, 15
START_WITHIN_SECONDS = 60

# The figures of the log that the page shows, as a dashboard without roll-ups would count them.
COUNTED_FROM_THE_LOG = (
    """
    SELECT province_id, date_trunc('month', on_date::timestamp)::date, count(*), sum(people),
           sum(spotted), sum(screened), sum(referred)
    FROM volunteer_network_activity WHERE on_date BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
    """,
    """
    SELECT activity.province_id, date_trunc('month', activity.on_date::timestamp)::date,
           sum(activity.people)
    FROM volunteer_network_activity AS activity
    JOIN (
        SELECT proof.province_id, proof.category
        FROM reports_plan AS plan
        JOIN reports_planline AS line ON line.plan_id = plan.id AND line.measure = 'people'
        JOIN reports_planproof AS proof ON proof.line_id = line.id AND proof.category <> ''
        WHERE plan.fiscal_year = %(year)s AND plan.state = 'approved'
    ) AS claimed USING (province_id, category)
    WHERE activity.on_date BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
    """,
    """
    SELECT months.month, term.province_id, count(DISTINCT term.volunteer_id)
    FROM unnest(%(months)s::date[]) AS months (month)
    JOIN volunteer_network_term AS term
      ON term.starts_on < months.month + interval '1 month' AND term.lasts_until >= months.month
    GROUP BY 1, 2
    """,
    """
    SELECT province_id, month, count(*), count(*) FILTER (WHERE NOT late)
    FROM mentors_monthreport
    WHERE state NOT IN ('draft', 'returned') AND month = ANY (%(months)s::date[]) GROUP BY 1, 2
    """,
    """
    SELECT province_id, state, outcome, count(*) FROM volunteer_network_case
    WHERE topic <> 'trafficking' AND opened_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3
    """,
)


def measure_dashboard(report: Report, parts: Parts) -> None:
    with both_countries() as turn_to:
        _sizes(report, turn_to)
        turn_to(databases.LARGE_COUNTRY)
        _against_counting(report)
        turn_to(databases.COUNTRY)
        _page(report)
    use(databases.COUNTRY)
    _after_a_restart(report, parts)


@contextmanager
def both_countries() -> "Iterator[Callable[[str], None]]":
    """Keep a connection to each, so that arms on both can take turns without connecting anew."""
    connections.close_all()
    original = connections["default"]
    kept = {}
    for name in (databases.COUNTRY, databases.LARGE_COUNTRY):
        settings.DATABASES["default"]["NAME"] = name
        kept[name] = connections.create_connection("default")
        kept[name].settings_dict = {**kept[name].settings_dict, "NAME": name}

    def turn_to(name: str) -> None:
        connections["default"] = kept[name]

    try:
        yield turn_to
    finally:
        for one in kept.values():
            one.close()
        connections["default"] = original


def _sizes(report: Report, turn_to: Callable[[str], None]) -> None:
    """The same page of two countries that differ in the length of their logs."""
    for who, path, whose, at_most in (
        (CENTRAL, NATIONAL, "nation", 1.3),
        (MENTOR, OF_A_PROVINCE, "province", 1.5),
    ):
        visitors = {}
        for name in databases.ACTIVITIES:
            turn_to(name)
            visitors[name] = Visitor(our_application(), who)

        def visit(name: str, visitors: dict[str, Visitor] = visitors, path: str = path) -> None:
            turn_to(name)
            visitors[name].get(path)

        ratio = compare(
            partial(visit, databases.LARGE_COUNTRY), partial(visit, databases.COUNTRY), calls=15
        )
        name = f"dashboard of the {whose} at 1,000,000 activities / at 50,000"
        report.add(name, ratio.wall, at_most=at_most)


def _against_counting(report: Report) -> None:
    """The data of the national page against the same figures by GROUP BY over the log."""
    user = User.objects.get(username=CENTRAL)
    question = Question(fiscal_year=fiscal_year(timezone.localdate()), today=timezone.localdate())
    period = {
        "first": question.year_before[0],
        "last": date.max,
        "months": [month for month in question.year if month <= question.today],
        "year": question.fiscal_year,
    }

    def kept() -> None:
        with open_scope(NATION):
            dashboard_of(question, user=user)

    def counted() -> None:
        with open_scope(NATION), connections["default"].cursor() as cursor:
            for statement in COUNTED_FROM_THE_LOG:
                cursor.execute(statement, period)
                cursor.fetchall()

    ratio = compare(counted, kept, calls=3, blocks=5)
    report.add("GROUP BY over the log / the dashboard's data", ratio.wall, at_least=50)


def _page(report: Report) -> None:
    """The whole page in units of the page with one query, its statements and its weight."""
    visitor = Visitor(our_application(), CENTRAL)
    place = Subdistrict.objects.filter(province=PROVINCE).order_by("pk").first()
    unit = partial(visitor.get, f"/bench/page/{place.pk}/")
    ratio = compare(partial(visitor.get, NATIONAL), unit, calls=25)
    report.add("national dashboard / one-query page", ratio.wall, at_most=6)
    report.add("national dashboard / one-query page, application CPU", ratio.cpu, at_most=6)
    with counted_queries() as statements:
        page = visitor.get(NATIONAL)
    report.add("national dashboard, queries", len(statements))
    report.add("national dashboard, kB compressed", len(gzip.compress(page)) / 1024, at_most=25)


def _after_a_restart(report: Report, parts: Parts) -> None:
    """The first page of a site that has just said it is ready, against the pages after it."""
    cookie = cookie_of(CENTRAL)
    connections.close_all()
    ratios = [_first_over_warm(parts, cookie) for _restart in range(RESTARTS)]
    report.add("national dashboard after a restart / warm", statistics.median(ratios), at_most=6)


def _first_over_warm(parts: Parts, cookie: str) -> float:
    port = _free_port()
    gunicorn = parts.spawn(
        "web",
        *(sys.executable, "-m", "gunicorn", "-c", "python:volunteer_network.startup.web_server"),
        "volunteer_network.wsgi",
        environment={**os.environ, "PORT": str(port), "WEB_PROCESSES": "1"},
    )
    try:
        _wait_until_ready(port)
        first = _seconds(port, cookie)
        warm = statistics.median(_seconds(port, cookie) for _page in range(WARM_PAGES))
    finally:
        gunicorn.stop()
        parts.running.remove(gunicorn)
    return first / warm


def _wait_until_ready(port: int) -> None:
    """As the start-up does before it prints the address."""
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while True:
        try:
            if _ask(port, "/health/ready", "") == 200:
                return
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise TimeoutError("the site did not become ready")
        time.sleep(0.1)


def _seconds(port: int, cookie: str) -> float:
    began = time.perf_counter()
    status = _ask(port, NATIONAL, cookie)
    if status != 200:
        raise RuntimeError(f"{NATIONAL} answered {status}")
    return time.perf_counter() - began


def _ask(port: int, path: str, cookie: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status
