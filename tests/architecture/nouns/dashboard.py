from tests.architecture.canaries import canary_of
from tests.factories import ActivityFactory, TermFactory, VolunteerFactory
from tests.factories.cases import CaseFactory
from tests.factories.saved_views import PrintoutFactory, SavedViewFactory
from volunteer_network.access.roles import Capability, Role
from volunteer_network.models import Province


def busy(count, officer):
    """Some of everything that a dashboard counts."""
    province = officer.province or Province.objects.get(pk=50)
    for volunteer in VolunteerFactory.create_batch(count, province=province):
        TermFactory(volunteer=volunteer)
        ActivityFactory(volunteer=volunteer)
        CaseFactory(volunteer=volunteer)


def make(province, *, officer, volunteer):
    name = canary_of(province.pk)
    view = SavedViewFactory(owner=officer, province=province, name=name, query=f"region={name}")
    return {"view": view, "printout": PrintoutFactory(province=province)}


IMPERSONAL = {
    "CaseDelta": {"topic", "month"},
    "CaseTopicMonth": {"topic", "month"},
    "CaseMonth": {"month"},
    "Printout": {"as_of", "figures", "question", "reference"},  # sums, never a person
    "SavedView": {"made_at", "path"},
}
CALLED_BY = {
    Capability.VIEW_FIGURES: {
        "dashboard:document",
        "dashboard:national",
        "dashboard:printed",
        "dashboard:province",
        "dashboard:recount",
        "dashboard:view-create",
        "dashboard:view-remove",
    },
}
# Sums of any province are open to whoever reads figures (ADR 0022).
OF_NOBODY = {
    "dashboard:province": lambda rows: {"code": rows.province.pk},
    "dashboard:printed": lambda rows: {"reference": rows.more["printout"].reference},
}
OF_AN_OWNER = {"dashboard:view-remove": lambda rows: {"pk": rows.more["view"].pk}}
ACTING = "(NULLIF(current_setting('app.person'::text), ''::text))::bigint"
VIEWS, OF_THE_OWNER = "volunteer_network_savedview", f"(owner_id = {ACTING})"
REGIONS = "(province_id = ANY ((current_setting('app.provinces'::text))::smallint[]))"
ROWS_OF = {(VIEWS, "scope_regions"): f"({REGIONS} OR {OF_THE_OWNER})"}
RESTRICTED = {VIEWS: f"(({ACTING} IS NULL) OR {OF_THE_OWNER})"}
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
