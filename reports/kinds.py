"""The documents that can be asked for, as kinds of jobs."""

from django.utils.translation import gettext_lazy as _

from reports.documents import dashboards, volunteers
from volunteer_network.access.roles import Capability
from volunteer_network.job_kinds import JobKind, register_kind

VOLUNTEER_CARD = "volunteer_card"
VOLUNTEER_REGISTER = "volunteer_register"
DASHBOARD = "dashboard"


def register_kinds() -> None:
    register_kind(
        JobKind(
            name=VOLUNTEER_CARD,
            title=_("บัตรประจำตัวอาสาสมัครแรงงาน"),
            make=volunteers.make_volunteer_cards,
        )
    )
    register_kind(
        JobKind(
            name=VOLUNTEER_REGISTER,
            title=_("ทะเบียนอาสาสมัครแรงงาน"),
            make=volunteers.make_volunteer_register,
        )
    )
    register_kind(
        JobKind(
            name=DASHBOARD,
            title=_("ภาพรวมเป็นเอกสาร"),
            make=dashboards.make_dashboard,
            needs=Capability.VIEW_FIGURES,
        )
    )
