"""One request at a desk: the half-day it is about, and the page or the part that answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone

from seminars.forms.doors import PaperForm, WalkInForm
from seminars.models import Registration, Session
from seminars.services.doors import (
    MOST_HITS,
    arrivals_of,
    counter_of,
    find_people,
    is_another_half_day,
    latest_arrivals,
    session_at,
    totals_of,
)
from seminars.views import answers
from seminars.views.answers import Answer
from seminars.views.desks import Desk, DoorRequest
from volunteer_network.row_keys import is_key

LATEST = 5


@dataclass(frozen=True)
class HalfDays:
    """The half-days of a seminar, and the one that the door stands on."""

    all: Sequence[Session]
    chosen: Session

    @property
    def by_clock(self) -> Session:
        return session_at(self.all, timezone.now()) or self.chosen

    @property
    def another_runs(self) -> bool:
        return is_another_half_day(self.chosen, self.all, timezone.now())

    @property
    def is_rehearsal(self) -> bool:
        return self.chosen.on_date > timezone.localdate()


class Door:
    """One request at a desk: what it is about, and the page or the part that answers it."""

    def __init__(self, request: DoorRequest, desk: Desk) -> None:
        self.request, self.desk = request, desk

    @cached_property
    def half_days(self) -> HalfDays:
        """Raises Http404 for a half-day of another seminar."""
        sessions = self.desk.sessions
        asked = self.request.POST.get("session") or self.request.GET.get("session") or ""
        chosen = (
            next((one for one in sessions if str(one.pk) == asked), None)
            if asked
            else session_at(sessions, timezone.now())
        )
        if chosen is None:
            raise Http404
        return HalfDays(sessions, chosen)

    @property
    def session(self) -> Session:
        return self.half_days.chosen

    @property
    def person(self) -> Registration:
        """Whom the form is about; of another seminar there is nobody."""
        asked = self.request.POST.get("person", "")
        people = self.desk.people.select_related("participant_class", "province")
        return get_object_or_404(people, pk=int(asked) if is_key(asked) else 0)

    def answer(self, answer: Answer) -> HttpResponse:
        """The card, with the totals that it changed; the whole page without script."""
        if not self.request.htmx:
            return self.page(answer=answer)
        return self.part("_answer.html", answer=answer, totals=totals_of(self.session))

    def part(self, template: str, **context: Any) -> HttpResponse:
        """A part of the page for htmx: without what only the frame of a page needs."""
        context |= {**self.frame(), "csrf_token": get_token(self.request)}
        return HttpResponse(render_to_string(f"seminars/door/{template}", context))

    def hits(self, words: str) -> list[dict[str, Any]]:
        """Who may be meant, each with the arrival of this half-day."""
        people = find_people(
            self.desk.people.select_related("participant_class", "province"), words
        )
        found = list(people[: MOST_HITS + 1])
        known = arrivals_of(found, self.session)
        return [
            {"person": one, "home": answers.home_of(one), "arrival": known.get(one.pk)}
            for one in found
        ]

    def page(self, *, status: int = 200, **more: Any) -> HttpResponse:
        words = self.request.POST.get("code") or self.request.GET.get("q") or ""
        context = {
            **self.frame(),
            "counter": counter_of(self.session),
            "latest": latest_arrivals(self.session, LATEST),
            "walk_in": WalkInForm(seminar=self.desk.seminar),
            "paper": PaperForm(seminar=self.desk.seminar),
            "words": words if "answer" not in more else "",
            **more,
        }
        if words and "answer" not in more:
            context.setdefault("hits", self.hits(words))
        return render(self.request, "seminars/door/page.html", context, status=status)

    def frame(self) -> dict[str, Any]:
        pages = ("page", "scan", "check-in", "undo", "walk-in", "paper", "counter")
        return {
            "desk": self.desk,
            "urls": {page.replace("-", "_"): self.desk.url(page) for page in pages},
            "half_days": self.half_days,
            "session": self.session,
        }
