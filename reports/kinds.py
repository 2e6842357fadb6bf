"""The documents that can be asked for, as kinds of jobs."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from reports.documents import bundles, dashboards, plans, progress, volunteers
from volunteer_network.access.roles import Capability
from volunteer_network.job_kinds import JobKind, register_kind

VOLUNTEER_CARD: Final = "volunteer_card"
VOLUNTEER_REGISTER: Final = "volunteer_register"
PLAN_DOCUMENT: Final = "plan_document"
PROGRESS_REPORT: Final = "progress_report"
DASHBOARD: Final = "dashboard"
PLAN_BUNDLE: Final = "plan_bundle"
PROGRESS_BUNDLE: Final = "progress_bundle"
REGISTER_BUNDLE: Final = "register_bundle"

_KINDS: Final = (
    JobKind(
        name=VOLUNTEER_CARD,
        title=_("บัตรประจำตัวอาสาสมัครแรงงาน"),
        make=volunteers.make_volunteer_cards,
    ),
    JobKind(
        name=VOLUNTEER_REGISTER,
        title=_("ทะเบียนอาสาสมัครแรงงาน"),
        make=volunteers.make_volunteer_register,
    ),
    JobKind(
        name=PLAN_DOCUMENT,
        title=_("แผนปฏิบัติงานประจำปี"),
        make=plans.make_plan_document,
    ),
    JobKind(
        name=PROGRESS_REPORT,
        title=_("รายงานความก้าวหน้ารายไตรมาส"),
        make=progress.make_progress_report,
    ),
    JobKind(
        name=DASHBOARD,
        title=_("ภาพรวมเป็นเอกสาร"),
        make=dashboards.make_dashboard,
        needs=Capability.VIEW_FIGURES,
    ),
)
_BUNDLES: Final = (
    (PLAN_BUNDLE, PLAN_DOCUMENT, _("แผนปฏิบัติงานประจำปีของทุกจังหวัด")),
    (PROGRESS_BUNDLE, PROGRESS_REPORT, _("รายงานความก้าวหน้ารายไตรมาสของทุกจังหวัด")),
    (REGISTER_BUNDLE, VOLUNTEER_REGISTER, _("ทะเบียนอาสาสมัครแรงงานของทุกจังหวัด")),
)


def register_kinds() -> None:
    for kind in _KINDS:
        register_kind(kind)
    for name, parts, title in _BUNDLES:
        register_kind(
            JobKind(
                name=name,
                title=title,
                make=bundles.make_bundle,
                needs=Capability.MAKE_DOCUMENTS_OF_ALL,
                parts=parts,
                counting=_("จังหวัดที่ %(done)d จาก %(all)d"),
            )
        )
