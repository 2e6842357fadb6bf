"""Starts a demo country of its own, opens the pages that README shows, and keeps their pictures.

To show another page change its line in `PICTURES`; the README names the files.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from volunteer_network.startup.places import BASE_DIR
from volunteer_network.thai_calendar import month_address

FOLDER = BASE_DIR / "docs" / "img"
DESK = {"width": 1366, "height": 900}
COLOURS = 128  # of a palette; flat surfaces and text need no more
MOST_BYTES = 200_000
READY_WITHIN_SECONDS = 300


@dataclass(frozen=True)
class Picture:
    """`path` may name {month}: the month before this one, which mentors are at now."""

    file: str
    who: str
    path: str


PICTURES = (
    Picture("month.png", "mentor.chiangmai", "/months/{month}/"),
    Picture("door.png", "seminar", "/seminars/1/door/"),
    Picture("dashboard.png", "central", "/dashboard/"),
)


def main() -> None:
    with demo_site() as address, sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in PICTURES:
            size = take(browser, address, picture)
            print(f"{FOLDER / picture.file}: {size / 1000:.0f} kB", flush=True)  # noqa: T201
        browser.close()


def take(browser: Browser, address: str, picture: Picture) -> int:
    """Sign in, open the page, keep what a desk shows of it; returns the size in bytes."""
    page = browser.new_page(
        viewport=DESK, base_url=address, locale="th-TH", reduced_motion="reduce"
    )
    page.goto("/accounts/login/")
    page.fill("[name=login]", picture.who)
    page.fill("[name=password]", f"demo-{picture.who}")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")
    answer = page.goto(picture.path.format(month=_last_month()), wait_until="networkidle")
    if not answer or not answer.ok:
        sys.exit(f"{picture.path} answered {answer and answer.status}.")
    page.evaluate("document.fonts.ready")
    content = in_palette(page.screenshot(animations="disabled"))
    page.close()
    if len(content) > MOST_BYTES:
        sys.exit(f"{picture.file} would have {len(content)} bytes; {MOST_BYTES} are the most.")
    (FOLDER / picture.file).write_bytes(content)
    return len(content)


def in_palette(picture: bytes) -> bytes:
    """The same picture with a palette of its colours: a third of the bytes."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    flat = image.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    written = BytesIO()
    flat.save(written, "PNG", optimize=True)
    return written.getvalue()


@contextmanager
def demo_site() -> Iterator[str]:
    """`make run` in a folder of its own, on a free port; yields its address, leaves nothing."""
    with tempfile.TemporaryDirectory(prefix="vn-screenshots-") as folder:
        port = _free_port()
        environment = {
            **{name: value for name, value in os.environ.items() if not name.endswith("_URL")},
            "DATA_DIR": folder,
            "PORT": str(port),
            "DEMO": "1",
            "SEED": "1",
        }
        command = [sys.executable, "-m", "volunteer_network.startup"]
        site = subprocess.Popen(command, cwd=BASE_DIR, env=environment)
        try:
            address = f"http://localhost:{port}"
            _wait_until_ready(site, address)
            yield address
        finally:
            site.terminate()
            site.wait()


def _wait_until_ready(site: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while site.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{address}/health/ready", timeout=5) as answer:
                if answer.read().decode().startswith("ok"):
                    return
        except (URLError, OSError):
            pass
        time.sleep(0.5)
    sys.exit("The demo site does not start.")


def _last_month() -> str:
    return month_address(date.today().replace(day=1) - timedelta(days=1))  # noqa: DTZ011


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
