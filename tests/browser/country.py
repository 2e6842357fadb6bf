"""The people and rows of the browser tests' site: a small Chiang Mai and an empty Nan."""

from datetime import timedelta

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils import timezone

from tests.architecture.rows import Rows, rows_in
from tests.factories import ActivityFactory, TermFactory, UserFactory, VolunteerFactory
from volunteer_network.access.roles import Role
from volunteer_network.models import Province, Subdistrict, User

CHIANG_MAI, NAN = 50, 55
PASSWORD = "a-long-enough-secret"
MORE_THAN_A_PAGE = 52
CAST = {
    "mentor.chiangmai": (Role.MENTOR, CHIANG_MAI),
    "mentor2.chiangmai": (Role.MENTOR, CHIANG_MAI),
    "head.chiangmai": (Role.PROVINCIAL_HEAD, CHIANG_MAI),
    "mentor.nan": (Role.MENTOR, NAN),
    "head.nan": (Role.PROVINCIAL_HEAD, NAN),
    "partner.chiangmai": (Role.PARTNER_OFFICER, CHIANG_MAI),
    "central": (Role.CENTRAL_OFFICER, None),
    "executive": (Role.EXECUTIVE, None),
    "inspector": (Role.INSPECTOR, None),
    "seminar": (Role.SEMINAR_ADMIN, None),
    "admin": (Role.CENTRAL_ADMIN, None),
}
NAMES = {
    "mentor.chiangmai": ("นางสาว", "ปาณิสรา", "ทองประเสริฐ"),
    "mentor2.chiangmai": ("นาย", "วรเมธ", "คำแสน"),
    "head.chiangmai": ("นาย", "ธีรเดช", "ศรีวงศ์"),
}


def settle() -> Rows:
    """Make everybody, and rows enough for a second page; return one row of every kind."""
    people = {name: _person(name, role, code) for name, (role, code) in CAST.items()}
    User.objects.update(password=Argon2PasswordHasher().encode(PASSWORD, "a-salt-of-our-own"))
    mentor = people["mentor.chiangmai"]
    rows = rows_in(mentor.province, officer=mentor)
    _fill(mentor)
    return rows


def volunteer(first_name: str, last_name: str = "ใจดี", **details: object):
    """A serving volunteer of Chiang Mai whose term runs."""
    today = timezone.localdate()
    ends_on = today + timedelta(days=40)
    one = VolunteerFactory(
        first_name=first_name, last_name=last_name, term_ends_on=ends_on, **details
    )
    TermFactory(volunteer=one, starts_on=today - timedelta(days=1055), ends_on=ends_on)
    return one


def _person(username: str, role: Role, code: int | None) -> User:
    title, first_name, last_name = NAMES.get(username, ("นาง", "อรทัย", "บุญมา"))
    return UserFactory(
        username=username,
        role=role,
        title=title,
        first_name=first_name,
        last_name=last_name,
        province=Province.objects.get(pk=code) if code else None,
        inspection_regions=[15] if role == Role.INSPECTOR else [],
    )


def _fill(mentor: User) -> None:
    places = list(Subdistrict.objects.filter(province=mentor.province).order_by("pk")[:20])
    today = timezone.localdate()
    for number in range(MORE_THAN_A_PAGE):
        one = VolunteerFactory(
            last_name="บุญเรือง", subdistrict=places[number % len(places)], number=500 + number
        )
        ActivityFactory(
            volunteer=one,
            recorded_by=mentor,
            on_date=today - timedelta(days=number),
            spotted=3,
            screened=2,
            referred=1,
        )
