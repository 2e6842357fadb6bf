"""One large import as a worker does it: `python -m tests.bench.whole_import file.xlsx`."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import django


def main(path: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    django.setup()
    from tests.bench.imports import CHECKING, MEMORY, WRITING, seconds

    content = path.read_bytes()
    officer = _officer()
    import tests.imports as driving

    made: dict[str, Any] = {}
    check = seconds(lambda: made.update(batch=driving.begin(content, by=officer)))
    write = seconds(lambda: made.update(batch=driving.write(made["batch"], officer)))
    if made["batch"].state != "written":
        raise SystemExit(f"the import ended {made['batch'].state}")
    memory = _own_memory() + _memory_of_reader(path)
    print(f"{CHECKING}={check:.2f}")  # noqa: T201
    print(f"{WRITING}={write:.2f}")  # noqa: T201
    print(f"{MEMORY}={memory:.1f}")  # noqa: T201


def _own_memory() -> float:
    """At its highest, in MB; `ru_maxrss` would begin with that of the process that started us."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def _memory_of_reader(path: Path) -> float:
    """The reader's own, started by a lean process: of a child of ours the kernel counts our own
    pages, which it held for the moment before it became the reader."""
    done = subprocess.run(
        [sys.executable, "-c", READER, str(path)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def workbook(how_many: int) -> bytes:
    """A register without a mistake, in all sub-districts of Chiang Mai."""
    from tests.workbook_files import xlsx
    from volunteer_network.models import Subdistrict

    places = list(Subdistrict.objects.filter(province=50).select_related("district"))
    head = [
        *("คำนำหน้า", "ชื่อ", "สกุล", "เลขประจำตัวประชาชน", "ตำบล", "อำเภอ", "โทรศัพท์", "วันเกิด"),
        *("คำสั่งที่", "วันเริ่มวาระ"),
    ]
    rows = []
    for number, digits in enumerate(islice(_free_ids(), how_many)):
        place = places[number % len(places)]
        rows.append(
            [
                *("นาย", f"สม{number}".translate(LETTERS), "ใจดี", int(digits), f"ต.{place.name}"),
                *(f"อ.{place.district.name}", 810_000_000 + number, "3 ธ.ค. 2513"),
                *("1127/2569", "11/06/2569"),
            ]
        )
    return xlsx({"ทะเบียน": [head, *rows]})


def _free_ids() -> Iterator[str]:
    """Sample IDs that nobody of the demo country has."""
    from volunteer_network import national_id, sealing
    from volunteer_network.access.scope import NATION, open_scope
    from volunteer_network.models import Volunteer

    with open_scope(NATION):
        indexes = Volunteer.objects.values_list("national_id_index", flat=True)
        taken = {bytes(index) for index in indexes}
    samples = (national_id.make_sample(serial) for serial in count())
    return (digits for digits in samples if sealing.blind_index(digits) not in taken)


READER = """
import resource, subprocess, sys
reader = [sys.executable, "-m", "volunteer_network.workbooks.child", "xlsx", "20000"]
with open(sys.argv[1], "rb") as file:
    subprocess.run(reader, stdin=file, stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""
LETTERS = str.maketrans("0123456789", "กขคงจฉชซญด")


def _officer() -> Any:
    from volunteer_network.models import User

    return User.objects.get(username="mentor.chiangmai")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
