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
    """The connection of the login `app`, which owns nothing and sees no province by itself."""
    common: dict[str, Any] = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    if env("APP_DATABASE_URL", default=""):
        return {**env.db("APP_DATABASE_URL"), **common}
    sockets = data.sockets()
    if env("DATABASE_URL", default=""):
        where = env.db("DATABASE_URL")
    else:
        where = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": DATABASE,
            "HOST": str(sockets or NOT_RUNNING),
        }
    return {**where, "USER": "app", "PASSWORD": data.password("app"), **common}


def owner_login(env: environ.Env, data: DataDir) -> dict[str, str]:
    """USER and PASSWORD of the owner of the tables; only start-up and owner's commands ask."""
    if env("DATABASE_URL", default=""):
        named = env.db("DATABASE_URL")
        return {"USER": named["USER"], "PASSWORD": named["PASSWORD"]}
    return {"USER": "vn_owner", "PASSWORD": data.password("vn_owner")}


def redis_urls(env: environ.Env, data: DataDir) -> RedisUrls:
    """Celery's broker and Django's cache, in two databases of one Redis."""
    if url := env("REDIS_URL", default=""):
        base = url.rstrip("/").removesuffix("/0")
        return RedisUrls(broker=f"{base}/0", cache=f"{base}/1")
    socket = f"{data.sockets() or NOT_RUNNING}/redis.sock"
    return RedisUrls(
        broker=f"redis+socket://{socket}?virtual_host=0", cache=f"unix://{socket}?db=1"
    )
