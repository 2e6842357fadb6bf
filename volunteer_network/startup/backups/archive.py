"""The archive itself: a plain tar that begins with its manifest, readable by its owner only."""

import hashlib
import hmac
import io
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from volunteer_network.startup.backups.errors import AlreadyThere, CannotCopy, Damaged, NotOurs
from volunteer_network.startup.backups.manifest import Content, Manifest, seal_of

MANIFEST, SEAL, DATABASE = "manifest.json", "manifest.seal", "database.dump"
FILES = "files/"
CHUNK = 1024 * 1024
LARGEST_MANIFEST = 512 * 1024 * 1024
_SAFE_FILE = re.compile(r"files/(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")


def digest_of(path: Path) -> Content:
    with path.open("rb") as file:
        return Content(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def write_archive(target: Path, manifest: Manifest, staged: Path, keys: Path) -> None:
    """Write beside the target, then give it its name: a file of that name is always whole."""
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                said = manifest.to_bytes()
                _add_bytes(tar, MANIFEST, said)
                _add_bytes(tar, SEAL, seal_of(said, keys).encode())
                for name in manifest.members:
                    _add_file(tar, name, staged / name)
            file.flush()
            os.fsync(file.fileno())
        os.link(partial, target)  # unlike a rename, never over an archive that is there
    except FileExistsError:
        raise AlreadyThere(target) from None
    finally:
        partial.unlink(missing_ok=True)


class Archive:
    """An archive that is being read, once and in order."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._said = self._small(MANIFEST)
        self._seal = self._small(SEAL)
        self.manifest = Manifest.from_bytes(self._said)

    def refuse_a_broken_seal(self, keys: Path) -> None:
        """To be asked when the keys are known to be the same; then only a change breaks it."""
        if not hmac.compare_digest(self._seal, seal_of(self._said, keys).encode()):
            raise Damaged(MANIFEST)

    def unpack(self, into: Path) -> None:
        """Write all members below a new folder; raises Damaged when one is not as it was."""
        waiting = dict(self.manifest.members)
        for member in self._members():
            about = waiting.pop(member.name, None)
            source = self._tar.extractfile(member) if member.isreg() else None
            if about is None or source is None or not _is_safe(member.name):
                raise Damaged(member.name)
            target = into / member.name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _copy(source, target) != about:
                raise Damaged(member.name)
        if waiting:
            raise Damaged(min(waiting))

    def _small(self, name: str) -> bytes:
        member = next(self._members(), None)
        if member is None or member.name != name or member.size > LARGEST_MANIFEST:
            raise NotOurs
        source = self._tar.extractfile(member)
        return source.read() if source else b""

    def _members(self) -> Iterator[tarfile.TarInfo]:
        while member := self._tar.next():
            yield member


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Read an archive; what is no tar is NotOurs, what ends too early is Damaged."""
    try:
        with tarfile.open(path, "r:") as tar:
            yield Archive(tar)
    except FileNotFoundError:
        raise CannotCopy(
            f"ไม่พบไฟล์ {path} ตรวจชื่อไฟล์ใน FROM= อีกครั้ง\nThere is no file {path}: look at FROM= again."
        ) from None
    except tarfile.ReadError as reason:
        if "unexpected end" in str(reason):
            raise Damaged(path.name) from None
        raise NotOurs from None
    except tarfile.TarError:
        raise Damaged(path.name) from None


def _is_safe(name: str) -> bool:
    return name == DATABASE or _SAFE_FILE.fullmatch(name) is not None


def _copy(source: IO[bytes], target: Path) -> Content:
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += file.write(chunk)
    return Content(size, digest.hexdigest())


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def _add_file(tar: tarfile.TarFile, name: str, path: Path) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = path.stat().st_size, 0o600
    with path.open("rb") as file:
        tar.addfile(member, file)
