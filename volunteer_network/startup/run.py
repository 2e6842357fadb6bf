"""The whole network on one machine: servers, preparation, worker, scheduler, web; then watching."""

import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from types import FrameType

import psycopg

from volunteer_network.startup import static_files
from volunteer_network.startup.environment import Site
from volunteer_network.startup.errors import CannotStart
from volunteer_network.startup.parts import Part, Parts
from volunteer_network.startup.places import BASE_DIR
from volunteer_network.startup.readiness import refuse_taken_port, wait_until_ready
from volunteer_network.startup.services import services
from volunteer_network.startup.speaking import say

PYTHON = sys.executable
MOST_RESTARTS = 3  # of one part, in the life of this process
WATCH_EVERY_SECONDS = 0.5


def run() -> None:
    """Start everything, print the address, and stay until a signal or until a part fails."""
    leave_on_signals()
    site = Site.from_environment()
    refuse_taken_port(site)
    began = time.monotonic()
    say("เปิดฐานข้อมูลและคิวงาน · starting database and queue")
    with services(site.data) as parts:
        prepare(site, parts)
        say("เปิดเว็บและตัวทำงานเบื้องหลัง · starting web and workers")
        caretaker = Caretaker(parts, starters(site, parts))
        caretaker.start("worker", "web")
        wait_until_ready(site, caretaker.look)
        caretaker.start("beat")  # not before: nobody waits for it, and two cores are soon busy
        welcome(site, time.monotonic() - began)
        while True:
            caretaker.look()
            time.sleep(WATCH_EVERY_SECONDS)


def prepare_only() -> None:
    """Do what must be done before the parts start, and leave the starting to somebody else."""
    leave_on_signals()
    site = Site.from_environment()
    with services(site.data) as parts:
        prepare(site, parts)


def leave_on_signals() -> None:
    """Named explicitly: a background job of a script inherits Ctrl-C as ignored."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup means what it says
        signal.signal(signal.SIGHUP, leave)


def prepare(site: Site, parts: Parts) -> None:
    """Bring schema, demo and static files up to date."""
    say("เตรียมฐานข้อมูล · preparing the database")
    _manage(site, parts, "prepare", "--verbosity", "0")
    if site.demo and _network_is_empty(site):
        say("สร้างประเทศสาธิต · inventing the demo country")
        _manage(site, parts, "seed_demo", "--seed", site.seed)
    if not static_files.is_current(site.data):
        say("รวมไฟล์หน้าเว็บ · collecting browser files")
        _manage(site, parts, "collectstatic", "--noinput", "--clear", "--verbosity", "0")
        static_files.note_collected(site.data)


def starters(site: Site, parts: Parts) -> dict[str, Callable[[], Part]]:
    """How to start worker, scheduler and web, at first and again."""
    environment = site.for_parts()
    celery = [PYTHON, "-m", "celery", "-A", "volunteer_network.celery"]
    beat_file = site.data.path / "beat-schedule"
    commands: dict[str, list[object]] = {
        "worker": [*celery, "worker", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "--schedule", beat_file, "--pidfile", ""],
        "web": [
            *(PYTHON, "-m", "gunicorn", "-c", "python:volunteer_network.startup.web_server"),
            "volunteer_network.wsgi",
        ],
    }
    return {
        name: partial(parts.spawn, name, *command, environment=environment)
        for name, command in commands.items()
    }


class Caretaker:
    """Starts worker, scheduler and web, and again when they end by themselves, a few times each."""

    def __init__(self, parts: Parts, starters: dict[str, Callable[[], Part]]) -> None:
        self.parts = parts
        self.starters = starters
        self.restarts = dict.fromkeys(starters, 0)

    def start(self, *names: str) -> None:
        for name in names:
            self.starters[name]()

    def look(self) -> None:
        """Restart what ended; raise CannotStart when it is a server, or ended too often."""
        while part := self.parts.ended():
            code = part.process.returncode
            if self.restarts.get(part.name, MOST_RESTARTS) >= MOST_RESTARTS:
                log = self.parts.logs / f"{part.name}.log"
                raise CannotStart(
                    f"ส่วน {part.name} หยุดเอง (รหัส {code}) จึงปิดทุกส่วน ดูบันทึก {log}\n"
                    f"{part.name} ended by itself (code {code}), so all was stopped: see {log}"
                )
            self.restarts[part.name] += 1
            part.stop()
            self.parts.running.remove(part)
            say(f"เปิด {part.name} ใหม่ · {part.name} ended (code {code}), starting it again")
            self.starters[part.name]()


def welcome(site: Site, seconds: float) -> None:
    say("")
    say(f"  พร้อมใช้ที่ · ready at   {site.address}   ({seconds:.0f} s)")
    if site.demo:
        say("  บัญชีสาธิต รหัสผ่านคือ demo- ตามด้วยชื่อผู้ใช้")
        say("  Demo sign-ins; the password is demo- and the user name (demo-mentor.chiangmai):")
        say("    mentor.chiangmai   head.chiangmai   mentor.nan   central   executive")
        say("    inspector   seminar   admin   partner.chiangmai   (mentor.<province> …)")
    say("  หยุดด้วย Ctrl-C · Ctrl-C stops everything")


def _manage(site: Site, parts: Parts, command: str, *options: str) -> None:
    """Run one of Django's commands as the owner."""
    arguments = [PYTHON, BASE_DIR / "manage.py", command, *options]
    if parts.run(command, *arguments, environment=site.for_owner()):
        log = parts.logs / f"{command}.log"
        last = "\n".join(log.read_text(errors="replace").splitlines()[-12:])
        raise CannotStart(
            f"คำสั่ง {command} ไม่สำเร็จ · '{command}' failed, see {log}. It ended with:\n{last}"
        )


def _network_is_empty(site: Site) -> bool:
    """Asked here, because starting Django only for this costs two seconds at every start."""
    with psycopg.connect(site.owner_conninfo()) as database:
        found = database.execute("SELECT EXISTS (SELECT FROM volunteer_network_volunteer)")
        return found.fetchone() == (False,)
