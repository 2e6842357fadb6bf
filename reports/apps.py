"""Official documents drawn from all the other apps, made in the background."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from volunteer_network.ui.registry import NavItem, register_nav


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from reports import dashboard_entries  # noqa: PLC0415  # needs the models of all apps
        from reports.kinds import register_kinds  # noqa: PLC0415

        register_kinds()
        dashboard_entries.register()
        register_nav(NavItem(label=_("รายงาน"), icon="doc", url_name="reports:list", order=80))
