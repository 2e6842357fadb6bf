"""A list costs the same number of queries for any length, and is in the order of the dictionary."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.architecture import nouns
from tests.factories import ActivityFactory, TermFactory, UserFactory, VolunteerFactory
from tests.factories.jobs import JobFactory
from volunteer_network.access.roles import Role
from volunteer_network.models import District, Province, Subdistrict

LENGTHS = (1, 3, 50)
# Dictionary order: a leading vowel is read after its consonant, tone marks decide last.
NAMES_IN_ORDER = ("กนก", "เกษม", "ไกร", "ขวัญ", "คำ", "ค่ำ", "เจือ", "น้ำ", "เปรม", "แอน")


def volunteers(count, officer):
    for volunteer in VolunteerFactory.create_batch(count, province=officer.province):
        TermFactory(volunteer=volunteer)


def activities(count, officer):
    volunteer = VolunteerFactory(province=officer.province)
    ActivityFactory.create_batch(count, volunteer=volunteer, recorded_by=officer)


def jobs(count, officer):
    JobFactory.create_batch(count, requested_by=officer)


def people(count, officer):
    UserFactory.create_batch(count, province=Province.objects.get(pk=50))


LISTS = {  # path: whose, how it is filled, with how many queries at most
    "/volunteers/": (Role.MENTOR, volunteers, 14),
    "/activities/": (Role.MENTOR, activities, 14),
    "/reports/": (Role.MENTOR, jobs, 10),
    "/people/": (Role.CENTRAL_ADMIN, people, 8),
    **nouns.mapping("LIST_COSTS"),
}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_for_any_length(path, person, sign_in):
    role, fill, most = LISTS[path]
    user = person(role)
    client = sign_in(user)

    costs, so_far = [], 0
    for length in LENGTHS:
        fill(length - so_far, user)
        so_far = length
        client.get(path)  # notes the moments of the session, and what waits
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        costs.append(len(queries))

    assert costs == [costs[0]] * len(LENGTHS)
    assert costs[0] <= most


@pytest.mark.parametrize("path", ["/volunteers/", "/volunteers/?export=csv", "/people/"])
def test_names_stand_in_the_order_of_the_dictionary(path, chiang_mai, person, sign_in):
    user = person(Role.CENTRAL_ADMIN if path == "/people/" else Role.MENTOR)
    for name in sorted(NAMES_IN_ORDER):
        VolunteerFactory(province=chiang_mai, first_name=name, last_name="ใจดี")
        UserFactory(province=chiang_mai, first_name=name, last_name="ใจดี")

    response = sign_in(user).get(path)
    text = (b"".join(response) if response.streaming else response.content).decode()

    separator = "," if "csv" in path else " "
    pattern = "|".join(f"{name}(?={separator}ใจดี)" for name in NAMES_IN_ORDER)
    assert in_turn(re.findall(pattern, text)) == list(NAMES_IN_ORDER)


@pytest.mark.parametrize("model", [Province, District, Subdistrict])
def test_places_stand_in_the_order_of_the_dictionary(db, model):
    """As every select shows them: a leading vowel after its consonant."""
    names = list(dict.fromkeys(model.objects.values_list("name", flat=True)))

    assert names == sorted(names, key=dictionary_key)


def test_the_selects_of_places_keep_that_order(person, sign_in):
    html = sign_in(person(Role.CENTRAL_OFFICER)).get("/volunteers/").content.decode()

    provinces = list(Province.objects.filter(has_office=True).values_list("name", flat=True))
    shown = re.findall(r"<option[^>]*>([^<]+)</option>", html)
    assert [name for name in shown if name in provinces] == provinces


def dictionary_key(word: str) -> tuple[str, str]:
    """The order written out once more, from the rule of the Royal Institute's dictionary."""
    swapped = re.sub("([เแโใไ])([ก-ฮ])", r"\2\1", word)
    marks = "่้๊๋็์"
    return "".join(letter for letter in swapped if letter not in marks), "".join(
        letter for letter in swapped if letter in marks
    )


def in_turn(names: list[str]) -> list[str]:
    """Each name once, where it first stands: a row says it more than once."""
    return list(dict.fromkeys(names))
