from tests.factories import ActivityFactory, TermFactory, VolunteerFactory
from tests.factories.cases import CaseFactory
from volunteer_network.access.roles import Capability, Role
from volunteer_network.models import Province


def busy(count, officer):
    """Some of everything that a dashboard counts."""
    province = officer.province or Province.objects.get(pk=50)
    for volunteer in VolunteerFactory.create_batch(count, province=province):
        TermFactory(volunteer=volunteer)
        ActivityFactory(volunteer=volunteer)
        CaseFactory(volunteer=volunteer)


IMPERSONAL = {
    "CaseDelta": {"topic", "month"},
    "CaseTopicMonth": {"topic", "month"},
    "CaseMonth": {"month"},
}
CALLED_BY = {
    Capability.VIEW_FIGURES: {
        "dashboard:document",
        "dashboard:national",
        "dashboard:province",
        "dashboard:recount",
    },
}
# Sums of any province are open to whoever reads figures (ADR 0022).
OF_NOBODY = {"dashboard:province": lambda rows: {"code": rows.province.pk}}
# They give sums by province, never a row.
DEFINER_FUNCTIONS = {
    name: {"scope_province", "scope_nation", "scope_regions"}
    for name in ("covered_subdistricts", "seminar_attendance", "plan_sums", "planned_people")
}
# Pages whose figures are of all provinces: what another province does changes them, by decision.
# The recount sets such sums beside the rows that one sees.
OPEN_FIGURES = ("/dashboard/", "/dashboard/recount/")
LIST_COSTS = {
    "/dashboard/": (Role.CENTRAL_OFFICER, busy, 16),
    "/dashboard/50/": (Role.MENTOR, busy, 22),
}
