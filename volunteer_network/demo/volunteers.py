"""Volunteers of the demo country and the terms they were appointed for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from django.utils import timezone

from volunteer_network import national_id, sealing
from volunteer_network.demo.names import Name, invent, words
from volunteer_network.demo.places import Country, Spot
from volunteer_network.demo.terms import Service, serve
from volunteer_network.enums import OtherRole, Sex, VolunteerLevel
from volunteer_network.models import Province, Term, Volunteer
from volunteer_network.services.volunteers import FIRST_NUMBER, SEALED_ID
from volunteer_network.thai_text import match_key

NETWORK_SHARE: Final = 0.08
_NETWORK_LEVELS: Final = {
    VolunteerLevel.COMMUNITY: 60,
    VolunteerLevel.WORKPLACE: 28,
    VolunteerLevel.DISTRICT: 9,
    VolunteerLevel.PROVINCE: 3,
}
_EDUCATION: Final = {
    "ประถมศึกษา": 16,
    "มัธยมศึกษาตอนต้น": 14,
    "มัธยมศึกษาตอนปลาย": 27,
    "ปวช.": 7,
    "ปวส.": 11,
    "ปริญญาตรี": 22,
    "ปริญญาโท": 2,
    "": 1,
}
_OCCUPATION: Final = {
    "เกษตรกร": 38,
    "ค้าขาย": 20,
    "รับจ้างทั่วไป": 14,
    "ธุรกิจส่วนตัว": 9,
    "แม่บ้าน": 6,
    "ช่างเย็บผ้า": 3,
    "ช่างก่อสร้าง": 3,
    "ข้าราชการบำนาญ": 3,
    "พนักงานบริษัท": 3,
    "ประมงพื้นบ้าน": 1,
}
_OTHER_ROLES: Final = (
    (OtherRole.HEALTH, 0.46),
    (OtherRole.SOCIAL, 0.14),
    (OtherRole.AGRICULTURE, 0.08),
    (OtherRole.VILLAGE_HEAD, 0.07),
    (OtherRole.VILLAGE_ASSISTANT, 0.12),
    (OtherRole.LOCAL_COUNCIL, 0.06),
)
_LINE_WORDS: Final = words("nok lek noi dao fah kaew som pim bua tong chai wit nan mai joy aon")
_SERIAL_STEP: Final = 7_919  # prime: neighbours in the list do not have neighbouring numbers
_SERIALS: Final = 10**7
_BATCH: Final = 2_000


@dataclass(frozen=True, slots=True)
class Worker:
    """What the activity log has to know of a volunteer."""

    pk: int
    province: int
    district: int
    subdistrict: int
    served: tuple[tuple[date, date], ...]  # days in office, both ends in
    silent_since: date | None


def make_volunteers(country: Country, *, leads: int, today: date, seed: int) -> list[Worker]:
    """Make lead volunteers, spread evenly over all sub-districts, and the network around them."""
    chance = Random(f"{seed} {today} volunteers")  # noqa: S311 - a play, not a secret
    serial_start = Random(f"{seed} serials").randrange(_SERIALS)  # noqa: S311
    workers: list[Worker] = []
    volunteers: list[Volunteer] = []
    terms: list[Term] = []
    for number, post in enumerate(_posts(chance, country, leads), start=1):
        province, spot, level, place_in_province = post
        service = serve(chance, province.code, level, today)
        serial = (serial_start + number * _SERIAL_STEP) % _SERIALS
        volunteer = _volunteer(chance, province, spot, level, service, today, serial)
        volunteer.pk, volunteer.number = number, FIRST_NUMBER + place_in_province
        volunteers.append(volunteer)
        terms += _terms(volunteer, service)
        served = tuple((row.starts_on, row.lasts_until) for row in service.rounds)
        workers.append(
            Worker(number, province.code, spot.district, spot.code, served, service.silent_since)
        )
    for number, term in enumerate(terms, start=1):
        term.pk = number
    Volunteer.objects.bulk_create(volunteers, batch_size=_BATCH)
    Term.objects.bulk_create(terms, batch_size=_BATCH)
    return workers


def _posts(
    chance: Random, country: Country, leads: int
) -> Iterator[tuple[Province, Spot, VolunteerLevel, int]]:
    """Who serves where and at which level, with a running number within the province."""
    provinces = {province.code: province for province in country.provinces}
    everywhere = [(code, spot) for code in provinces for spot in country.spots[code]]
    wanted = min(leads, len(everywhere))
    chosen = [everywhere[n * len(everywhere) // wanted] for n in range(wanted)]
    posts = [(code, spot, VolunteerLevel.SUBDISTRICT_LEAD) for code, spot in chosen]
    levels, weights = list(_NETWORK_LEVELS), list(_NETWORK_LEVELS.values())
    for _ in range(round(wanted * NETWORK_SHARE) + leads - wanted):
        code, spot = chance.choice(chosen)
        posts.append((code, spot, chance.choices(levels, weights)[0]))
    posts.sort(key=lambda post: post[0])  # stable: the leads of a province come first
    running = dict.fromkeys(provinces, 0)
    for code, spot, level in posts:
        yield provinces[code], spot, level, running[code]
        running[code] += 1


def _volunteer(
    chance: Random,
    province: Province,
    spot: Spot,
    level: VolunteerLevel,
    service: Service,
    today: date,
    serial: int,
) -> Volunteer:
    age = min(76, max(23, round(chance.gauss(50, 9.5))))
    name = invent(chance, province=province.code, region=province.region, age=age)
    person = UUID(int=chance.getrandbits(128), version=4)
    digits = national_id.make_sample(serial)
    return Volunteer(
        province_id=province.code,
        person=person,
        title=name.title,
        first_name=name.first,
        last_name=name.last,
        sex=name.sex,
        national_id_sealed=sealing.seal(digits, table=SEALED_ID, row=str(person)),
        national_id_index=sealing.blind_index(digits),
        national_id_masked=national_id.mask(digits),
        birth_date=_birthday(chance, age, today),
        education=_weighted(chance, _EDUCATION),
        occupation=_occupation(chance, level, name),
        other_roles=[role for role, share in _OTHER_ROLES if chance.random() < share],
        level=level,
        subdistrict_id=spot.code,
        district_id=spot.district,
        status=service.status,
        term_ends_on=service.term_ends_on(today),
        registered_at=timezone.make_aware(
            datetime.combine(
                service.registered_on, time(chance.randint(8, 16), chance.randrange(60))
            )
        ),
        match_key=match_key(f"{name.first} {name.last}"),
        **_ways_to_reach(chance),
    )


def _birthday(chance: Random, age: int, today: date) -> date | None:
    if chance.random() < 0.02:
        return None
    return today - timedelta(days=age * 365 + age // 4 + chance.randrange(1, 360))


def _occupation(chance: Random, level: VolunteerLevel, name: Name) -> str:
    if level == VolunteerLevel.WORKPLACE:
        return "พนักงานบริษัท"
    occupation = _weighted(chance, _OCCUPATION)
    return "รับจ้างทั่วไป" if occupation == "แม่บ้าน" and name.sex == Sex.MALE else occupation


def _ways_to_reach(chance: Random) -> dict[str, str]:
    word = chance.choice(_LINE_WORDS)
    phone = f"0{chance.choice('68889999')}0{chance.randrange(10**7):07d}"
    return {
        "phone": phone if chance.random() < 0.96 else "",
        "line_id": f"{word}{chance.randrange(10, 9999)}" if chance.random() < 0.45 else "",
        "email": f"{word}.{chance.randrange(10**4)}@example.com" if chance.random() < 0.08 else "",
        "address": f"{chance.randint(1, 320)}/{chance.randint(1, 9)} หมู่ที่ {chance.randint(1, 14)}",
    }


def _weighted(chance: Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _terms(volunteer: Volunteer, service: Service) -> Iterator[Term]:
    for place, row in enumerate(service.rounds):
        yield Term(
            province_id=volunteer.province_id,
            volunteer_id=volunteer.pk,
            round_number=service.first_round + place,
            subdistrict_id=volunteer.subdistrict_id,
            order_number=row.order_number,
            order_date=row.order_date,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            ended_on=row.ended_on,
            end_reason=row.end_reason,
        )
