"""What search costs: beside plain Django asking the same, and with more participants."""

from functools import partial

from django.db import connection
from django.test import override_settings

from seminars.enums import ClassKind, RegistrationSource, SeminarState
from seminars.models import ParticipantClass, Registration, Seminar
from tests.bench import databases
from tests.bench.measure import compare
from tests.bench.report import Report
from tests.bench.visitor import Visitor, bare_application, our_application
from tests.databases import clone, use
from volunteer_network.access.owner import as_owner
from volunteer_network.models import Province, Subdistrict, User
from volunteer_network.thai_text import match_key

MENTOR, SEMINAR_ADMIN = "mentor.chiangmai", "seminar"
WORDS = "%E0%B8%AA%E0%B8%A1"  # สม
FEW, MANY = 115, 5_000
ADDRESSES = "tests.bench.search_urls"
PARTICIPANTS = "bench_participants"


def measure_search(report: Report) -> None:
    """Thai name search through the full stack; then the same with 5,000 participants."""
    use(databases.COUNTRY)
    with override_settings(ROOT_URLCONF=ADDRESSES):
        _against_plain_django(report)
        _with_more_participants(report)


def _against_plain_django(report: Report) -> None:
    ours = Visitor(our_application(), MENTOR)
    bare = Visitor(bare_application(), MENTOR)
    ratio = compare(
        partial(bare.get, f"/bench/bare-search/?q={WORDS}"),
        partial(ours.get, f"/search?q={WORDS}"),
        calls=20,
    )
    report.add("Thai name search / bare Django, throughput", ratio.wall, at_least=0.5)
    register = compare(
        partial(bare.get, f"/bench/bare-register/?q={WORDS}"),
        partial(ours.get, f"/volunteers/?q={WORDS}"),
        calls=20,
    )
    report.add("register by Thai name / bare Django, throughput", register.wall)


def _with_more_participants(report: Report) -> None:
    """One database: with 115 participants, then with 5,000; each in units of the same page."""
    connection.close()  # what somebody looks at cannot be copied
    clone(databases.COUNTRY, PARTICIPANTS)
    use(PARTICIPANTS)
    visitor = Visitor(our_application(), SEMINAR_ADMIN)
    place = Subdistrict.objects.first().pk
    unit = partial(visitor.get, f"/bench/bare/{place}/")
    search = partial(visitor.get, f"/search?q={WORDS}")
    _fill(FEW)
    few = compare(search, unit, calls=15).wall
    _fill(MANY)
    many = compare(search, unit, calls=15).wall
    report.add(f"search, {MANY:,} / {FEW} participants", many / few, at_most=1.3)
    use(databases.COUNTRY)


def _fill(count: int) -> None:
    """So many participants of one seminar, and no others."""
    provinces = list(Province.objects.filter(has_office=True).values_list("pk", flat=True))
    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE seminars_registration CASCADE")
        seminar, _made = Seminar.objects.get_or_create(
            title="สัมมนาวัดเวลา",
            fiscal_year=2599,
            defaults={
                "venue": "โรงแรมตัวอย่าง",
                "venue_province_id": 10,
                "starts_on": "2026-12-01",
                "ends_on": "2026-12-01",
                "state": SeminarState.OPEN,
                "made_by": User.objects.get(username=SEMINAR_ADMIN),
            },
        )
        of_class, _made = ParticipantClass.objects.get_or_create(
            seminar=seminar, kind=ClassKind.OBSERVER, defaults={"seats": MANY}
        )
        Registration.objects.bulk_create(
            _participant(number, of_class, provinces[number % len(provinces)])
            for number in range(count)
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE seminars_registration")


def _participant(number: int, of_class: ParticipantClass, province: int) -> Registration:
    first_name, last_name = ("สมชาย" if number < FEW else "วิไล"), f"ลำดับ{number}"
    return Registration(
        province_id=province,
        seminar=of_class.seminar,
        participant_class=of_class,
        first_name=first_name,
        last_name=last_name,
        source=RegistrationSource.PROVINCE,
        match_key=match_key(f"{first_name} {last_name}"),
    )
