"""One factory per model; those of tenant rows write inside the scope of the row's province."""

from tests.factories.activities import ActivityFactory
from tests.factories.mentors import MentorFactory, MentorshipFactory
from tests.factories.months import MonthReportFactory
from tests.factories.notices import NoticeFactory
from tests.factories.seminars import (
    ParticipantClassFactory,
    RegistrationFactory,
    SeminarFactory,
    SessionFactory,
)
from tests.factories.sign_ins import InvitationFactory
from tests.factories.terms import TermFactory
from tests.factories.users import ActingHeadFactory, UserFactory
from tests.factories.volunteers import VolunteerFactory

__all__ = [
    "ActingHeadFactory",
    "ActivityFactory",
    "InvitationFactory",
    "MentorFactory",
    "MentorshipFactory",
    "MonthReportFactory",
    "NoticeFactory",
    "ParticipantClassFactory",
    "RegistrationFactory",
    "SeminarFactory",
    "SessionFactory",
    "TermFactory",
    "UserFactory",
    "VolunteerFactory",
]
