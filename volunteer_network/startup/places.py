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
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def redis(self) -> Path:
        return self.path / "redis"

    @property
    def run_file(self) -> Path:
        return self.path / "run.json"

    def make(self) -> None:
        """Create the folders, the secret ones for the owner only."""
        self.path.mkdir(parents=True, exist_ok=True)
        for secret in (self.keys, self.files, self.logs, self.redis):
            secret.mkdir(mode=0o700, exist_ok=True)

    def sockets(self) -> Path | None:
        """The folder of the running servers' sockets, or None while nothing runs."""
        try:
            run = json.loads(self.run_file.read_text())
        except FileNotFoundError:
            return None
        alive = Path(f"/proc/{run['pid']}").exists()
        return Path(run["sockets"]) if alive else None

    def password(self, login: str) -> str:
        return (self.keys / f"{login}.password").read_text().strip()
