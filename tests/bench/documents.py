"""What a document costs beside WeasyPrint alone, by its length, in bulk, and in memory."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import count
from pathlib import Path

from django.db import connections
from django.utils import timezone

from reports import kinds
from reports.documents import signatures
from reports.documents.plans import STYLES, TEMPLATE, sheet_of
from reports.enums import BundleKind
from reports.models import Plan
from reports.queries.plan_tables import plan_table
from reports.queries.volunteers import RegisterLine
from reports.services.documents import Wanted, ask_for_bundle
from tests.bench import databases
from tests.bench.measure import compare
from tests.bench.memory import resident_megabytes
from tests.bench.report import Report
from tests.databases import clone, use
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.documents import papers, pdf
from volunteer_network.documents.serials import new_issue
from volunteer_network.enums import DocumentKind, JobState
from volunteer_network.models import Job, Province, User
from volunteer_network.services.jobs import ask_for_job, run_job
from volunteer_network.startup.parts import Part, Parts
from volunteer_network.thai_calendar import fiscal_year

PROVINCES, FEW = 76, 5
SHORT, LONG = 100, 1_000  # rows of a table
PATIENCE_SECONDS = 600
POLL_SECONDS = 0.05
SELDOM_SECONDS = 0.5  # who asks often takes the processors from those who work


def measure_documents(report: Report, parts: Parts) -> None:
    """Documents of last year's plans, which all provinces have."""
    use("postgres")  # nobody may be in a database that is copied
    clone(databases.COUNTRY, "bench_documents")
    use("bench_documents")
    year = fiscal_year(timezone.localdate()) - 1
    by = User.objects.get(username="central")
    _one(report, year, by)
    _rows(report)
    _all(report, parts, year, by)


def _one(report: Report, year: int, by: User) -> None:
    """A whole job (rights, reading, drawing, looking, keeping) against rendering its page."""
    numbers = count()
    with open_scope(NATION):
        plan = Plan.objects.of_year(year).standing().filter(province=77).get()
        sheet, signing = sheet_of(plan_table(plan, user=by)), signatures.of_plan(plan)
    issue = new_issue(
        kind=DocumentKind.PLAN,
        province=77,
        fiscal_year=year,
        edition=1,
        as_of=timezone.now(),
    )
    context = {"sheet": sheet, "signatures": signing, "thai_digits": False}
    html = papers.drawn(TEMPLATE, {**papers.issued(issue), **context})

    def whole_job() -> None:
        parameters = {"fiscal_year": year, "province": 77, "again": next(numbers)}
        job = _ask(kinds.PLAN_DOCUMENT, parameters, by)
        run_job(job.pk)
        assert _now(job).state == JobState.DONE, _now(job).failure

    def weasyprint_alone() -> None:
        sheets = (papers.DOCUMENT_CSS, *STYLES)
        laid_out = pdf._laid_out(html, sheets, pdf.OwnFilesOnly())
        laid_out.write_pdf(pdf_variant=pdf.VARIANT)

    ratio = compare(whole_job, weasyprint_alone, calls=2, blocks=5)
    report.add("one province PDF / WeasyPrint alone", ratio.wall, at_most=1.3)


def _rows(report: Report) -> None:
    """The register with a thousand lines against a hundred."""
    province = Province.objects.get(pk=77)

    def register(rows: int) -> None:
        day = date(2026, 10, 1)
        lines = [
            RegisterLine(f"นายเสน่ห์ น้ำใส {n}", "กำเนิดนพคุณ", "บางสะพาน", "0812345678", day, day, "")
            for n in range(rows)
        ]
        papers.make_paper(
            "reports/documents/volunteer_register.html",
            {
                "title": "ทะเบียนอาสาสมัครแรงงาน",
                "subtitle": province.with_prefix,
                "facts": (),
                "province": province,
                "lines": lines,
                "signatures": signatures.of_province(province, made_by=User()),
            },
            "register",
            "css/official.css",
            expected=[line.name for line in lines],
            issue=new_issue(
                kind=DocumentKind.REGISTER,
                province=77,
                fiscal_year=2570,
                edition=1,
                as_of=timezone.now(),
            ),
        )

    register(SHORT)
    pairs = [(_seconds(register, LONG), _seconds(register, SHORT)) for _round in range(3)]
    ratio = statistics.median(long / short for long, short in pairs)
    report.add(f"{LONG} table rows / {SHORT}", ratio, at_most=11)


def _all(report: Report, parts: Parts, year: int, by: User) -> None:
    """A bundle by two processes, which are warm, and what they weigh afterwards."""
    connections.close_all()
    worker = parts.spawn(
        "worker",
        *(sys.executable, "-m", "celery", "-A", "volunteer_network.celery", "worker"),
        *("-c", "2", "-n", "bench-documents@%h"),
        environment={**os.environ, "BENCH_DATABASE": "bench_documents"},
    )
    try:
        _warm(year, by)
        light = _largest_process(worker)
        one = statistics.mean(_alone(year, by, province) for province in _provinces(year)[::7])
        report.add("one province in a warm worker, s", one)
        _bundle(report, year, by, one)
        heavy = _largest_process(worker)
        report.add(
            f"worker memory after {PROVINCES} documents / after {FEW}", heavy / light, at_most=1.3
        )
        report.add("worker memory after the bundle, MB", heavy)
    finally:
        worker.stop()
        parts.running.remove(worker)


def _warm(year: int, by: User) -> None:
    """Let each process make some."""
    for pair in zip(*[iter(_provinces(year)[: 2 * FEW])] * 2, strict=True):
        _wait_for([_single(year, by, province) for province in pair])


def _bundle(report: Report, year: int, by: User, one: float) -> None:
    """All provinces with two workers, in units of `one`, the mean seconds of one province alone."""
    with open_scope(by.scope):
        wanted = Wanted(kind=BundleKind.PLAN, fiscal_year=year, quarter=1)
        whole = ask_for_bundle(wanted=wanted, by=by)
    _wait_for([whole], poll=SELDOM_SECONDS)
    with open_scope(NATION):
        made = list(Job.objects.parts_of(whole.pk))
    assert [part.state for part in made] == [JobState.DONE] * PROVINCES
    began = min(part.claimed_at for part in made if part.claimed_at)
    ended = max(part.finished_at for part in made if part.finished_at)
    fair = one * PROVINCES / 2
    beside = statistics.mean(part.took.total_seconds() for part in made if part.took)
    report.add("one province beside another / alone", beside / one)
    report.add(
        f"{PROVINCES} provinces with two workers / {PROVINCES // 2} x one",
        (ended - began).total_seconds() / fair,
        at_most=1.25,
    )
    zipped = _now(whole).finished_at
    assert zipped is not None
    report.add("the same until the ZIP is there", (zipped - began).total_seconds() / fair)


def _ask(kind: str, parameters: dict[str, object], by: User) -> Job:
    with open_scope(by.scope):
        return ask_for_job(kind=kind, title="bench", parameters=parameters, by=by)


def _provinces(year: int) -> list[int]:
    with open_scope(NATION):
        plans = Plan.objects.of_year(year).standing().order_by("province")
        return list(plans.values_list("province", flat=True))


def _single(year: int, by: User, province: int) -> Job:
    return _ask(kinds.PLAN_DOCUMENT, {"fiscal_year": year, "province": province}, by)


def _alone(year: int, by: User, province: int) -> float:
    """Seconds of one document while nothing else is made."""
    job = _single(year, by, province)
    _wait_for([job])
    took = _now(job).took
    assert took is not None
    return took.total_seconds()


def _now(job: Job) -> Job:
    with open_scope(NATION):
        return Job.objects.get(pk=job.pk)


def _wait_for(jobs: Sequence[Job], poll: float = POLL_SECONDS) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not all(_now(job).is_finished for job in jobs):
        if time.monotonic() > deadline:
            raise SystemExit("the worker did not finish")
        time.sleep(poll)


def _largest_process(worker: Part) -> float:
    """Resident megabytes of the largest process that makes documents."""
    parent = worker.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return max(resident_megabytes(Path("/proc") / child) for child in children)


def _seconds(work: Callable[[int], None], rows: int) -> float:
    began = time.perf_counter()
    work(rows)
    return time.perf_counter() - began
