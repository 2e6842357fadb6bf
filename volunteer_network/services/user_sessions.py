"""Which sessions a person has, on which devices, and ending them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network import audit
from volunteer_network.access.sessions import SEEN, moment_in
from volunteer_network.models import User, UserSession
from volunteer_network.models.sign_ins import SessionDigest, digest_of

# The first that fits: Edge and Opera call themselves Chrome, and Chrome calls itself Safari.
_BROWSERS = (
    ("Line/", "LINE"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class OwnSession:
    """One living session as its owner sees it."""

    pk: int
    device: str
    began_at: datetime
    seen_at: datetime
    current: bool


def device_in_words(user_agent: str) -> str:
    """Return "Chrome บน Windows"; only what the owner needs to know the device again."""
    browser = _first(_BROWSERS, user_agent) or _("เบราว์เซอร์อื่น")
    system = _first(_SYSTEMS, user_agent) or _("อุปกรณ์อื่น")
    return _("%(browser)s บน %(system)s") % {"browser": browser, "system": system}


def _first(names: Iterable[tuple[str, str]], user_agent: str) -> str:
    return next((name for part, name in names if re.search(re.escape(part), user_agent)), "")


@transaction.atomic
def remember_session(request: HttpRequest, user: User) -> None:
    """Note the present session as one of the person's own, and forget those that have ended."""
    key = request.session.session_key
    if not key:
        return
    own = UserSession.objects.filter(user=user)
    own.exclude(digest__in=_living(own)).delete()
    UserSession.objects.update_or_create(
        digest=digest_of(key),
        defaults={
            "user": user,
            "device": device_in_words(request.META.get("HTTP_USER_AGENT", ""))[:60],
        },
    )


def own_sessions(user: User, current_key: str | None) -> list[OwnSession]:
    """The person's living sessions: this one first, then the one used last."""
    own = UserSession.objects.filter(user=user)
    living = _living(own)
    sessions = [
        OwnSession(
            pk=row.pk,
            device=row.device,
            began_at=row.began_at,
            seen_at=moment_in(session.get_decoded(), SEEN) or row.began_at,
            current=session.session_key == current_key,
        )
        for row in own
        if (session := living.get(row.digest))
    ]
    return sorted(sessions, key=lambda one: (one.current, one.seen_at), reverse=True)


@transaction.atomic
def end_own_session(*, session: UserSession, by: User) -> None:
    """Sign one device out."""
    _end(UserSession.objects.filter(pk=session.pk, user=by))
    audit.record("session.ended", by=by, target=session)


@transaction.atomic
def end_other_sessions(*, current_key: str | None, by: User) -> int:
    """Sign every other device of the person out; return how many."""
    others = UserSession.objects.filter(user=by).exclude(digest=digest_of(current_key or ""))
    ended = _end(others)
    audit.record("session.others_ended", by=by, target=by, detail={"sessions": ended})
    return ended


def end_sessions(user: User) -> int:
    """Sign every device of somebody out, within the caller's transaction; return how many."""
    return _end(UserSession.objects.filter(user=user))


def _end(sessions: QuerySet[UserSession]) -> int:
    keys = [session.session_key for session in _living(sessions).values()]
    sessions.delete()
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _living(sessions: QuerySet[UserSession]) -> dict[str, Session]:
    """Django's sessions that go on, by their digest."""
    digests = list(sessions.values_list("digest", flat=True))
    living = Session.objects.annotate(digest=SessionDigest("session_key")).filter(
        digest__in=digests, expire_date__gt=timezone.now()
    )
    return {digest_of(session.session_key): session for session in living}
