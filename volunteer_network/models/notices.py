"""What a person is told inside the product, and the mail that goes out."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.access.row_security import ACTING, TenantWall
from volunteer_network.access.scope import HasScope, ProvinceScopedQuerySet
from volunteer_network.enums import MailState, NoticeKind
from volunteer_network.models.places import Province
from volunteer_network.models.users import User
from volunteer_network.thai_text import normalise

OF_THE_PERSON = f"recipient_id = {ACTING} OR sender_id = {ACTING}"
OF_THE_PROVINCE_OR_SENT = (
    f"province_id = current_setting('app.province')::smallint OR sender_id = {ACTING}"
)
OF_THE_REGIONS_OR_THE_PERSON = (
    f"province_id = ANY (current_setting('app.provinces')::smallint[]) OR {OF_THE_PERSON}"
)
LINK_PLACE = "⟦ลิงก์ส่วนตัว⟧"  # where a sealed link stands in the body
LINKS_LIVE = timedelta(days=7)


class NoticeQuerySet(ProvinceScopedQuerySet["Notice"]):
    def visible_to(self, user: HasScope) -> Self:
        """A notice is for one person, whatever else that person may see."""
        return self.filter(recipient=user.scope.person)

    def sent_by(self, user: HasScope) -> Self:
        """What the user has told others."""
        return self.filter(sender=user.scope.person)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One sentence with a link; it names nobody whom the recipient may not see."""

    province = models.ForeignKey(Province, models.PROTECT, null=True)  # of the recipient
    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices")
    sender = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(gettext_lazy("เรื่อง"), max_length=16, choices=NoticeKind)
    text = models.CharField(max_length=300)
    href = models.CharField(max_length=200)  # a path of this site
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    errand = models.UUIDField(null=True, editable=False)  # of one sending that can be taken back

    objects = NoticeQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT, UPDATE",
        province_rows=OF_THE_PROVINCE_OR_SENT,
        nation="SELECT, INSERT, UPDATE, DELETE",  # one's own, to take a sending back
        regions="SELECT, UPDATE",
        regions_rows=OF_THE_REGIONS_OR_THE_PERSON,  # an inspector is of no province
        system="SELECT, INSERT, DELETE",
        office="SELECT, INSERT, UPDATE",
        office_rows=OF_THE_PERSON,
        personal=OF_THE_PERSON,
    )
    personal_data = frozenset({"text"})

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="notice_leads_into_this_site",
                condition=Q(href__regex=r"^/([^/\\]|$)"),
            ),
        )
        indexes = (
            models.Index(
                fields=["recipient", "-made_at"],
                name="notice_unread",
                condition=Q(read_at=None),
            ),
            models.Index(fields=["recipient", "-made_at", "-id"], name="notice_by_recipient"),
            models.Index(
                fields=["sender", "-made_at"],
                name="notice_of_errand",
                condition=Q(errand__isnull=False),
            ),
            models.Index(
                fields=["read_at"], name="notice_read", condition=Q(read_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.text


class OutgoingMailQuerySet(ProvinceScopedQuerySet["OutgoingMail"]):
    def waiting(self) -> Self:
        return self.filter(state=MailState.WAITING)

    def matching(self, words: str) -> Self:
        """Rows that hold every word somewhere in the address or the subject."""
        found = self
        for word in normalise(words).split():
            found = found.filter(Q(address__icontains=word) | Q(subject__icontains=word))
        return found


class OutgoingMail(models.Model):
    """A mail as a row before it is sent; a worker sends it, and again when that failed.

    A link that opens an account is sealed apart from the body until the mail has gone.
    """

    province = models.ForeignKey(Province, models.PROTECT, null=True)
    recipient = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sender = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(gettext_lazy("เรื่อง"), max_length=16, choices=NoticeKind)
    address = models.EmailField(gettext_lazy("ถึง"))
    subject = models.CharField(gettext_lazy("หัวเรื่อง"), max_length=300)
    body = models.TextField()
    secret_sealed = models.BinaryField(null=True, editable=False)
    state = models.CharField(
        gettext_lazy("สถานะ"), max_length=8, choices=MailState, default=MailState.WAITING
    )
    attempt = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)  # no attempt before
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    errand = models.UUIDField(null=True, editable=False)  # as in the notice

    objects = OutgoingMailQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT, UPDATE",  # one's own, to take it back
        province_rows=OF_THE_PROVINCE_OR_SENT,
        nation="SELECT, INSERT, UPDATE, DELETE",  # what one sent, before it has gone
        regions="",
        system="SELECT, INSERT, UPDATE, DELETE",
        office="SELECT, INSERT",
        office_rows=OF_THE_PERSON,
        # Who may send may not read what others are sent; the outbox is the centre's.
        personal=f"{OF_THE_PERSON} OR current_user = 'scope_nation'",
    )
    personal_data = frozenset({"address", "subject", "body", "failure", "secret_sealed"})

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="only_unsent_mail_keeps_its_link",
                condition=Q(secret_sealed__isnull=True) | ~Q(state=MailState.SENT),
            ),
        )
        indexes = (
            models.Index(
                fields=["due_at"], name="mail_waiting", condition=Q(state=MailState.WAITING)
            ),
            models.Index(fields=["-made_at", "-id"], name="mail_latest"),
            models.Index(
                fields=["errand"], name="mail_of_errand", condition=Q(errand__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("outbox:detail", args=[self.pk])

    @property
    def shown_body(self) -> str:
        """The body for the outbox, which never shows a link that opens an account."""
        return self.body.replace(LINK_PLACE, _("(ลิงก์เฉพาะผู้รับ ไม่แสดงที่นี่)"))
