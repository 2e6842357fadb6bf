"""Asks the running site how it is."""

import os
import socket
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

from volunteer_network.startup.environment import Site
from volunteer_network.startup.errors import CannotStart

READY_WITHIN_SECONDS = 120


def refuse_taken_port(site: Site) -> None:
    """Say it in words before anything else is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((site.host, site.port))
        except OSError:
            raise CannotStart(
                f"พอร์ต {site.port} มีโปรแกรมอื่นใช้อยู่ ให้ปิดโปรแกรมนั้น หรือเลือกพอร์ตอื่น "
                f"เช่น make run PORT={site.port + 1}\n"
                f"Port {site.port} is in use: stop what uses it, or choose another, "
                f"as in: make run PORT={site.port + 1}"
            ) from None


def wait_until_ready(site: Site, look_after_parts: Callable[[], None]) -> None:
    """Wait until the site itself says that all is well; parts that die meanwhile are noticed."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while (answer := _ask(site)) != "ok":
        look_after_parts()
        if time.monotonic() > deadline:
            raise CannotStart(
                f"ระบบยังไม่พร้อมภายใน {READY_WITHIN_SECONDS} วินาที ({answer}) "
                f"ดูบันทึกใน {site.data.logs}\n"
                f"Not ready within {READY_WITHIN_SECONDS} seconds ({answer}): see {site.data.logs}"
            )
        time.sleep(0.1)


def _ask(site: Site) -> str:
    known_as = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].lstrip(".")
    host = "127.0.0.1" if site.host == "0.0.0.0" else site.host  # noqa: S104  # asked, not bound
    connection = HTTPConnection(host, site.port, timeout=5)
    try:
        connection.request("GET", "/health/ready", headers={"Host": known_as})
        return connection.getresponse().read(400).decode(errors="replace").strip()
    except (OSError, HTTPException):
        return "no answer yet"
    finally:
        connection.close()
