"""`make run` for real: it starts, it looks after its parts, and it leaves nothing behind."""

import os
import signal
import socket
import time
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.startup.conftest import wait_until_gone
from volunteer_network.startup.places import DataDir
from volunteer_network.startup.services import services

READY = "ready at"


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_behind(start, number):
    site = start().wait_until(READY)
    family = site.family()

    site.stop(number)

    assert len(family) >= 9, family
    assert wait_until_gone(family) == {}


@pytest.mark.long
def test_ctrl_c_twice_leaves_nothing_behind(start):
    site = start().wait_until(READY)
    family = site.family()

    site.process.send_signal(signal.SIGINT)
    time.sleep(0.2)
    site.stop(signal.SIGINT)

    assert wait_until_gone(family) == {}


@pytest.mark.long
def test_a_stop_in_the_middle_of_the_first_start_leaves_nothing_behind(start):
    site = start().wait_until("preparing the database")
    family = site.family()

    site.stop(signal.SIGKILL)

    assert wait_until_gone(family) == {}


@pytest.mark.long
def test_it_starts_again_after_a_kill_and_keeps_everything(start, tmp_path):
    first = start().wait_until(READY)
    password = (first.data / "keys" / "app.password").read_text()
    first.stop(signal.SIGKILL)

    began = time.monotonic()
    second = start().wait_until(READY)

    assert second.ask("/health/ready") == "ok"
    assert (second.data / "keys" / "app.password").read_text() == password
    assert "collecting browser files" not in second.said()
    assert time.monotonic() - began < 30  # 10 s on a machine that does nothing else


@pytest.mark.long
def test_a_second_start_on_the_same_folder_says_so(start):
    first = start().wait_until(READY)

    second = start()

    assert second.process.wait(20) == 1
    assert "already runs on" in second.said()
    assert str(first.process.pid) in second.said()
    assert first.ask("/health/ready") == "ok"


@pytest.mark.long
def test_two_sites_run_side_by_side(start, tmp_path):
    one = start(data=tmp_path / "one")
    two = start(data=tmp_path / "two")

    assert one.wait_until(READY).ask("/health/ready") == "ok"
    assert two.wait_until(READY).ask("/health/ready") == "ok"


@pytest.mark.long
def test_web_worker_and_scheduler_are_started_again(start):
    site = start().wait_until(READY)

    for name in ("worker", "web", "beat"):
        os.kill(_part(site, name), signal.SIGKILL)
        site.wait_until(f"{name} ended (code -9), starting it again")

    _wait_for(lambda: site.ask("/health/ready") == "ok")


@pytest.mark.long
@pytest.mark.parametrize("server", ["postgres", "redis"])
def test_a_server_that_ends_stops_everything(start, server):
    site = start().wait_until(READY)
    family = site.family()

    os.kill(
        site.part({"postgres": "bin/postgres", "redis": "redis-server"}[server]), signal.SIGKILL
    )

    assert site.process.wait(60) == 1
    assert f"{server} ended by itself" in site.said()
    assert wait_until_gone(family) == {}


@pytest.mark.long
def test_a_killed_worker_leaves_no_child_behind(start):
    site = start().wait_until(READY)
    main = _part(site, "worker")
    children = [pid for pid in site.family() if _parent(pid) == main]

    os.kill(main, signal.SIGKILL)

    assert children

    assert wait_until_gone(children) == {}


@pytest.fixture
def foreign_server(tmp_path):
    """A PostgreSQL that somebody else runs, whose owner may make roles; yields its address."""
    data = DataDir(tmp_path / "server")
    with services(data, durable=False):
        sockets = data.sockets()
        superuser = make_conninfo(
            host=str(sockets),
            dbname="postgres",
            user="postgres",
            password=data.password("postgres"),
        )
        with psycopg.connect(superuser, autocommit=True) as server:
            server.execute("CREATE ROLE chief LOGIN CREATEROLE PASSWORD 'chief-secret'")
            server.execute("CREATE DATABASE theirs OWNER chief")
        yield f"postgres://chief:chief-secret@/theirs?host={sockets}"


@pytest.mark.long
def test_a_database_that_the_environment_names_is_used(start, foreign_server):
    """The owner's address stays with the start-up process; the parts are the login `app`."""
    site = start(DATABASE_URL=foreign_server).wait_until(READY)

    assert site.ask("/health/ready") == "ok"
    assert not (site.data / "postgres").exists()
    for name in ("web", "worker"):
        environment = Path(f"/proc/{_part(site, name)}/environ").read_text()
        assert "chief-secret" not in environment
        assert "APP_DATABASE_URL=postgres://app:" in environment


def test_a_taken_port_is_said_in_words(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        site = start(port=taken.getsockname()[1])

        assert site.process.wait(20) == 1

    assert "is in use" in site.said()
    assert "มีโปรแกรมอื่นใช้อยู่" in site.said()
    assert not site.data.exists()


def test_a_port_that_is_none_is_said_in_words(start):
    site = start(port="eight")

    assert site.process.wait(20) == 1
    assert "is not a port" in site.said()


def _part(site, name):
    """The main process of a part: the one that the start-up process itself began."""
    words = {"worker": " worker", "beat": " beat", "web": "gunicorn"}[name]
    family = site.family().items()
    return next(
        pid for pid, command in family if words in command and _parent(pid) == site.process.pid
    )


def _parent(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def _wait_for(found, seconds=60):
    deadline = time.monotonic() + seconds
    while True:
        try:
            if found():
                return
        except OSError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.2)
