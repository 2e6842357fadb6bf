from reports.models.directions import Ceiling, Direction, StandingProject
from reports.models.plan_lines import PlanComment, PlanLine, PlanProgress, PlanProof
from reports.models.plans import Plan, PlanStep
from reports.models.quarters import QuarterReport

__all__ = [
    "Ceiling",
    "Direction",
    "Plan",
    "PlanComment",
    "PlanLine",
    "PlanProgress",
    "PlanProof",
    "PlanStep",
    "QuarterReport",
    "StandingProject",
]
