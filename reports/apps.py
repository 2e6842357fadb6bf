"""Official documents drawn from all the other apps, made in the background."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from volunteer_network.ui.registry import NavItem, register_nav


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        # Models are not loaded before this moment.
        from reports import (  # noqa: PLC0415
            dashboard_entries,
            decision_entries,
            figure_entries,
            kinds,
            plan_entries,
            quarter_entries,
            search,
        )
        from reports.demo import plans, quarters  # noqa: PLC0415

        kinds.register_kinds()
        plans.register()
        quarters.register()
        dashboard_entries.register()
        decision_entries.register()
        figure_entries.register()
        plan_entries.register()
        quarter_entries.register()
        search.register()
        register_nav(NavItem(label=_("รายงาน"), icon="doc", url_name="reports:list", order=80))
