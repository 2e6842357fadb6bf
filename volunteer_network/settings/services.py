"""Where the database and Redis are: named by the environment, or started by us."""

from dataclasses import dataclass
from typing import Any

import environ

from volunteer_network.startup.places import DataDir

NOT_RUNNING = "/nonexistent"  # commands that touch no data still work while nothing runs
DATABASE = "volunteer_network"


@dataclass(frozen=True)
class RedisUrls:
    broker: str
    cache: str


def database(env: environ.Env, data: DataDir) -> dict[str, Any]:
    """The connection of the login `app`, which owns nothing."""
    common: dict[str, Any] = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    if env("APP_DATABASE_URL", default=""):
        return {**env.db("APP_DATABASE_URL"), **common}
    if env("DATABASE_URL", default=""):
        return {**env.db("DATABASE_URL"), **common}
    sockets = data.sockets()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": "app",
        "PASSWORD": data.password("app") if sockets else "",
        "HOST": str(sockets or NOT_RUNNING),
        **common,
    }


def redis_urls(env: environ.Env, data: DataDir) -> RedisUrls:
    """Celery's broker and Django's cache, in two databases of one Redis."""
    if url := env("REDIS_URL", default=""):
        base = url.rstrip("/").removesuffix("/0")
        return RedisUrls(broker=f"{base}/0", cache=f"{base}/1")
    socket = f"{data.sockets() or NOT_RUNNING}/redis.sock"
    return RedisUrls(
        broker=f"redis+socket://{socket}?virtual_host=0", cache=f"unix://{socket}?db=1"
    )
