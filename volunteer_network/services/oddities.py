"""Which activities are worth a second look, and why: far above the usual, or like a twin.

The usual is what the six months before the activity's own say: people at a time, of the same
volunteer and of the same category in the province. From three times the usual on, and at least
twenty people more, an activity is odd. A month's figures in one row are held against the
volunteer's months instead. Odd is a question, not a mistake.

The usual is read from the roll-ups, so it costs a few rows for each activity that is large enough;
those of the last minute are not in it yet. It is still work for every row that is looked at, which
is why of longer lists only the newest rows are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.database_functions import MonthsBefore
from volunteer_network.enums import ActivityKind
from volunteer_network.models import Activity, ProvinceCategoryMonth, User, VolunteerMonth
from volunteer_network.models.activities import ActivityQuerySet
from volunteer_network.thai_text import group_thousands

UNUSUAL_TIMES: Final = 3
USUAL_MONTHS: Final = 6
LEAST_MONTHS: Final = 2  # fewer say nothing of what is usual
LEAST_MORE: Final = 20  # people above the usual; three instead of one are nobody's mistake
LOOKED_AT: Final = 2_000  # rows, the newest; a page of so many takes twice what their days take

TWIN: Final = gettext_lazy("เหมือนอีกรายการของคนนี้ในวันเดียวกันทุกตัวเลข")

_HUNDREDTHS: Final = 100
_OF_A_TWIN: Final = UNUSUAL_TIMES * _HUNDREDTHS
_MEASURES: Final[dict[str, Promise]] = {
    "people": gettext_lazy("ผู้รับบริการ"),
    "spotted": gettext_lazy("ชี้เป้า"),  # what is screened and referred is a part of it
}
_IDS: Final = ArrayField(BigIntegerField())
_TOLD: Final = ("pk", "on_date", "kind", *_MEASURES)
_ALIKE: Final = (
    *("volunteer", "on_date", "category", "kind", "subdistrict", "people_male", "people_female"),
    *("spotted", "screened", "referred"),
)


@dataclass(frozen=True, slots=True)
class Oddity:
    """How odd an activity is, in hundredths of the usual, and why, in words."""

    hundredths: int
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Look:
    """The odd among rows, by id, the oddest first, of equally odd ones the latest.

    `last` is the last row that was looked at, where there are more: its day and id.
    """

    odd: dict[int, Oddity]
    last: tuple[date, int] | None

    def among(self, rows: ActivityQuerySet) -> ActivityQuerySet:
        """The rows that were looked at."""
        if self.last is None:
            return rows
        day, pk = self.last
        return rows.filter(on_date__gte=day).exclude(on_date=day, pk__lt=pk)


def look_for_odd(rows: ActivityQuerySet, *, answered: Exists | None = None) -> Look:
    """Look at the newest of the rows, less those `answered` that somebody has found right.

    One query, along the index of the days; its parts are put together here, for to write each of
    them once is half of what it costs.
    """
    asked = rows.exclude(answered) if answered else rows
    parts = _parts()
    told = list(
        asked.order_by("-on_date", "-pk")
        .annotate(**parts)
        .values_list(*_TOLD, *parts, named=True)[: LOOKED_AT + 1]
    )
    looked = told[:LOOKED_AT]
    found = [(score, row) for row in looked if (score := _score(row))]
    found.sort(key=lambda one: one[0], reverse=True)  # and keeps the order of the days
    return Look(
        odd={row.pk: Oddity(score, _in_words(row)) for score, row in found},
        last=(looked[-1].on_date, looked[-1].pk) if len(told) > len(looked) else None,
    )


def reasons_of(activities: Collection[int], *, user: User) -> dict[int, list[str]]:
    """Of each odd activity why it is, in words; the others are left out."""
    rows = Activity.objects.visible_to(user).filter(pk__in=activities)
    return {pk: odd.reasons for pk, odd in look_for_odd(rows).odd.items()}


def rank_in(ids: Collection[int]) -> Coalesce:
    """How far in front a row is, to be sorted downwards: its place among the ids, or nought."""
    place = _Place(Value(list(ids), _IDS), F("pk"))
    return Coalesce(Value(len(ids) + 1) - place, Value(0))


def _parts() -> dict[str, Case]:
    """What makes a row odd, each by itself: hundredths of the usual, or nought."""
    parts = {"twin": _twin()}
    for name in _MEASURES:
        parts[f"{name}_of_volunteer"] = _times(name, VolunteerMonth, "volunteer")
        parts[f"{name}_of_category"] = _times(name, ProvinceCategoryMonth, "province", "category")
    return parts


def _score(row: Any) -> int:
    """The whole of the parts; a month in one row is held against the volunteer alone."""
    score = max(row.people_of_volunteer, row.spotted_of_volunteer)
    if row.kind != ActivityKind.MONTH_SUMMARY:
        score = max(score, row.people_of_category, row.spotted_of_category, row.twin)
    return int(score)


def _in_words(row: Any) -> list[str]:
    words = []
    of_a_month = row.kind == ActivityKind.MONTH_SUMMARY
    for name, label in _MEASURES.items():
        if times := getattr(row, f"{name}_of_volunteer"):
            told = (
                _("%(label)s %(times)s เท่าของคนนี้ ปกติเดือนละ %(usual)s คน")
                if of_a_month
                else _("%(label)s %(times)s เท่าของคนนี้ ปกติครั้งละ %(usual)s คน")
            )
            words.append(told % ({"label": label} | _usual(getattr(row, name), times)))
        if not of_a_month and (times := getattr(row, f"{name}_of_category")):
            told = _("%(label)s %(times)s เท่าของประเภทงานนี้ในจังหวัด ปกติครั้งละ %(usual)s คน")
            words.append(told % ({"label": label} | _usual(getattr(row, name), times)))
    if row.twin:
        words.append(str(TWIN))
    return words


def _usual(number: int, hundredths: int) -> dict[str, str]:
    usual = max(round(number * _HUNDREDTHS / hundredths), 1)
    return {
        "times": group_thousands(hundredths // _HUNDREDTHS),
        "usual": group_thousands(usual),
    }


def _times(measure: str, kept: type[Any], *keys: str) -> Case:
    """How many hundredths of the usual the measure is, where that is odd; else nought."""
    before: QuerySet[Any] = kept._default_manager.filter(
        **{key: OuterRef(key) for key in keys},
        month__gte=MonthsBefore(OuterRef("on_date"), months=USUAL_MONTHS),
        month__lt=MonthsBefore(OuterRef("on_date"), months=0),
        activities__gt=0,
    )
    summed = (
        before.order_by()
        .values(*keys[:1])
        .annotate(months=Count("month"), whole=_total(measure), occasions=_occasions())
        .filter(months__gte=LEAST_MONTHS, whole__gt=0)
    )
    as_often = _Product(F("occasions"), OuterRef(measure))  # had each time reached so many
    times = summed.annotate(
        as_often=as_often,
        more=as_often - F("occasions") * LEAST_MORE - F("whole"),
        times=ExpressionWrapper(as_often * _HUNDREDTHS / F("whole"), BigIntegerField()),
    )
    odd = times.filter(as_often__gte=F("whole") * UNUSUAL_TIMES, more__gte=0)
    return Case(
        When(
            **{f"{measure}__gte": LEAST_MORE},
            then=Coalesce(Subquery(odd.values("times")), Value(0)),
        ),
        default=Value(0),
        output_field=BigIntegerField(),
    )


class _Place(Func):
    """The number of an id in a list, from one; NULL where it is not there."""

    function = "array_position"
    output_field = BigIntegerField()


class _Product(Func):
    """A product with a column of the outer row, which an expression of sums cannot have."""

    output_field = BigIntegerField()
    arg_joiner = " * "
    template = "(%(expressions)s)"


def _total(measure: str) -> Cast:
    """A sum as a whole number: PostgreSQL's own, a decimal, costs three times the reading."""
    return Cast(Sum(measure), BigIntegerField())


def _occasions() -> Case:
    """What the sums are divided by: activities, or months where the row is a whole month."""
    whole_month = Exact(OuterRef("kind"), Value(ActivityKind.MONTH_SUMMARY))
    return Case(
        When(whole_month, then=Count("month")),
        default=_total("activities"),
        output_field=BigIntegerField(),
    )


def _twin() -> Case:
    """Another row that says the same of the same person on the same day."""
    others = Activity.objects.filter(**{name: OuterRef(name) for name in _ALIKE})
    twin = Exists(others.exclude(pk=OuterRef("pk")))
    return Case(
        When(Q(people__gt=0) & twin, then=Value(_OF_A_TWIN)),
        default=Value(0),
        output_field=BigIntegerField(),
    )
