"""Taking a step of a plan: where the table of moves allows it, with who, when and why.

Callers have checked the capability and that the plan is visible, and hold a transaction.
"""

from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.enums import DirectionState, PlanAction, PlanState
from reports.models import Direction, Plan, PlanStep
from reports.plan_moves import MOVES, state_after
from reports.services.plan_replacing import recall_paper
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User

# The steps that leave who and when on the plan itself.
_NOTED: Final[dict[PlanAction, str]] = {
    PlanAction.PROPOSE: "proposed",
    PlanAction.AGREE: "agreed",
    PlanAction.SEND: "sent",
    PlanAction.APPROVE: "approved",
    PlanAction.RETURN: "returned",
    PlanAction.RETURN_BY_HEAD: "returned",
}
# What a step makes void: a plan that comes back goes the whole way again.
_FORGOTTEN: Final[dict[PlanAction, tuple[str, ...]]] = {
    PlanAction.TAKE_BACK: ("proposed",),
    PlanAction.RETURN: ("agreed", "sent"),
    PlanAction.RETURN_BY_HEAD: ("agreed", "sent"),
}
# What takes a plan out of the states in which it is printed.
_RECALLS: Final = frozenset(
    {PlanAction.TAKE_BACK, PlanAction.RETURN_BY_HEAD, PlanAction.RETURN, PlanAction.CANCEL}
)


def lock_plan(pk: int, *, by: User) -> Plan:
    """The row, locked and read again; Plan.DoesNotExist where the person sees none."""
    return _locked(Plan.objects.visible_to(by)).get(pk=pk)


def lock_plans(pks: list[int], *, by: User) -> list[Plan]:
    """Several rows, locked in the order of their keys."""
    return list(_locked(Plan.objects.visible_to(by)).filter(pk__in=pks).order_by("pk"))


def refuse_unless(plan: Plan, action: PlanAction) -> None:
    """Refuse, in words, an action that the plan's state does not allow."""
    if state_after(action, PlanState(plan.state)) is None:
        raise RuleViolation(
            _("แผนนี้อยู่ที่ “%(state)s” จึง%(action)sไม่ได้ เปิดหน้าแผนเพื่อดูว่าถึงคราวของใคร")
            % {"state": plan.get_state_display(), "action": action.label}
        )


def refuse_closed_year(fiscal_year: int) -> None:
    """Refuse a year (Buddhist) that the centre has closed: its plans and results stay."""
    closed = Direction.objects.filter(fiscal_year=fiscal_year, state=DirectionState.CLOSED)
    if closed.exists():
        raise RuleViolation(_("ส่วนกลางปิดปีงบประมาณ %(year)d แล้ว") % {"year": fiscal_year})


def take_step(
    plan: Plan,
    action: PlanAction,
    *,
    by: User,
    reason: str = "",
    remember: dict[str, Any] | None = None,
) -> Plan:
    """Move a locked plan where the table says; write down the step and the audit entry.

    A printed paper of a plan that goes back is recalled, and remembered with the step.

    `reason` is kept with the step, up to 300 letters; `remember` is what else is needed to take it
    back. Raises RuleViolation when the state does not allow the action or a reason is wanted and
    missing.
    """
    refuse_unless(plan, action)
    reason = reason.strip()
    if MOVES[action].wants_reason and not reason:
        raise RuleViolation(_("บอกเหตุผล เพื่อให้อีกฝ่ายรู้ว่าต้องทำอะไรต่อ"), field="reason")
    now = timezone.now()
    papers = {"papers": recall_paper(plan)} if action in _RECALLS else {}
    before = _move(plan, action, _notes(action, by, reason, now))
    PlanStep.objects.create(
        province_id=plan.province_id,
        plan=plan,
        action=action,
        state=plan.state,
        reason=reason,
        by=by,
        at=now,
        before=before | papers | (remember or {}),
    )
    audit.record(
        f"plan.{action}",
        by=by,
        target=plan,
        province_code=plan.province_id,
        detail={"fiscal_year": plan.fiscal_year, "edition": plan.edition},
    )
    return plan


def _move(plan: Plan, action: PlanAction, notes: dict[str, Any]) -> dict[str, str | int | None]:
    """Change the state and what is noted with it; return what all that was before."""
    before = {name: _kept(plan, name) for name in ("state", *notes)}
    for name, value in notes.items():
        setattr(plan, name, value)
    plan.state = state_after(action, PlanState(plan.state)) or plan.state
    plan.version += 1
    plan.save(update_fields=["state", "version", *notes])
    return before


def _notes(action: PlanAction, by: User, reason: str, now: datetime) -> dict[str, Any]:
    """Who and when of the step, and what it makes void: field → value."""
    values: dict[str, Any] = {}
    for step in _FORGOTTEN.get(action, ()):
        values |= {f"{step}_at": None, f"{step}_by": None}
    if step := _NOTED.get(action, ""):
        values |= {f"{step}_at": now, f"{step}_by": by}
    if step == "returned":
        values["returned_because"] = reason
    return values


def _kept(plan: Plan, name: str) -> str | int | None:
    """The value of a field as JSON keeps it: a moment to the microsecond, a person's id."""
    value = getattr(plan, f"{name}_id" if name.endswith("_by") else name)
    return value.isoformat() if isinstance(value, datetime) else value


def _locked(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    return plans.select_for_update(of=("self",))
