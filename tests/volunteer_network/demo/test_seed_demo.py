"""The demo country: the same twice, in order, with right figures, never on top of other data."""

from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError
from django.db import connection
from django.db.models import F, Q
from django.test import Client

from tests.databases import owner, used
from tests.factories import ActivityFactory, TermFactory, UserFactory, VolunteerFactory
from tests.volunteer_network.demo.seeds import MONTHS, SMALL, TODAY, seed
from volunteer_network import national_id, sealing
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.demo.accounts import _set_passwords
from volunteer_network.demo.places import slug
from volunteer_network.enums import IN_OFFICE_STATUSES, VolunteerLevel, VolunteerStatus
from volunteer_network.models import (
    Activity,
    ActivityDelta,
    Province,
    ProvinceMonth,
    Subdistrict,
    Term,
    User,
    Volunteer,
)
from volunteer_network.services.figures import check_month, month_totals

TABLES = ("user", "volunteer", "term", "activity", "provincemonth")
RANDOM_COLUMNS = ["password", "national_id_sealed"]  # nonces and salts


def digests():
    found = {}
    with as_owner(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                "SELECT md5(string_agg(line, '' ORDER BY line)) FROM ("
                " SELECT (to_jsonb(row) - %s::text[])::text AS line"
                f" FROM volunteer_network_{table} AS row"
                ") AS lines",
                [RANDOM_COLUMNS],
            )
            found[table] = cursor.fetchone()[0]
    return found


def constraints_and_triggers(database):
    with owner(database) as connection:
        return connection.execute(
            "SELECT conname, convalidated, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'volunteer_network_activity'::regclass"
            " UNION ALL SELECT tgname, tgenabled = 'O', '' FROM pg_trigger"
            " WHERE tgrelid = 'volunteer_network_activity'::regclass AND NOT tgisinternal"
            " ORDER BY 1"
        ).fetchall()


def test_the_same_seed_and_day_give_the_same_country(committed, seeded):
    with used(seeded):
        first = digests()

    seed()

    assert digests() == first


def test_another_seed_gives_another_country(committed, seeded):
    with used(seeded):
        first = digests()

    seed(seed=2)

    assert not set(digests().values()) & set(first.values())


def test_seeding_leaves_the_rules_of_the_database_in_force(committed, seeded):
    rules = constraints_and_triggers(committed)

    assert constraints_and_triggers(seeded) == rules
    assert all(in_force for _, in_force, _ in rules)


def test_every_row_obeys_the_rules_that_the_pages_obey(country):
    with open_scope(NATION):
        assert Activity.objects.count() == SMALL["activities"]
        in_term = Activity.objects.filter(
            volunteer__terms__starts_on__lte=F("on_date"),
            volunteer__terms__lasts_until__gte=F("on_date"),
        )
        assert in_term.count() == SMALL["activities"]
        wrong = Activity.objects.exclude(
            Q(on_date__lt=TODAY)
            & Q(recorded_at__date__gte=F("on_date"))
            & Q(recorded_at__date__lt=TODAY)
            & Q(recorded_by__province=F("province"))
            & Q(subdistrict__district=F("district"))
            & Q(volunteer__province=F("province"))
            & Q(spotted__lte=F("people"))
        )
        assert not wrong.exists()
        assert MONTHS[0] <= Activity.objects.earliest("on_date").on_date
        in_office = Volunteer.objects.in_office()
        assert set(in_office) == set(Volunteer.objects.filter(term_ends_on__gte=TODAY))
        assert not Volunteer.objects.exclude(status__in=IN_OFFICE_STATUSES).filter(
            terms__lasts_until__gte=TODAY
        )


def test_the_country_is_life_like(committed):
    seed(volunteers=1500, activities=6000)

    with open_scope(NATION):
        assert set(Volunteer.objects.values_list("status", flat=True)) == set(VolunteerStatus)
        leads = Volunteer.objects.filter(level=VolunteerLevel.SUBDISTRICT_LEAD)
        assert leads.count() == leads.values("subdistrict").distinct().count() == 1500
        assert Volunteer.objects.count() == 1620
        assert leads.values("province").distinct().count() == 76
        for days in (30, 60, 90):
            assert Volunteer.objects.term_ends_within(days, TODAY).exists()
        assert set(Term.objects.values_list("round_number", flat=True)) == {1, 2, 3}
        month = {"on_date__gte": date(2028, 1, 1), "on_date__lt": date(2028, 2, 1)}
        weekend = Activity.objects.filter(**month, on_date__week_day__in=(1, 7)).count()
        assert weekend < Activity.objects.filter(**month).count() / 5
        silent = Volunteer.objects.in_office().filter(activities=None)
        assert 0.05 < silent.count() / Volunteer.objects.in_office().count() < 0.5
        numbers = Volunteer.objects.filter(province=50).order_by("number")
        assert list(numbers.values_list("number", flat=True))[:2] == [1001, 1002]


def test_the_figures_of_the_country_equal_a_recount(country):
    with open_scope(NATION):
        assert (
            list(ProvinceMonth.objects.values_list("month", flat=True).distinct().order_by("month"))
            == MONTHS
        )
        assert month_totals(month_from=MONTHS[0], month_to=MONTHS[-1]).activities == 4000
        assert not ActivityDelta.objects.exists()
    assert [check_month(month) for month in MONTHS] == [[] for _ in MONTHS]


def test_work_goes_on_after_seeding(country):
    volunteer = VolunteerFactory(number=9_001)
    TermFactory(volunteer=volunteer)
    ActivityFactory(volunteer=volunteer)

    with open_scope(NATION):
        assert ActivityDelta.objects.count() == 1


def test_ids_are_samples_sealed_for_their_row(country):
    with open_scope(NATION):
        volunteer = Volunteer.objects.order_by("?").first()
        digits = sealing.unseal(
            volunteer.national_id_sealed, table="volunteer", row=str(volunteer.person)
        )
        assert national_id.parse(digits).startswith("19999")
        assert national_id.mask(digits) == volunteer.national_id_masked
        assert sealing.blind_index(digits) == bytes(volunteer.national_id_index)


def test_every_sign_in_of_the_contract_exists(country):
    names = set(User.objects.values_list("username", flat=True))
    places = [slug(province) for province in Province.objects.filter(has_office=True)]
    assert len(places) == 76
    assert {
        f"{role}.{place}" for role in ("mentor", "head", "partner") for place in places
    } <= names
    assert {"central", "executive", "inspector", "seminar", "admin"} <= names
    assert {"mentor.chiangmai", "head.nakhonratchasima"} <= names
    for name in ("mentor.chiangmai", "admin"):
        answer = Client().post("/accounts/login/", {"login": name, "password": f"demo-{name}"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    inspector = User.objects.get(username="inspector")
    assert set(Province.objects.filter(pk__in=inspector.scope.provinces)) == set(
        Province.objects.filter(inspection_region__in=[15, 16])
    )


def test_without_demo_nobody_can_sign_in(committed, settings):
    settings.DEMO = False

    seed(activities=0)

    assert not any(user.has_usable_password() for user in User.objects.all())


def test_the_cheap_hash_is_a_hash_that_django_checks(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    users = [User(username="mentor.nan"), User(username="head.nan")]

    _set_passwords(users, with_passwords=True)

    assert users[0].password.startswith("argon2$argon2id$v=19$m=8192,t=1,p=1$")
    assert check_password("demo-mentor.nan", users[0].password)
    assert not check_password("demo-mentor.nan", users[1].password)


@pytest.mark.parametrize("somebody", [UserFactory, VolunteerFactory])
def test_a_database_in_use_is_refused_and_left_alone(committed, somebody):
    somebody()

    with pytest.raises(CommandError, match="not empty"):
        seed()

    with open_scope(NATION):
        assert User.objects.count() + Volunteer.objects.count() == 1


def test_without_places_the_command_says_what_to_do(committed):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE volunteer_network_province CASCADE")

    with pytest.raises(CommandError, match="prepare"):
        seed()

    assert not Subdistrict.objects.exists()
