import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from volunteer_network.startup.places import BASE_DIR

READY_WITHIN_SECONDS = 120


@dataclass
class Site:
    """`make run` without make: the start-up process as a child of the test."""

    process: "subprocess.Popen[bytes]"
    data: Path
    port: int
    output: Path

    def said(self):
        return self.output.read_text()

    def wait_until(self, words):
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while words not in self.said():
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"never said {words!r}:\n{self.said()}")
            time.sleep(0.05)
        return self

    def ask(self, path):
        connection = HTTPConnection("localhost", self.port, timeout=10)
        connection.request("GET", path)
        return connection.getresponse().read().decode()

    def part(self, words):
        """The process id of a part, by words of its command."""
        return next(pid for pid, command in self.family().items() if words in command)

    def family(self):
        """Every process below the start-up process, itself included, with its command."""
        children, found = _children(), [self.process.pid]
        for pid in found:
            found += children.get(pid, [])
        return {pid: _command(pid) for pid in found}

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(40)


@pytest.fixture
def start(tmp_path):
    """Start a site on a DATA_DIR; whatever the test forgets is stopped at its end."""
    started = []

    def start(*, data=None, port=None, **environment):
        data = data or tmp_path / "data"
        output = tmp_path / f"output-{len(started)}.txt"
        without = {"DATA_DIR", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
        port = port or free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "volunteer_network.startup"],
            cwd=BASE_DIR,
            env={
                **{name: value for name, value in os.environ.items() if name not in without},
                "DATA_DIR": str(data),
                "PORT": str(port),
                "DEMO": "0",
                **environment,
            },
            stdout=output.open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        site = Site(process, data, port, output)
        started.append(site)
        return site

    yield start
    for site in started:
        if site.process.poll() is None:
            site.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def living(pids):
    """Those of the processes that still run; a dead one that waits to be collected does not."""
    return {pid: _command(pid) for pid in pids if _state(pid) not in {None, "Z"}}


def wait_until_gone(pids, seconds=30):
    deadline = time.monotonic() + seconds
    while living(pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    return living(pids)


def _children():
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            children.setdefault(int(stat[1]), []).append(int(entry.name))
    return children


def _stat(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _state(pid):
    stat = _stat(pid)
    return stat and stat[0]


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
    except OSError:
        return ""
