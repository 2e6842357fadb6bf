from mentors.models.mentors import Mentor
from mentors.models.mentorships import Mentorship
from mentors.models.months import MonthReport, MonthStep
from mentors.models.receipts import MentorReceipt, ProvinceReceipt, ReceiptDelta

__all__ = [
    "Mentor",
    "MentorReceipt",
    "Mentorship",
    "MonthReport",
    "MonthStep",
    "ProvinceReceipt",
    "ReceiptDelta",
]
