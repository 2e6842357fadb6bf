"""Changing an activity, removing it and bringing it back."""

import re

import pytest

from tests.factories import ActivityFactory, VolunteerFactory
from tests.volunteer_network.views.activities.pages import (
    CREATE,
    address,
    errors,
    events,
    logged,
    typed,
)
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Activity


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
