import datetime

from django.utils import timezone

from mentors.models import Mentor, Mentorship, Visit
from tests.architecture.canaries import canary_of
from tests.factories import (
    AssignmentFactory,
    ContactFactory,
    MentorFactory,
    MentorshipFactory,
    TermFactory,
    VisitFactory,
    VolunteerFactory,
)
from volunteer_network.access.roles import Capability, Role

IMPERSONAL = {
    "Assignment": {"before", "made_at", "starts_on", "undone_at"},
    "Contact": {"made_at", "next_on", "on_date"},
    "Mentor": {"ends_on", "starts_on"},
    "Mentorship": {"ends_on", "starts_on"},
    "Visit": {"kind", "on_date", "planned_at", "state", "submission"},
}
CALLED_BY = {
    Capability.VIEW_MENTORS: {
        "mentors:assignment",
        "mentors:detail",
        "mentors:list",
        "mentors:silent",
        "mentors:unassigned",
        "mentors:visit-detail",
        "mentors:visits",
    },
    Capability.ASSIGN_MENTORS: {
        "mentors:assign",
        "mentors:assign-suggested",
        "mentors:contact",
        "mentors:create",
        "mentors:end",
        "mentors:from-account",
        "mentors:undo",
        "mentors:update",
        "mentors:visit-cancel",
        "mentors:visit-create",
        "mentors:visit-finish",
        "mentors:visit-update",
    },
    Capability.MAKE_DOCUMENTS: {"mentors:visit-print"},
}


def _of(noun, *names):
    return dict.fromkeys(
        [f"mentors:{name}" for name in names], lambda rows: {"pk": rows.more[noun].pk}
    )


OF_A_PROVINCE = {
    **_of("mentor", "detail", "update", "end", "visit-create"),
    **_of("assignment", "assignment", "undo"),
    **_of("visit", "visit-detail", "visit-update", "visit-finish", "visit-cancel"),
    "mentors:contact": lambda rows: {"pk": rows.volunteer.pk},
}
OF_AN_OWNER = {"mentors:from-account": lambda rows: {"pk": rows.acting_head.user_id}}
LISTS = ("/mentors/", "/mentors/unassigned/", "/mentors/silent/", "/mentors/visits/")
SHOWS_OUR_ROWS = LISTS


def make(province, *, officer, volunteer):
    """A mentor with a team of two, one of them silent, and somebody whom nobody guides."""
    canary, today = canary_of(province.pk), timezone.localdate()
    mentor = MentorFactory(province=province, last_name=canary, user=officer)
    like_them = {"province": province, "last_name": canary, "subdistrict": volunteer.subdistrict}
    silent = VolunteerFactory(**like_them)
    TermFactory(volunteer=silent, starts_on=today - datetime.timedelta(days=400))
    assignment = AssignmentFactory(province=province, made_by=officer)
    mentorship = MentorshipFactory(
        volunteer=volunteer, mentor=mentor, assigned_by=officer, assignment=assignment
    )
    MentorshipFactory(volunteer=silent, mentor=mentor, assigned_by=officer)
    VolunteerFactory(**like_them)
    ContactFactory(volunteer=volunteer, note=canary, made_by=officer)
    visit = VisitFactory(mentor=mentor, purpose=canary, place=canary, people=[volunteer])
    return {"mentor": mentor, "mentorship": mentorship, "assignment": assignment, "visit": visit}


def change(rows):
    Mentor.objects.filter(pk=rows["mentor"].pk).update(phone="0822222222")
    Mentorship.objects.filter(pk=rows["mentorship"].pk).update(starts_on="2024-11-01")
    Visit.objects.filter(pk=rows["visit"].pk).update(purpose="x")


def mentors(count, officer):
    for mentor in MentorFactory.create_batch(count, province=officer.province):
        MentorshipFactory(mentor=mentor, volunteer__province=officer.province)


def team(count, officer):
    """Silent ones, all guided by one mentor."""
    mentor = MentorFactory(province=officer.province)
    for volunteer in VolunteerFactory.create_batch(count, province=officer.province):
        TermFactory(volunteer=volunteer, starts_on=timezone.localdate() - datetime.timedelta(400))
        MentorshipFactory(volunteer=volunteer, mentor=mentor)


def nobody_guides(count, officer):
    MentorFactory(province=officer.province)
    VolunteerFactory.create_batch(count, province=officer.province)


def visits(count, officer):
    VisitFactory.create_batch(count, mentor__province=officer.province)


LIST_COSTS = {
    "/mentors/": (Role.MENTOR, mentors, 17),
    "/mentors/unassigned/": (Role.MENTOR, nobody_guides, 17),
    "/mentors/silent/": (Role.MENTOR, team, 19),
    "/mentors/visits/": (Role.MENTOR, visits, 17),
}
