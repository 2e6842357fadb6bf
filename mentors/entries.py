"""What this app adds to the frame, the home page, the register and a volunteer's page."""

from django.utils.translation import gettext_lazy as _

from mentors import month_documents, panels, papers, receivers, tiles
from mentors.demo.mentors import MENTORS
from volunteer_network.access.roles import Capability
from volunteer_network.demo.registry import register_demo
from volunteer_network.ui.registry import (
    BulkAction,
    NavItem,
    Panel,
    Tile,
    register_bulk_action,
    register_nav,
    register_panel,
    register_tile,
)

VIEWING, ASSIGNING = Capability.VIEW_MENTORS, Capability.ASSIGN_MENTORS


def register() -> None:
    receivers.connect()
    register_demo(MENTORS)
    papers.register_kinds()
    month_documents.register_kinds()
    register_nav(
        NavItem(label=_("พี่เลี้ยง"), icon="user", url_name="mentors:list", order=40, needs=VIEWING)
    )
    for order, title, icon, count in (
        (20, _("เงียบตั้งแต่ 2 เดือน"), "mobile", tiles.silent),
        (25, _("นัดเยี่ยม 7 วันนี้และที่เลยกำหนด"), "calendar", tiles.visits_due),
        (28, _("อสร. ที่ยังไม่มีพี่เลี้ยง"), "user", tiles.unassigned),
    ):
        register_tile(Tile(title=title, icon=icon, order=order, count=count, needs=ASSIGNING))
    register_panel(Panel(page="volunteer", order=10, draw=panels.mentor_panel, needs=VIEWING))
    register_bulk_action(
        BulkAction(
            page="volunteers",
            label=_("จัดพี่เลี้ยง"),
            icon="user",
            url_name="mentors:assign",
            order=10,
            needs=ASSIGNING,
        )
    )
