"""Who guides whom: given, suggested, taken back."""

from mentors.models import Mentorship
from tests.factories import AssignmentFactory, MentorFactory, MentorshipFactory, VisitFactory
from tests.mentors.views.mentors.pages import DAY, rows_of, said, serving
from volunteer_network.access.scope import open_scope
from volunteer_network.thai_calendar import short_date


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
