"""What an archive says of itself, sealed with the index key: who made it, and of what."""

import hashlib
import hmac
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from volunteer_network.sealing import INDEX_KEY
from volunteer_network.startup.backups.errors import Damaged, NotOurs, OtherKeys
from volunteer_network.startup.places import BASE_DIR

PRODUCT, FORMAT = "volunteer-network", 1
_PURPOSE = b"volunteer-network backup manifest\0"
_MARK = b"volunteer-network key mark\0"


@dataclass(frozen=True)
class Content:
    """Size and SHA-256 of one member of the archive."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Everything that is checked before a restore; `rows` counts every table in the snapshot."""

    version: str
    made_at: str
    migrations: tuple[str, ...]
    keys: dict[str, str]
    rows: dict[str, int]
    members: dict[str, Content]

    def to_bytes(self) -> bytes:
        said = {"product": PRODUCT, "format": FORMAT, **asdict(self)}
        return json.dumps(said, indent=1, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Manifest":
        """Read it; raises NotOurs for something else, Damaged when it cannot be understood."""
        try:
            said = json.loads(content)
            if said.pop("product", None) != PRODUCT:
                raise NotOurs
            if (its_format := said.pop("format")) != FORMAT:
                raise NotOurs(its_format)
            members = {name: Content(**about) for name, about in said.pop("members").items()}
            return cls(**{**said, "migrations": tuple(said["migrations"])}, members=members)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise Damaged("manifest.json") from None


def seal_of(manifest: bytes, keys: Path) -> str:
    """Only who has the index key can write a manifest that this is the seal of."""
    key = (keys / INDEX_KEY).read_bytes()
    return hmac.new(key, _PURPOSE + manifest, hashlib.sha256).hexdigest()


def key_marks(keys: Path) -> dict[str, str]:
    """By file name, a mark by which a key is known again and from which it cannot be guessed."""
    found = [keys / INDEX_KEY, *keys.glob("sealing-*.key")]
    return {
        path.name: hashlib.sha256(_MARK + path.read_bytes()).hexdigest()[:16]
        for path in sorted(found)
        if path.is_file()
    }


def refuse_other_keys(needed: Mapping[str, str], keys: Path) -> None:
    """Each key that the data may be sealed with must be here, and be the same."""
    ours = key_marks(keys)
    if missing := sorted(set(needed) - set(ours)):
        raise OtherKeys(keys, missing=missing)
    if different := sorted(name for name in needed if ours[name] != needed[name]):
        raise OtherKeys(keys, different=different)


def our_version() -> str:
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def our_migrations() -> frozenset[str]:
    """`app.name` of every migration in this checkout; those of packages are not ours to know."""
    files = BASE_DIR.glob("*/migrations/[0-9]*.py")
    return frozenset(f"{path.parts[-3]}.{path.stem}" for path in files)


def unknown_migrations(manifest: Manifest) -> list[str]:
    """What a newer version of ours has done to the data, and this one does not know."""
    known = our_migrations()
    apps = {name.partition(".")[0] for name in known}
    return sorted(
        name for name in manifest.migrations if name.partition(".")[0] in apps and name not in known
    )
