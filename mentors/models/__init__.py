from mentors.models.assignments import Assignment
from mentors.models.check_requests import CheckRequest
from mentors.models.contacts import Contact
from mentors.models.mentors import Mentor
from mentors.models.mentorships import Mentorship
from mentors.models.months import MonthReport, MonthStep
from mentors.models.receipts import MentorReceipt, ProvinceReceipt, ReceiptDelta
from mentors.models.visits import Visit, VisitVolunteer

__all__ = [
    "Assignment",
    "CheckRequest",
    "Contact",
    "Mentor",
    "MentorReceipt",
    "Mentorship",
    "MonthReport",
    "MonthStep",
    "ProvinceReceipt",
    "ReceiptDelta",
    "Visit",
    "VisitVolunteer",
]
