"""What belongs to signing in: a person's sessions, and the links with which a password is set."""

import hashlib
from datetime import datetime

from django.db import models
from django.db.models import CharField, F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.row_security import OpenTable
from volunteer_network.models.users import User


def digest_of(secret: str) -> str:
    """Return what is stored in place of a session key or a token: SHA-256, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


class SessionDigest(Func):
    """`digest_of` in SQL."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = CharField()


class UserSession(models.Model):
    """A person's session on one device; the key itself stays in Django's table alone."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    digest = models.CharField(max_length=64, unique=True)
    device = models.CharField(_("อุปกรณ์"), max_length=60)
    began_at = models.DateTimeField(default=timezone.now)

    wall = OpenTable(scopes="", app="SELECT, INSERT, UPDATE, DELETE", system="SELECT, DELETE")
    personal_data = frozenset({"device"})

    def __str__(self) -> str:
        return f"{self.user_id}: {self.device}"


class InvitationPurpose(models.TextChoices):
    WELCOME = "welcome", _("เริ่มใช้งาน")
    RESET = "reset", _("ตั้งรหัสผ่านใหม่")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> "InvitationQuerySet":
        return self.filter(
            used_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=now,
            user__is_active=True,
        )

    def unused(self) -> "InvitationQuerySet":
        """First invitations that nobody has taken up, expired ones too."""
        return self.filter(
            purpose=InvitationPurpose.WELCOME,
            used_at__isnull=True,
            withdrawn_at__isnull=True,
            user__is_active=True,
        )


class Invitation(models.Model):
    """A link that lets one person set a password once; only the digest of its token is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    purpose = models.CharField(max_length=8, choices=InvitationPurpose)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()
    wall = OpenTable(app="SELECT, INSERT, UPDATE")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="one_open_invitation_of_a_person",
                fields=["user"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("made_at")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.purpose}"

    def is_open(self, now: datetime) -> bool:
        return (
            self.used_at is None
            and self.withdrawn_at is None
            and self.expires_at > now
            and self.user.is_active
        )
