"""One start-up process per DATA_DIR."""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

from volunteer_network.startup.errors import CannotStart
from volunteer_network.startup.places import DataDir

WAIT_SECONDS = 1.0


@contextmanager
def sole_user(data: DataDir) -> Iterator[None]:
    """Hold the folder's lock, or say who holds it. The system lets go of it even after kill -9."""
    with data.lock_file.open("a") as file:
        deadline = time.monotonic() + WAIT_SECONDS
        while data.sockets() or not _taken(file.fileno()):
            if time.monotonic() > deadline:
                raise CannotStart(_already_running(data))
            time.sleep(0.1)
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _already_running(data: DataDir) -> str:
    try:
        holder = f" (process {json.loads(data.run_file.read_text())['pid']})"
    except (FileNotFoundError, ValueError, KeyError):
        holder = ""
    return (
        f"โฟลเดอร์ข้อมูล {data.path} มีระบบเปิดใช้อยู่แล้ว{holder} "
        "ให้ปิดตัวเดิมก่อน หรือกำหนด DATA_DIR และ PORT ใหม่\n"
        f"A network already runs on {data.path}{holder}: stop it first, "
        "or choose another DATA_DIR and PORT."
    )
