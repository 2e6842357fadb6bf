"""Which activities are worth a second look, and why: far above the usual, or like a twin.

The usual is what the six months before the activity's own say: people at a time, of the same
volunteer and of the same category in the province. From three times the usual on, and at least
twenty people more, an activity is odd. A month's figures in one row are held against the
volunteer's months instead. Odd is a question, not a mistake.

The usual is read from the roll-ups, so it costs a few rows for each activity that is large enough;
those of the last minute are not in it yet. It is still work for every row that is sorted, which is
why longer lists stay in the order of their days.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DecimalField,
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
from django.db.models.functions import Cast, Coalesce, Floor, Greatest
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
SORTED_AT_MOST: Final = 10_000  # rows; sorting so many takes a dozen times what their days take

TWIN: Final = gettext_lazy("เหมือนอีกรายการของคนนี้ในวันเดียวกันทุกตัวเลข")

_HUNDREDTHS: Final = 100
_OF_A_TWIN: Final = UNUSUAL_TIMES * _HUNDREDTHS
_MEASURES: Final[dict[str, Promise]] = {
    "people": gettext_lazy("ผู้รับบริการ"),
    "spotted": gettext_lazy("ชี้เป้า"),  # what is screened and referred is a part of it
}
_ALIKE: Final = (
    *("volunteer", "on_date", "category", "kind", "subdistrict", "people_male", "people_female"),
    *("spotted", "screened", "referred"),
)


def few_enough(rows: ActivityQuerySet) -> bool:
    """Whether the rows are few enough to be sorted by how odd they are."""
    return rows.order_by()[: SORTED_AT_MOST + 1].count() <= SORTED_AT_MOST


def oddity() -> Case:
    """How odd an activity is: hundredths of the usual, or nought; of small ones nothing is read."""
    by_category = [
        _times(name, ProvinceCategoryMonth, "province", "category") for name in _MEASURES
    ]
    by_volunteer = [_times(name, VolunteerMonth, "volunteer") for name in _MEASURES]
    return Case(
        When(kind=ActivityKind.MONTH_SUMMARY, then=Greatest(*by_volunteer)),
        default=Greatest(*by_volunteer, *by_category, _twin()),
        output_field=BigIntegerField(),
    )


def reasons_of(activities: Collection[int], *, user: User) -> dict[int, list[str]]:
    """Of each odd activity why it is, in words; the others are left out."""
    rows = Activity.objects.visible_to(user).filter(pk__in=activities).order_by()
    for name in _MEASURES:
        rows = rows.annotate(
            **{
                f"{name}_of_volunteer": _times(name, VolunteerMonth, "volunteer"),
                f"{name}_of_category": _times(name, ProvinceCategoryMonth, "province", "category"),
            }
        )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows.annotate(twin=_twin()):
        if words := _in_words(row):
            found[row.pk] = words
    return dict(found)


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
        .annotate(months=Count("month", distinct=True), whole=Sum(measure), occasions=_occasions())
        .filter(months__gte=LEAST_MONTHS, whole__gt=0)
    )
    as_often = _Product(F("occasions"), OuterRef(measure))  # had each time reached so many
    times = summed.annotate(
        times=_whole(as_often * _HUNDREDTHS / F("whole")),
        more=_whole(as_often - F("occasions") * LEAST_MORE - F("whole")),
    )
    odd = times.filter(times__gte=UNUSUAL_TIMES * _HUNDREDTHS, more__gte=0)
    return Case(
        When(
            **{f"{measure}__gte": LEAST_MORE},
            then=Coalesce(Subquery(odd.values("times")), Value(0)),
        ),
        default=Value(0),
        output_field=BigIntegerField(),
    )


class _Product(Func):
    """A product with a column of the outer row, which an expression of sums cannot have."""

    output_field = DecimalField()
    arg_joiner = " * "
    template = "(%(expressions)s)"


def _whole(calculated: Any) -> Cast:
    return Cast(Floor(ExpressionWrapper(calculated, DecimalField())), BigIntegerField())


def _occasions() -> Case:
    """What the sums are divided by: activities, or months where the row is a whole month."""
    whole_month = Exact(OuterRef("kind"), Value(ActivityKind.MONTH_SUMMARY))
    return Case(
        When(whole_month, then=Count("month", distinct=True)),
        default=Sum("activities"),
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
