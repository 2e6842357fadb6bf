"""What a volunteer brought in and an office answers: one row for each case."""

import re
from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.roles import Capability
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import HasScope, ProvinceScopedQuerySet, ScopeRole
from volunteer_network.case_steps import (
    ANSWERED,
    CONTACT_OPEN,
    CONTACT_OPEN_TO,
    FINISHED,
    OWNER,
    RESTRICTED_TOPIC,
    STEPS,
    WITH_KEEPER,
    WITH_OFFICE,
    Side,
)
from volunteer_network.database_functions import SearchText
from volunteer_network.enums import (
    AgeBand,
    AgencyCode,
    CaseAction,
    CaseOutcome,
    CaseState,
    Category,
    DeclineReason,
    Escalation,
    NationalityGroup,
    Sex,
    Urgency,
)
from volunteer_network.models.activities import Activity
from volunteer_network.models.places import District, Office, Province, Subdistrict
from volunteer_network.models.users import User
from volunteer_network.models.volunteers import Volunteer
from volunteer_network.thai_text import normalise

_CODE = re.compile(r"([1-9][0-9])-(25[0-9]{2})/(ป?)([0-9]{1,6})")  # as pages show it: 50-2570/0012
RESTRICTED = "topic = 'trafficking'"
_Row = TypeVar("_Row", bound=models.Model, covariant=True)


class CaseRowQuerySet(ProvinceScopedQuerySet[_Row]):
    """Rows about cases: an office sees those referred to it, and trafficking the cleared alone."""

    case: ClassVar[str] = ""  # the look-up from the row to its case

    def visible_to(self, user: HasScope) -> Self:
        scope = user.scope
        if scope.role is ScopeRole.OFFICE:
            rows = self.filter(**{f"{self.case}office": scope.office})
        else:
            rows = super().visible_to(user)
        return rows if scope.cleared else rows.exclude(topic=RESTRICTED_TOPIC)


class CaseQuerySet(CaseRowQuerySet["Case"]):
    def matching(self, words: str) -> Self:
        """Rows whose number or need holds every word."""
        found = self
        for word in normalise(words).split():
            wanted = Q(search_text__contains=word)
            if code := _CODE.fullmatch(word):
                wanted |= _numbered(code)
            found = found.filter(wanted)
        return found

    def waiting_for(self, user: User) -> Self:
        """What the user is the next person for, or has been told of because it is overdue."""
        unfinished = self.filter(waits_until__lt=date.max)  # what the index finds at once
        if user.scope.role is ScopeRole.OFFICE:
            return unfinished.filter(state__in=WITH_OFFICE)
        wanted = Q(keeper=user, state__in=WITH_KEEPER)
        if user.can(Capability.REFER_CASES):
            wanted |= Q(office__agency=AgencyCode.OPS, state__in=WITH_OFFICE)
        if user.can(Capability.HANDLE_TRAFFICKING):
            step = Escalation.HEAD if user.province_id else Escalation.CENTRE
            wanted |= Q(escalated_to__gte=step)
        return unfinished.filter(wanted)

    def overdue(self, today: date) -> Self:
        return self.filter(waits_until__lt=today)


def _numbered(code: "re.Match[str]") -> Q:
    restricted = Q(topic=RESTRICTED_TOPIC)
    return Q(province=int(code[1]), fiscal_year=int(code[2]), number=int(code[4])) & (
        restricted if code[3] else ~restricted
    )


class Case(models.Model):
    """One person's need, referred to the office whose affair it is.

    A case of trafficking exists for the cleared alone, has a series of numbers of its own, so that
    no gap tells of it, and names no activity: the log is open to the whole office.
    """

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    district = models.ForeignKey(District, models.PROTECT, editable=False)
    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, verbose_name=_("ตำบล"))
    fiscal_year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveIntegerField(_("เลขที่เรื่อง"), editable=False)
    submission = models.UUIDField(editable=False)  # a form sent twice is saved once

    topic = models.CharField(_("เรื่อง"), max_length=24, choices=Category)
    urgency = models.CharField(
        _("ความเร่งด่วน"), max_length=8, choices=Urgency, default=Urgency.NORMAL
    )
    need = models.CharField(_("ต้องการให้ช่วยอะไร"), max_length=300)
    screening = models.CharField(_("ผลคัดกรอง"), max_length=300, blank=True)
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, null=True, blank=True, related_name="cases"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="cases"
    )

    is_anonymous = models.BooleanField(default=False)
    sex = models.CharField(_("เพศ"), max_length=10, choices=Sex, default=Sex.UNSTATED)
    age_band = models.CharField(
        _("ช่วงอายุ"), max_length=10, choices=AgeBand, default=AgeBand.UNSTATED
    )
    nationality = models.CharField(
        _("สัญชาติ"), max_length=10, choices=NationalityGroup, default=NationalityGroup.UNSTATED
    )

    state = models.CharField(_("สถานะ"), max_length=12, choices=CaseState)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="cases")
    keeper = models.ForeignKey(User, models.PROTECT, related_name="+")  # owner beside the office
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    opened_on = models.DateField(_("วันที่รับแจ้ง"), default=timezone.localdate, editable=False)
    due_on = models.DateField(_("ภายใน"))  # whoever is next has until this day
    finish_by = models.DateField(_("กำหนดของเรื่อง"))
    escalated_to = models.PositiveSmallIntegerField(choices=Escalation, default=Escalation.NONE)
    decline_reason = models.CharField(max_length=16, choices=DeclineReason, blank=True)
    outcome = models.CharField(_("ผล"), max_length=16, choices=CaseOutcome, blank=True)
    answered_on = models.DateField(_("วันที่ตอบผล"), null=True, blank=True)
    contact_erased_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # What a list sorts by: the most overdue first, what is finished at the end.
    waits_until = models.GeneratedField(
        expression=models.Case(
            models.When(state__in=sorted(FINISHED), then=Value(date.max)), default="due_on"
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=SearchText("need", "screening"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = CaseQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT, UPDATE",
        system="SELECT, UPDATE",
        office="SELECT, UPDATE",
        restricted=RESTRICTED,
    )
    personal_data = frozenset({"need", "screening", "sex", "age_band", "nationality"}) | {
        "search_text"
    }

    class Meta:
        ordering = ("waits_until", "pk")
        constraints = (
            models.UniqueConstraint(fields=["province", "id"], name="case_with_its_province"),
            models.UniqueConstraint(
                fields=["province", "submission"],
                name="one_case_per_form",
                violation_error_message=_("แบบนี้ส่งไปแล้ว เปิดแบบใหม่ถ้าเป็นอีกเรื่องหนึ่ง"),
            ),
            models.UniqueConstraint(
                fields=["province", "fiscal_year", "number"],
                name="one_case_per_number",
                condition=~Q(topic=RESTRICTED_TOPIC),
            ),
            models.UniqueConstraint(
                fields=["province", "fiscal_year", "number"],
                name="one_restricted_case_per_number",
                condition=Q(topic=RESTRICTED_TOPIC),
            ),
            models.CheckConstraint(
                name="case_is_with_an_office_from_its_referral",
                condition=Q(state=CaseState.OPENED, office__isnull=True)
                | Q(state=CaseState.WITHDRAWN)
                | (~Q(state=CaseState.OPENED) & Q(office__isnull=False)),
            ),
            models.CheckConstraint(
                name="case_answer_and_outcome_go_together",
                condition=(
                    Q(state__in=sorted(ANSWERED), answered_on__isnull=False) & ~Q(outcome="")
                )
                | (~Q(state__in=sorted(ANSWERED)) & Q(outcome="", answered_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_declined_for_a_reason",
                condition=(Q(state=CaseState.DECLINED) & ~Q(decline_reason=""))
                | (~Q(state=CaseState.DECLINED) & Q(decline_reason="")),
            ),
            models.CheckConstraint(
                name="restricted_case_names_no_activity",
                condition=~Q(topic=RESTRICTED_TOPIC) | Q(activity__isnull=True),
            ),
        )
        indexes = (
            models.Index(fields=["province", "waits_until", "id"], name="case_by_province_due"),
            models.Index(fields=["office", "waits_until", "id"], name="case_by_office_due"),
            models.Index(fields=["waits_until", "id"], name="case_nationwide_due"),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("cases:detail", args=[self.pk])

    @property
    def code(self) -> str:
        """The number an office uses: 50-2570/0012."""
        return code_of(self.province_id, self.fiscal_year, self.number, self.topic)

    @property
    def is_restricted(self) -> bool:
        return self.topic == RESTRICTED_TOPIC

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    def contact_is_open_to(self, user: User) -> bool:
        """Whether the user may ask how to reach the client, as the wall around it has it."""
        if self.is_anonymous or self.contact_erased_at or not user.can(Capability.REVEAL_CONTACTS):
            return False
        if user.scope.role is ScopeRole.NATION:
            return self.escalated_to == CONTACT_OPEN_TO and not self.is_finished
        return user.scope.role is ScopeRole.PROVINCE or self.state in CONTACT_OPEN

    @property
    def owner(self) -> "User | Office":
        """Whose turn it is; a finished case stays with its keeper."""
        with_office = OWNER[CaseState(self.state)] is Side.OFFICE
        return self.office if with_office and self.office else self.keeper

    @property
    def informant(self) -> str:
        """Who waits for the answer, in a word: a volunteer brought it in, or the person came."""
        return _now("อสร.") if self.volunteer_id else _now("ผู้แจ้ง")

    @property
    def days_taken(self) -> int:
        """From the day it was brought in to the answer."""
        return ((self.answered_on or self.opened_on) - self.opened_on).days

    def sides_of(self, user: User) -> frozenset[Side]:
        """On which sides a user, who may see the case, can act.

        Mentors and heads keep the cases of their province, and answer those of their own office.
        """
        sides = set()
        if user.can(Capability.REFER_CASES):
            sides.add(Side.KEEPER)
            if self.office and self.office.agency_id == AgencyCode.OPS:
                sides.add(Side.OFFICE)
        elif user.can(Capability.ANSWER_CASES) and self.office_id == user.office_id:
            sides.add(Side.OFFICE)
        return frozenset(sides)

    def actions_for(self, user: User) -> list[CaseAction]:
        """What the user can do with the case as it stands."""
        sides = self.sides_of(user)
        return [
            action
            for action, step in STEPS.items()
            if self.state in step.before and step.side in sides and user.can(step.needs)
        ]


def code_of(province: int, fiscal_year: int, number: int, topic: str) -> str:
    series = "ป" if topic == RESTRICTED_TOPIC else ""
    return f"{province}-{fiscal_year}/{series}{number:04d}"
