"""The annual plans of the provinces."""

from django.urls import path

from reports.views import plan_grids, plan_lines, plan_progress, plan_steps, plans, quarters

PLAN = "<int:fiscal_year>/<int:code>/"
LINE = f"{PLAN}lines/<int:line>/"
QUARTER = f"{PLAN}quarters/<int:quarter>/"

app_name = "plans"
urlpatterns = [
    path("", plans.plan_list, name="list"),
    path(PLAN, plans.plan_detail, name="detail"),
    path(f"{PLAN}begin/", plans.plan_begin, name="begin"),
    path(f"{PLAN}edit/", plan_grids.grid, name="edit"),
    path(f"{PLAN}edit/cells/", plan_grids.cells, name="cells"),
    path(f"{PLAN}lines/new/", plan_lines.line_create, name="line-create"),
    path(LINE, plan_lines.line_detail, name="line"),
    path(f"{LINE}update/", plan_lines.line_update, name="line-update"),
    path(f"{LINE}cells/", plan_grids.line_cells, name="line-cells"),
    path(f"{LINE}remove/", plan_lines.line_remove, name="line-remove"),
    path(f"{LINE}move/", plan_lines.line_move, name="line-move"),
    path(f"{LINE}answer/", plan_lines.line_answer, name="line-answer"),
    path(f"{PLAN}tie/", plan_lines.tie, name="tie"),
    path(f"{PLAN}progress/<int:quarter>/", plan_progress.progress, name="progress"),
    path(f"{PLAN}quarters/", quarters.quarter_list, name="quarters"),
    path(QUARTER, quarters.quarter_detail, name="quarter"),
    path(f"{QUARTER}prepare/", quarters.quarter_prepare, name="quarter-prepare"),
    path(f"{QUARTER}return/", quarters.quarter_hand_back, name="quarter-return"),
    path(f"{QUARTER}sign/", quarters.quarter_sign, name="quarter-sign"),
    path(f"{QUARTER}undo/", quarters.quarter_undo, name="quarter-undo"),
    path(f"{PLAN}propose/", plan_steps.propose, name="propose"),
    path(f"{PLAN}take-back/", plan_steps.take_back, name="take-back"),
    path(f"{PLAN}agree/", plan_steps.agree, name="agree"),
    path(f"{PLAN}return/", plan_steps.hand_back, name="return"),
    path(f"{PLAN}send/", plan_steps.send, name="send"),
    path(f"{PLAN}cancel/", plan_steps.cancel, name="cancel"),
    path(f"{PLAN}revise/", plan_steps.revise, name="revise"),
]
