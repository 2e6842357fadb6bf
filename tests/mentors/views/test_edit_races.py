"""Two officers save the same row together: the second sees all that the first has changed."""

from datetime import date, timedelta

import pytest
from django.db.models import F, Model
from django.urls import reverse

from mentors.models import Mentor, Visit
from tests.factories import (
    ActivityFactory,
    MentorFactory,
    MentorshipFactory,
    TermFactory,
    UserFactory,
    VisitFactory,
    VolunteerFactory,
)
from tests.locks import while_held
from tests.mentors.views.mentors.test_visits import visit_form
from tests.volunteer_network.views.activities.pages import typed as typed_activity
from tests.volunteer_network.views.volunteers.pages import changed as typed_volunteer
from volunteer_network.access.scope import open_scope
from volunteer_network.models import Activity, Province, Volunteer
from volunteer_network.thai_calendar import short_date

DAY = date(2026, 11, 3)


def serving_volunteer():
    volunteer = VolunteerFactory(occupation="ค้าขาย")
    TermFactory(
        volunteer=volunteer, starts_on=DAY - timedelta(days=400), ends_on=DAY + timedelta(days=400)
    )
    return volunteer


def a_volunteer():
    row = VolunteerFactory(occupation="ค้าขาย")
    return row, reverse("volunteers:update", args=[row.pk]), typed_volunteer(row, line_id="ของเรา")


def an_activity():
    volunteer = serving_volunteer()
    row = ActivityFactory(volunteer=volunteer, on_date=DAY)
    typed = typed_activity(volunteer, version=1, note="ของเรา")
    return row, reverse("activities:update", args=[row.pk]), typed


def a_mentor():
    row = MentorFactory(position="นักวิชาการแรงงาน")
    typed = {
        "first_name": row.first_name,
        "last_name": row.last_name,
        "office": row.office_id,
        "starts_on": short_date(row.starts_on),
        "phone": row.phone,
        "position": "นักวิชาการแรงงาน",
        "version": 1,
    }
    return row, reverse("mentors:update", args=[row.pk]), typed


def a_visit():
    mentor, volunteer = MentorFactory(), serving_volunteer()
    MentorshipFactory(mentor=mentor, volunteer=volunteer)
    row = VisitFactory(mentor=mentor, people=[volunteer], purpose="เดิม")
    typed = visit_form(row.on_date, [volunteer], version=1, purpose="เดิม", place="ของเรา")
    return row, f"/mentors/visits/{row.pk}/update/", typed


@pytest.fixture(params=[True, False], ids=["read anew", "the twin that reads the version only"])
def whole(request, monkeypatch):
    """The twin shows that the test can see what reading the whole row is good for."""
    if not request.param:
        whole_row = Model.refresh_from_db
        monkeypatch.setattr(
            Model, "refresh_from_db", lambda row: whole_row(row, fields=["version"])
        )
    return request.param


@pytest.mark.parametrize(
    ("stage", "model", "field"),
    [
        (a_volunteer, Volunteer, "occupation"),
        (an_activity, Activity, "village"),
        (a_mentor, Mentor, "position"),
        (a_visit, Visit, "purpose"),
    ],
)
def test_the_slower_of_two_sees_what_the_quicker_saved(
    committed, client, stage, model, field, whole
):
    officer = UserFactory(province=Province.objects.get(pk=50))
    client.force_login(officer)
    row, path, typed = stage()

    def colleague():
        rows = model.objects.filter(pk=row.pk)
        rows.update(**{field: "ของเพื่อน", "version": F("version") + 1})

    answer = while_held(colleague, lambda: client.post(path, typed), scope=officer.scope)

    assert answer.status_code == 422
    saved = [theirs for _label, theirs, _mine in answer.context["conflict"].rows]
    assert ("ของเพื่อน" in saved) is whole
    with open_scope(officer.scope):
        assert getattr(model.objects.get(pk=row.pk), field) == "ของเพื่อน"


def test_the_colleagues_guests_are_shown_beside_ones_own(committed, client):
    officer = UserFactory(province=Province.objects.get(pk=50))
    client.force_login(officer)
    row, path, typed = a_visit()
    [ours] = typed["volunteers"]
    guest = serving_volunteer()
    MentorshipFactory(mentor=row.mentor, volunteer=guest)
    client.post(path, {**typed, "volunteers": [guest.pk]})

    answer = client.post(path, typed)

    with open_scope(officer.scope):
        mine = Volunteer.objects.get(pk=ours)
    assert ("อสร.", str(guest), str(mine)) in answer.context["conflict"].rows
