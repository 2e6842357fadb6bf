from decimal import Decimal

from reports.models import Plan, PlanComment, PlanLine, PlanProgress, PlanStep
from tests.architecture.canaries import canary_of
from tests.factories.plans import (
    PlanCommentFactory,
    PlanFactory,
    PlanLineFactory,
    PlanProgressFactory,
    PlanProofFactory,
)
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.enums import Category

YEAR = 2570

IMPERSONAL = {
    "Plan": {
        *("state", "made_at", "proposed_at", "agreed_at", "sent_at", "approved_at", "returned_at"),
    },
    "PlanStep": {"action", "at", "state"},
    "PlanLine": {
        *("group", "project", "title", "objective", "indicator", "unit", "budget_type"),
        *("months", "area", "partners", "measure", "lineage", "allotted"),
    },
    "PlanProof": {"category"},
    "PlanProgress": {"lineage", "disbursed", "committed"},
    "PlanComment": {"reason", "at", "settled_at", "returns"},
    "Direction": {"text", "propose_by", "send_by", "decide_by", "state"},
    "StandingProject": {
        *("group", "title", "objective", "indicator", "unit", "measure", "categories", "required"),
    },
    "Ceiling": {"amount"},
}


def make(province, *, officer, volunteer):
    canary = canary_of(province.pk)
    plan = PlanFactory(province=province, fiscal_year=YEAR, made_by=officer)
    line = PlanLineFactory(plan=plan, title=f"งานของ {canary}")
    PlanProofFactory(line=line, category=Category.INFORMAL_WORKERS)
    PlanProgressFactory(province=province, lineage=line.lineage, problems=canary)
    comment = PlanCommentFactory(plan=plan, line=line, text=canary, by=officer)
    with open_scope(Scope(ScopeRole.PROVINCE, (province.pk,))):
        PlanStep.objects.create(
            province=province, plan=plan, action="propose", state="proposed", reason=canary,
            by=officer,
        )  # fmt: skip
    return {"plan": plan, "plan_line": line, "plan_comment": comment}


def change(rows):
    Plan.objects.filter(pk=rows["plan"].pk).update(version=2)
    PlanLine.objects.filter(pk=rows["plan_line"].pk).update(allotted=Decimal(50_000))
    PlanProgress.objects.filter(lineage=rows["plan_line"].lineage).update(version=2)
    PlanComment.objects.filter(pk=rows["plan_comment"].pk).update(reason="other")
