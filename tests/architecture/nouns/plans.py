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
from volunteer_network.access.roles import Capability, Role
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.enums import Category

YEAR = 2570


def _names(*names):
    return {f"plans:{name}" for name in names}


WRITTEN = _names(
    *("begin", "edit", "cells", "line-create", "tie", "propose", "take-back", "cancel", "revise")
)
OF_A_LINE = _names("line-update", "line-cells", "line-remove", "line-move", "line-answer")
DECIDED = _names("agree", "return", "send")
CALLED_BY = {
    Capability.VIEW_PLANS: _names("list", "detail", "line"),
    Capability.WRITE_PLANS: {*WRITTEN, *OF_A_LINE, "plans:progress"},
    Capability.AGREE_PLANS: DECIDED,
}


def _plan(rows):
    return {"fiscal_year": YEAR, "code": rows.province.pk}


OF_A_PROVINCE = {
    **dict.fromkeys({*WRITTEN, *DECIDED, "plans:detail"}, _plan),
    **dict.fromkeys(
        {*OF_A_LINE, "plans:line"}, lambda rows: _plan(rows) | {"line": rows.more["plan_line"].pk}
    ),
    "plans:progress": lambda rows: _plan(rows) | {"quarter": 1},
}
LISTS = ("/plans/", f"/plans/{YEAR}/50/")
IMPERSONAL = {
    "Plan": {
        *("state", "made_at", "proposed_at", "agreed_at", "sent_at", "approved_at", "returned_at"),
    },
    "PlanStep": {"action", "at", "state"},
    "PlanLine": {
        *("group", "project", "title", "objective", "indicator", "unit", "budget_type"),
        *("months", "area", "partners", "measure", "lineage"),
    },
    "PlanProof": {"category"},
    "PlanProgress": {"lineage"},
    "PlanComment": {"reason", "at", "settled_at"},
    "Direction": {"text", "propose_by", "send_by", "decide_by", "state"},
    "StandingProject": {
        *("group", "title", "objective", "indicator", "unit", "measure", "categories"),
    },
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


def editions(count, officer):
    """Cancelled ones, one after the other: a province has many only over the years."""
    with open_scope(NATION):
        last = Plan.objects.filter(province=officer.province).count()
    for number in range(count):
        PlanFactory(province=officer.province, state="cancelled", edition=last + number + 1)


def lines(count, officer):
    plan = the_plan(officer.province)
    for _ in range(count):
        line = PlanLineFactory(plan=plan)
        PlanCommentFactory(plan=plan, line=line, by=officer)


def the_plan(province):
    with open_scope(NATION):
        known = Plan.objects.filter(province=province, fiscal_year=YEAR).first()
    return known or PlanFactory(province=province, fiscal_year=YEAR)


LIST_COSTS = {
    "/plans/": (Role.MENTOR, editions, 16),
    f"/plans/{YEAR}/50/": (Role.MENTOR, lines, 34),
    f"/plans/{YEAR}/50/edit/": (Role.MENTOR, lines, 34),
}
