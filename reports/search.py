"""Figures among what people find by search and Ctrl K: a question in words opens its dashboard."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.dashboard.asking import Asked, read
from reports.dashboard.sentences import place_named, time_in_words
from reports.queries.questions import Question
from volunteer_network.access.roles import Capability
from volunteer_network.models import SavedView, User
from volunteer_network.thai_calendar import month_address
from volunteer_network.thai_text import normalise
from volunteer_network.ui.registry import Hit, SearchSource, register_search


def register() -> None:
    for order, title, find in (
        (5, gettext_lazy("ตัวเลขในภาพรวม"), figures),
        (6, gettext_lazy("มุมมองของฉัน"), saved_views),
    ):
        register_search(
            SearchSource(
                title=title, icon="chart", order=order, find=find, needs=Capability.VIEW_FIGURES
            )
        )


def saved_views(user: User, typed: str, most: int) -> list[Hit]:
    """The person's own, whose names hold every word; there are a handful."""
    words = normalise(typed).split()
    return [
        Hit(label=view.name, detail="", href=view.get_absolute_url())
        for view in SavedView.objects.visible_to(user)
        if all(word in normalise(view.name) for word in words)
    ][:most]


def figures(user: User, typed: str, most: int) -> list[Hit]:
    """The dashboard that the words ask for, at the figure that they name."""
    asked = read(typed, today=timezone.localdate())
    question = _question_for(user, asked) if asked else None
    if asked is None or question is None:
        return []
    unused = " ".join(asked.unused)
    return [
        Hit(
            label=_in_words(question, asked),
            detail=_("ไม่ได้ใช้คำว่า %(words)s") % {"words": unused} if unused else "",
            href=_address(question, asked),
        )
    ]


def _question_for(user: User, asked: Asked) -> Question | None:
    """A provincial officer is led to the own province; to another place that was named, nowhere."""
    own, question = user.scope.province, asked.question
    if own is None or question.province == own:
        return question
    if asked.names_a_place:
        return None
    return question.of_province(own)


def _in_words(question: Question, asked: Asked) -> str:
    words = {
        "place": place_named(question),
        "time": time_in_words(question, question.chosen),
        "work": _(" งาน%(label)s") % {"label": question.category.label}
        if question.category
        else "",
        "figure": f": {asked.figure.label}" if asked.figure else "",
    }
    return _("ภาพรวม %(place)s %(time)s%(work)s%(figure)s") % words


def _address(question: Question, asked: Asked) -> str:
    query: dict[str, str] = {}
    if question.month:
        query["month"] = month_address(question.month)
    else:
        query["fy"] = str(question.fiscal_year)
    if question.quarter:
        query["quarter"] = str(question.quarter)
    if question.category:
        query["category"] = question.category.value
    if question.province:
        path = reverse("dashboard:province", args=[question.province])
    else:
        path = reverse("dashboard:national")
        query |= {"region": question.region, "cluster": question.cluster}
        query["show"] = asked.figure.shown if asked.figure else ""
    named = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{named}" + (f"#fig-{asked.figure.name}" if asked.figure else "")
