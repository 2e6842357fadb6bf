"""Two seminars of the demo country: the edition of fiscal year 2564, and this year's, open."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Any, Final

from django.utils import timezone

from mentors.models import Mentor
from seminars.enums import (
    CheckInWay,
    ClassKind,
    HalfDay,
    RegistrationSource,
    RegistrationState,
    SeminarState,
)
from seminars.models import (
    AgendaItem,
    CheckIn,
    ParticipantClass,
    ProvinceSeats,
    Registration,
    SeatCount,
    Seminar,
    Session,
)
from volunteer_network.access.roles import Role
from volunteer_network.demo.country import Plan
from volunteer_network.demo.names import invent
from volunteer_network.demo.registry import DemoMaker, register_demo
from volunteer_network.models import Province, User
from volunteer_network.thai_calendar import fiscal_year
from volunteer_network.thai_text import match_key

TITLE: Final = (
    "โครงการสัมมนาเชิงปฏิบัติการเจ้าหน้าที่พี่เลี้ยงอาสาสมัครแรงงานเชิงบูรณาการ ประจำปีงบประมาณ พ.ศ. {year}"
)
TEXTS: Final = {
    "room": "ห้องปรินซ์บอลรูม 3",
    "floor": "11",
    "building": "1",
    "venue": "โรงแรมปรินซ์ พาเลซ มหานาค กรุงเทพฯ",
    "venue_province_id": 10,
    "chair": "ปลัดกระทรวงแรงงาน",
    "reporter": "ผู้อำนวยการกองตรวจราชการและประเมินผล",
    "objectives": (
        "1. เพิ่มศักยภาพเจ้าหน้าที่พี่เลี้ยงอาสาสมัครแรงงานในส่วนภูมิภาค\n"
        "2. แลกเปลี่ยนความรู้ ประสบการณ์ และแนวทางบริหารจัดการงานอาสาสมัครแรงงานของปีงบประมาณ"
    ),
    "expected_result": (
        "สำนักงานแรงงานจังหวัดนำผลการสัมมนาไปพัฒนางานอาสาสมัครแรงงาน วางแผน"
        " และบูรณาการร่วมกับหน่วยงานในสังกัดกระทรวงแรงงานในจังหวัด"
    ),
}
OF_2564: Final = date(2020, 12, 3)
AFTERNOON: Final = (time(13, 30), time(16, 30))
AGENDA: Final = (
    (time(12, 45), time(13, 30), "ลงทะเบียน", ""),
    (time(13, 30), time(14, 0), "พิธีเปิดและมอบนโยบาย", "ปลัดกระทรวงแรงงาน"),
    (time(14, 0), time(15, 0), "แนวทางขับเคลื่อนงานอาสาสมัครแรงงานเชิงบูรณาการ", "วิทยากร"),
    (time(15, 0), time(16, 0), "แลกเปลี่ยนเรียนรู้การบริหารจัดการงานอาสาสมัครแรงงาน", "ผู้แทนจังหวัด"),
    (time(16, 0), time(16, 30), "สรุปผลและปิดการสัมมนา", ""),
)
# Class → seats in 2563 (115 people), seats this year, people of the centre who have one this year.
CLASSES: Final = (
    (ClassKind.MENTOR, 76, 112, 0),
    (ClassKind.NETWORK_STAFF, 12, 40, 0),
    (ClassKind.CENTRAL_STAFF, 10, 12, 7),
    (ClassKind.SPEAKER, 3, 4, 2),
    (ClassKind.EXECUTIVE, 2, 3, 1),
    (ClassKind.ORGANISER, 8, 10, 8),
    (ClassKind.OBSERVER, 4, 6, 0),
)
NAMED: Final = frozenset({ClassKind.MENTOR, ClassKind.NETWORK_STAFF})
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
ABSENT_EVERY, SILENT, WAITING = 29, 9, 6
STAYS_WITH_ONE: Final = 50  # Chiang Mai has a seat left, as the tour of the demo tells
PROVINCE_SEATS: Final = 2


def register() -> None:
    register_demo(DemoMaker(order=40, make=make_seminars, models=_models))


def _models() -> tuple[Any, ...]:
    return (Seminar, Session, AgendaItem, ParticipantClass, ProvinceSeats, Registration, CheckIn)


def make_seminars(plan: Plan) -> None:
    """Both editions; persons are invented, mentors of the time are linked where they exist."""
    chance = Random(f"{plan.seed} seminars")  # noqa: S311 - a play, not a secret
    admin = User.objects.filter(role=Role.SEMINAR_ADMIN).order_by("pk").first()
    if admin is None:
        return
    provinces = list(Province.objects.filter(has_office=True).order_by("pk"))
    _held(chance, admin, provinces)
    _open(chance, admin, provinces, plan.today)


def _held(chance: Random, admin: User, provinces: list[Province]) -> None:
    seminar = _seminar(admin, OF_2564, state=SeminarState.FINISHED)
    classes = _classes(seminar, {kind: seats for kind, seats, _now, _of_centre in CLASSES})
    _province_seats(seminar, provinces, seats=1)
    mentors = _mentors_on(OF_2564)
    rows = []
    for kind, seats, *_rest in CLASSES:
        places = cycle(provinces) if kind in NAMED else cycle([None])
        for _number, province in zip(range(seats), places, strict=False):
            known = (
                mentors.pop(province.pk, None) if kind == ClassKind.MENTOR and province else None
            )
            rows.append(_person(chance, classes[kind], province, known))
    for row in rows:
        row.source, row.registered_by = RegistrationSource.IMPORT, admin
        row.registered_at = _at(OF_2564 - timedelta(days=9), time(10, 15))
    _save(rows)
    session = seminar.sessions.get()
    CheckIn.objects.bulk_create(
        CheckIn(
            province_id=row.province_id,
            seminar=seminar,
            session=session,
            registration=row,
            way=chance.choice((CheckInWay.SEARCH, CheckInWay.PAPER)),
            first_at=_at(OF_2564, time(12, 45)) + timedelta(seconds=chance.randint(0, 3000)),
            noted_by=admin,
        )
        for number, row in enumerate(rows, start=1)
        if number % ABSENT_EVERY
    )


def _open(chance: Random, admin: User, provinces: list[Province], today: date) -> None:
    day = today + timedelta(days=21 + (3 - today.weekday()) % 7)  # a Thursday, as in 2563
    seminar = _seminar(
        admin,
        day,
        state=SeminarState.OPEN,
        registration_closes_at=_at(day - timedelta(days=7), time(23, 59, 59)),
    )
    classes = _classes(seminar, {kind: seats for kind, _then, seats, _of_centre in CLASSES})
    _province_seats(seminar, provinces, seats=PROVINCE_SEATS)
    rows = [
        *_sent_by_provinces(chance, classes, _those_who_sent(provinces), today),
        *(
            _person(chance, classes[kind], None, None)
            for kind, _then, _seats, count in CLASSES
            for _number in range(count)
        ),
    ]
    for row in rows:
        if row.province_id is None:
            row.source, row.registered_by = RegistrationSource.CENTRE, admin
            row.registered_at = _at(today - timedelta(days=6), time(9, 30))
    _save(rows)


def _those_who_sent(provinces: list[Province]) -> list[Province]:
    """All but nine, spread over the country."""
    others = [one for one in provinces if one.pk != STAYS_WITH_ONE]
    step = len(others) // SILENT
    silent = {one.pk for one in others[::step][:SILENT]}
    return [one for one in provinces if one.pk not in silent]


def _sent_by_provinces(
    chance: Random,
    classes: dict[ClassKind, ParticipantClass],
    provinces: list[Province],
    today: date,
) -> Iterator[Registration]:
    """A mentor of each; of some a second one, until the class is full and a few have to wait."""
    officers = _officers()
    mentors = _mentors_on(today)
    second = 0
    for province in provinces:
        rows = [_person(chance, classes[ClassKind.MENTOR], province, mentors.get(province.pk))]
        more = classes[ClassKind.NETWORK_STAFF]
        if province.pk != STAYS_WITH_ONE and second < more.seats + WAITING:
            rows.append(_person(chance, more, province, None))
            second += 1
            if second > more.seats:
                rows[-1].state = RegistrationState.WAITING
                rows[-1].queued_at = _at(today - timedelta(days=1), time(9)) + timedelta(
                    minutes=7 * second
                )
        for row in rows:
            row.source, row.registered_by_id = RegistrationSource.PROVINCE, officers[province.pk]
            row.registered_at = row.queued_at or _at(
                today - timedelta(days=chance.randint(2, 12)), time(chance.randint(9, 15), 20)
            )
            yield row


def _seminar(admin: User, day: date, **more: Any) -> Seminar:
    year = fiscal_year(day)
    seminar = Seminar.objects.create(
        title=TITLE.format(year=year),
        fiscal_year=year,
        starts_on=day,
        ends_on=day,
        made_by=admin,
        **TEXTS,
        **more,
    )
    starts_at, ends_at = AFTERNOON
    Session.objects.create(
        seminar=seminar, on_date=day, half=HalfDay.AFTERNOON, starts_at=starts_at, ends_at=ends_at
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(
            seminar=seminar,
            on_date=day,
            starts_at=starts_at,
            ends_at=ends_at,
            title=title,
            speaker=speaker,
        )
        for starts_at, ends_at, title, speaker in AGENDA
    )
    return seminar


def _classes(seminar: Seminar, seats: dict[ClassKind, int]) -> dict[ClassKind, ParticipantClass]:
    made = ParticipantClass.objects.bulk_create(
        ParticipantClass(
            seminar=seminar,
            kind=kind,
            seats=count,
            named_by_provinces=kind in NAMED,
            position=position,
        )
        for position, (kind, count) in enumerate(seats.items())
    )
    SeatCount.objects.bulk_create(SeatCount(participant_class=one) for one in made)
    return {ClassKind(one.kind): one for one in made}


def _province_seats(seminar: Seminar, provinces: Iterable[Province], *, seats: int) -> None:
    ProvinceSeats.objects.bulk_create(
        ProvinceSeats(seminar=seminar, province=province, seats=seats) for province in provinces
    )


def _person(
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


def _save(rows: list[Registration]) -> None:
    """With their seats counted."""
    Registration.objects.bulk_create(rows)
    taken: dict[int, int] = {}
    for row in rows:
        if row.state == RegistrationState.ACCEPTED:
            taken[row.participant_class_id] = taken.get(row.participant_class_id, 0) + 1
    for participant_class, count in taken.items():
        SeatCount.objects.filter(participant_class=participant_class).update(taken=count)


def _mentors_on(day: date) -> dict[int, Mentor]:
    """One mentor of each province that has any on that day."""
    serving = Mentor.objects.serving_on(day).order_by("-pk")
    return {mentor.province_id: mentor for mentor in serving}


def _officers() -> dict[int, int]:
    """Province → a mentor's account."""
    accounts = User.objects.filter(role=Role.MENTOR, province__isnull=False).order_by("-pk")
    return dict(accounts.values_list("province_id", "pk"))


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
