"""The demo sign-ins of the contract: an office of people in each province, and the centre."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher
from django.utils import timezone

from volunteer_network.access.roles import Role
from volunteer_network.demo.names import Name, invent
from volunteer_network.demo.places import Country, slug
from volunteer_network.enums import AgencyCode
from volunteer_network.models import Province, User

# 8 MiB and one pass, some 40 times cheaper than Django's: these passwords are public, and the first
# sign-in hashes anew with the full cost.
_CHEAP_MEMORY_KIB: Final = 8_192
_PARTNERS: Final = (AgencyCode.DOE, AgencyCode.DSD, AgencyCode.DLPW, AgencyCode.SSO)
_MENTOR_POSITIONS: Final = (
    "นักวิชาการแรงงานปฏิบัติการ",
    "นักวิชาการแรงงานปฏิบัติการ",
    "นักวิชาการแรงงานชำนาญการ",
    "นักวิชาการแรงงานชำนาญการ",
    "เจ้าพนักงานแรงงานปฏิบัติงาน",
    "เจ้าพนักงานแรงงานชำนาญงาน",
    "พนักงานราชการ ตำแหน่งนักวิชาการแรงงาน",
)
_CENTRE: Final = (
    ("central", Role.CENTRAL_OFFICER, "นักวิชาการแรงงานชำนาญการ กองตรวจราชการและประเมินผล"),
    ("executive", Role.EXECUTIVE, "ผู้ช่วยปลัดกระทรวงแรงงาน"),
    ("inspector", Role.INSPECTOR, "ผู้ตรวจราชการกระทรวงแรงงาน"),
    ("seminar", Role.SEMINAR_ADMIN, "นักวิชาการแรงงานปฏิบัติการ งานสัมมนา"),
    ("admin", Role.CENTRAL_ADMIN, "นักวิชาการคอมพิวเตอร์ชำนาญการ"),
)
_INSPECTED: Final = [15, 16]  # Upper North 1 and 2


@dataclass(frozen=True, slots=True)
class Staff:
    """Who may have written down an activity of the province."""

    mentors: dict[int, list[int]]  # user ids by province

    def mentor_of(self, province: int, district: int) -> int:
        """Each district has its mentor, the same in all years."""
        ours = self.mentors[province]
        return ours[district % len(ours)]


def make_accounts(country: Country, *, today: date, seed: int, with_passwords: bool) -> Staff:
    """Make every demo account. Without passwords nobody can sign in with them."""
    chance = Random(f"{seed} accounts")  # noqa: S311 - a play, not a secret
    users = [_centre(chance, *row) for row in _CENTRE]
    for province in country.provinces:
        users += _office_of(chance, country, province)
    joined = timezone.make_aware(datetime.combine(today - timedelta(days=900), time(9)))
    for number, user in enumerate(users, start=1):
        user.pk, user.joined_at = number, joined
    _set_passwords(users, with_passwords=with_passwords)
    User.objects.bulk_create(users)
    mentors: dict[int, list[int]] = {}
    for user in users:
        if user.role == Role.MENTOR and user.province_id:
            mentors.setdefault(user.province_id, []).append(user.pk)
    return Staff(mentors)


def _centre(chance: Random, username: str, role: Role, position: str) -> User:
    name = invent(chance, province=10, region="", age=chance.randint(35, 58))
    regions = _INSPECTED if role == Role.INSPECTOR else []
    return User(**_person(chance, username, role, name, position), inspection_regions=regions)


def _office_of(chance: Random, country: Country, province: Province) -> list[User]:
    """A head, one to three mentors, and an officer of one partner agency."""
    code, place = province.code, slug(province)
    mentors = [f"mentor{n if n > 1 else ''}.{place}" for n in range(1, chance.randint(1, 3) + 1)]
    agency = chance.choice(_PARTNERS)
    posts = [
        (f"head.{place}", Role.PROVINCIAL_HEAD, AgencyCode.OPS, f"แรงงานจังหวัด{province.name}"),
        *(
            (username, Role.MENTOR, AgencyCode.OPS, chance.choice(_MENTOR_POSITIONS))
            for username in mentors
        ),
        (f"partner.{place}", Role.PARTNER_OFFICER, agency, "เจ้าหน้าที่ประสานงานเครือข่าย อสร."),
    ]
    users = []
    for username, role, of_agency, position in posts:
        age = chance.randint(48, 59) if role == Role.PROVINCIAL_HEAD else chance.randint(26, 56)
        women = 0.4 if role == Role.PROVINCIAL_HEAD else 0.68
        name = invent(chance, province=code, region=province.region, age=age, women=women)
        users.append(
            User(
                **_person(chance, username, role, name, position),
                province_id=code,
                office_id=country.offices[code, of_agency],
            )
        )
    return users


def _person(chance: Random, username: str, role: Role, name: Name, position: str) -> dict[str, str]:
    return {
        "username": username,
        "role": role,
        "title": name.title,
        "first_name": name.first,
        "last_name": name.last,
        "position": position,
        "phone": f"0{chance.choice('689')}0{chance.randrange(10**7):07d}",
        "email": f"{username}@example.go.th",
    }


def _set_passwords(users: list[User], *, with_passwords: bool) -> None:
    if not with_passwords:
        for user in users:
            user.set_unusable_password()
        return
    hasher = get_hasher()
    if isinstance(hasher, Argon2PasswordHasher):
        hasher.memory_cost, hasher.time_cost, hasher.parallelism = _CHEAP_MEMORY_KIB, 1, 1

    def hashed(user: User) -> str:
        return str(hasher.encode(f"demo-{user.username}", hasher.salt()))

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # hashing leaves Python's lock
        for user, password in zip(users, pool.map(hashed, users), strict=True):
            user.password = password
