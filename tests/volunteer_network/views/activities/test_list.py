"""The list of the log and the figures on top."""

import csv
import io
from datetime import date
from urllib.parse import quote

import pytest
from python_calamine import CalamineWorkbook

from tests.factories import ActivityFactory, VolunteerFactory
from tests.volunteer_network.views.activities.pages import LIST, address, events, typed
from volunteer_network.enums import Category
from volunteer_network.models import Subdistrict
from volunteer_network.services.figures import fold_figures


@pytest.fixture
def log(chiang_mai, songkhla, volunteer):
    """Activities in two months, categories and districts of ours, and one of another province."""
    near = Subdistrict.objects.get(pk=500108)
    far = Subdistrict.objects.filter(province=50).order_by("-pk").first()

    def deed(day, category=Category.SAFETY, place=near, who=volunteer, **fields):
        counts = {"people_male": 2, "people_female": 3, "spotted": 3, "screened": 2, "referred": 1}
        return ActivityFactory(
            volunteer=who,
            on_date=day,
            category=category,
            subdistrict=place,
            district=place.district,
            **counts | fields,
        )

    return [
        deed(date(2026, 10, 5), village="วัดดอน", note="อบรม 50% ของกลุ่ม"),
        deed(date(2026, 11, 2), Category.DISASTER, far),
        deed(date(2026, 11, 2), people_male=40),
        deed(date(2026, 11, 20), place=far, note="โรงสี_ใหญ่"),
        deed(date(2025, 12, 1)),  # of the fiscal year before
        ActivityFactory(volunteer=VolunteerFactory(province=songkhla), on_date=date(2026, 11, 2)),
    ]


def found(response, log):
    return [log.index(next(one for one in log if one.pk == row.pk)) for row in
            response.context["rows"]]  # fmt: skip


QUERIES = [
    ("", [3, 2, 1, 0, 4]),
    ("sort=earliest", [4, 0, 1, 2, 3]),
    ("month=2026-11-01", [3, 2, 1]),
    ("category=safety", [3, 2, 0, 4]),
    ("district=5001", [2, 0, 4]),
    ("month=2026-11-01&category=safety", [3, 2]),
    ("month=2026-11-01&category=safety&district=5001", [2]),
    ("month=2026-10-01&category=disaster", []),
]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        *(pair for pair in QUERIES if "sort" not in pair[0]),
        ("q=ดดอน", [0]),
        ("q=โรงสี", [3]),
        ("q=50%25", [0]),
        ("q=สี_ใ", [3]),
        ("q=ไม่มี", []),
    ],
)
def test_filters_each_and_together(client, officer, log, query, rows):
    response = client.get(f"{LIST}?{quote(query, safe='=&%')}")

    assert response.status_code == 200
    assert found(response, log) == rows


def test_the_log_of_one_person(client, officer, log, volunteer, chiang_mai):
    other = ActivityFactory(volunteer=VolunteerFactory(province=chiang_mai))

    response = client.get(f"{LIST}?volunteer={other.volunteer_id}")

    assert [row.pk for row in response.context["rows"]] == [other.pk]
    assert response.context["figures"] is None


@pytest.mark.parametrize(
    "query",
    [
        "month=2026-11",
        "month=2026-13-01",
        "category=king",
        "district=9001",
        "district=%00",
        "volunteer=x",
        "volunteer=" + "9" * 30,
        "q=%00",
    ],
)
def test_a_filter_that_makes_no_sense_is_said_in_its_chip(client, officer, log, query):
    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert len([chip for chip in response.context["chips"] if chip.problem]) == 1
    assert len(response.context["rows"]) == 5


def test_a_person_of_another_province_is_no_filter(client, officer, log):
    response = client.get(f"{LIST}?volunteer={log[-1].volunteer_id}")

    assert [bool(chip.problem) for chip in response.context["chips"]] == [True]
    assert len(response.context["rows"]) == 5


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("", [0, 1, 2, 3]),  # the fiscal year to this day
        ("month=2026-11-01", [1, 2, 3]),
        ("month=2026-09-01", []),
        ("category=safety", [0, 2, 3]),
        ("district=5001", [0, 2]),
        ("month=2026-11-01&category=safety", [2, 3]),
        ("month=2026-11-01&district=5001", [2]),
        ("month=2026-11-01&category=safety&district=5001", [2]),
        ("category=disaster&district=5001", []),
    ],
)
def test_the_figures_on_top_equal_a_recount(client, officer, log, query, counted, folded):
    if folded:
        fold_figures()

    figures = client.get(f"{LIST}?{query}").context["figures"]

    ours = [log[number] for number in counted]
    assert figures.totals.activities == len(ours)
    for measure in ("spotted", "screened", "referred"):
        assert getattr(figures.totals, measure) == sum(getattr(one, measure) for one in ours)
    assert figures.totals.people == sum(one.people_male + one.people_female for one in ours)
    by_name = {name: totals.activities for name, totals in figures.categories}
    assert by_name == {
        str(Category(key).label): len([one for one in ours if one.category == key])
        for key in {one.category for one in ours}
    }


def test_figures_move_with_the_log(client, officer, activity, volunteer):
    def people():
        return client.get(LIST).context["figures"].totals.people

    assert people() == 1007
    client.post(address("update", activity), typed(volunteer, version=1, people_female="7"))
    assert people() == 10
    client.post(address("remove", activity))
    assert people() == 0
    client.post(address("removed", activity))
    assert people() == 10


def test_an_inspectors_figures_are_of_the_region(client, inspector, log):
    client.force_login(inspector)

    response = client.get(f"{LIST}?month=2026-11-01")

    assert response.context["figures"].totals.activities == 3
    assert len(response.context["rows"]) == 3


def test_the_centre_sees_the_nation_and_one_province(client, central_officer, log):
    client.force_login(central_officer)

    nation = client.get(f"{LIST}?month=2026-11-01")
    songkhla = client.get(f"{LIST}?month=2026-11-01&province=90")

    assert nation.context["figures"].totals.activities == len(nation.context["rows"]) == 4
    assert songkhla.context["figures"].totals.activities == len(songkhla.context["rows"]) == 1


# Session, user, acting head, rows, their number and notes, totals, persons of the period,
# categories, questions by how they ended.
LIST_QUERIES, SCOPE = 10, 4


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_list_costs_the_same_for_any_length(
    client, officer, volunteer, count, django_assert_num_queries
):
    for _ in range(count):
        ActivityFactory(volunteer=volunteer, recorded_by=officer)
    client.get(LIST)

    with django_assert_num_queries(LIST_QUERIES + SCOPE):
        response = client.get(LIST)

    assert len(response.context["rows"]) == count


@pytest.mark.parametrize("sort", ["", "earliest"])
def test_all_pages_are_walked_forth_and_back(client, officer, log, monkeypatch, sort):
    from volunteer_network.ui import keyset

    monkeypatch.setattr(keyset.page_of, "__kwdefaults__", {"size": 2})
    response = client.get(f"{LIST}?sort={sort}")
    forth = [row.pk for row in response.context["rows"]]
    while response.context["next_href"]:
        response = client.get(LIST + response.context["next_href"])
        forth += [row.pk for row in response.context["rows"]]
    back = [row.pk for row in response.context["rows"]]
    while response.context["previous_href"]:
        response = client.get(LIST + response.context["previous_href"])
        back = [row.pk for row in response.context["rows"]] + back

    assert forth == back
    assert len(set(forth)) == 5


@pytest.mark.parametrize(("query", "rows"), QUERIES)
def test_the_file_has_the_rows_of_the_list_in_its_order(client, officer, log, query, rows):
    days = [log[number].on_date for number in rows]
    as_csv = b"".join(client.get(f"{LIST}?{query}&export=csv").streaming_content)
    as_xlsx = b"".join(client.get(f"{LIST}?{query}&export=xlsx").streaming_content)

    lines = list(csv.reader(io.StringIO(as_csv.decode("utf-8-sig"))))[1:]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx)).get_sheet_by_index(0).to_python()
    if "sort" not in query:
        assert [row.pk for row in client.get(f"{LIST}?{query}").context["rows"]] == [
            log[number].pk for number in rows
        ]
    assert len(lines) == len(days)
    assert len([row for row in sheet if volunteer_in(row, log)]) == len(days)
    assert len(events("activities.exported")) == 2


def volunteer_in(row, log):
    return any(log[0].volunteer.last_name in str(cell) for cell in row)
