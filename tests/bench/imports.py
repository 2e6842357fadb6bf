"""What an import costs: ten thousand rows written against bulk_create, and a worker's memory."""

import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from django.utils import timezone

from tests.bench import databases
from tests.bench.measure import compare
from tests.bench.report import Report
from tests.bench.whole_import import workbook
from tests.databases import clone, use
from volunteer_network import sealing
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.bulk_insert import insert_rows
from volunteer_network.models import Subdistrict, Volunteer
from volunteer_network.services.volunteer_import_writing import VOLUNTEER_COLUMNS
from volunteer_network.thai_text import match_key

ROWS, CALLS, BLOCKS = 2_000, 2, 5
WHOLE = 10_000  # rows of the file whose check and writing are timed
OFFICE = Scope(ScopeRole.PROVINCE, (50,))
BATCH_SIZE = 1_000
CHECKING = f"seconds to check a file of {WHOLE} rows"
WRITING = f"seconds to write {WHOLE} rows"
MEMORY = "memory of the worker and its reader in an import, MB"
TARGETS = {CHECKING: 20.0, WRITING: 10.0, MEMORY: 300.0}


def measure_imports(report: Report) -> None:
    """Rows that are checked already, in one scope of one province, by either way."""
    use("postgres")  # nobody may be in a database that is copied
    clone(databases.COUNTRY, "bench_imports")
    use("bench_imports")
    numbers = count(500_000)

    def by_copy() -> None:
        with open_scope(OFFICE):
            insert_rows(Volunteer, VOLUNTEER_COLUMNS, list(people(numbers, ROWS)))

    def by_bulk_create() -> None:
        rows = list(people(numbers, ROWS))
        with open_scope(OFFICE):
            Volunteer.objects.bulk_create(
                (Volunteer(**dict(zip(VOLUNTEER_COLUMNS, row, strict=True))) for row in rows),
                batch_size=BATCH_SIZE,
            )

    ratio = compare(by_bulk_create, by_copy, calls=CALLS, blocks=BLOCKS)
    report.add("bulk_create(1000) / import without validation", ratio.wall, at_least=2)
    for line in _whole_import().splitlines():
        name, _equals, value = line.rpartition("=")
        report.add(name, float(value), at_most=TARGETS[name])


def people(numbers: Iterator[int], how_many: int) -> Iterator[Sequence[Any]]:
    """Rows as `write` hands them over, in the order of its columns."""
    place = Subdistrict.objects.filter(province=50).order_by("pk").first()
    assert place is not None
    for number in (next(numbers) for _row in range(how_many)):
        name, person = f"เสน่ห์{number}", uuid.uuid4()
        yield (
            *(50, number, person, "นาย", name, "นาคสวัสดิ์", match_key(f"{name} นาคสวัสดิ์")),
            *(b"sealed" * 7, sealing.blind_index(f"bench {number}"), "X-XXXX"),
            *(None, "male", "ป.6", "ทำนา", [], "0812345678", "", "", "12/3 หมู่ 4"),
            *("subdistrict_lead", place.pk, place.district_id, "applicant", None),
            *(timezone.now(), 1),
        )


def _whole_import() -> str:
    """A whole import in a process of its own, so that its memory is its own."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(workbook(WHOLE))
        file.flush()
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.whole_import", file.name],
            env={**os.environ, "BENCH_DATABASE": "bench_imports"},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"the import failed:\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def seconds(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
