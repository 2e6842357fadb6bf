"""The people of a demo seminar: mentors where there are any, invented persons else."""

from datetime import date, datetime, time
from random import Random
from typing import Final

from django.utils import timezone

from mentors.models import Mentor
from seminars.enums import ClassKind, RegistrationState
from seminars.models import ParticipantClass, Registration, SeatCount
from volunteer_network.access.roles import Role
from volunteer_network.demo.names import invent
from volunteer_network.models import Province, User
from volunteer_network.thai_text import match_key

POSITIONS: Final = {
    ClassKind.MENTOR: (
        "นักวิชาการแรงงานชำนาญการ",
        "นักวิชาการแรงงานปฏิบัติการ",
        "เจ้าพนักงานแรงงานชำนาญงาน",
    ),
    ClassKind.NETWORK_STAFF: ("เจ้าหน้าที่วิเคราะห์และประมวลผลเบื้องต้น", "พนักงานราชการ"),
    ClassKind.CENTRAL_STAFF: ("นักวิเคราะห์นโยบายและแผนชำนาญการ", "นักวิชาการแรงงานชำนาญการพิเศษ"),
    ClassKind.SPEAKER: ("วิทยากร",),
    ClassKind.EXECUTIVE: ("ผู้บริหารกระทรวงแรงงาน",),
    ClassKind.ORGANISER: ("เจ้าหน้าที่งานสัมมนา",),
    ClassKind.OBSERVER: ("ผู้สังเกตการณ์",),
}
CENTRE: Final = "สำนักงานปลัดกระทรวงแรงงาน"


def person(
    chance: Random,
    participant_class: ParticipantClass,
    province: Province | None,
    mentor: Mentor | None,
) -> Registration:
    if mentor:
        who = {name: getattr(mentor, name) for name in ("title", "first_name", "last_name")}
        position = mentor.position
    else:
        code, region = (province.pk, province.region) if province else (10, "")
        name = invent(chance, province=code, region=region, age=chance.randint(26, 58))
        who = {"title": name.title, "first_name": name.first, "last_name": name.last}
        position = chance.choice(POSITIONS[ClassKind(participant_class.kind)])
    return Registration(
        province=province,
        seminar_id=participant_class.seminar_id,
        participant_class=participant_class,
        mentor=mentor,
        position=position,
        organisation=province.office_name if province else CENTRE,
        phone=f"0{chance.choice('689')}0{chance.randrange(10**7):07d}",
        match_key=match_key(f"{who['first_name']} {who['last_name']}"),
        **who,
    )


def save_with_seats(rows: list[Registration]) -> None:
    """With their seats counted."""
    Registration.objects.bulk_create(rows)
    taken: dict[int, int] = {}
    for row in rows:
        if row.state == RegistrationState.ACCEPTED:
            taken[row.participant_class_id] = taken.get(row.participant_class_id, 0) + 1
    for participant_class, count in taken.items():
        SeatCount.objects.filter(participant_class=participant_class).update(taken=count)


def mentors_on(day: date) -> dict[int, Mentor]:
    """One mentor of each province that has any on that day."""
    serving = Mentor.objects.serving_on(day).order_by("-pk")
    return {mentor.province_id: mentor for mentor in serving}


def mentors_accounts() -> dict[int, int]:
    """Province → a mentor's account."""
    accounts = User.objects.filter(role=Role.MENTOR, province__isnull=False).order_by("-pk")
    return dict(accounts.values_list("province_id", "pk"))


def at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
