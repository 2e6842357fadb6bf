"""Restoring an archive beside what is there, and exchanging the two at the very end."""

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from time import monotonic

import psycopg
import redis
from psycopg import sql
from psycopg.conninfo import make_conninfo

from volunteer_network.startup.backups import archive, database_copies, manifest, swap
from volunteer_network.startup.backups.errors import CannotCopy, Newer, StillRunning
from volunteer_network.startup.bootstrap import bootstrap, make_roles
from volunteer_network.startup.environment import Site
from volunteer_network.startup.parts import Parts
from volunteer_network.startup.places import BASE_DIR
from volunteer_network.startup.services import services
from volunteer_network.startup.speaking import say, sizes

QUEUE = ("celery", "unacked", "unacked_index", "unacked_mutex")
_MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"


def restore(site: Site, source: str) -> None:
    """Bring back an archive. Until the exchange nothing of the site changes, whatever goes wrong.

    Raises CannotCopy: for a damaged, foreign or newer archive, other keys, or a site that runs.
    """
    if not source:
        raise CannotCopy(
            "ระบุไฟล์สำรองที่จะกู้คืน เช่น make restore FROM=var/backups/backup-….tar\n"
            "Name the archive, as in: make restore FROM=var/backups/backup-….tar"
        )
    began = monotonic()
    path = Path(source).absolute()
    say(f"ตรวจไฟล์สำรอง · checking {path}")
    with archive.open_archive(path) as opened:
        refuse_what_does_not_fit(opened, site.data.keys)
        if site.data.sockets():
            raise StillRunning
        with services(site.data) as parts:
            names = _names(site)
            server = swap.server_conninfo(site.data, site.database_url)
            _refuse_on_a_busy_server(site, server, names)
            swap.note(site.data, names, swap.LOADING)
            try:
                _load(site, parts, opened, names)
                _empty_redis(site)
                swap.swap(site.data, server, names)
            except BaseException:
                swap.settle(site.data, site.database_url)
                raise
            swap.drop_former(site.data, server, names)
            _tell_what_is_kept(site, server, names)
    say(f"กู้คืนเสร็จ · restored, {monotonic() - began:.0f} s: make run")


def refuse_what_does_not_fit(opened: archive.Archive, keys: Path) -> None:
    """Say so before anything is read or changed: other keys, a changed manifest, a newer site."""
    made = opened.manifest
    manifest.refuse_other_keys(made.keys, keys)
    opened.refuse_a_broken_seal(keys)
    if unknown := manifest.unknown_migrations(made):
        raise Newer(made.version, unknown)
    size = sum(member.bytes for member in made.members.values())
    rows = sum(made.rows.values())
    say(f"  {made.made_at}, {made.version}, {rows:,} rows, {sizes(size)}")


def _load(site: Site, parts: Parts, opened: archive.Archive, names: swap.Names) -> None:
    """Make the new database and the new files complete, beside the present ones."""
    staging = site.data.path / swap.STAGING
    shutil.rmtree(staging, ignore_errors=True)
    (staging / "files").mkdir(mode=0o700, parents=True)
    staging.chmod(0o700)
    say("แตกไฟล์และตรวจค่าตรวจสอบ · unpacking, comparing checksums")
    opened.unpack(staging)
    say("สร้างฐานข้อมูลใหม่ไว้ข้างฐานเดิม · loading a new database beside the present one")
    _make_database(site, names)
    owner = make_conninfo(site.owner_conninfo(), dbname=names.new)
    database_copies.load(parts, owner, staging / archive.DATABASE, embedded=not site.database_url)
    (staging / archive.DATABASE).unlink()
    database_copies.refuse_missing_rows(owner, opened.manifest.rows)
    say("ปรับโครงสร้างและสิทธิ์ ตรวจตัวเลขและร่องรอย · bringing it up to date, checking it")
    command = [sys.executable, BASE_DIR / "manage.py", "check_restored", names.new]
    if parts.run("check_restored", *command, environment=site.for_owner(), log=sys.stdout.buffer):
        raise CannotCopy(
            "ฐานข้อมูลที่กู้คืนใช้ไม่ได้ ข้อมูลเดิมยังอยู่ครบ\n"
            "The restored database cannot be used (see above). Nothing was changed."
        )


def _make_database(site: Site, names: swap.Names) -> None:
    """Empty, with the roles that the dump's grants and policies name."""
    data = site.data
    server = swap.server_conninfo(data, site.database_url)
    with psycopg.connect(server, autocommit=True) as connection:
        new = sql.Identifier(names.new)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(new))
        if site.database_url:
            make_roles(connection, data.password("app"))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(new))
            return
    host = str(data.sockets())
    bootstrap(data, name=names.new, host=host, app_password=data.password("app"))


def _refuse_on_a_busy_server(site: Site, server: str, names: swap.Names) -> None:
    """The embedded server has just been started by us; a named one may have other users."""
    with psycopg.connect(server) as connection:
        if connection.execute(_MAY_CREATE).fetchone() != (True,):
            raise CannotCopy(
                "บัญชีใน DATABASE_URL ต้องสร้างฐานข้อมูลได้ สั่ง ALTER ROLE … CREATEDB ก่อน\n"
                "The login in DATABASE_URL must be allowed to make databases: "
                "ALTER ROLE … CREATEDB, then restore again."
            )
    if site.database_url:
        swap.refuse_others(server, names.database)


def _empty_redis(site: Site) -> None:
    """What waits there belongs to the former rows; the sweeper rings again for the restored."""
    for number in (0, 1):
        with _redis(site, number) as connection:
            connection.delete(*QUEUE) if number == 0 else connection.flushdb()


def _redis(site: Site, number: int) -> "redis.Redis":
    if url := os.environ.get("REDIS_URL"):
        return redis.Redis.from_url(f"{url.rstrip('/').removesuffix('/0')}/{number}")
    return redis.Redis(unix_socket_path=f"{site.data.sockets()}/redis.sock", db=number)


def _names(site: Site) -> swap.Names:
    stamp = f"{datetime.now().astimezone():%Y%m%d_%H%M%S}"
    return swap.Names(swap.database_name(site.data, site.database_url), stamp)


def _tell_what_is_kept(site: Site, server: str, names: swap.Names) -> None:
    with psycopg.connect(server) as connection:
        if swap.exists(connection, names.former):
            say("ข้อมูลเดิมเก็บไว้จนกว่าจะกู้คืนครั้งถัดไป · kept until the next restore:")
            say(f"  {names.former}, {site.data.path / names.former_files}")
