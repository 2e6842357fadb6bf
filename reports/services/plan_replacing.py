"""A new edition takes the place of the approved one before it; what becomes of printed papers."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from reports.enums import PlanState
from reports.models import Plan
from reports.queries.readiness import PRINTABLE
from volunteer_network import audit
from volunteer_network.enums import DocumentKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.services.issued_documents import (
    end_recall,
    recall_documents,
    reinstate_document,
    supersede_documents,
)


def replace_former(plan: Plan, *, by: User) -> Plan | None:
    """Let the approved edition of the same province and year give way to `plan`, which is locked.

    Call it in the transaction of the approval and before it: only one edition can be approved.
    Returns the edition that gave way, None for a first one.
    """
    former = (
        Plan.objects.visible_to(by)
        .of_year(plan.fiscal_year)
        .standing()
        .filter(province=plan.province_id)
        .exclude(pk=plan.pk)
        .select_for_update(of=("self",))
        .first()
    )
    if former:
        _move(former, PlanState.REPLACED, "plan.replaced", by)
        supersede_documents(**_paper_of(former))
    return former


def restore_former(pk: int, *, by: User) -> Plan:
    """Let the edition that gave way hold again; its successor is no longer approved."""
    former = Plan.objects.visible_to(by).select_for_update(of=("self",)).get(pk=pk)
    if former.state != PlanState.REPLACED:
        raise RuleViolation(_("ฉบับก่อนเปลี่ยนสถานะไปแล้ว เปิดหน้าแผนเพื่อดูสถานะล่าสุด"))
    _move(former, PlanState.APPROVED, "plan.restored", by)
    reinstate_document(**_paper_of(former))
    return former


def recall_paper(plan: Plan, *, since: datetime | None = None) -> list[int]:
    """The printed paper of an edition that goes back is valid no more. Returns which, at most one.

    Call it in the transaction of the step; with `since` an older paper is still right.
    """
    return recall_documents(**_paper_of(plan), since=since)


def look_again_at_paper(printed: Plan) -> None:
    """Let a paper that was just issued follow what became of its plan while it was being made.

    `printed` is the plan as it was read. Call it in the transaction that issues the paper, in the
    scope of the system: whoever moves the plan waits for that one, or has ended before.
    """
    state = Plan.objects.values_list("state", flat=True).get(pk=printed.pk)
    if state == PlanState.REPLACED:
        supersede_documents(**_paper_of(printed))
    elif state not in PRINTABLE or (printed.state, state) == (PlanState.APPROVED, PlanState.SENT):
        recall_paper(printed)


def hold_paper_again(plan: Plan, documents: Collection[int]) -> None:
    """The step that recalled the documents is taken back: the edition is as it was printed."""
    end_recall(documents=documents, province=plan.province_id)


def _paper_of(plan: Plan) -> dict[str, Any]:
    return {
        "kind": DocumentKind.PLAN,
        "province": plan.province_id,
        "fiscal_year": plan.fiscal_year,
        "edition": plan.edition,
    }


def _move(former: Plan, state: PlanState, verb: str, by: User) -> None:
    former.state = state
    former.version += 1
    former.save(update_fields=["state", "version"])
    audit.record(
        verb,
        by=by,
        target=former,
        province_code=former.province_id,
        detail={"fiscal_year": former.fiscal_year, "edition": former.edition},
    )
