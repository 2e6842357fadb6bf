"""An edition of the yearly seminar before anybody is named: what, where, when, how many seats."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any, Final

from seminars.enums import ClassKind, HalfDay
from seminars.models import AgendaItem, ParticipantClass, ProvinceSeats, SeatCount, Seminar, Session
from volunteer_network.models import Province, User
from volunteer_network.thai_calendar import fiscal_year

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
AFTERNOON: Final = (time(13, 30), time(16, 30))
AGENDA: Final = (
    (time(12, 45), time(13, 30), "ลงทะเบียน", ""),
    (time(13, 30), time(14, 0), "พิธีเปิดและมอบนโยบาย", "ปลัดกระทรวงแรงงาน"),
    (time(14, 0), time(15, 0), "แนวทางขับเคลื่อนงานอาสาสมัครแรงงานเชิงบูรณาการ", "วิทยากร"),
    (time(15, 0), time(16, 0), "แลกเปลี่ยนเรียนรู้การบริหารจัดการงานอาสาสมัครแรงงาน", "ผู้แทนจังหวัด"),
    (time(16, 0), time(16, 30), "สรุปผลและปิดการสัมมนา", ""),
)
NAMED: Final = frozenset({ClassKind.MENTOR, ClassKind.NETWORK_STAFF})


def make_seminar(admin: User, day: date, **more: Any) -> Seminar:
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


def make_classes(
    seminar: Seminar, seats: dict[ClassKind, int]
) -> dict[ClassKind, ParticipantClass]:
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


def give_province_seats(seminar: Seminar, provinces: Iterable[Province], *, seats: int) -> None:
    ProvinceSeats.objects.bulk_create(
        ProvinceSeats(seminar=seminar, province=province, seats=seats) for province in provinces
    )
