"""What a seminar's pages tell: seats by class and province, and what became of one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seminars.models import ParticipantClass, Registration, Seminar
from seminars.services.classes import seated_by_province
from volunteer_network.models import AuditEvent, User


@dataclass(frozen=True)
class ClassSeats:
    """One class: how many seats, how many taken, how many wait among those one may see."""

    participant_class: ParticipantClass
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        return max(self.participant_class.seats - self.taken, 0)


@dataclass(frozen=True)
class ProvinceRow:
    """One province: its seats, who sits on them, who waits, and whether it has answered."""

    code: int
    name: str
    seats: int
    seated: int
    waiting: int
    answered: bool
    reminded_at: datetime | None

    @property
    def left(self) -> int:
        return max(self.seats - self.seated, 0)


@dataclass(frozen=True)
class Happening:
    at: datetime
    words: str
    by: str


VERBS = {
    "registration.made": gettext_lazy("ลงทะเบียน"),
    "registration.changed": gettext_lazy("แก้ข้อมูล"),
    "registration.withdrawn": gettext_lazy("คืนที่นั่ง"),
    "registration.moved_up": gettext_lazy("ได้ที่นั่งจากรายชื่อสำรอง"),
    "registration.accepted": gettext_lazy("ผู้จัดให้ที่นั่ง"),
    "registration.moved": gettext_lazy("ย้ายประเภท"),
    "registration.unmade": gettext_lazy("เรียกคืนการนำเข้า"),
}
SEMINAR_VERBS = {
    "seminar.made": gettext_lazy("สร้างร่าง"),
    "seminar.changed": gettext_lazy("แก้ไข"),
    "seminar.published": gettext_lazy("เปิดรับลงทะเบียน"),
    "seminar.closed": gettext_lazy("ปิดรับลงทะเบียน"),
    "seminar.finished": gettext_lazy("จัดแล้ว"),
    "seminar.cancelled": gettext_lazy("ยกเลิก"),
    "seminar.taken_back": gettext_lazy("กลับเป็นร่าง"),
    "seminar.reminded": gettext_lazy("ส่งเตือนจังหวัด"),
    "seminar.reminder_taken_back": gettext_lazy("เรียกคืนการเตือนจังหวัด"),
}


def class_seats(seminar: Seminar) -> list[ClassSeats]:
    waiting = dict(
        Registration.objects.filter(seminar=seminar, state="waiting")
        .order_by()
        .values("participant_class")
        .annotate(count=Count("pk"))
        .values_list("participant_class", "count")
    )
    return [
        ClassSeats(one, one.count.taken, waiting.get(one.pk, 0))
        for one in seminar.classes.select_related("count")
    ]


def province_rows(seminar: Seminar) -> list[ProvinceRow]:
    """Every invited province; one that has named nobody stands first."""
    seated = seated_by_province(seminar)
    rows = (
        Registration.objects.filter(seminar=seminar, province__isnull=False)
        .order_by()
        .values("province")
        .annotate(waiting=Count("pk", filter=Q(state="waiting")))
        .values_list("province", "waiting")
    )
    counted = dict(rows)
    invited = [
        ProvinceRow(
            code=row.province_id,
            name=row.province.name,
            seats=row.seats,
            seated=seated.get(row.province_id, 0),
            waiting=counted.get(row.province_id, 0),
            answered=row.province_id in counted,
            reminded_at=row.reminded_at,
        )
        for row in seminar.province_seats.select_related("province")
    ]
    return sorted(invited, key=lambda row: (row.answered, row.left == 0))


def own_seats(seminar: Seminar, user: User) -> ProvinceRow | None:
    """The seats of the user's own province; None when it has none of its own."""
    province = user.province
    if province is None:
        return None
    given = seminar.province_seats.filter(province=province).first()
    rows = Registration.objects.visible_to(user).filter(seminar=seminar)
    counts = rows.aggregate(
        all=Count("pk"),
        waiting=Count("pk", filter=Q(state="waiting")),
        seated=Count("pk", filter=Q(state="accepted", participant_class__named_by_provinces=True)),
    )
    if given is None:
        return None
    return ProvinceRow(
        code=province.pk,
        name=province.name,
        seats=given.seats,
        seated=counts["seated"],
        waiting=counts["waiting"],
        answered=bool(counts["all"]),
        reminded_at=given.reminded_at,
    )


def history_of(registration: Registration, user: User) -> list[Happening]:
    events = AuditEvent.objects.visible_to(user).filter(
        target_type="registration", target=str(registration.pk), verb__in=VERBS
    )
    return _told(events, VERBS)


def history_of_seminar(seminar: Seminar, user: User) -> list[Happening]:
    events = AuditEvent.objects.visible_to(user).filter(
        target_type="seminar", target=str(seminar.pk), verb__in=SEMINAR_VERBS
    )
    return _told(events, SEMINAR_VERBS)


def _told(events: "QuerySet[AuditEvent]", verbs: Mapping[str, object]) -> list[Happening]:
    found = list(events.order_by("-at", "-pk")[:30])
    actors = User.objects.in_bulk({event.actor for event in found if event.actor})
    return [
        Happening(event.at, str(verbs[event.verb]), str(actors.get(event.actor) or _("ระบบ")))
        for event in found
    ]
