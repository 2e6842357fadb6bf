"""The register as a list: filters, orders, cost, and the tiles that lead to it."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.factories import ActivityFactory, TermFactory, VolunteerFactory
from tests.volunteer_network.views.volunteers.pages import LIST, names

# The list


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["กานดา", "เกษม", "แก้ว", "ขวัญ", "ไข่มุก"]),  # the dictionary's order
        ("status=active", ["เกษม", "ขวัญ"]),
        ("status=active&status=applicant", ["กานดา", "เกษม", "ขวัญ"]),
        ("level=community", ["ขวัญ"]),
        ("district=5002", ["แก้ว", "ขวัญ"]),
        ("district=5002&status=active", ["ขวัญ"]),
        ("district=5002&status=active&level=subdistrict_lead", []),
        ("term_ends=30", ["เกษม"]),
        ("term_ends=90", ["เกษม", "ขวัญ", "ไข่มุก"]),
        ("term_ends=90&status=active", ["เกษม", "ขวัญ"]),
        ("sort=term&status=active", ["เกษม", "ขวัญ"]),
        ("q=ษม", ["เกษม"]),
        ("q=ษม ใจดี", ["เกษม"]),
        ("q=ใจดี เกษม", ["เกษม"]),
        ("q=0812345678", ["เกษม"]),
        ("q=081-234-5678", ["เกษม"]),
        ("q=081 234 5678", ["เกษม"]),
        ("q=๐๘๑๒๓๔", ["เกษม"]),
        ("q=2345", ["เกษม"]),
        ("q=1009", ["เกษม"]),
        ("q=50-1009", ["เกษม"]),
        ("q=90-1009", []),
        ("q=50-1009&status=applicant", []),
        ("q=%25", []),
        ("q=_", []),
        ("q=ไม่มีคนนี้", []),
    ],
)
def test_filters_each_and_together(client, officer, people, query, found):
    response = client.get(f"{LIST}?{quote(query, safe='=&%+')}")

    assert response.status_code == 200
    assert [name.split()[0] for name in names(response)] == found


@pytest.mark.parametrize(
    "query",
    [
        "status=king",
        "status=active&status=king",
        "level=king",
        "district=9001",  # of Songkhla
        "district=x",
        "district=%00",
        "district=" + "9" * 40,
        "term_ends=31",
        "q=%00",
        "q=" + "x" * 101,
    ],
)
def test_a_filter_that_makes_no_sense_is_said_in_its_chip(client, officer, people, query):
    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 200
    problems = [chip.problem for chip in response.context["chips"] if chip.problem]
    assert len(problems) == 1
    assert problems[0] in response.content.decode()
    assert len(names(response)) == 5  # nothing is filtered by it


@pytest.mark.parametrize("query", ["province=50", "province=x", "sort=x", "after=x", "page=9"])
def test_words_that_mean_nothing_here_are_passed_over(client, officer, people, query):
    response = client.get(f"{LIST}?{query}")

    assert (response.status_code, len(names(response))) == (200, 5)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("province=90", ["สงขลา"]),
        ("province=90&district=9001", ["สงขลา"]),
        ("province=50&district=5002", ["แก้ว", "ขวัญ"]),
        ("q=90-1009", ["สงขลา"]),
    ],
)
def test_the_centre_filters_by_province_too(client, central_officer, people, query, found):
    client.force_login(central_officer)

    response = client.get(f"{LIST}?{query}")

    assert [name.split()[0] for name in names(response)] == found


@pytest.mark.parametrize("query", ["province=10", "province=x", "province=" + "9" * 40])
def test_the_centre_too_is_told_of_a_province_that_is_none(client, central_officer, people, query):
    client.force_login(central_officer)

    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert len([chip for chip in response.context["chips"] if chip.problem]) == 1


def test_an_inspector_sees_the_provinces_of_the_region(client, inspector, people):
    client.force_login(inspector)

    assert len(names(client.get(LIST))) == 5
    assert "90" not in str(client.get(LIST).context["filters"]["province"])


@pytest.mark.parametrize("sort", ["name", "term", "newest"])
def test_all_pages_are_walked_forth_and_back(client, officer, chiang_mai, monkeypatch, sort):
    from volunteer_network.ui import keyset, pages

    monkeypatch.setattr(keyset.page_of, "__kwdefaults__", {"size": 3})
    assert pages.page_of is keyset.page_of
    for number in range(10):
        day = date(2027, 1, 1 + number % 3) if number % 4 else None
        VolunteerFactory(province=chiang_mai, first_name="ก" * (1 + number // 3), term_ends_on=day)

    forth, response = [], client.get(f"{LIST}?sort={sort}")
    forth += [row.pk for row in response.context["rows"]]
    while response.context["next_href"]:
        response = client.get(LIST + response.context["next_href"])
        forth += [row.pk for row in response.context["rows"]]
    back = [[row.pk for row in response.context["rows"]]]
    while response.context["previous_href"]:
        response = client.get(LIST + response.context["previous_href"])
        back.insert(0, [row.pk for row in response.context["rows"]])

    assert len(forth) == len(set(forth)) == 10
    assert [pk for page in back for pk in page] == forth


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_list_costs_the_same_for_any_length(
    client, officer, chiang_mai, count, django_assert_num_queries
):
    for _ in range(count):
        VolunteerFactory(province=chiang_mai)
    client.get(LIST)  # content types and the like

    with django_assert_num_queries(QUERIES + SCOPE):
        response = client.get(LIST)

    assert len(response.context["rows"]) == count


# Session, user, acting head, ready views, rows, strips, months with a reason; their number only
# when filtered.
QUERIES = 7
SCOPE = 4  # become, be `app` again; savepoint and release, which are BEGIN and COMMIT elsewhere


def test_the_list_for_htmx_is_its_results_only(client, officer, people):
    part = client.get(LIST, headers={"HX-Request": "true"})
    whole = client.get(LIST, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert "<html" not in part.content.decode()
    assert "<html" in whole.content.decode()
    assert "HX-Request" in part["Vary"]


# Tiles


def test_tiles_say_what_waits(client, officer, chiang_mai, songkhla, today):
    first = today.replace(day=1)
    long_ago = {"starts_on": today - timedelta(days=1000), "ends_on": today + timedelta(days=50)}
    heard, silent, renewed = (VolunteerFactory(province=chiang_mai) for _ in range(3))
    for one in (heard, silent):
        TermFactory(volunteer=one, **long_ago)
    TermFactory(volunteer=renewed, starts_on=today - timedelta(days=1100),
                ends_on=today - timedelta(days=31))  # fmt: skip
    TermFactory(volunteer=renewed, round_number=2, starts_on=today - timedelta(days=30),
                ends_on=today + timedelta(days=1000))  # fmt: skip
    ActivityFactory(volunteer=heard, on_date=first)
    VolunteerFactory(province=chiang_mai, status="suspended", term_ends_on=today)
    VolunteerFactory(province=chiang_mai, status="active", term_ends_on=today + timedelta(days=90))
    VolunteerFactory(province=chiang_mai, status="active", term_ends_on=today + timedelta(days=91))
    VolunteerFactory(province=chiang_mai, status="applicant")
    foreign = VolunteerFactory(province=songkhla, status="applicant", term_ends_on=today)
    TermFactory(volunteer=foreign, **long_ago)

    tiles = tiles_of(client.get("/"))

    assert tiles["เงียบตั้งแต่ 2 เดือน"].number == 2
    assert tiles["วาระสิ้นสุดใน 90 วัน"].number == 2
    assert tiles["ผู้สมัครรอแต่งตั้ง"].number == 1
    for title in ("วาระสิ้นสุดใน 90 วัน", "ผู้สมัครรอแต่งตั้ง"):
        assert len(names(client.get(tiles[title].href))) == tiles[title].number


def tiles_of(response):
    shown = [*response.context["tiles"], response.context["turn"]]
    return {str(tile.title): tile.figures for tile in shown if tile}


@pytest.mark.parametrize("words", ["1234567890123", "1-2345-67890-12-3", "๑๒๓๔๕๖๗๘๙๐๑๒๓"])
def test_an_id_is_not_searched_for_by_the_address(client, officer, people, words):
    response = client.get(reverse("volunteers:list"), {"q": words})

    assert "ไม่ควรอยู่ในที่อยู่ของหน้า" in response.content.decode()
