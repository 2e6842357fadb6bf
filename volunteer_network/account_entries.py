"""What the pages about accounts add to the frame and to the home page."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.access.roles import Capability
from volunteer_network.models import Invitation, User
from volunteer_network.ui.registry import NavItem, Tile, TileFigures, register_nav, register_tile


def register() -> None:
    register_nav(
        NavItem(
            label=gettext_lazy("บัญชีผู้ใช้"),
            icon="users",
            url_name="people:list",
            order=85,
            needs=Capability.MANAGE_ACCOUNTS,
        )
    )
    register_nav(
        NavItem(
            label=gettext_lazy("รักษาราชการแทน"),
            icon="user",
            url_name="acting-heads:list",
            order=86,
            needs=Capability.NAME_ACTING_HEAD,
        )
    )
    register_nav(
        NavItem(
            label=gettext_lazy("ดูแลระบบ"),
            icon="eye",
            url_name="admin:index",
            order=90,
            needs=Capability.OPEN_ADMIN,
        )
    )
    register_tile(
        Tile(
            title=gettext_lazy("คำเชิญที่ยังไม่ใช้"),
            icon="key",
            order=80,
            count=unused_invitations,
            needs=Capability.MANAGE_ACCOUNTS,
        )
    )


def unused_invitations(user: User) -> TileFigures:
    unused = Invitation.objects.unused()
    number = unused.count()
    if not number:
        return TileFigures(
            number=0,
            unit=_("คน"),
            why=_("ทุกคนที่เชิญตั้งรหัสผ่านแล้ว"),
            action=_("ดูบัญชีผู้ใช้"),
            href=reverse("people:list"),
        )
    expired = unused.filter(expires_at__lte=timezone.now()).count()
    return TileFigures(
        number=number,
        unit=_("คน"),
        why=_("ลิงก์หมดอายุแล้ว %(expired)d คน ต้องออกลิงก์ใหม่") % {"expired": expired}
        if expired
        else _("ยังไม่ได้ตั้งรหัสผ่าน ลิงก์ใช้ได้ 7 วัน"),
        action=_("ติดตาม %(number)d คน") % {"number": number},
        href=f"{reverse('people:list')}?state=invited",
    )
