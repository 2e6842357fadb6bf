import factory

from tests.factories.tenant import TenantFactory
from tests.factories.users import UserFactory
from volunteer_network.enums import NoticeKind
from volunteer_network.models import Notice


class NoticeFactory(TenantFactory):
    class Meta:
        model = Notice

    recipient = factory.SubFactory(UserFactory)
    province = factory.SelfAttribute("recipient.province")
    kind = NoticeKind.CASE
    text = "มีเรื่องส่งต่อใหม่ 1 เรื่อง"
    href = "/cases/"
