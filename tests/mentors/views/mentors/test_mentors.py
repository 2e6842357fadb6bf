"""Mentors: the list of them, one of them, and what the home page says of a team."""

import pytest

from mentors.enums import VisitState
from mentors.models import Mentor
from tests.factories import (
    ActivityFactory,
    MentorFactory,
    MentorshipFactory,
    UserFactory,
    VisitFactory,
)
from tests.mentors.views.mentors.pages import DAY, rows_of, said, serving, tiles_of
from volunteer_network.access.scope import open_scope
from volunteer_network.models import Office
from volunteer_network.thai_calendar import short_date

# The list


def test_the_list_says_what_each_carries(client, officer, mentor, chiang_mai, today):
    other = MentorFactory(province=chiang_mai)
    MentorshipFactory(mentor=mentor, volunteer=serving(today))
    heard = serving(today)
    ActivityFactory(volunteer=heard, on_date=today)
    MentorshipFactory(mentor=mentor, volunteer=heard)
    VisitFactory(mentor=mentor, on_date=today - 3 * DAY, state=VisitState.DONE)

    response = client.get("/mentors/?sort=load")

    carried = [
        (row.pk, row.guiding, row.silent, row.visited_on) for row in response.context["rows"]
    ]
    assert carried == [(mentor.pk, 2, 1, today - 3 * DAY), (other.pk, 0, 0, None)]


@pytest.mark.parametrize("sort", ["name", "load", "silent"])
def test_every_order_has_a_second_page(client, officer, chiang_mai, sort, monkeypatch):
    monkeypatch.setattr(
        "volunteer_network.ui.pages.page_of.__kwdefaults__", {"size": 2, "count": None}
    )
    for count in range(3):
        mentor = MentorFactory(province=chiang_mai)
        MentorshipFactory.create_batch(count, mentor=mentor)

    first = client.get(f"/mentors/?sort={sort}")
    second = client.get(f"/mentors/{first.context['next_href']}")

    assert (len(rows_of(first)), len(rows_of(second))) == (2, 1)
    assert not set(rows_of(first)) & set(rows_of(second))


def test_who_is_gone_stands_behind_a_filter(client, officer, mentor, chiang_mai, today):
    gone = MentorFactory(province=chiang_mai, ends_on=today - DAY, end_reason="retired")
    MentorFactory(province=chiang_mai, ends_on=today, end_reason="moved", agency_id="DSD")

    assert gone.pk not in rows_of(client.get("/mentors/"))
    assert rows_of(client.get("/mentors/?state=ended")) == [gone.pk]
    assert len(rows_of(client.get("/mentors/?state=all"))) == 3
    assert len(rows_of(client.get("/mentors/?agency=DSD"))) == 1
    assert rows_of(client.get(f"/mentors/?q={mentor.phone}")) == [mentor.pk]


def test_an_account_without_a_place_in_the_list_is_offered(client, officer, chiang_mai):
    response = client.get("/mentors/")
    assert response.context["accounts"] == [officer]

    response = client.post(f"/mentors/accounts/{officer.pk}/", follow=True)

    assert response.context["mentor"].user == officer
    assert client.get("/mentors/").context["accounts"] == []
    again = client.post(f"/mentors/accounts/{officer.pk}/", follow=True)
    assert "เป็นพี่เลี้ยงอยู่แล้ว" in said(again)[0]


def test_readers_are_offered_nothing(client, central_officer, chiang_mai_officer, mentor):
    client.force_login(central_officer)

    listed = client.get("/mentors/")
    page = client.get(mentor.get_absolute_url())

    assert listed.context["accounts"] == []
    assert "/mentors/new/" not in listed.content.decode()
    assert f"/mentors/{mentor.pk}/update/" not in page.content.decode()


# One mentor


def test_a_mentor_is_added_changed_and_ended(client, officer, chiang_mai, today):
    office = Office.objects.get(province=chiang_mai, agency="OPS")
    typed = {
        "first_name": "อรพิน",
        "last_name": "แสงทอง",
        "office": office.pk,
        "starts_on": short_date(today - 9 * DAY),
        "phone": "053 112 233",
    }

    wrong = client.post("/mentors/new/", {**typed, "office": ""})
    assert wrong.status_code == 422
    assert "อรพิน" in wrong.content.decode()
    made = client.post("/mentors/new/", typed, follow=True).context["mentor"]
    path = made.get_absolute_url()
    changed = client.post(
        f"{path}update/", {**typed, "position": "พนักงานราชการ", "version": 1}, follow=True
    )
    assert changed.context["mentor"].position == "พนักงานราชการ"
    stale = client.post(f"{path}update/", {**typed, "position": "อื่น", "version": 1})
    assert stale.status_code == 422
    assert ("ตำแหน่ง", "พนักงานราชการ", "อื่น") in stale.context["conflict"].rows
    ended = client.post(
        f"{path}end/", {"ends_on": short_date(today), "end_reason": "retired"}, follow=True
    )

    assert ended.context["mentor"].ends_on == today


def test_the_page_shows_the_team_visits_and_history(client, officer, mentor, today):
    member = serving(today, first_name="กนก")
    MentorshipFactory(mentor=mentor, volunteer=member)
    before = MentorshipFactory(mentor=mentor, ends_on=today - DAY)
    visit = VisitFactory(mentor=mentor, people=[member])

    response = client.get(mentor.get_absolute_url())

    assert [one.pk for one in response.context["team"]] == [member.pk]
    assert [one.pk for one in response.context["silent"]] == [member.pk]
    assert list(response.context["coming"]) == [visit]
    assert list(response.context["ended"]) == [before]
    assert "ยังไม่มีกิจกรรมในบันทึก; ยังไม่พบการเยี่ยม" in response.content.decode()


# The home page


def test_tiles_of_a_mentor_count_the_own_team_and_lead_to_it(client, officer, chiang_mai, today):
    own = MentorFactory(province=chiang_mai, user=officer)
    ours, theirs, nobodys = serving(today), serving(today), serving(today)
    MentorshipFactory(mentor=own, volunteer=ours)
    MentorshipFactory(mentor=MentorFactory(province=chiang_mai), volunteer=theirs)
    VisitFactory(mentor=own, on_date=today - DAY)
    VisitFactory(mentor=MentorFactory(province=chiang_mai), on_date=today)

    tiles = tiles_of(client.get("/"))

    numbers = {title: tiles[title].number for title in tiles}
    assert numbers["เงียบตั้งแต่ 2 เดือน"] == 1
    assert numbers["นัดเยี่ยม 7 วันนี้และที่เลยกำหนด"] == 1
    assert numbers["อสร. ที่ยังไม่มีพี่เลี้ยง"] == 1
    assert rows_of(client.get(tiles["เงียบตั้งแต่ 2 เดือน"].href)) == [ours.pk]
    assert len(rows_of(client.get(tiles["นัดเยี่ยม 7 วันนี้และที่เลยกำหนด"].href))) == 1
    assert rows_of(client.get(tiles["อสร. ที่ยังไม่มีพี่เลี้ยง"].href)) == [nobodys.pk]


def test_tiles_with_nothing_to_say_are_not_there(client, officer, chiang_mai, today):
    MentorshipFactory(mentor=MentorFactory(province=chiang_mai, user=officer))

    titles = tiles_of(client.get("/")).keys()

    assert "เงียบตั้งแต่ 2 เดือน" in titles
    assert not titles & {"นัดเยี่ยม 7 วันนี้และที่เลยกำหนด", "อสร. ที่ยังไม่มีพี่เลี้ยง"}


def test_every_form_opens(client, officer, mentor, today):
    MentorshipFactory(mentor=mentor, volunteer=serving(today))
    UserFactory()
    visit = VisitFactory(mentor=mentor)

    for path in (
        "/mentors/new/",
        f"/mentors/{mentor.pk}/update/",
        f"/mentors/{mentor.pk}/end/",
        f"/mentors/{mentor.pk}/visits/new/",
        f"/mentors/visits/{visit.pk}/update/",
        f"/mentors/visits/{visit.pk}/done/",
        f"/mentors/visits/{visit.pk}/cancel/",
    ):
        assert client.get(path).status_code == 200
    with open_scope(officer.scope):
        assert Mentor.objects.count() == 1
