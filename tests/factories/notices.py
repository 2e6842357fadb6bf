import factory

from tests.factories.tenant import NationFactory
from tests.factories.users import UserFactory
from volunteer_network.enums import NoticeKind
from volunteer_network.models import Notice, OutgoingMail


class NoticeFactory(NationFactory):
    class Meta:
        model = Notice

    recipient = factory.SubFactory(UserFactory)
    province = factory.SelfAttribute("recipient.province")
    kind = NoticeKind.CASE
    text = "มีเรื่องส่งต่อใหม่ 1 เรื่อง"
    href = "/cases/"


class OutgoingMailFactory(NationFactory):
    class Meta:
        model = OutgoingMail

    recipient = factory.SubFactory(UserFactory, email="officer@example.go.th")
    province = factory.SelfAttribute("recipient.province")
    kind = NoticeKind.CASE
    address = "officer@example.go.th"
    subject = "มีเรื่องส่งต่อใหม่ 1 เรื่อง"
    body = "เปิดดูได้ที่ /cases/"
