"""What an archive is refused for, always before anything of the site is touched."""

import json
import stat
import tarfile

import pytest

from volunteer_network.sealing import add_sealing_key, create_missing_keys
from volunteer_network.startup.backups import archive, database_copies, manifest
from volunteer_network.startup.backups.errors import (
    AlreadyThere,
    CannotCopy,
    Damaged,
    Newer,
    NotOurs,
    OtherKeys,
)
from volunteer_network.startup.backups.restore import refuse_what_does_not_fit

ROWS = {"volunteer_network_volunteer": 3}
PHOTO = "files/ab/cd/abcd1234.jpg"


@pytest.fixture
def keys(tmp_path):
    create_missing_keys(tmp_path / "keys")
    return tmp_path / "keys"


@pytest.fixture
def make(tmp_path, keys):
    """Write an archive of one dump and one photo; what is named replaces a part of its manifest."""

    def make(**changes):
        staged, target = tmp_path / "staged", tmp_path / "copy.tar"
        for name, content in ((archive.DATABASE, b"a dump " * 1000), (PHOTO, b"a photo")):
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).write_bytes(content)
        members = {name: archive.digest_of(staged / name) for name in (archive.DATABASE, PHOTO)}
        said = {
            "version": "0.1.0",
            "made_at": "2026-01-31T10:00:00+00:00",
            "migrations": tuple(sorted(manifest.our_migrations())),
            "keys": manifest.key_marks(keys),
            "rows": ROWS,
            "members": members,
        }
        archive.write_archive(target, manifest.Manifest(**{**said, **changes}), staged, keys)
        return target

    return make


def read(path, keys, into):
    with archive.open_archive(path) as opened:
        refuse_what_does_not_fit(opened, keys)
        opened.unpack(into)


def test_an_archive_comes_back_as_it_was_and_is_for_its_owner_only(make, keys, tmp_path):
    path = make()

    read(path, keys, tmp_path / "out")

    assert (tmp_path / "out" / PHOTO).read_bytes() == b"a photo"
    assert stat.S_IMODE((tmp_path / "out" / PHOTO).stat().st_mode) == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.glob(".*")) == []


def test_no_key_is_in_the_archive(make, keys):
    content = make().read_bytes()

    for key in keys.iterdir():
        assert key.read_bytes() not in content
        assert key.read_bytes().hex().encode() not in content


def test_an_archive_is_never_written_over_another(make):
    path = make()
    before = path.read_bytes()

    with pytest.raises(AlreadyThere):
        make(version="9.9.9")

    assert path.read_bytes() == before


@pytest.mark.parametrize("place", ["dump", "photo", "manifest", "seal"])
def test_one_changed_byte_anywhere_is_noticed(make, keys, tmp_path, place):
    path = make()
    with tarfile.open(path) as tar:
        name = {
            "dump": archive.DATABASE,
            "photo": PHOTO,
            "manifest": archive.MANIFEST,
            "seal": archive.SEAL,
        }[place]
        at = tar.getmember(name).offset_data + 3
    if place == "manifest":
        at = path.read_bytes().index(b"2026-01-31")
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"3" if place == "manifest" else b"\x07")

    with pytest.raises(Damaged):
        read(path, keys, tmp_path / "out")


@pytest.mark.parametrize("name", [archive.MANIFEST, archive.DATABASE, PHOTO])
def test_a_torn_archive_is_noticed(make, keys, tmp_path, name):
    path = make()
    with tarfile.open(path) as tar:
        member = tar.getmember(name)
    with path.open("r+b") as file:
        file.truncate(member.offset_data + member.size // 2)

    with pytest.raises((Damaged, NotOurs)):
        read(path, keys, tmp_path / "out")


def test_what_is_missing_from_the_archive_is_noticed(make, keys, tmp_path):
    path, shorter = make(), tmp_path / "shorter.tar"
    with tarfile.open(path) as tar, tarfile.open(shorter, "w") as other:
        for member in tar:
            if member.name != PHOTO:
                other.addfile(member, tar.extractfile(member))

    with pytest.raises(Damaged, match=PHOTO):
        read(shorter, keys, tmp_path / "out")


def test_a_member_that_would_lie_outside_is_refused(make, keys, tmp_path):
    """Not even a sealed manifest leads out of the folder."""
    path = make()
    evil = tmp_path / "evil.tar"
    outside = "files/../../outside.txt"
    with tarfile.open(path) as tar:
        said = json.loads(tar.extractfile(archive.MANIFEST).read())
        said["members"][outside] = said["members"].pop(PHOTO)
        content = json.dumps(said).encode()
        seal = manifest.seal_of(content, keys).encode()
        with tarfile.open(evil, "w") as other:
            archive._add_bytes(other, archive.MANIFEST, content)
            archive._add_bytes(other, archive.SEAL, seal)
            archive._add_bytes(other, archive.DATABASE, b"a dump " * 1000)
            archive._add_bytes(other, outside, b"a photo")

    with pytest.raises(Damaged):
        read(evil, keys, tmp_path / "out")

    assert not (tmp_path / "outside.txt").exists()


def test_something_else_is_not_taken_for_an_archive(keys, tmp_path):
    text, other = tmp_path / "notes.txt", tmp_path / "other.tar"
    text.write_text("nothing of ours")
    with tarfile.open(other, "w") as tar:
        tar.add(text, "notes.txt")

    for path in (text, other):
        with pytest.raises(NotOurs):
            read(path, keys, tmp_path / "out")
    with pytest.raises(CannotCopy, match="There is no file"):
        read(tmp_path / "nowhere.tar", keys, tmp_path / "out")


def test_another_product_or_format_is_said_to_be_one(make, keys, tmp_path, monkeypatch):
    monkeypatch.setattr(manifest, "FORMAT", 7)
    path = make()
    monkeypatch.undo()

    with pytest.raises(NotOurs, match="format 7"):
        read(path, keys, tmp_path / "out")


def test_an_archive_of_a_newer_version_is_refused(make, keys, tmp_path):
    known = sorted(manifest.our_migrations())
    path = make(version="2.0.0", migrations=(*known, "mentors.9001_more", "axes.9001_theirs"))

    with pytest.raises(Newer, match=r"mentors\.9001_more"):
        read(path, keys, tmp_path / "out")


def test_other_keys_are_named_before_anything_is_read(make, keys, tmp_path):
    path, others = make(), tmp_path / "others"
    create_missing_keys(others)

    with pytest.raises(OtherKeys, match=r"holds another index\.key, sealing-1\.key"):
        read(path, others, tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_missing_keys_are_named_and_not_made(make, keys, tmp_path):
    path = make()
    (keys / "sealing-1.key").unlink()

    with pytest.raises(OtherKeys, match=r"lacks sealing-1\.key"):
        read(path, keys, tmp_path / "out")
    with pytest.raises(OtherKeys, match=r"lacks index\.key, sealing-1\.key"):
        read(path, tmp_path / "nowhere", tmp_path / "out")

    assert not (keys / "sealing-1.key").exists()
    assert not (tmp_path / "nowhere").exists()


def test_a_further_key_does_no_harm(make, keys, tmp_path):
    path = make()
    add_sealing_key(keys)

    read(path, keys, tmp_path / "out")

    assert (tmp_path / "out" / PHOTO).exists()


def test_a_missing_program_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(database_copies, "postgres_binaries", lambda: tmp_path)

    with pytest.raises(CannotCopy, match="postgresql-client"):
        database_copies.program("pg_dump", server_version=15, embedded=False)


@pytest.mark.parametrize(("version", "taken"), [(15, True), (16, True), (17, False)])
def test_a_program_older_than_the_server_is_not_taken(monkeypatch, tmp_path, version, taken):
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 16.4 (Debian)'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    found = database_copies.program("pg_dump", server_version=version, embedded=False)

    assert (found == old) is taken
    assert database_copies.program("pg_dump", server_version=15, embedded=True) != old


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        (
            "CONTEXT: สมชาย\npg_restore: error: no room\nDETAIL: สมชาย",
            "pg_restore: error: no room",
        ),
        ("สมชาย", "nothing"),
    ],
)
def test_a_failing_program_shows_no_row(output, shown):
    assert database_copies._first_error(output) == shown
