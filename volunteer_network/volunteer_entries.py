"""What the register and the log add to the frame and to the home page."""

from django.utils.translation import gettext_lazy as _

from volunteer_network import tiles
from volunteer_network.access.roles import Capability
from volunteer_network.ui.registry import NavItem, Tile, register_nav, register_tile


def register() -> None:
    register_nav(NavItem(label=_("หน้าแรก"), icon="home", url_name="home", order=10))
    register_nav(
        NavItem(
            label=_("ทะเบียน"),
            icon="people",
            url_name="volunteers:list",
            order=20,
            needs=Capability.VIEW_VOLUNTEERS,
        )
    )
    register_nav(
        NavItem(
            label=_("กิจกรรม"),
            icon="grid",
            url_name="activities:list",
            order=30,
            needs=Capability.VIEW_ACTIVITIES,
        )
    )
    editing = Capability.EDIT_VOLUNTEERS
    for order, title, icon, count in (
        (30, _("วาระสิ้นสุดใน 90 วัน"), "user", tiles.terms_ending),
        (40, _("ผู้สมัครรอแต่งตั้ง"), "badge", tiles.applicants),
    ):
        register_tile(Tile(title=title, icon=icon, order=order, count=count, needs=editing))
