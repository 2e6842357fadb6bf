"""What was asked about an activity and what came of it, in words, for pages and lists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.enums import CheckState
from mentors.models import CheckRequest
from mentors.services.check_requests import WATCHED
from volunteer_network.enums import ActivityKind, Category
from volunteer_network.models import User
from volunteer_network.thai_calendar import short_date
from volunteer_network.thai_text import group_thousands
from volunteer_network.ui.row_notes import NoteCount, RowNote

SHAPES: Final = {
    CheckState.OPEN: "due",
    CheckState.CONFIRMED: "good",
    CheckState.CORRECTED: "good",
    CheckState.REMOVED: "off",
    CheckState.WITHDRAWN: "off",
}
MINE: Final = "mine"
# What the list of activities can be narrowed to; a removed one is in no list.
CHOICES: Final = (
    (CheckState.OPEN.value, CheckState.OPEN.label),
    (MINE, gettext_lazy("รอฉันตอบ")),
    (CheckState.CONFIRMED.value, CheckState.CONFIRMED.label),
    (CheckState.CORRECTED.value, CheckState.CORRECTED.label),
)
_COUNTS: Final = {
    "people_male": gettext_lazy("ชาย"),
    "people_female": gettext_lazy("หญิง"),
    "spotted": gettext_lazy("ชี้เป้า"),
    "screened": gettext_lazy("คัดกรอง"),
    "referred": gettext_lazy("ส่งต่อ"),
}


@dataclass(frozen=True)
class CheckStory:
    """One question with its answer, ready to draw."""

    asked: CheckRequest
    shape: str
    changes: str  # in words; "" unless it was corrected


def stories_of(activity: int, *, user: User) -> list[CheckStory]:
    """All that was asked about an activity, the latest first."""
    rows = CheckRequest.objects.visible_to(user).filter(activity=activity)
    return [
        CheckStory(asked, SHAPES[CheckState(asked.state)], changes_in_words(asked))
        for asked in rows.select_related("asked_by", "asked_of", "settled_by")
    ]


def changes_in_words(asked: CheckRequest) -> str:
    """ "หญิง 400 → 40 · ชี้เป้า 9 → 8", and what else is different since the question."""
    if asked.after is None:
        return ""
    before, after = asked.before, asked.after
    words = [
        f"{label} {group_thousands(before[name])} → {group_thousands(after[name])}"
        for name, label in _COUNTS.items()
        if before[name] != after[name]
    ]
    words += [
        f"{_in_words(name, before[name])} → {_in_words(name, after[name])}"
        for name in ("on_date", "category", "kind")
        if before[name] != after[name]
    ]
    if before["volunteer_id"] != after["volunteer_id"]:
        words.append(_("เปลี่ยนอาสาสมัคร"))
    if before["subdistrict_id"] != after["subdistrict_id"]:
        words.append(_("เปลี่ยนตำบล"))
    return " · ".join(words)


def notes_of(user: User, activities: Collection[int]) -> dict[int, RowNote]:
    """The last question about each activity of a list; one that was taken back is no note."""
    rows = CheckRequest.objects.visible_to(user).filter(activity__in=activities)
    latest = rows.exclude(state=CheckState.WITHDRAWN).order_by("asked_at", "pk")
    return {
        asked.activity_id: RowNote(
            shape=SHAPES[CheckState(asked.state)],
            words=asked.get_state_display(),
            detail=changes_in_words(asked) or asked.answer or asked.get_reason_display(),
            open=asked.is_open,
        )
        for asked in latest
    }


def narrow(user: User, activities: Any, value: str) -> Any:
    """The activities whose question is as the filter says."""
    asked = CheckRequest.objects.visible_to(user)
    chosen = asked.waiting_for(user) if value == MINE else asked.filter(state=value)
    return activities.filter(pk__in=chosen.values("activity"))


def found_right() -> Exists:
    """Of activities: somebody answered that it is right, and it says the same since.

    Compared with what the question kept, so that a change by any way undoes it.
    """
    says = JSONObject(**{name: OuterRef(name) for name in WATCHED})
    right = CheckRequest.objects.filter(
        province=OuterRef("province"), activity=OuterRef("pk"), state=CheckState.CONFIRMED
    )
    return Exists(right.filter(before=says))


def count_in(user: User, filters: Any) -> list[NoteCount]:
    """How many questions there are among what the filters name, by how they ended.

    Counted by the day, the category and the place that was asked about: a figure that an answer
    has changed says so, even where the activity has left it.
    """
    rows = filters.about(CheckRequest.objects.visible_to(user))
    counted = dict(
        rows.exclude(state=CheckState.WITHDRAWN)
        .order_by()
        .values_list("state")
        .annotate(Count("pk"))
    )
    if not counted:
        return []
    filtered = {value for value, _label in CHOICES}
    return [
        NoteCount(label=_("มีรายการที่ขอให้ตรวจสอบ"), number=sum(counted.values())),
        *(
            NoteCount(
                label=str(state.label),
                number=counted[state],
                value=state.value if state in filtered else "",
            )
            for state in CheckState
            if state in counted
        ),
    ]


def _in_words(name: str, value: str) -> str:
    if name == "on_date":
        return short_date(date.fromisoformat(value))
    return str((Category if name == "category" else ActivityKind)(value).label)
