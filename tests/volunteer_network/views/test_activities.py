"""The pages of the log, as an officer of a province uses them."""

import csv
import io
import re
import uuid
from datetime import date
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.factories import ActivityFactory, TermFactory, VolunteerFactory
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import Category
from volunteer_network.models import Activity, AuditEvent, StoredFile, Subdistrict
from volunteer_network.services.figures import fold_figures

LIST, CREATE = reverse("activities:list"), reverse("activities:create")
NOW = "2026-11-23T12:00:00+07:00"
TERM = {"starts_on": date(2025, 6, 11), "ends_on": date(2028, 6, 10)}
JPEG_OF_A_PROGRAM = SimpleUploadedFile("photo.jpg", b"MZ\x90\x00" + b"\x00" * 2000)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def officer(client, chiang_mai_officer):
    """The mentor of Chiang Mai, signed in."""
    client.force_login(chiang_mai_officer)
    return chiang_mai_officer


@pytest.fixture
def volunteer(chiang_mai):
    volunteer = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=volunteer, **TERM)
    return volunteer


def typed(volunteer, **changes):
    return {
        "volunteer": volunteer.pk,
        "on_date": "3 พ.ย. 2569",
        "category": "safety",
        "kind": "field_visit",
        "agency": "SSO",
        "subdistrict": "ต.สุเทพ อ.เมืองเชียงใหม่",
        "village": "หมู่ 4 ศาลา",
        "people_male": "๓",
        "people_female": "1,004",
        "spotted": "3",
        "screened": "2",
        "referred": "1",
        "target_groups": ["elderly", "informal"],
        "mentor_present": "1",
        "note": "ตรวจเครื่องจักรที่โรงสี",
        "submission": str(uuid.uuid4()),
        **changes,
    }


def logged():
    with open_scope(NATION):
        return list(Activity.objects.order_by("pk"))


def events(verb):
    with open_scope(NATION):
        return list(AuditEvent.objects.filter(verb=verb).order_by("pk"))


def address(name, activity):
    return reverse(f"activities:{name}", args=[activity.pk])


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors


# Logging


def test_an_activity_is_logged_with_all_that_was_typed(client, officer, volunteer):
    response = client.post(CREATE, typed(volunteer))

    [activity] = logged()
    assert response.url == activity.get_absolute_url()
    assert (activity.on_date, activity.category, activity.kind) == (
        date(2026, 11, 3), "safety", "field_visit",
    )  # fmt: skip
    assert (activity.agency_id, activity.subdistrict_id) == ("SSO", 500108)
    assert (activity.people_male, activity.people_female, activity.people) == (3, 1004, 1007)
    assert (activity.spotted, activity.screened, activity.referred) == (3, 2, 1)
    assert activity.target_groups == ["elderly", "informal"]
    assert (activity.mentor_present, activity.recorded_by_id) == (True, officer.pk)
    page = client.get(response.url).content.decode()
    for shown in ("หมู่ 4 ศาลา", "1,007", "ผู้สูงอายุ, แรงงานนอกระบบ", "ตรวจเครื่องจักรที่โรงสี", "ร่วมด้วย"):
        assert shown in page


def test_empty_fields_mean_nought_and_the_usual(client, officer, volunteer):
    empty = dict.fromkeys(
        ("agency", "subdistrict", "village", "people_male", "people_female", "spotted"), ""
    )
    client.post(
        CREATE, typed(volunteer, **empty, screened="", referred="", mentor_present="", note="")
    )

    [activity] = logged()
    assert (activity.people, activity.spotted, activity.mentor_present) == (0, 0, False)
    assert (activity.agency_id, activity.subdistrict_id) == ("DLPW", volunteer.subdistrict_id)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("on_date", "31/02/2563", "กุมภาพันธ์ พ.ศ. 2563 มี 29 วัน"),
        ("on_date", "24 พ.ย. 2569", "ไม่เกิน 23 พ.ย. 2569"),
        ("on_date", "10 มิ.ย. 2568", "วาระล่าสุด 11 มิ.ย. 2568 – 10 มิ.ย. 2571"),
        ("on_date", "", "กรอกช่องนี้"),
        ("volunteer", "", "เลือก"),
        ("volunteer", "9" * 30, "เลือกจากรายการ"),
        ("volunteer", "\x00", "เลือกจากรายการ"),
        ("category", "king", "เลือกจากรายการ"),
        ("kind", "", "เลือก"),
        ("agency", "KING", "เลือกจากรายการ"),
        ("subdistrict", "ต.บ่อยาง อ.เมืองสงขลา", "ไม่อยู่ในจังหวัดเชียงใหม่"),
        ("subdistrict", "900101", "ไม่อยู่ในจังหวัดเชียงใหม่"),
        ("subdistrict", "90000", "ไม่อยู่ในจังหวัดเชียงใหม่"),
        ("people_male", "-1", "ตั้งแต่ 0"),
        ("people_male", "1.5", "จำนวนเต็ม"),
        ("people_male", "5001", "ไม่เกิน 5000"),
        ("screened", "4", "ไม่เกินจำนวนที่ชี้เป้า"),
        ("referred", "3", "ไม่เกินจำนวนที่คัดกรอง"),
        ("target_groups", ["elderly", "king"], "เลือกจากรายการ"),
        ("note", "ก" * 2001, "ไม่เกิน 2000"),
        ("photo", JPEG_OF_A_PROGRAM, "ไม่ใช่ภาพ"),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_saved(
    client, officer, volunteer, field, value, words
):
    response = client.post(CREATE, typed(volunteer) | {field: value})

    found = errors(response)
    assert list(found) == [field]
    assert words in found[field][0]
    assert "หมู่ 4 ศาลา" in response.content.decode()  # what was typed is kept
    assert logged() == []


def test_several_mistakes_are_told_at_once(client, officer, volunteer):
    found = errors(client.post(CREATE, typed(volunteer, spotted="x", on_date="x", screened="2")))

    assert {"spotted", "on_date"} <= set(found)


@pytest.mark.parametrize("token", ["", "x"])
def test_a_form_without_its_number_is_sent_again(client, officer, volunteer, token):
    assert "submission" in errors(client.post(CREATE, typed(volunteer, submission=token)))


def test_a_double_post_gives_one_row_and_the_same_page(client, officer, volunteer):
    form = typed(volunteer)

    first, second = client.post(CREATE, form), client.post(CREATE, form)

    assert first.url == second.url
    assert len(logged()) == 1


def test_each_opened_form_has_a_number_of_its_own(client, officer, volunteer):
    numbers = [
        re.search(r'name="submission" value="([^"]+)"', client.get(CREATE).content.decode())[1]
        for _ in range(2)
    ]

    assert numbers[0] != numbers[1]


def test_add_another_keeps_day_category_and_kind(client, officer, volunteer):
    response = client.post(CREATE, typed(volunteer, another="1"))

    kept = parse_qs(urlsplit(response.url).query)
    assert kept == {"on_date": ["2026-11-03"], "category": ["safety"], "kind": ["field_visit"]}
    page = client.get(response.url)
    assert page.context["form"]["on_date"].value() == "3 พ.ย. 2569"
    assert '<option value="safety" selected>' in page.content.decode()
    assert '<option value="field_visit" selected>' in page.content.decode()
    assert "ตรวจเครื่องจักร" not in page.content.decode()


@pytest.mark.parametrize(
    "query", ["on_date=x", "on_date=%00", "category=king", "volunteer=x", "volunteer=" + "9" * 30]
)
def test_a_suggestion_that_makes_no_sense_is_passed_over(client, officer, volunteer, query):
    assert client.get(f"{CREATE}?{query}").status_code == 200


def test_the_person_of_the_page_before_is_chosen(client, officer, volunteer, songkhla):
    foreign = VolunteerFactory(province=songkhla)

    ours = client.get(f"{CREATE}?volunteer={volunteer.pk}").content.decode()
    theirs = client.get(f"{CREATE}?volunteer={foreign.pk}").content.decode()

    assert f'<option value="{volunteer.pk}" selected>' in ours
    assert f'value="{foreign.pk}"' not in theirs


def test_a_person_of_another_province_cannot_be_chosen(client, officer, volunteer, songkhla):
    foreign = VolunteerFactory(province=songkhla)
    TermFactory(volunteer=foreign, **TERM)

    assert "volunteer" in errors(client.post(CREATE, typed(foreign)))


@pytest.mark.parametrize(
    ("left_on", "offered"), [(date(2026, 10, 31), True), (date(2026, 4, 1), False)]
)
def test_who_left_lately_can_still_be_chosen(client, officer, chiang_mai, left_on, offered):
    former = VolunteerFactory(province=chiang_mai, status="resigned")
    TermFactory(volunteer=former, **TERM, ended_on=left_on, end_reason="resigned")

    response = client.post(CREATE, typed(former, on_date="1 ต.ค. 2569"))

    assert (response.status_code == 302) is offered


# Changing, removing, restoring


@pytest.fixture
def activity(client, officer, volunteer):
    client.post(CREATE, typed(volunteer))
    return logged()[0]


def test_the_form_shows_what_is_known(client, activity):
    page = client.get(address("update", activity)).content.decode()

    for shown in ('value="3 พ.ย. 2569"', "ต.สุเทพ อ.เมืองเชียงใหม่", 'value="1004"', "โรงสี"):
        assert shown in page


def test_a_change_is_saved_with_its_trace(client, officer, activity, volunteer):
    form = typed(volunteer, version=activity.version, note="ใหม่")

    response = client.post(address("update", activity), form)

    [now] = logged()
    assert (response.status_code, now.note, now.version) == (302, "ใหม่", 2)
    with open_scope(NATION):
        [trace] = Activity.pgh_event_model.objects.filter(pgh_obj_id=activity.pk)
    assert trace.pgh_context == {"user": officer.pk, "request": response["X-Request-ID"]}


def test_a_stale_form_shows_both_versions_and_then_passes(
    client, activity, volunteer, chiang_mai_head
):
    client.force_login(chiang_mai_head)
    client.post(
        address("update", activity), typed(volunteer, version=1, note="ของหัวหน้า", category="other")
    )

    first = client.post(address("update", activity), typed(volunteer, version=1, note="ของเรา"))

    page = first.content.decode()
    assert first.status_code == 422
    for shown in ("ของหัวหน้า", "ของเรา", "อื่น ๆ", "ความปลอดภัยในการทำงาน", str(chiang_mai_head)):
        assert shown in page
    assert logged()[0].note == "ของหัวหน้า"
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    second = client.post(
        address("update", activity), typed(volunteer, version=version, note="ของเรา")
    )
    assert second.status_code == 302
    assert logged()[0].note == "ของเรา"


def test_a_day_outside_the_term_changes_nothing(client, activity, volunteer):
    response = client.post(
        address("update", activity), typed(volunteer, version=1, on_date="1 ม.ค. 2560")
    )

    assert "on_date" in errors(response)
    assert logged()[0].version == 1


def test_a_removal_offers_the_way_back(client, activity):
    response = client.post(address("remove", activity), follow=True)

    assert logged() == []
    back = address("removed", activity)
    assert f'href="{back}"' in response.content.decode()
    assert client.get(back).status_code == 200
    restored = client.post(back)
    assert restored.url == activity.get_absolute_url()
    assert [one.pk for one in logged()] == [activity.pk]
    assert client.get(back).url == activity.get_absolute_url()
    assert client.post(back).url == activity.get_absolute_url()
    assert [len(events(f"activity.{verb}")) for verb in ("removed", "restored")] == [1, 1]


def test_a_removal_is_a_post(client, activity):
    assert client.get(address("remove", activity)).status_code == 405
    assert len(logged()) == 1


@pytest.mark.parametrize("name", ["detail", "update", "remove", "removed"])
def test_an_activity_of_another_province_does_not_exist(client, officer, volunteer, songkhla, name):
    foreign = ActivityFactory(volunteer=VolunteerFactory(province=songkhla))

    assert client.post(address(name, foreign), typed(volunteer, version=1)).status_code == 404
    assert [one.version for one in logged()] == [1]


def test_what_another_province_removed_does_not_come_back_here(client, activity, songkhla_officer):
    client.post(address("remove", activity))
    client.force_login(songkhla_officer)

    assert client.get(address("removed", activity)).status_code == 404
    assert client.post(address("removed", activity)).status_code == 404
    assert logged() == []


def test_the_centre_reads_and_does_not_write(client, activity, central_officer):
    client.force_login(central_officer)

    assert client.get(activity.get_absolute_url()).status_code == 200
    for url in (CREATE, address("update", activity), address("remove", activity)):
        assert client.post(url).status_code == 403


# The list and the figures on top


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


# Photos


def test_a_photo_of_50_mb_is_refused_in_words(client, officer, volunteer):
    photo = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff" + b"\x00" * 50 * 1024 * 1024)

    response = client.post(CREATE, typed(volunteer, photo=photo))

    assert "ใหญ่เกินไป" in errors(response)["photo"][0]
    assert logged() == []
    with open_scope(NATION):
        assert not StoredFile.objects.exists()
