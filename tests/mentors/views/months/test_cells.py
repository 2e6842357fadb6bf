"""Figures and reasons that are typed into the sheet."""

import pytest
from django.urls import reverse

from mentors.models import MonthReport
from tests.mentors.services.months.reports import somebody
from tests.mentors.views.months.pages import MONTH
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Activity


def type_cell(client, volunteer, **data):
    address = reverse("months:figures", args=[MONTH, volunteer.pk])
    return client.post(address, {"version": "0", **data}, headers={"X-Month-Grid": "1"})


def test_a_cell_is_told_its_new_version(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)

    answer = type_cell(client, volunteer, people_male="๑๒")

    with open_scope(NATION):
        summary = Activity.objects.get()
    assert answer.json()["version"] == f"{summary.pk}.1"
    assert answer.json()["figures"]["people_male"] == summary.people_male == 12


def test_an_emptied_cell_is_nought_and_leaves_the_others(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    version = type_cell(client, volunteer, people_male="12").json()["version"]
    version = type_cell(client, volunteer, spotted="3", version=version).json()["version"]

    answer = type_cell(client, volunteer, people_male="", version=version)

    assert answer.json()["figures"] | {"people_male": 0, "spotted": 3} == answer.json()["figures"]


def test_an_old_cell_is_told_the_figures_of_now(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    type_cell(client, volunteer, people_male="12")

    answer = type_cell(client, volunteer, people_male="99")

    assert (answer.status_code, answer.json()["figures"]["people_male"]) == (409, 12)


@pytest.mark.parametrize("typed", ["x", "-1", "50001", "1.5"])
def test_what_is_no_number_is_refused_in_words(client, officer, chiang_mai, typed):
    answer = type_cell(client, somebody(chiang_mai), people_male=typed)

    assert (answer.status_code, "กรอก" in answer.json()["message"]) == (422, True)


def test_the_plain_form_does_the_same_without_script(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    address = reverse("months:figures", args=[MONTH, volunteer.pk])

    refused = client.post(address, {"version": "0", "screened": "2", "people_male": "7"})
    saved = client.post(address, {"version": "0", "spotted": "2", "people_male": "7"})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert 'value="7"' in refused.content.decode()
    with open_scope(NATION):
        assert Activity.objects.get().spotted == 2


def test_a_reason_from_the_grid_comes_back_as_the_line(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    address = reverse("months:nothing", args=[MONTH, volunteer.pk])

    line = client.post(address, {"because": "ill"}, headers={"X-Month-Grid": "1"})
    other = client.post(address, {"because": "other"}, headers={"X-Month-Grid": "1"})

    assert "ไม่มีผลงาน เพราะป่วย" in line.content.decode()
    assert (other.status_code, "บอกสั้น ๆ" in other.json()["message"]) == (422, True)


def test_a_wrong_cell_is_refused_in_words_whatever_else_is_sent(client, officer, chiang_mai):
    answer = type_cell(client, somebody(chiang_mai), people_male="x", look_up="people_male")

    assert answer.status_code == 422
    assert answer.json()["message"]


def test_two_who_describe_a_month_see_both_versions(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    page, address = (
        reverse(f"months:{name}", args=[MONTH, volunteer.pk]) for name in ("detail", "describe")
    )
    version = client.get(page).context["describe_form"]["version"].value()

    first = client.post(address, {"problems": "ฝนตก", "version": version})
    stale = client.post(address, {"suggestions": "ขอรถ", "version": version})

    assert first.status_code == 302
    assert stale.status_code == 422
    assert stale.context["conflict"].by == str(officer)
    assert ("ปัญหาอุปสรรค", "ฝนตก", "") in stale.context["conflict"].rows
    assert "บันทึกรายการนี้ก่อน" in stale.content.decode()
    with open_scope(NATION):
        assert MonthReport.objects.get().problems == "ฝนตก"
    again = stale.context["describe_form"]["version"].value()
    both = {"problems": "ฝนตก", "suggestions": "ขอรถ", "version": again}
    assert client.post(address, both).status_code == 302
