"""Nothing foreign in any list, file, choice or figure that a provincial person can ask for."""

import re

import pytest

from tests.architecture import nouns
from tests.architecture.asking import ask, in_lines
from tests.architecture.canaries import canary_of
from tests.architecture.rows import OF_A_PROVINCE, OF_AN_OWNER, Rows, rows_in
from tests.architecture.site_map import PUBLIC, addresses, plain_addresses
from tests.architecture.test_pages import Page
from tests.factories import UserFactory
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Job, Province

PROVINCIAL = (Role.MENTOR, Role.PROVINCIAL_HEAD, Role.INSPECTOR)
LISTS = ("/volunteers/", "/activities/", *nouns.listing("LISTS"))
OPEN_FIGURES = nouns.listing("OPEN_FIGURES")
FORMATS = ("xlsx", "csv")
HTMX = {"HX-Request": "true"}
# Where the own canary must be seen, so that the absence of the foreign one means something.
SHOWS_OUR_ROWS = (
    "/volunteers/",
    "/volunteers/?export=xlsx",
    "/volunteers/?export=csv",
    "/activities/",
    "/activities/?export=xlsx",
    "/activities/?export=csv",
    *nouns.listing("SHOWS_OUR_ROWS"),
)
REGISTER = {
    "kind": "register",
    "fiscal_year": "2570",
    "quarter": "1",
    "digits": "arabic",
    "file": "pdf",
}
Question = tuple[str, str, dict[str, object]]  # method, path, what is sent


def questions(ours: Rows, theirs: Rows) -> list[Question]:
    """Every page without a parameter, every own row, and questions that name foreign rows."""
    own = OF_A_PROVINCE | OF_AN_OWNER
    return [
        *(("get", one.path(), {}) for one in plain_addresses() if one.rule != PUBLIC),
        *(("get", one.path(**own[one.name](ours)), {}) for one in addresses() if one.name in own),
        *(asked for path in LISTS for asked in of_a_list(path, theirs)),
        ("get", "/activities/new/", {"volunteer": theirs.volunteer.pk}),
        ("get", "/activities/", {"volunteer": theirs.volunteer.pk}),
        ("post", "/activities/new/", {"volunteer": theirs.volunteer.pk, "on_date": "1/10/2569"}),
        ("post", "/volunteers/export/", {"id": [ours.volunteer.pk, theirs.volunteer.pk]}),
        ("post", "/volunteers/export/", {"everything": "1", "query": "province=90"}),
        ("post", "/volunteers/cards/", {"id": theirs.volunteer.pk}),
        ("post", "/volunteers/cards/", {"everything": "1"}),
        ("post", "/reports/new/", {**REGISTER, "province": theirs.province.pk}),
    ]


def of_a_list(path: str, theirs: Rows) -> list[Question]:
    district = theirs.volunteer.district_id
    return [
        *(("get", path, {"export": form}) for form in FORMATS),
        *(("get", path, {"export": form, "province": theirs.province.pk}) for form in FORMATS),
        ("get", path, {"province": theirs.province.pk}),
        ("get", path, {"province": theirs.province.pk, "district": district}),
        ("get", path, {"district": district}),
        ("get", path, {"q": "นกขมิ้น"}),
        ("get", path, {"after": theirs.volunteer.pk}),
        ("get", path, {"before": theirs.activity.pk}),
        ("get", path, {"sort": "term"}),
        ("get", path, {"sort": "newest"}),
    ]


@pytest.mark.parametrize("role", PROVINCIAL)
def test_no_page_file_or_choice_shows_a_foreign_row(role, walls, person, at_home, abroad, sign_in):
    user = person(role)
    ours, theirs = at_home(user if user.province_id else person(Role.MENTOR)), abroad(user)
    client = sign_in(user)
    walls(user)

    leaks = []
    for method, path, data in questions(ours, theirs):
        for headers in ({}, HTMX) if path in LISTS else ({},):
            answer = ask(client, method, path, data, **headers)
            if mentions(theirs, answer.text) or answer.status >= 500:
                leaks.append((method, path, data, answer.status, answer.fault))

    assert not leaks, in_lines(leaks)


@pytest.mark.parametrize("role", PROVINCIAL)
def test_foreign_rows_change_no_word_or_figure(role, walls, person, at_home, abroad, sign_in):
    """A sum over all provinces names nobody, and would still tell.

    The dashboard alone is of all provinces, by decision (ADR 0022); it has tests of its own.
    """
    user = person(role)
    ours = at_home(user if user.province_id else person(Role.MENTOR))
    client = sign_in(user)
    walls(user)
    paths = [
        path
        for method, path, data in questions(ours, ours)
        if method == "get" and not data and path not in OPEN_FIGURES
    ]

    before = {path: words_of(ask(client, "get", path).text) for path in paths}
    abroad(user)
    after = {path: words_of(ask(client, "get", path).text) for path in paths}

    changed = [
        (path, set(after[path].split()) ^ set(before[path].split()))
        for path in paths
        if before[path] != after[path]
    ]
    assert not changed, in_lines(changed)


def words_of(text: str) -> str:
    """What can be read of a page, without the number of the incident and the time of day."""
    words = " ".join(Page(text).words if "<html" in text else [])
    return re.sub(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b\d\d\.\d\d น\.|\s+", " ", words)


@pytest.mark.parametrize("role", PROVINCIAL)
def test_the_lists_and_files_do_show_the_own_rows(role, walls, person, at_home, sign_in):
    user = person(role)
    at_home(user if user.province_id else person(Role.MENTOR))
    client = sign_in(user)
    walls(user)

    empty = [path for path in SHOWS_OUR_ROWS if canary_of(50) not in ask(client, "get", path).text]

    assert empty == []


@pytest.mark.parametrize("role", [Role.MENTOR, Role.PROVINCIAL_HEAD])
def test_a_name_typed_in_shows_no_foreign_namesake(role, walls, person, at_home, abroad, sign_in):
    user = person(role)
    ours, theirs = at_home(user), abroad(user)
    client = sign_in(user)
    walls(user)

    shown = [
        mentions(rows, ask(client, "post", "/volunteers/namesakes/", names_of(rows)).text)
        for rows in (ours, theirs)
    ]

    assert shown == [True, False]


def names_of(rows: Rows) -> dict[str, object]:
    return {"first_name": rows.volunteer.first_name, "last_name": rows.volunteer.last_name}


@pytest.mark.parametrize("role", [Role.MENTOR, Role.PROVINCIAL_HEAD])
def test_a_document_is_never_asked_for_with_foreign_rows(
    role, walls, person, at_home, abroad, sign_in
):
    user = person(role)
    ours, theirs = at_home(user), abroad(user)
    client = sign_in(user)
    walls(user)
    ids = {"id": [ours.volunteer.pk, theirs.volunteer.pk]}

    answer = ask(client, "post", "/volunteers/cards/", ids, note=parameters_of_the_last_job)

    assert answer.noted == {"volunteers": [ours.volunteer.pk]}


def parameters_of_the_last_job():
    with open_scope(NATION):
        return Job.objects.order_by("-pk").values_list("parameters", flat=True).first()


def mentions(theirs: Rows, text: str) -> bool:
    return (
        canary_of(theirs.province.pk) in text
        or f"/volunteers/{theirs.volunteer.pk}/" in text
        or f"/activities/{theirs.activity.pk}/" in text
        or f"/files/{theirs.photo.pk}/" in text
    )


@pytest.mark.long
def test_each_of_76_provinces_sees_itself_only(db, client):
    rows = {
        province: rows_in(province, officer=UserFactory(province=province))
        for province in Province.objects.filter(has_office=True)
    }
    paths = [*(one.path() for one in plain_addresses() if one.rule != PUBLIC), *SHOWS_OUR_ROWS]

    leaks = []
    for province, ours in rows.items():
        client.force_login(ours.officer)
        for path in paths:
            text = ask(client, "get", path).text
            seen = {other.name for other in rows if canary_of(other.pk) in text}
            if not seen <= {province.name} or (path in SHOWS_OUR_ROWS and not seen):
                leaks.append((province.name, path, sorted(seen)))
        for other in neighbours(province, list(rows)):
            status = ask(client, "get", f"/volunteers/{rows[other].volunteer.pk}/").status
            if status != 404:
                leaks.append((province.name, other.name, status))

    assert len(rows) == 76
    assert not leaks, in_lines(leaks)


def neighbours(province: Province, provinces: list[Province]) -> list[Province]:
    """The next few in a ring, so that each is asked for by others."""
    after = provinces.index(province) + 1
    return (provinces + provinces)[after : after + 5]
