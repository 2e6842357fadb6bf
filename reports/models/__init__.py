from reports.models.directions import Ceiling, Direction, StandingProject
from reports.models.plan_lines import PlanComment, PlanLine, PlanProgress, PlanProof
from reports.models.plans import Plan, PlanStep

__all__ = [
    "Ceiling",
    "Direction",
    "Plan",
    "PlanComment",
    "PlanLine",
    "PlanProgress",
    "PlanProof",
    "PlanStep",
    "StandingProject",
]
