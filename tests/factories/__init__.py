"""One factory per model; those of tenant rows write inside the scope of the row's province."""

from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseClientFactory, CaseFactory
from tests.factories.check_requests import CheckRequestFactory
from tests.factories.mentors import (
    AssignmentFactory,
    ContactFactory,
    MentorFactory,
    MentorshipFactory,
    VisitFactory,
    VisitVolunteerFactory,
)
from tests.factories.months import MonthReportFactory
from tests.factories.notices import NoticeFactory, OutgoingMailFactory
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
    "AssignmentFactory",
    "CaseClientFactory",
    "CaseFactory",
    "CheckRequestFactory",
    "ContactFactory",
    "InvitationFactory",
    "MentorFactory",
    "MentorshipFactory",
    "MonthReportFactory",
    "NoticeFactory",
    "OutgoingMailFactory",
    "ParticipantClassFactory",
    "RegistrationFactory",
    "SeminarFactory",
    "SessionFactory",
    "TermFactory",
    "UserFactory",
    "VisitFactory",
    "VisitVolunteerFactory",
    "VolunteerFactory",
]
