from mentors.models import Mentor, Mentorship
from tests.architecture.canaries import canary_of
from tests.factories import MentorFactory, MentorshipFactory

IMPERSONAL = {
    "Mentor": {"ends_on", "starts_on"},
    "Mentorship": {"ends_on", "starts_on"},
}


def make(province, *, officer, volunteer):
    mentor = MentorFactory(province=province, last_name=canary_of(province.pk), user=officer)
    mentorship = MentorshipFactory(volunteer=volunteer, mentor=mentor, assigned_by=officer)
    return {"mentor": mentor, "mentorship": mentorship}


def change(rows):
    Mentor.objects.filter(pk=rows["mentor"].pk).update(phone="0822222222")
    Mentorship.objects.filter(pk=rows["mentorship"].pk).update(starts_on="2024-11-01")
