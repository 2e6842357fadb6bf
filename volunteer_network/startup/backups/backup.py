"""Making an archive, while the site runs or while it is stopped."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from volunteer_network.startup.backups import archive, database_copies, manifest
from volunteer_network.startup.backups.errors import AlreadyThere, CannotCopy
from volunteer_network.startup.environment import Site
from volunteer_network.startup.parts import Parts
from volunteer_network.startup.services import services
from volunteer_network.startup.speaking import say, sizes

FOLDER = "backups"
UNFINISHED = ".part"  # of a file that is being written: see volunteer_network.uploads


def backup(site: Site, to: str = "") -> Path:
    """Write one archive and return its path. `to` names a file or a folder; empty: DATA_DIR."""
    _refuse_an_empty_folder(site)
    target = _target(site, to)
    began = datetime.now(UTC)
    with _servers(site) as parts, _staging(target.parent) as staged:
        made = _stage(site, parts, staged, began)
        say(f"เขียนไฟล์สำรอง · writing {target}")
        archive.write_archive(target, made, staged, site.data.keys)
    say(
        f"สำรองเสร็จ · done: {target}, {sizes(target.stat().st_size)}, "
        f"{sum(made.rows.values()):,} rows, {len(made.members) - 1:,} files"
    )
    say("ไฟล์สำรองไม่มีกุญแจ เก็บกุญแจไว้ต่างหาก · the keys are not in it: keep them apart,")
    say(f"  {site.data.keys}")
    return target


def _stage(site: Site, parts: Parts, staged: Path, began: datetime) -> manifest.Manifest:
    """Gather what belongs to one moment: the rows of a snapshot, and the files that they name."""
    files = staged / "files"
    _link_files(site.data.files, files)  # before: what is removed from now on is kept for us
    with psycopg.connect(site.owner_conninfo()) as database:
        database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = str((database.execute("SELECT pg_export_snapshot()").fetchone() or ("",))[0])
        _link_files(site.data.files, files)  # after: what the snapshot's rows may name is there
        say("นับรายการและสำรองฐานข้อมูล · counting rows, copying the database")
        rows = database_copies.count_rows(database)
        migrations = database_copies.applied_migrations(database)
        database_copies.dump(
            parts,
            site.owner_conninfo(),
            staged / archive.DATABASE,
            snapshot=snapshot,
            embedded=not site.database_url,
        )
    say("คำนวณค่าตรวจสอบ · computing checksums")
    return manifest.Manifest(
        version=manifest.our_version(),
        made_at=began.isoformat(timespec="seconds"),
        migrations=migrations,
        keys=manifest.key_marks(site.data.keys),
        rows=rows,
        members=dict(_members(staged)),
    )


def _members(staged: Path) -> Iterator[tuple[str, manifest.Content]]:
    yield archive.DATABASE, archive.digest_of(staged / archive.DATABASE)
    for path in sorted((staged / "files").rglob("*")):
        if path.is_file():
            yield str(path.relative_to(staged)), archive.digest_of(path)


def _link_files(source: Path, target: Path) -> None:
    """Give each file a second name: it costs no room, and stays when the first one goes."""
    for folder, _folders, names in os.walk(source):
        below = target / Path(folder).relative_to(source)
        below.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            if not name.endswith(UNFINISHED) and not (below / name).exists():
                _link(Path(folder) / name, below / name)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        pass  # removed in this moment, and so is its row
    except OSError:
        shutil.copyfile(source, target)  # the archive goes to another disk


@contextmanager
def _servers(site: Site) -> Iterator[Parts]:
    """The servers of the site that runs, or our own for this moment."""
    if not site.data.sockets() and not site.database_url:
        say("เปิดฐานข้อมูลชั่วคราว · starting the database for this moment")
        with services(site.data) as parts:
            yield parts
        return
    parts = Parts(site.data.logs)
    try:
        yield parts
    finally:
        parts.stop_all()


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A folder for what is on its way into the archive; what a kill left behind goes first."""
    for left in folder.glob(".staging-*"):
        shutil.rmtree(left, ignore_errors=True)
    path = Path(tempfile.mkdtemp(prefix=".staging-", dir=folder))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _target(site: Site, to: str) -> Path:
    name = f"backup-{datetime.now(UTC).astimezone():%Y-%m-%d-%H%M%S}.tar"
    own = site.data.path / FOLDER
    chosen = Path(to).absolute() if to else own
    target = chosen / name if chosen.is_dir() or not to else chosen
    if not to:
        own.mkdir(mode=0o700, exist_ok=True)
    if target.exists():
        raise AlreadyThere(target)
    if to and not target.parent.is_dir():
        raise CannotCopy(
            f"ไม่มีโฟลเดอร์ {target.parent} สร้างก่อน หรือกำหนดใหม่ด้วย TO=\n"
            f"There is no folder {target.parent}: make it, or choose another with TO="
        )
    return target


def _refuse_an_empty_folder(site: Site) -> None:
    kept = site.database_url or (site.data.postgres / "PG_VERSION").exists()
    if not kept or not (site.data.keys / "index.key").exists():
        raise CannotCopy(
            f"ยังไม่มีข้อมูลใน {site.data.path} ตรวจค่า DATA_DIR\n"
            f"There are no data in {site.data.path} yet: look at DATA_DIR."
        )
