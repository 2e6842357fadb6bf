"""Pages of the mentors, of who guides whom, of visits and of the silent, as officers use them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mentors.enums import VisitState
from mentors.models import Contact, Mentor, Mentorship, Visit
from tests.factories import (
    ActivityFactory,
    AssignmentFactory,
    MentorFactory,
    MentorshipFactory,
    TermFactory,
    UserFactory,
    VisitFactory,
    VolunteerFactory,
)
from volunteer_network.access.scope import open_scope
from volunteer_network.models import Job, Office
from volunteer_network.thai_calendar import short_date

DAY = timedelta(days=1)


@pytest.fixture
def officer(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)
    return chiang_mai_officer


@pytest.fixture
def mentor(chiang_mai):
    return MentorFactory(province=chiang_mai)


def serving(today, **details):
    volunteer = VolunteerFactory(**details)
    TermFactory(volunteer=volunteer, starts_on=today - 400 * DAY, ends_on=today + 400 * DAY)
    return volunteer


def said(response):
    return [str(message) for message in response.context["messages"]]


def rows_of(response):
    return [row.pk for row in response.context["rows"]]


def tiles_of(response):
    shown = [*response.context["tiles"], response.context["turn"]]
    return {str(tile.title): tile.figures for tile in shown if tile}


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


# Who guides whom


def test_from_the_list_of_the_unassigned_to_a_mentor_and_back(client, officer, mentor, today):
    one, two = serving(today), serving(today)
    assert set(rows_of(client.get("/mentors/unassigned/"))) == {one.pk, two.pk}

    page = client.post("/mentors/assign/", {"id": [one.pk, two.pk]})
    assert {chosen.pk for chosen in page.context["chosen"]} == {one.pk, two.pk}
    saved = client.post(
        "/mentors/assign/",
        {
            "mentor": mentor.pk,
            "starts_on": short_date(today),
            "seen": page.context["form"]["seen"].value(),
        },
        follow=True,
    )

    assert said(saved) == ["จัดพี่เลี้ยงให้ อสร. 2 คนแล้ว"]
    assert rows_of(client.get("/mentors/unassigned/")) == []
    undone = client.post(f"{saved.context['assignment'].get_absolute_url()}undo/", follow=True)
    assert "เป็นอย่างเดิม" in said(undone)[0]
    assert set(rows_of(client.get("/mentors/unassigned/"))) == {one.pk, two.pk}
    again = client.post(f"{saved.context['assignment'].get_absolute_url()}undo/", follow=True)
    assert "ไปแล้ว" in said(again)[0]


def test_a_colleague_who_was_quicker_is_told_and_the_next_save_goes_through(
    client, officer, mentor, chiang_mai, today
):
    one = serving(today)
    page = client.post("/mentors/assign/", {"id": one.pk})
    quicker = MentorshipFactory(
        mentor=MentorFactory(province=chiang_mai), volunteer=one, starts_on=today
    )
    typed = {"mentor": mentor.pk, "starts_on": short_date(today)}

    refused = client.post(
        "/mentors/assign/", {**typed, "seen": page.context["form"]["seen"].value()}
    )
    assert refused.status_code == 422
    assert "เมื่อครู่มีผู้จัดให้" in refused.content.decode()
    assert refused.context["chosen"][0].mentor == str(quicker.mentor)
    saved = client.post(
        "/mentors/assign/",
        {**typed, "seen": refused.context["form"]["seen"].value()},
        follow=True,
    )

    assert saved.status_code == 200
    with open_scope(officer.scope):
        assert Mentorship.objects.get(volunteer=one).mentor == mentor


def test_all_that_match_the_filter_or_a_whole_district(client, officer, mentor, today):
    people = [serving(today) for _ in range(3)]
    MentorshipFactory(mentor=mentor, volunteer=people[0])

    every = client.post("/mentors/assign/", {"everything": "1", "query": "status=active"})
    free = client.post("/mentors/assign/", {"everything": "1", "query": "", "list": "unassigned"})
    district = people[0].district_id
    whole = client.get(f"/mentors/assign/?mentor={mentor.pk}&district={district}")

    assert [page.context["count"] for page in (every, free, whole)] == [3, 2, 3]
    assert whole.context["form"]["mentor"].value() == str(mentor.pk)


def test_foreign_people_are_never_assigned(client, officer, mentor, songkhla, today):
    theirs = serving(today, province=songkhla)
    foreign = MentorFactory(province=songkhla)

    chosen = client.post("/mentors/assign/", {"id": theirs.pk}, follow=True)
    forged = client.post(
        "/mentors/assign/",
        {"mentor": mentor.pk, "starts_on": short_date(today), "seen": f"{theirs.pk}:0"},
        follow=True,
    )
    ours = serving(today)
    to_them = client.post(
        "/mentors/assign/",
        {"mentor": foreign.pk, "starts_on": short_date(today), "seen": f"{ours.pk}:0"},
    )

    assert "ยังไม่ได้เลือก" in said(chosen)[0]
    assert "ยังไม่ได้เลือก" in said(forged)[0]
    assert to_them.status_code == 422


def test_the_suggestion_is_carried_out_in_one_click(client, officer, chiang_mai, today):
    near = MentorFactory(province=chiang_mai)
    MentorFactory(province=chiang_mai)
    MentorshipFactory(mentor=near, volunteer=serving(today))
    one = serving(today)

    row = client.get("/mentors/unassigned/").context["rows"][0]
    assert (row.mentor, row.reason) == (str(near), "ดูแลอำเภอนี้อยู่แล้ว 1 คน")
    client.post("/mentors/assign/suggested/", {"id": one.pk})

    with open_scope(officer.scope):
        assert Mentorship.objects.get(volunteer=one).mentor == near
    again = client.post("/mentors/assign/suggested/", {"id": one.pk}, follow=True)
    assert "อาจมีผู้จัดไปแล้ว" in said(again)[-1]


def test_whoever_had_a_mentor_before_can_be_given_the_suggested_one(client, officer, mentor, today):
    one = MentorshipFactory(mentor=mentor, volunteer=serving(today), ends_on=today - DAY).volunteer

    client.post("/mentors/assign/suggested/", {"id": one.pk})

    with open_scope(officer.scope):
        assert Mentorship.objects.filter(volunteer=one, starts_on=today).exists()


def test_a_volunteers_page_names_the_mentor(client, officer, mentor, today):
    free, guided = serving(today), serving(today)
    MentorshipFactory(mentor=mentor, volunteer=guided)
    VisitFactory(mentor=mentor, people=[guided], on_date=today + DAY)

    without = client.get(free.get_absolute_url()).content.decode()
    with_one = client.get(guided.get_absolute_url()).content.decode()

    assert "ยังไม่มีพี่เลี้ยง" in without
    assert mentor.get_absolute_url() in with_one
    assert f"{short_date(today + DAY)} เยี่ยมอาสาสมัคร" in with_one


def test_the_register_offers_to_assign(client, officer, central_officer, today):
    serving(today)
    assert "/mentors/assign/" in client.get("/volunteers/").content.decode()

    client.force_login(central_officer)

    assert "/mentors/assign/" not in client.get("/volunteers/").content.decode()


def test_an_assignment_is_read_by_those_who_may_not_undo_it(client, central_officer, mentor):
    assignment = AssignmentFactory()
    MentorshipFactory(mentor=mentor, assignment=assignment)
    client.force_login(central_officer)

    assert "/undo/" not in client.get(assignment.get_absolute_url()).content.decode()


# The silent


def test_one_press_notes_a_call_and_the_next_person_stands_first(client, officer, today):
    one, two = serving(today), serving(today)
    ActivityFactory(volunteer=two, on_date=today - 200 * DAY)
    listed = client.get("/mentors/silent/")
    assert rows_of(listed) == [one.pk, two.pk]
    assert listed.context["rows"][0].status == "ยังไม่เคยมีกิจกรรม"

    answer = client.post(
        f"/mentors/silent/{one.pk}/", {"no_answer": "1", "back": "/mentors/silent/?sort=name"}
    )

    assert answer.url == "/mentors/silent/?sort=name"
    response = client.get(answer.url)
    assert short_date(today + 3 * DAY) in said(response)[0]
    assert rows_of(response) == [two.pk]


def test_who_wants_to_stop_leads_to_the_end_of_the_term(client, officer, today):
    one = serving(today)

    response = client.post(f"/mentors/silent/{one.pk}/", {"wants_to_stop": "1"}, follow=True)

    assert reverse("volunteers:end", args=[one.pk]) in said(response)[0]


def test_nobody_is_sent_to_another_site_after_a_call(client, officer, today):
    one = serving(today)

    answer = client.post(
        f"/mentors/silent/{one.pk}/", {"well": "1", "back": "https://example.com/"}
    )

    assert answer.url == "/mentors/silent/"


def test_a_wrong_day_keeps_what_was_typed(client, officer, today):
    one = serving(today)
    typed = {"outcome": "ill", "note": "พักฟื้นที่บ้านลูก", "next_on": short_date(today)}

    response = client.post(f"/mentors/silent/{one.pk}/", typed)

    assert response.status_code == 422
    assert "พักฟื้นที่บ้านลูก" in response.content.decode()
    with open_scope(officer.scope):
        assert not Contact.objects.exists()


# Visits


def visit_form(today, people, **changes):
    return {
        "kind": "visit",
        "on_date": short_date(today),
        "starts_at": "13.30 น.",
        "place": "ศาลาประชาคม",
        "volunteers": [one.pk for one in people],
        "submission": "6b0f7f0e-9c0a-4a52-8f7b-3f4a2f3e9a11",
        **changes,
    }


def test_a_visit_from_the_team_to_its_result(client, officer, mentor, today):
    member = serving(today)
    MentorshipFactory(mentor=mentor, volunteer=member)
    path = f"/mentors/{mentor.pk}/visits/new/"

    ticked = client.post(path, {"id": member.pk})
    assert ticked.context["form"]["volunteers"].value() == [member.pk]
    wrong = client.post(path, visit_form(today, [member], starts_at="บ่ายสอง"))
    assert wrong.status_code == 422
    assert "บ่ายสอง" in wrong.content.decode()
    planned = client.post(path, visit_form(today, [member]), follow=True)
    visit = planned.context["visit"]
    assert visit.starts_at.isoformat() == "13:30:00"
    done = client.post(
        f"/mentors/visits/{visit.pk}/done/",
        {"met": member.pk, "result": "คุยกันแล้ว", "category": "social_security"},
        follow=True,
    )

    assert done.context["status"] == "ทำแล้ว"
    with open_scope(officer.scope):
        assert member.activities.get().mentor_present


def test_only_the_team_is_offered_and_taken(client, officer, mentor, songkhla, today):
    strangers = serving(today), serving(today, province=songkhla)

    for stranger in strangers:
        response = client.post(f"/mentors/{mentor.pk}/visits/new/", visit_form(today, [stranger]))
        assert response.status_code == 422
    with open_scope(officer.scope):
        assert not Visit.objects.exists()


def test_looking_for_people_of_a_visit_saves_nothing(client, officer, mentor, today):
    people = [serving(today, first_name=f"คนที่{number}") for number in range(13)]
    for one in people:
        MentorshipFactory(volunteer=one, mentor=mentor)
    path = f"/mentors/{mentor.pk}/visits/new/"
    asked = visit_form(today, [people[0]], volunteers_find="คนที่12", look_up="volunteers")

    html = client.post(path, asked).content.decode()

    assert [one for one in people if f'value="{one.pk}"' in html] == [people[0], people[12]]
    assert 'value="13.30 น."' in html
    assert client.get("/mentors/visits/?state=all").context["page"].rows == []


def test_a_visit_is_changed_and_called_off(client, officer, mentor, today):
    left = serving(today)
    visit = VisitFactory(mentor=mentor, people=[left], place="วัด")
    changed = visit_form(today, [left], place="โรงเรียน", version=1)

    saved = client.post(f"/mentors/visits/{visit.pk}/update/", changed, follow=True)
    assert saved.context["visit"].place == "โรงเรียน"
    stale = client.post(f"/mentors/visits/{visit.pk}/update/", {**changed, "place": "อบต."})
    assert ("สถานที่", "โรงเรียน", "อบต.") in stale.context["conflict"].rows
    gone = client.post(f"/mentors/visits/{visit.pk}/cancel/", {"reason": "น้ำท่วม"}, follow=True)

    assert gone.context["status"] == "ยกเลิก"
    assert "น้ำท่วม" in gone.content.decode()


def test_what_is_overdue_stands_first_and_weeks_are_headed(client, officer, mentor, today):
    later = VisitFactory(mentor=mentor, on_date=today + 30 * DAY)
    overdue = VisitFactory(mentor=mentor, on_date=today - DAY)
    now = VisitFactory(mentor=mentor, on_date=today)
    VisitFactory(mentor=mentor, state=VisitState.CANCELLED, cancel_reason="ฝน")

    rows = client.get("/mentors/visits/").context["rows"]

    assert [row.pk for row in rows] == [overdue.pk, now.pk, later.pk]
    assert [row.week for row in rows][:2] == ["เลยกำหนด", "สัปดาห์นี้"]
    assert rows[0].status == "เลยกำหนด 1 วัน"
    assert rows_of(client.get("/mentors/visits/?state=due")) == [overdue.pk, now.pk]
    assert len(rows_of(client.get("/mentors/visits/?state=all"))) == 4


def test_the_printed_list_is_asked_for_as_a_job(client, officer, mentor, songkhla, today):
    visit = VisitFactory(mentor=mentor, people=[serving(today)])
    theirs = VisitFactory(mentor=MentorFactory(province=songkhla))

    client.post("/mentors/visits/print/", {"id": [visit.pk, theirs.pk]})

    with open_scope(officer.scope):
        job = Job.objects.get()
    assert (job.kind, job.parameters) == ("visit_list", {"visits": [visit.pk]})
    nothing = client.post("/mentors/visits/print/", {"id": theirs.pk}, follow=True)
    assert "ยังไม่ได้เลือกนัด" in said(nothing)[0]


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
