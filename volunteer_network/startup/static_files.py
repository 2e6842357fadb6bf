"""Collects the files for browsers, unless nothing about them has changed."""

import hashlib
from pathlib import Path

from volunteer_network.startup.places import BASE_DIR, DataDir

SOURCES = ("static/**/*", "package-lock.json", "requirements.txt")
MADE_BY = (
    "volunteer_network/ui/browser_packages.py",
    "volunteer_network/ui/map_shapes.py",
    "volunteer_network/data/map.csv",
)


def is_current(data: DataDir) -> bool:
    manifest = data.static / "staticfiles.json"
    return manifest.exists() and _stamp(data).exists() and _stamp(data).read_text() == _state()


def note_collected(data: DataDir) -> None:
    _stamp(data).write_text(_state())


def _stamp(data: DataDir) -> Path:
    return data.path / "static.stamp"


def _state() -> str:
    """A digest of what would be collected: names, sizes and times, not contents, to be quick."""
    digest = hashlib.sha256()
    for pattern in (*SOURCES, *MADE_BY):
        for path in sorted(BASE_DIR.glob(pattern)):
            about = path.stat()
            digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
