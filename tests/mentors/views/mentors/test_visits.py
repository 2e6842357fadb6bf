"""Visits, and calls to the silent."""

from django.urls import reverse

from mentors.enums import VisitState
from mentors.models import Contact, Visit
from tests.factories import ActivityFactory, MentorFactory, MentorshipFactory, VisitFactory
from tests.mentors.views.mentors.pages import DAY, rows_of, said, serving
from volunteer_network.access.scope import open_scope
from volunteer_network.models import Job
from volunteer_network.thai_calendar import short_date

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
