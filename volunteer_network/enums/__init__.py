"""Choices of the core, with the Thai words of the field (docs/glossary.md)."""

from volunteer_network.enums.activities import ActivityKind, TargetGroup
from volunteer_network.enums.cases import (
    AgeBand,
    CaseAction,
    CaseOutcome,
    CaseState,
    DeclineReason,
    Escalation,
    NationalityGroup,
    Urgency,
)
from volunteer_network.enums.categories import AGENCY_OF_CATEGORY, Category
from volunteer_network.enums.imports import ImportRowState, ImportState
from volunteer_network.enums.issued_documents import DocumentKind, DocumentState, WithdrawalReason
from volunteer_network.enums.jobs import JobState
from volunteer_network.enums.notices import CHOSEN_BY_MAIL, MailState, NoticeKind
from volunteer_network.enums.places import AgencyCode
from volunteer_network.enums.users import DeactivationReason
from volunteer_network.enums.volunteers import (
    ENDED_STATUSES,
    IN_OFFICE_STATUSES,
    STATUS_AFTER_END,
    EndReason,
    OtherRole,
    Sex,
    VolunteerLevel,
    VolunteerStatus,
)

__all__ = [
    "AGENCY_OF_CATEGORY",
    "CHOSEN_BY_MAIL",
    "ENDED_STATUSES",
    "IN_OFFICE_STATUSES",
    "STATUS_AFTER_END",
    "ActivityKind",
    "AgeBand",
    "AgencyCode",
    "CaseAction",
    "CaseOutcome",
    "CaseState",
    "Category",
    "DeactivationReason",
    "DeclineReason",
    "DocumentKind",
    "DocumentState",
    "EndReason",
    "Escalation",
    "ImportRowState",
    "ImportState",
    "JobState",
    "MailState",
    "NationalityGroup",
    "NoticeKind",
    "OtherRole",
    "Sex",
    "TargetGroup",
    "Urgency",
    "VolunteerLevel",
    "VolunteerStatus",
    "WithdrawalReason",
]
