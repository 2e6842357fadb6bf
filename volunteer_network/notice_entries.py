"""What notices and the outbox add to the frame and to the home page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.access.roles import Capability
from volunteer_network.demo import notices
from volunteer_network.enums import MailState
from volunteer_network.models import OutgoingMail, User
from volunteer_network.ui.registry import NavItem, Tile, TileFigures, register_nav, register_tile


def register() -> None:
    notices.register()
    register_nav(
        NavItem(
            label=gettext_lazy("อีเมลขาออก"),
            icon="mail",
            url_name="outbox:list",
            order=87,
            needs=Capability.VIEW_OUTBOX,
        )
    )
    register_tile(
        Tile(
            title=gettext_lazy("อีเมลที่ส่งไม่สำเร็จ"),
            icon="mail",
            order=82,
            count=failed_mail,
            needs=Capability.VIEW_OUTBOX,
        )
    )


def failed_mail(user: User) -> TileFigures:
    number = OutgoingMail.objects.visible_to(user).filter(state=MailState.FAILED).count()
    outbox = reverse("outbox:list")
    if not number:
        return TileFigures(
            number=0,
            unit=_("ฉบับ"),
            why=_("ไม่มีอีเมลที่ค้างเพราะส่งไม่ได้"),
            action=_("ดูอีเมลขาออก"),
            href=outbox,
        )
    return TileFigures(
        number=number,
        unit=_("ฉบับ"),
        why=_("ผู้รับยังไม่รู้เรื่อง ตรวจที่อยู่แล้วส่งอีกครั้ง"),
        action=_("ดู %(number)d ฉบับ") % {"number": number},
        href=f"{outbox}?state={MailState.FAILED}",
    )
