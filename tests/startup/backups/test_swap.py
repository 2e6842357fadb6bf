"""Exchanging databases and files: a kill at any line leaves the old or the new, and never a mix."""

import psycopg
import pytest
from psycopg import sql

from volunteer_network.startup.backups import swap
from volunteer_network.startup.backups.errors import StillRunning
from volunteer_network.startup.places import DataDir

NAMES = swap.Names("swapped", "20260131_101500")


class Killed(BaseException):
    pass


@pytest.fixture
def data(tmp_path):
    """A folder of its own whose servers are those of the tests."""
    running = DataDir.from_environment()
    data = DataDir(tmp_path / "data")
    data.path.mkdir()
    data.keys.symlink_to(running.keys)
    data.run_file.symlink_to(running.run_file)
    return data


@pytest.fixture
def server(data):
    conninfo = swap.server_conninfo(data, "")
    yield conninfo
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for name in databases(conninfo):
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


@pytest.fixture
def two(data, server):
    """The old site and the restored one, each with a file that tells which it is."""
    with psycopg.connect(server, autocommit=True) as connection:
        for name in (NAMES.database, NAMES.new):
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            connection.execute(
                sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), name)
            )
    for folder, word in ((data.files, "old"), (data.path / swap.STAGING / "files", "new")):
        folder.mkdir(parents=True)
        (folder / "which").write_text(word)
    swap.note(data, NAMES, swap.LOADING)


def databases(server):
    question = "SELECT datname FROM pg_database WHERE datname LIKE 'swapped%' ORDER BY datname"
    with psycopg.connect(server) as connection:
        return [name for (name,) in connection.execute(question)]


def which(data, server):
    """Which site is there: of its database, and of its files."""
    question = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with psycopg.connect(server) as connection:
        (said,) = connection.execute(question, [NAMES.database]).fetchone()
    return ("new" if said == NAMES.new else "old"), (data.files / "which").read_text()


@pytest.mark.usefixtures("two")
def test_both_are_exchanged_and_the_former_kept(data, server):
    swap.swap(data, server, NAMES)

    assert which(data, server) == ("new", "new")
    assert databases(server) == [NAMES.database, NAMES.former]
    assert (data.path / NAMES.former_files / "which").read_text() == "old"
    assert not (data.path / swap.NOTE).exists()
    assert not (data.path / swap.STAGING).exists()


@pytest.mark.usefixtures("two")
def test_a_kill_while_loading_leaves_the_old(data, server):
    swap.settle(data)

    assert which(data, server) == ("old", "old")
    assert databases(server) == [NAMES.database]
    assert not (data.path / swap.STAGING).exists()


@pytest.mark.usefixtures("two")
def test_a_kill_before_there_is_a_new_database_leaves_the_old(data, server):
    """Its files may be half unpacked."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(NAMES.new)))

    swap.settle(data)

    assert which(data, server) == ("old", "old")


@pytest.mark.usefixtures("two")
def test_a_kill_between_the_two_renames_leaves_the_old(data, server, monkeypatch):
    done = swap._rename

    def killed_at_the_second(connection, old, new):
        if old == NAMES.new:
            raise Killed
        done(connection, old, new)

    monkeypatch.setattr(swap, "_rename", killed_at_the_second)
    with pytest.raises(Killed):
        swap.swap(data, server, NAMES)
    swap.settle(data)

    assert which(data, server) == ("old", "old")


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("renamed", [0, 1])
def test_a_kill_before_the_files_follow_is_made_good_at_the_next_start(
    data, server, monkeypatch, renamed
):
    exchange = swap._exchange_files

    def killed(data, names):
        if renamed:
            data.files.rename(data.path / names.former_files)
        raise Killed

    monkeypatch.setattr(swap, "_exchange_files", killed)
    with pytest.raises(Killed):
        swap.swap(data, server, NAMES)
    monkeypatch.setattr(swap, "_exchange_files", exchange)
    data.files.mkdir(exist_ok=True)  # as every start does
    swap.settle(data)

    assert which(data, server) == ("new", "new")
    assert (data.path / NAMES.former_files / "which").read_text() == "old"


@pytest.mark.usefixtures("two")
def test_a_database_in_use_is_not_exchanged(data, server):
    with psycopg.connect(server, dbname=NAMES.database):
        with pytest.raises(StillRunning):
            swap.refuse_others(server, NAMES.database)
        with pytest.raises(StillRunning):
            swap.swap(data, server, NAMES)
    swap.settle(data)

    assert which(data, server) == ("old", "old")


@pytest.mark.usefixtures("two")
def test_only_the_latest_former_is_kept(data, server):
    swap.swap(data, server, NAMES)
    later = swap.Names(NAMES.database, "20260228_090000")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(later.new)))
    (data.path / swap.STAGING / "files").mkdir(parents=True)

    swap.swap(data, server, later)
    swap.drop_former(data, server, later)

    assert databases(server) == [NAMES.database, later.former]
    assert [folder.name for folder in data.path.glob("files-before-*")] == [later.former_files]


def test_nothing_is_settled_without_a_note(data):
    (data.path / swap.STAGING).mkdir()

    swap.settle(data)

    assert (data.path / swap.STAGING).exists()
