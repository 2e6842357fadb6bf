"""A limit against trying serials one after another: so many misses from one address, then a wait.

The count lies in Redis. With Redis away nobody is refused: a serial still has its four letters.
"""

from contextlib import suppress

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

MOST_MISSES = 20
WINDOW_SECONDS = 10 * 60


def has_guessed_too_often(request: HttpRequest) -> bool:
    """Whether this address must wait; hits are not counted, an office may check a whole pile."""
    with suppress(RedisError):
        return int(cache.get(_key(request), 0)) >= MOST_MISSES
    return False


def note_miss(request: HttpRequest) -> None:
    """Count a serial that does not exist; the count is forgotten ten minutes after the first."""
    with suppress(RedisError):
        cache.add(_key(request), 0, WINDOW_SECONDS)
        with suppress(ValueError):  # it ended between the two
            cache.incr(_key(request))


def _key(request: HttpRequest) -> str:
    return f"verify:misses:{get_client_ip_address(request)}"
