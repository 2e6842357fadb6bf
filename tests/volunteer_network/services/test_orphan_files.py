"""Only what nobody names goes, and only when it is old."""

import os
import re
import time
from pathlib import Path

import pytest

from tests.factories.imports import ImportBatchFactory
from tests.factories.jobs import JobFactory
from volunteer_network import uploads
from volunteer_network.access.scope import open_scope
from volunteer_network.models import StoredFile
from volunteer_network.services import orphan_files
from volunteer_network.startup.places import BASE_DIR

STORING = {
    "volunteer_network/services/import_files.py",  # ImportBatch.stored
    "volunteer_network/services/running_jobs.py",  # Job.result
    "volunteer_network/services/stored_files.py",  # StoredFile.name
}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return tmp_path


def stored(*, days, name=None):
    """A file that was written so many days ago."""
    name = name or uploads.store(b"x", "bin")
    path = uploads._path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    _age(path, days)
    return name


def _age(path, days):
    then = time.time() - days * 24 * 60 * 60
    os.utime(path, (then, then))


def there(files):
    return {path.name for path in files.rglob("*") if path.is_file()}


def test_what_a_row_names_stays_whatever_its_age(files, songkhla_officer):
    photo, result, batch, orphan = (stored(days=400) for _ in range(4))
    JobFactory(requested_by=songkhla_officer, result=result)
    ImportBatchFactory(stored=batch)
    _photo_of(songkhla_officer, photo)

    assert orphan_files.sweep_orphan_files() == 1

    assert there(files) == {photo, result, batch}
    assert orphan not in there(files)


@pytest.mark.usefixtures("db")
def test_what_was_just_written_stays(files):
    fresh, old = stored(days=0.9), stored(days=1.1)

    orphan_files.sweep_orphan_files()

    assert there(files) == {fresh}
    assert old not in there(files)


@pytest.mark.usefixtures("db")
def test_unfinished_files_go_and_foreign_ones_stay(files):
    unfinished = uploads._path_of(stored(days=3)).with_suffix(".part")
    uploads._path_of(f"{unfinished.stem}.bin").rename(unfinished)
    foreign = unfinished.with_name("readme.txt")
    foreign.touch()
    _age(foreign, 3)

    orphan_files.sweep_orphan_files()

    assert there(files) == {"readme.txt"}


@pytest.mark.usefixtures("db")
def test_more_than_a_batch_goes_in_one_run(files, monkeypatch):
    monkeypatch.setattr(orphan_files, "BATCH", 2)
    for _ in range(5):
        stored(days=2)

    assert orphan_files.sweep_orphan_files() == 5


def test_whoever_stores_files_is_known_to_the_sweep():
    """A new one needs its column in `NAMED_BY`, or its files go after a day."""
    sources = [
        path
        for app in ("volunteer_network", "mentors", "seminars", "reports")
        for path in Path(BASE_DIR / app).rglob("*.py")
        if path.name != "uploads.py"
    ]
    calls = re.compile(r"\buploads\.store(_for)?\(|import[^\n]*\bstore(_for)?\b")
    storing = {
        str(path.relative_to(BASE_DIR)) for path in sources if calls.search(path.read_text())
    }

    assert storing == STORING
    assert len(orphan_files.NAMED_BY) == len(STORING)


def _photo_of(officer, name):
    with open_scope(officer.scope):
        StoredFile.objects.create(
            province_id=officer.province_id,
            name=name,
            content_type="image/jpeg",
            size=1,
            uploaded_by=officer,
        )
