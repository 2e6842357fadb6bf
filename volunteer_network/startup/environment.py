"""What the parts are told: nobody but the owner's commands learns the owner's password."""

import os
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from psycopg.conninfo import make_conninfo

from volunteer_network.startup.errors import CannotStart
from volunteer_network.startup.places import DataDir

SETTINGS = "volunteer_network.settings.development"


@dataclass(frozen=True)
class Site:
    """What a person chose for this start, by environment variables."""

    data: DataDir
    port: int
    host: str
    demo: bool
    seed: str
    database_url: str

    @classmethod
    def from_environment(cls) -> "Site":
        return cls(
            data=DataDir.from_environment(),
            port=_port(os.environ.get("PORT") or "8000"),
            host=os.environ.get("BIND") or "127.0.0.1",
            demo=os.environ.get("DEMO", "1") not in {"", "0", "false", "no"},
            seed=os.environ.get("SEED") or "1",
            database_url=os.environ.get("DATABASE_URL", ""),
        )

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}/"

    def for_owner(self) -> dict[str, str]:
        """The environment of the commands that change the schema or seed."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE") or SETTINGS,
            "DATA_DIR": str(self.data.path),
            "DEMO": str(int(self.demo)),
            "PORT": str(self.port),
            "BIND": self.host,
            "SITE_URL": os.environ.get("SITE_URL") or self.address.rstrip("/"),
        }

    def for_parts(self) -> dict[str, str]:
        """The same without the owner's connection: worker, scheduler and web are `app`."""
        environment = self.for_owner()
        named = environment.pop("DATABASE_URL", "")
        if named and "APP_DATABASE_URL" not in environment:
            environment["APP_DATABASE_URL"] = as_app(named, self.data.password("app"))
        return environment

    def owner_conninfo(self) -> str:
        return owner_conninfo(self.data, self.database_url)


def owner_conninfo(data: DataDir, database_url: str) -> str:
    """How psycopg reaches the database as its owner."""
    if database_url:
        return database_url
    password = data.password("vn_owner")
    return make_conninfo(
        host=str(data.sockets()), dbname="volunteer_network", user="vn_owner", password=password
    )


def as_app(url: str, password: str) -> str:
    """The same database, entered as the login `app`."""
    named = urlsplit(url)
    place = named.netloc.rpartition("@")[2]
    return urlunsplit(named._replace(netloc=f"app:{quote(password, safe='')}@{place}"))


def _port(given: str) -> int:
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise CannotStart(
            f"PORT={given} ไม่ใช่หมายเลขพอร์ต ใช้เลข 1 ถึง 65535\n"
            f"PORT={given} is not a port: use a number from 1 to 65535."
        )
    return int(given)
