"""Asking for documents: of one province, or of all that are ready in one go."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports import kinds
from reports.enums import BundleKind
from reports.models import Plan
from reports.queries.readiness import (
    Readiness,
    plan_to_print,
    plans_ready,
    progress_ready,
    registers_ready,
    why_not_printable,
)
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import PartAsked
from volunteer_network.models import Job, Province, User
from volunteer_network.services.jobs import ask_for_job, ask_for_whole
from volunteer_network.thai_calendar import fiscal_months


@dataclass(frozen=True)
class Wanted:
    """Which document: its kind, the year (Buddhist) and quarter it speaks of, its digits.

    `as_word` asks for a copy to write on in place of the document itself.
    """

    kind: BundleKind
    fiscal_year: int
    quarter: int
    thai_digits: bool = False
    as_word: bool = False

    @property
    def parameters(self) -> dict[str, Any]:
        """Only what the kind asks for, so that equal requests are equal."""
        asked: dict[str, Any] = {
            name: True for name in ("thai_digits", "as_word") if getattr(self, name)
        }
        if self.kind != BundleKind.REGISTER:
            asked["fiscal_year"] = self.fiscal_year
        if self.kind == BundleKind.PROGRESS:
            asked["quarter"] = self.quarter
        return asked

    @property
    def title(self) -> str:
        """แผนปฏิบัติงานประจำปี 2570: what is made, without the province."""
        title = str(_TITLES[self.kind]) % {"year": self.fiscal_year, "quarter": self.quarter}
        return f"{title} (Word)" if self.as_word else title


@dataclass(frozen=True)
class _Kind:
    job: str
    bundle: str
    ready: Callable[[Wanted, User], list[Readiness]]


_TITLES: dict[BundleKind, str | Promise] = {
    BundleKind.PLAN: gettext_lazy("แผนปฏิบัติงาน ปีงบประมาณ %(year)d"),
    BundleKind.PROGRESS: gettext_lazy("รายงานความก้าวหน้า ปีงบประมาณ %(year)d ไตรมาส %(quarter)d"),
    BundleKind.REGISTER: gettext_lazy("ทะเบียนอาสาสมัครแรงงาน"),
}
_KINDS = {
    BundleKind.PLAN: _Kind(
        kinds.PLAN_DOCUMENT,
        kinds.PLAN_BUNDLE,
        lambda wanted, user: plans_ready(wanted.fiscal_year, user=user),
    ),
    BundleKind.PROGRESS: _Kind(
        kinds.PROGRESS_REPORT,
        kinds.PROGRESS_BUNDLE,
        lambda wanted, user: progress_ready(wanted.fiscal_year, wanted.quarter, user=user),
    ),
    BundleKind.REGISTER: _Kind(
        kinds.VOLUNTEER_REGISTER,
        kinds.REGISTER_BUNDLE,
        lambda wanted, user: registers_ready(user=user),
    ),
}


def readiness_of(wanted: Wanted, *, user: User) -> list[Readiness]:
    """Every province with an office: ready, or why not."""
    return _KINDS[wanted.kind].ready(wanted, user)


@transaction.atomic
def ask_for_document(*, wanted: Wanted, province: Province, by: User) -> Job:
    """Ask for the document of one province; what cannot be printed yet is refused at once."""
    if wanted.kind == BundleKind.PLAN:
        _refuse_draft(wanted, province, by)
    if wanted.kind == BundleKind.PROGRESS:
        _refuse_future(wanted)
    return ask_for_job(
        kind=_KINDS[wanted.kind].job,
        title=_of_province(wanted, province),
        parameters={**wanted.parameters, "province": province.pk},
        by=by,
    )


@transaction.atomic
def ask_for_bundle(*, wanted: Wanted, by: User) -> Job:
    """Ask for the documents of all provinces that are ready, each a job of its own."""
    if wanted.kind == BundleKind.PROGRESS:
        _refuse_future(wanted)
    kind = _KINDS[wanted.kind]
    ready = [one.province for one in readiness_of(wanted, user=by) if one.ready]
    return ask_for_whole(
        kind=kind.bundle,
        title=_("%(title)s ทุกจังหวัด") % {"title": wanted.title},
        parameters={**wanted.parameters, "title": wanted.title},
        parts=[
            PartAsked(
                title=_of_province(wanted, province),
                parameters={**wanted.parameters, "province": province.pk},
            )
            for province in ready
        ],
        by=by,
    )


def _of_province(wanted: Wanted, province: Province) -> str:
    return f"{wanted.title} {province.with_prefix}"


def _refuse_draft(wanted: Wanted, province: Province, by: User) -> None:
    plans = Plan.objects.visible_to(by).of_year(wanted.fiscal_year).filter(province=province)
    if plan_to_print(plans) is None:
        raise RuleViolation(
            _("พิมพ์แผนยังไม่ได้ เพราะ%(why)s ให้เสนอแรงงานจังหวัดก่อนแล้วสั่งใหม่")
            % {"why": why_not_printable(plans)}
        )


def _refuse_future(wanted: Wanted) -> None:
    first = fiscal_months(wanted.fiscal_year)[(wanted.quarter - 1) * 3]
    if timezone.localdate() < first:
        raise RuleViolation(
            _("ไตรมาสที่ %(quarter)d ของปีงบประมาณ %(year)d ยังไม่เริ่ม ให้เลือกไตรมาสก่อนหน้า")
            % {"quarter": wanted.quarter, "year": wanted.fiscal_year},
            field="quarter",
        )
