"""What happened to which row, by whom; append-only, sealed into a chain within the minute."""

from typing import Self

from django.db import models

from volunteer_network.access.row_security import OpenTable, TenantWall
from volunteer_network.access.scope import HasScope, ProvinceScopedQuerySet, ScopeRole


class AuditEventQuerySet(ProvinceScopedQuerySet["AuditEvent"]):
    def visible_to(self, user: HasScope) -> Self:
        """What happened in the user's provinces, or to a partner officer what that person did.

        What happened to a restricted row says so in its detail, and is told to the cleared alone.
        """
        scope = user.scope
        own = scope.role is ScopeRole.OFFICE
        rows = self.filter(actor=scope.person) if own else super().visible_to(user)
        return rows if scope.cleared else rows.exclude(detail__has_key="restricted")


class AuditEvent(models.Model):
    """No foreign keys: the trail outlives the rows it speaks of."""

    at = models.DateTimeField(db_default=models.functions.Now())
    verb = models.CharField(max_length=60)
    actor = models.BigIntegerField(null=True)
    request = models.CharField(max_length=64, blank=True)
    province_id = models.SmallIntegerField(null=True)
    target_type = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT",
        nation="SELECT, INSERT",
        regions="SELECT, INSERT",
        system="SELECT, INSERT",
        app="SELECT, INSERT",
        office="SELECT, INSERT",
        office_rows="actor = current_setting('app.person')::bigint",
        restricted="detail ? 'restricted'",
        # A helper at a door is nobody of ours: an event without actor that names its seminar.
        seminar="SELECT, INSERT",
        seminar_rows="actor IS NULL AND detail ->> 'seminar' = current_setting('app.seminar')",
    )
    personal_data = frozenset({"detail"})

    class Meta:
        indexes = (
            models.Index(fields=["target_type", "target", "at"], name="audit_by_target"),
            models.Index(fields=["actor", "at"], name="audit_by_actor"),
        )

    def __str__(self) -> str:
        return f"{self.at} {self.verb} {self.target_type} {self.target}"


class AuditSeal(models.Model):
    """The place of one event in the chain and the hash over it and everything before."""

    position = models.BigIntegerField(primary_key=True)
    event = models.BigIntegerField(unique=True)
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(db_default=models.functions.Now())

    wall = OpenTable(scopes="", app="SELECT", system="SELECT, INSERT")
    personal_data: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.position}: {self.event}"
