"""/plans/decisions/: the centre's table, where plans are approved or sent back."""

from django.urls import path

from reports.views import decisions, late_plans, plan_queue

app_name = "decisions"
urlpatterns = [
    path("", plan_queue.queue, name="list"),
    path("late/", late_plans.late, name="late"),
    path("<int:fiscal_year>/approve/", plan_queue.approve_together, name="approve-together"),
    path("<int:fiscal_year>/undo/", plan_queue.undo, name="undo"),
    path("<int:fiscal_year>/remind/", late_plans.remind, name="remind"),
    path("<int:fiscal_year>/recall/", late_plans.recall, name="recall"),
    path("<int:fiscal_year>/<int:province>/", decisions.decision_detail, name="detail"),
    path("<int:fiscal_year>/<int:province>/approve/", decisions.decision_approve, name="approve"),
    path("<int:fiscal_year>/<int:province>/return/", decisions.decision_return, name="return"),
]
