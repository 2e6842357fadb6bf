from volunteer_network.models.activities import Activity
from volunteer_network.models.audit import AuditEvent, AuditSeal
from volunteer_network.models.case_figures import CaseDelta, CaseMonth, CaseTopicMonth
from volunteer_network.models.case_records import CaseClient, CaseEvent
from volunteer_network.models.cases import Case
from volunteer_network.models.figures import (
    ActivityDelta,
    DistrictCategoryMonth,
    ProvinceCategoryMonth,
    ProvinceMonth,
    VolunteerMonth,
)
from volunteer_network.models.imports import ImportBatch, ImportRow
from volunteer_network.models.issued_documents import IssuedDocument
from volunteer_network.models.jobs import Job
from volunteer_network.models.notices import Notice, OutgoingMail
from volunteer_network.models.places import Agency, District, Office, Province, Subdistrict
from volunteer_network.models.printouts import Printout
from volunteer_network.models.saved_views import SavedView
from volunteer_network.models.sign_ins import Invitation, InvitationPurpose, UserSession
from volunteer_network.models.stored_files import StoredFile
from volunteer_network.models.terms import Term
from volunteer_network.models.users import ActingHead, User
from volunteer_network.models.volunteers import Volunteer

__all__ = [
    "ActingHead",
    "Activity",
    "ActivityDelta",
    "Agency",
    "AuditEvent",
    "AuditSeal",
    "Case",
    "CaseClient",
    "CaseDelta",
    "CaseEvent",
    "CaseMonth",
    "CaseTopicMonth",
    "District",
    "DistrictCategoryMonth",
    "ImportBatch",
    "ImportRow",
    "Invitation",
    "InvitationPurpose",
    "IssuedDocument",
    "Job",
    "Notice",
    "Office",
    "OutgoingMail",
    "Printout",
    "Province",
    "ProvinceCategoryMonth",
    "ProvinceMonth",
    "SavedView",
    "StoredFile",
    "Subdistrict",
    "Term",
    "User",
    "UserSession",
    "Volunteer",
    "VolunteerMonth",
]
