"""Who should guide somebody without a mentor: simple, with the reason in words."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from mentors.models import Mentor, Mentorship
from volunteer_network.models import User


@dataclass(frozen=True)
class Suggestion:
    mentor: Mentor
    reason: str


@dataclass(frozen=True)
class Load:
    """How many the serving mentors of some provinces guide, all in all and by district."""

    mentors: dict[int, list[Mentor]]  # by province
    of_mentor: Counter[int]
    of_district: Counter[tuple[int, int]]  # mentor and district

    def suggest(self, province: int, district: int) -> Suggestion | None:
        """The mentor who guides most of the district, else the one with the fewest people."""
        serving = self.mentors.get(province, [])
        if not serving:
            return None
        nearest = max(serving, key=lambda one: (self.of_district[one.pk, district], -one.pk))
        if near := self.of_district[nearest.pk, district]:
            return Suggestion(nearest, _("ดูแลอำเภอนี้อยู่แล้ว %(count)d คน") % {"count": near})
        freest = min(serving, key=lambda one: (self.of_mentor[one.pk], one.pk))
        few = self.of_mentor[freest.pk]
        return Suggestion(freest, _("ดูแลน้อยที่สุด %(count)d คน") % {"count": few})


def load_on(day: date, *, user: User, provinces: Collection[int]) -> Load:
    """What the mentors of the provinces carry on a day: two queries for any number of people."""
    mentors: dict[int, list[Mentor]] = {}
    rows = Mentor.objects.visible_to(user).filter(province__in=provinces)
    for mentor in rows.serving_on(day).filter(ends_on__isnull=True):
        mentors.setdefault(mentor.province_id, []).append(mentor)
    running = Mentorship.objects.visible_to(user).filter(province__in=provinces).running_on(day)
    of_mentor: Counter[int] = Counter()
    of_district: Counter[tuple[int, int]] = Counter()
    counted = running.values_list("mentor_id", "volunteer__district_id").annotate(n=Count("pk"))
    for mentor_id, district, number in counted.order_by():
        of_mentor[mentor_id] += number
        of_district[mentor_id, district] += number
    return Load(mentors, of_mentor, of_district)
