"""What belongs to a case: the client, sealed, and the timeline."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone

from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import HasScope, ScopeRole
from volunteer_network.case_steps import CONTACT_OPEN, CONTACT_OPEN_TO, FINISHED
from volunteer_network.enums import CaseAction, CaseState, Category
from volunteer_network.models.cases import RESTRICTED, Case, CaseRowQuerySet
from volunteer_network.models.places import Office, Province
from volunteer_network.models.users import User

OF_THE_CASE = "EXISTS (SELECT FROM volunteer_network_case c WHERE c.id = case_id)"
OF_AN_ACCEPTED_CASE = (
    "EXISTS (SELECT FROM volunteer_network_case c WHERE c.id = case_id"
    " AND c.state IN ('accepted', 'in_progress'))"
)
OF_A_CASE_AT_THE_CENTRE = (
    "EXISTS (SELECT FROM volunteer_network_case c WHERE c.id = case_id"
    " AND c.escalated_to = 2 AND c.state NOT IN ('told', 'withdrawn'))"
)


class CaseClientQuerySet(CaseRowQuerySet["CaseClient"]):
    case = "case__"

    def visible_to(self, user: HasScope) -> Self:
        """The province that asked; the office and the centre while it is their affair.

        The office's it is from the day it took the case on, the centre's once it climbed there.
        """
        role, rows = user.scope.role, super().visible_to(user)
        if role is ScopeRole.OFFICE:
            return rows.filter(case__state__in=CONTACT_OPEN)
        if role is ScopeRole.NATION:
            return rows.filter(case__escalated_to=CONTACT_OPEN_TO).exclude(case__state__in=FINISHED)
        return rows if role is ScopeRole.PROVINCE else rows.none()


class CaseClient(models.Model):
    """How to reach the person a case is about, sealed; an anonymous case has no such row."""

    province = models.ForeignKey(Province, models.PROTECT)
    case = models.OneToOneField(Case, models.PROTECT, related_name="client")
    topic = models.CharField(max_length=24, choices=Category)  # of the case, for the wall
    reference = models.UUIDField(default=uuid.uuid4)  # what the seal is bound to
    sealed = models.BinaryField()
    notice_version = models.CharField(max_length=16)  # of the privacy notice that was given
    notice_given_at = models.DateTimeField(default=timezone.now)

    objects = CaseClientQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT",
        nation_rows=OF_A_CASE_AT_THE_CENTRE,
        regions="",
        system="SELECT, DELETE",
        office="SELECT",
        office_rows=OF_AN_ACCEPTED_CASE,
        restricted=RESTRICTED,
    )
    personal_data = frozenset({"sealed", "reference"})

    def __str__(self) -> str:
        return str(self.case_id)


class CaseEventQuerySet(CaseRowQuerySet["CaseEvent"]):
    case = "case__"


class CaseEvent(models.Model):
    """One line of a case's timeline, never changed: who did what, why, and until when next."""

    province = models.ForeignKey(Province, models.PROTECT)
    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    topic = models.CharField(max_length=24, choices=Category)  # of the case, for the wall
    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=12, choices=CaseAction)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # None: by itself
    state = models.CharField(max_length=12, choices=CaseState)  # afterwards
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    text = models.CharField(max_length=500, blank=True)

    objects = CaseEventQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT",
        system="SELECT, INSERT",
        office="SELECT, INSERT",
        office_rows=OF_THE_CASE,
        restricted=RESTRICTED,
    )
    personal_data = frozenset({"text"})

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["case", "-at", "-id"], name="case_event_by_case"),)

    def __str__(self) -> str:
        return f"{self.at} {self.action}"

    @classmethod
    def of(cls, case: Case, action: CaseAction, *, actor: User | None, text: str) -> Self:
        """The line that tells of the case as it is now."""
        return cls(
            province_id=case.province_id,
            case=case,
            topic=case.topic,
            action=action,
            actor=actor,
            state=case.state,
            office_id=case.office_id,
            due_on=case.due_on,
            text=text,
        )
