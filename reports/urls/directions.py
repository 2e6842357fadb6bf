"""/plans/directions/: what the centre sets for a fiscal year."""

from django.urls import path

from reports.enums import DirectionState
from reports.views import ceilings, directions, standing_projects

app_name = "directions"
urlpatterns = [
    path("", directions.direction_list, name="list"),
    path("new/", directions.direction_create, name="create"),
    path("<int:fiscal_year>/", directions.direction_detail, name="detail"),
    path("<int:fiscal_year>/edit/", directions.direction_update, name="update"),
    path(
        "<int:fiscal_year>/open/",
        directions.direction_move,
        {"to": DirectionState.OPEN},
        name="open",
    ),
    path(
        "<int:fiscal_year>/close/",
        directions.direction_move,
        {"to": DirectionState.CLOSED},
        name="close",
    ),
    path("<int:fiscal_year>/ceilings/", ceilings.ceilings, name="ceilings"),
    path(
        "<int:fiscal_year>/projects/new/",
        standing_projects.project_create,
        name="project-create",
    ),
    path(
        "<int:fiscal_year>/projects/<int:pk>/",
        standing_projects.project_update,
        name="project-update",
    ),
    path(
        "<int:fiscal_year>/projects/<int:pk>/move/",
        standing_projects.project_move,
        name="project-move",
    ),
    path(
        "<int:fiscal_year>/projects/<int:pk>/remove/",
        standing_projects.project_remove,
        name="project-remove",
    ),
]
