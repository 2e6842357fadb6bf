"""What a person is told inside the product, and the mail that goes out."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import HasScope, ProvinceScopedQuerySet
from volunteer_network.enums import MailState, NoticeKind
from volunteer_network.models.places import Province
from volunteer_network.models.users import User

OF_THE_PERSON = (
    "recipient_id = current_setting('app.person')::bigint"
    " OR sender_id = current_setting('app.person')::bigint"
)


class NoticeQuerySet(ProvinceScopedQuerySet["Notice"]):
    def visible_to(self, user: HasScope) -> Self:
        """A notice is for one person, whatever else that person may see."""
        return super().visible_to(user).filter(recipient=user.scope.person)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One sentence with a link; it names nobody whom the recipient may not see."""

    province = models.ForeignKey(Province, models.PROTECT, null=True)  # of the recipient
    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices")
    sender = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("เรื่อง"), max_length=16, choices=NoticeKind)
    text = models.CharField(max_length=300)
    href = models.CharField(max_length=200)  # a path of this site
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT, UPDATE",
        nation="SELECT, INSERT, UPDATE",
        regions="SELECT, UPDATE",
        system="SELECT, INSERT, DELETE",
        office="SELECT, INSERT, UPDATE",
        office_rows=OF_THE_PERSON,
    )
    personal_data = frozenset({"text"})

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (
            models.Index(
                fields=["recipient", "-made_at"],
                name="notice_unread",
                condition=models.Q(read_at=None),
            ),
            models.Index(fields=["recipient", "-made_at", "-id"], name="notice_by_recipient"),
        )

    def __str__(self) -> str:
        return self.text


class OutgoingMail(models.Model):
    """A mail as a row before it is sent; a worker sends it, and again when that failed."""

    province = models.ForeignKey(Province, models.PROTECT, null=True)
    recipient = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sender = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    address = models.EmailField(_("ถึง"))
    subject = models.CharField(_("เรื่อง"), max_length=300)
    body = models.TextField()
    state = models.CharField(_("สถานะ"), max_length=8, choices=MailState, default=MailState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    rung_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    objects = ProvinceScopedQuerySet["OutgoingMail"].as_manager()
    wall = TenantWall(
        province="SELECT, INSERT",
        nation="SELECT, INSERT, UPDATE",
        regions="",
        system="SELECT, INSERT, UPDATE, DELETE",
        office="SELECT, INSERT",
        office_rows=OF_THE_PERSON,
    )
    personal_data = frozenset({"address", "subject", "body", "failure"})

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (
            models.Index(
                fields=["rung_at"], name="mail_waiting", condition=models.Q(state="waiting")
            ),
        )

    def __str__(self) -> str:
        return self.subject
