from seminars.models.check_ins import CheckIn
from seminars.models.classes import ParticipantClass, ProvinceSeats, SeatCount
from seminars.models.doors import DoorLink, SignInSheet
from seminars.models.registrations import Registration
from seminars.models.seminars import AgendaItem, Seminar, Session

__all__ = [
    "AgendaItem",
    "CheckIn",
    "DoorLink",
    "ParticipantClass",
    "ProvinceSeats",
    "Registration",
    "SeatCount",
    "Seminar",
    "Session",
    "SignInSheet",
]
