from reports.enums import DirectionState
from tests.factories.plans import DirectionFactory, StandingProjectFactory
from volunteer_network.access.roles import Capability, Role

YEAR = 2570
PROJECT = "โครงการที่มีชื่อในรายการ"


def _names(*names):
    return {f"directions:{name}" for name in names}


OF_A_YEAR = _names("detail", "update", "open", "close", "ceilings", "project-create")
OF_A_PROJECT = _names("project-update", "project-move", "project-remove")
CALLED_BY = {
    Capability.VIEW_PLANS: _names("list", "detail"),
    Capability.DECIDE_PLANS: OF_A_YEAR - _names("detail") | OF_A_PROJECT | _names("create"),
}
OF_NOBODY = {
    **dict.fromkeys(OF_A_YEAR, lambda rows: {"fiscal_year": YEAR}),
    **dict.fromkeys(
        OF_A_PROJECT, lambda rows: {"fiscal_year": YEAR, "pk": rows.more["project"].pk}
    ),
}
LISTS = ("/plans/directions/",)


def make(province, *, officer, volunteer):
    """The year of the plans; the centre sets it for all, so it names no province's rows."""
    direction = DirectionFactory(fiscal_year=YEAR)
    project = direction.projects.filter(title=PROJECT).first()
    return {
        "project": project or StandingProjectFactory(direction=direction, title=PROJECT, place=1)
    }


def years(count, officer):
    for _year in range(count):
        latest = DirectionFactory._meta.model.objects.order_by("-fiscal_year").first()
        direction = DirectionFactory(
            fiscal_year=latest.fiscal_year + 1 if latest else YEAR, state=DirectionState.CLOSED
        )
        StandingProjectFactory(direction=direction)


LIST_COSTS = {"/plans/directions/": (Role.CENTRAL_OFFICER, years, 9)}
