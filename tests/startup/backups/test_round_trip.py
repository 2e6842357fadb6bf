"""`make backup` and `make restore` for real: nothing is lost, whatever happens in between."""

import os
import re
import shutil
import signal
import threading
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.startup.backups.conftest import (
    add_activity,
    add_photo,
    begin,
    carry_out,
    contents,
    owner,
    remove_photo,
)
from tests.startup.conftest import wait_until_gone
from volunteer_network.startup.places import DataDir
from volunteer_network.startup.services import services

READY = "ready at"
HOLDS = "the audit chain holds"
EQUAL = "figures equal a recount"
pytestmark = pytest.mark.long


@pytest.fixture
def archive(country, tmp_path):
    """A copy of the country, which then goes on."""
    path = tmp_path / "copy.tar"
    code, said = carry_out("backup", country, path)
    assert code == 0, said
    with services(DataDir(country)), owner(country) as database:
        add_photo(country, database)
        add_activity(database, like=1)
    return path


def test_it_comes_back_whole_in_an_empty_folder(country, tmp_path, start):
    before = contents(country)
    assert carry_out("backup", country)[0] == 0
    (path,) = (country / "backups").iterdir()
    empty = tmp_path / "empty"
    (empty / "keys").mkdir(parents=True)
    for key in (country / "keys").glob("*.key"):
        shutil.copy(key, empty / "keys")

    code, said = carry_out("restore", empty, path)

    assert code == 0, said
    assert HOLDS in said
    assert EQUAL in said
    assert contents(empty) == before
    site = start(data=empty, DEMO="1").wait_until(READY)
    assert site.ask("/health/ready") == "ok"
    assert "ออกจากระบบ" in signed_in(site, "mentor.chiangmai")


def test_a_copy_made_while_people_write_is_of_one_moment(country, tmp_path, start):
    site = start(data=country, DEMO="1").wait_until(READY)
    with writing(country) as written:
        while written.count < 20:
            time.sleep(0.05)
        code, said = carry_out("backup", country, tmp_path / "copy.tar")
        at_the_end = written.count
        while written.count < at_the_end + 20:
            time.sleep(0.05)
    assert code == 0, said
    site.stop()
    afterwards = contents(country)

    code, said = carry_out("restore", country, tmp_path / "copy.tar")

    assert code == 0, said
    assert HOLDS in said
    assert EQUAL in said
    restored = contents(country)
    activities = "volunteer_network_activity"
    assert 3000 + 20 <= restored[activities][0] < afterwards[activities][0]
    with services(DataDir(country)), owner(country) as database:
        names = [
            one for (one,) in database.execute("SELECT name FROM volunteer_network_storedfile")
        ]
    assert {f"{name[:2]}/{name[2:4]}/{name}" for name in names} <= set(restored)
    again = start(data=country, DEMO="1").wait_until(READY)
    assert again.ask("/health/ready") == "ok"


@pytest.mark.parametrize(
    "words", ["checking", "unpacking", "loading a new database", "bringing it up to date"]
)
def test_a_restore_that_is_killed_leaves_the_old_site(country, archive, words):
    before = contents(country)
    restoring = begin("restore", country, archive)
    for line in restoring.stdout:
        if words in line:
            break
    time.sleep(0.4)
    family = _below(restoring.pid)

    os.kill(restoring.pid, signal.SIGKILL)
    restoring.wait()

    assert wait_until_gone(family) == {}
    assert contents(country) == before
    code, said = carry_out("restore", country, archive)
    assert code == 0, said
    assert contents(country) != before


def test_a_site_that_runs_is_not_restored_over(country, archive, start):
    site = start(data=country, DEMO="1").wait_until(READY)

    code, said = carry_out("restore", country, archive)

    assert code == 1
    assert "The site still runs" in said
    assert site.ask("/health/ready") == "ok"


def test_the_former_data_are_kept_until_the_next_restore(country, archive):
    first, second = (carry_out("restore", country, archive) for _ in range(2))

    assert first[0] == second[0] == 0, first[1] + second[1]
    former = [
        re.search(r"volunteer_network_before_\w+", said).group() for _, said in (first, second)
    ]
    question = "SELECT datname FROM pg_database WHERE datname LIKE 'volunteer_network_before%'"
    with services(DataDir(country)), owner(country) as database:
        assert [name for (name,) in database.execute(question)] == [former[1]]
    assert len(list(country.glob("files-before-*"))) == 1


@pytest.fixture
def named_server(tmp_path):
    """A PostgreSQL of somebody else, whose login `chief` may make roles and databases."""
    data = DataDir(tmp_path / "server")
    with services(data, durable=False):
        superuser = make_conninfo(
            host=str(data.sockets()),
            dbname="postgres",
            user="postgres",
            password=data.password("postgres"),
        )
        with psycopg.connect(superuser, autocommit=True) as server:
            server.execute("CREATE ROLE chief LOGIN CREATEROLE CREATEDB PASSWORD 'chief-secret'")
            server.execute("CREATE DATABASE theirs OWNER chief")
        yield f"postgres://chief:chief-secret@/theirs?host={data.sockets()}"


def test_a_named_server_is_copied_and_restored_too(named_server, tmp_path, start):
    site = start(DATABASE_URL=named_server).wait_until(READY)
    code, said = carry_out("backup", site.data, tmp_path / "copy.tar", DATABASE_URL=named_server)
    assert code == 0, said
    running = carry_out("restore", site.data, tmp_path / "copy.tar", DATABASE_URL=named_server)
    site.stop()
    with psycopg.connect(named_server) as somebody:
        busy = carry_out("restore", site.data, tmp_path / "copy.tar", DATABASE_URL=named_server)
        somebody.execute("DELETE FROM volunteer_network_office")

    code, said = carry_out("restore", site.data, tmp_path / "copy.tar", DATABASE_URL=named_server)

    assert (running[0], busy[0], code) == (1, 1, 0), said
    assert "The site still runs" in running[1]
    assert "The site still runs" in busy[1]
    with psycopg.connect(named_server) as database:
        assert database.execute("SELECT count(*) FROM volunteer_network_office").fetchone() == (
            380,
        )
    again = start(data=site.data, DATABASE_URL=named_server).wait_until(READY)
    assert again.ask("/health/ready") == "ok"


class writing:
    """Somebody who records activities, attaches photos and takes older ones away again."""

    def __init__(self, data):
        self.data, self.count, self.over = data, 0, threading.Event()
        self.thread = threading.Thread(target=self.write)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def write(self):
        photos = []
        with owner(self.data) as database:
            while not self.over.is_set():
                photos.append(add_photo(self.data, database))
                add_activity(database, like=self.count + 1)
                database.commit()
                if len(photos) > 3:
                    remove_photo(self.data, database, photos.pop(0))
                self.count += 1


def signed_in(site, name):
    """The home page of somebody who signs in with the demo password."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"http://localhost:{site.port}/accounts/login/"
    form = opener.open(address).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form).group(1)
    typed = {"csrfmiddlewaretoken": token, "login": name, "password": f"demo-{name}"}
    answer = opener.open(
        urllib.request.Request(
            address, urllib.parse.urlencode(typed).encode(), headers={"Referer": address}
        )
    )
    assert "/accounts/login/" not in answer.url
    return answer.read().decode()


def _below(pid):
    from tests.startup.conftest import _children

    children, found = _children(), [pid]
    for one in found:
        found += children.get(one, [])
    return found
