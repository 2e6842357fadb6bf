"""Where the parts keep their things below DATA_DIR."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class DataDir:
    """One DATA_DIR: everything a checkout keeps between two starts."""

    path: Path

    @classmethod
    def from_environment(cls) -> "DataDir":
        return cls((BASE_DIR / os.environ.get("DATA_DIR", "var")).resolve())

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def files(self) -> Path:
        return self.path / "files"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def mail(self) -> Path:
        return self.path / "mail"

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def redis(self) -> Path:
        return self.path / "redis"

    @property
    def static(self) -> Path:
        return self.path / "static"

    @property
    def lock_file(self) -> Path:
        return self.path / "lock"

    @property
    def run_file(self) -> Path:
        return self.path / "run.json"

    def make(self) -> None:
        """Create the folders, the secret ones for the owner only."""
        self.path.mkdir(parents=True, exist_ok=True)
        for secret in (self.keys, self.files, self.logs, self.mail, self.redis):
            secret.mkdir(mode=0o700, exist_ok=True)

    def note_run(self, sockets: Path) -> None:
        """Tell other commands where the servers are that this process runs."""
        pid = os.getpid()
        note = {"pid": pid, "began": _began(pid), "sockets": str(sockets)}
        self.run_file.write_text(json.dumps(note))

    def sockets(self) -> Path | None:
        """The folder of the running servers' sockets, or None while nothing runs."""
        try:
            run = json.loads(self.run_file.read_text())
        except (FileNotFoundError, ValueError):
            return None
        began = _began(run["pid"])
        alive = began is not None and run.get("began", began) == began
        return Path(run["sockets"]) if alive else None

    def password(self, login: str) -> str:
        return (self.keys / f"{login}.password").read_text().strip()


def _began(pid: int) -> int | None:
    """When a process began, in ticks since the machine did: a pid alone may be somebody else's."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]
    except OSError:
        return None
    return int(after_name.split()[19])
