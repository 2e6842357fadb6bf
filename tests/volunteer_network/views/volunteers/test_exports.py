"""The register taken out: files of the list, and many people at once."""

import csv
import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.factories import VolunteerFactory
from tests.volunteer_network.views.volunteers.pages import DIGITS, LIST, events, names
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import AuditEvent, Job

# Files


def csv_rows(response):
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def xlsx_rows(response):
    content = io.BytesIO(b"".join(response.streaming_content))
    workbook = CalamineWorkbook.from_filelike(content)
    return workbook.get_sheet_by_index(0).to_python()


@pytest.mark.parametrize(
    "query", ["", "status=active", "district=5002&sort=term", "q=ใจดี&sort=newest", "after=1"]
)
def test_the_file_has_the_rows_of_the_list_in_its_order(client, officer, people, query):
    shown = names(client.get(f"{LIST}?{query.replace('after=1', '')}"))

    as_csv = csv_rows(client.get(f"{LIST}?{query}&export=csv"))
    as_xlsx = xlsx_rows(client.get(f"{LIST}?{query}&export=xlsx"))

    listed = [name.split()[0] for name in shown]
    assert [row[2] for row in as_csv[1:]] == listed
    assert [row[2] for row in as_xlsx if row[2] in listed] == listed


def test_a_file_holds_no_number_and_telephones_as_text(client, officer, chiang_mai):
    VolunteerFactory(province=chiang_mai, digits=DIGITS, phone="0812345678")

    content = csv_rows(client.get(f"{LIST}?export=csv"))
    sheet = xlsx_rows(client.get(f"{LIST}?export=xlsx"))

    for rows in (content, sheet):
        text = str(rows)
        assert DIGITS not in text
        assert "XXXX" not in text
        assert any("0812345678" in row for row in rows)


def test_who_took_a_file_is_in_the_trail(client, officer, people):
    client.get(f"{LIST}?status=active&export=csv")
    client.post(reverse("volunteers:export"), {"id": [people[0].pk, people[1].pk]})

    whole, chosen = events("volunteers.exported")
    assert (whole.actor, whole.province_id, whole.detail) == (officer.pk, 50, {
        "filters": ["status"], "form": "csv"})  # fmt: skip
    assert chosen.detail == {"chosen": 2, "form": "xlsx"}


# Many at once


def test_the_chosen_are_exported_and_forged_ones_are_not(client, officer, people):
    ids = [people[1].pk, people[0].pk, people[-1].pk, "x", "", "9" * 30]

    rows = xlsx_rows(client.post(reverse("volunteers:export"), {"id": ids}))

    found = [row[2] for row in rows if row[2] in {one.first_name for one in people}]
    assert found == ["เกษม", "ขวัญ"]


@pytest.mark.parametrize("data", [{"everything": "1"}, {}])
def test_the_first_wall_alone_leaves_out_forged_ones(chiang_mai_officer, people, data):
    from django.test import RequestFactory

    from volunteer_network.views.volunteer_terms import _chosen

    request = RequestFactory().post("/", {"id": [one.pk for one in people], **data})
    request.user = chiang_mai_officer

    with open_scope(NATION):
        assert {one.province_id for one in _chosen(request)} == {50}


def test_everything_means_what_the_filter_shows_in_its_order(client, officer, people):
    data = {"everything": "1", "query": "term_ends=90&sort=newest", "id": [people[3].pk]}

    rows = xlsx_rows(client.post(reverse("volunteers:export"), data))

    found = [row[2] for row in rows if row[2] in {one.first_name for one in people}]
    assert found == ["ไข่มุก", "ขวัญ", "เกษม"]


def test_cards_are_asked_for_the_chosen_of_the_own_province(client, officer, people):
    response = client.post(
        reverse("volunteers:cards"), {"id": [people[0].pk, people[-1].pk, people[1].pk]}
    )

    with open_scope(NATION):
        [job] = Job.objects.all()
    assert job.parameters == {"volunteers": sorted([people[0].pk, people[1].pk])}
    assert str(job.pk) in response.url


@pytest.mark.parametrize("data", [{}, {"id": ["x"]}, {"everything": "1", "query": "q=ไม่มี"}])
def test_nobody_chosen_is_said(client, officer, people, data):
    response = client.post(reverse("volunteers:cards"), data, follow=True)

    assert "ยังไม่ได้เลือกผู้ที่ทำบัตรได้" in response.content.decode()
    with open_scope(NATION):
        assert not Job.objects.exists()


# Tiles


def test_more_rows_than_a_file_may_hold_are_refused_in_words(client, officer, people, monkeypatch):
    monkeypatch.setattr("volunteer_network.ui.pages.EXPORTED_AT_MOST", 2)

    response = client.get(reverse("volunteers:list"), {"export": "xlsx"})

    assert "ส่งออกได้ครั้งละไม่เกิน 2 แถว" in response.content.decode()
    with open_scope(NATION):
        assert not AuditEvent.objects.filter(verb="volunteers.exported").exists()
