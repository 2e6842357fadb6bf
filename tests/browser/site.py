"""A whole site for browsers: a cloned database, gunicorn and a worker as `make run` starts them."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.databases import cloned, used
from volunteer_network.startup.places import BASE_DIR

READY_WITHIN_SECONDS = 60
STOP_WITHIN_SECONDS = 15
SETTINGS = "tests.browser.settings"
GUNICORN = ("-m", "gunicorn", "-c", "python:volunteer_network.startup.web_server")
CELERY = ("-m", "celery", "-A", "volunteer_network.celery", "worker", "-c", "1")


@dataclass(frozen=True)
class Site:
    address: str
    database: str

    @contextmanager
    def open(self) -> Iterator[None]:
        """Let this process work on the site's database, to arrange or to check."""
        with used(self.database):
            yield


@contextmanager
def running_site(original: str, folder: Path) -> Iterator[Site]:
    """Serve a clone of the database on a port of its own until the block ends."""
    database, port = f"{original}_browser", _free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "BROWSER_DATABASE": database,
        "BROWSER_STATIC": str(folder / "static"),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "WEB_PROCESSES": "1",
        "PYTHONWARNINGS": "default",
    }
    with ExitStack() as stack:
        stack.enter_context(cloned(original, database))
        worker = (*CELERY, "-Q", database, "-n", f"{database}@test", "--without-gossip")
        stack.enter_context(_child("worker", (*worker, "--without-mingle"), environment, folder))
        _collect_static_files(environment)
        web = stack.enter_context(
            _child("web", (*GUNICORN, "volunteer_network.wsgi"), environment, folder)
        )
        site = Site(f"http://127.0.0.1:{port}", database)
        _wait_until_it_answers(site, web, folder)
        yield site


@contextmanager
def _child(
    name: str, command: tuple[str, ...], environment: dict[str, str], folder: Path
) -> "Iterator[subprocess.Popen[bytes]]":
    """A part in its own session that ends with the block, and with us when we are killed."""
    guard = [shutil.which("setpriv") or "setpriv", "--pdeathsig", "TERM"]
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [*guard, sys.executable, *command],
            cwd=BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _collect_static_files(environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=BASE_DIR,
        env=environment,
        check=True,
    )


def _wait_until_it_answers(site: Site, web: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and web.poll() is None:
        try:
            with urllib.request.urlopen(f"{site.address}/health/live", timeout=5):
                return
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.1)
    raise RuntimeError((folder / "web.log").read_text(errors="replace")[-4000:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
