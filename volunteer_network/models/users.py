"""People who sign in, and who stands in for a provincial head."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Final, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.roles import CAPABILITIES, PROVINCIAL_ROLES, Capability, Role
from volunteer_network.access.row_security import OpenTable
from volunteer_network.access.scope import Scope, ScopeRole
from volunteer_network.database_functions import ThaiSortKey
from volunteer_network.enums import NoticeKind
from volunteer_network.known_places import known_province
from volunteer_network.models.places import Office, Province
from volunteer_network.thai_text import full_name, initials

# ActingHead.objects.on(), asked on every page of a mentor: building the query cost ten times as
# much as running it.
_IS_ACTING_HEAD: Final = """
SELECT EXISTS (
    SELECT FROM volunteer_network_actinghead
    WHERE user_id = %(user)s AND %(today)s BETWEEN starts_on AND ends_on AND revoked_at IS NULL
)
"""

# Notice.objects.visible_to(self).unread(), asked on every page and for the same reason; who has
# more than the limit is told no more than that.
_COUNT_UNREAD: Final = """
SELECT count(*) FROM (
    SELECT FROM volunteer_network_notice
    WHERE recipient_id = %(user)s AND read_at IS NULL LIMIT %(most)s
) AS unread
"""

_SCOPE_OF_ROLE: Final = {
    Role.PROVINCIAL_HEAD: ScopeRole.PROVINCE,
    Role.MENTOR: ScopeRole.PROVINCE,
    Role.PARTNER_OFFICER: ScopeRole.OFFICE,
    Role.INSPECTOR: ScopeRole.REGIONS,
}  # the others see the nation


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """The centre sees everybody's account, a provincial officer those of the own province."""
        if user.role in PROVINCIAL_ROLES:
            return self.filter(province=user.province_id)
        return self

    def active(self) -> Self:
        return self.filter(is_active=True)

    def mentors_of(self, province_id: int | None) -> Self:
        return self.filter(role=Role.MENTOR, province=province_id)


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


def unmailed_at_first() -> list[str]:
    """A job is watched by whoever asked for it; everything else comes by mail until declined."""
    return [NoticeKind.JOB]


class User(AbstractBaseUser):
    """An official with one role; a provincial one belongs to one province."""

    username = models.CharField(_("ชื่อผู้ใช้"), max_length=60, unique=True)
    title = models.CharField(_("คำนำหน้า"), max_length=40, blank=True)
    first_name = models.CharField(_("ชื่อ"), max_length=80)
    last_name = models.CharField(_("สกุล"), max_length=80)
    position = models.CharField(_("ตำแหน่ง"), max_length=120, blank=True)
    phone = models.CharField(_("โทรศัพท์"), max_length=10, blank=True)
    email = models.EmailField(_("อีเมล"), blank=True)
    role = models.CharField(_("บทบาท"), max_length=20, choices=Role)
    province = models.ForeignKey(
        Province, models.PROTECT, null=True, blank=True, verbose_name=_("จังหวัด")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name=_("หน่วยงาน")
    )
    inspection_regions = ArrayField(
        models.SmallIntegerField(), default=list, blank=True, verbose_name=_("เขตตรวจราชการ")
    )
    unmailed_kinds = ArrayField(
        models.CharField(max_length=16, choices=NoticeKind), default=unmailed_at_first
    )
    is_active = models.BooleanField(_("ใช้งานได้"), default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)  # of what people type
    sort_key = models.GeneratedField(
        expression=ThaiSortKey("first_name", "last_name"),
        output_field=models.CharField(max_length=400, db_collation="C"),
        db_persist=True,
    )

    objects = UserManager.from_queryset(UserQuerySet)()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    wall = OpenTable(app="SELECT, INSERT, UPDATE")
    personal_data = frozenset(
        {"username", "title", "first_name", "last_name", "position", "phone", "email", "password"}
        | {"sort_key", "unmailed_kinds"}
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="provincial_roles_have_a_province",
                condition=Q(role__in=PROVINCIAL_ROLES, province__isnull=False)
                | (~Q(role__in=PROVINCIAL_ROLES) & Q(province__isnull=True)),
                violation_error_message=_("บทบาทระดับจังหวัดต้องมีจังหวัด บทบาทอื่นไม่มีจังหวัด"),
            ),
        )

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Know the province without a query: every page names it."""
        user = super().from_db(*args, **kwargs)
        if code := user.__dict__.get("province_id"):
            user.province = known_province(code)
        return user

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return full_name(self.title, self.first_name, self.last_name)

    @property
    def initials(self) -> str:
        """Two consonants for the round mark in the top bar."""
        return initials(self.first_name, self.last_name)

    @cached_property
    def scope(self) -> Scope:
        """How far this user sees. Standing in for somebody opens no other province."""
        role = _SCOPE_OF_ROLE.get(Role(self.role), ScopeRole.NATION)
        return Scope(
            role,
            self._provinces_of(role),
            # Of no office, 0: an account that was given none yet sees no case.
            office=(self.office_id or 0) if role is ScopeRole.OFFICE else None,
            person=self.pk,
            cleared=Capability.HANDLE_TRAFFICKING in self.capabilities,
        )

    def _provinces_of(self, role: ScopeRole) -> tuple[int, ...]:
        if role is ScopeRole.PROVINCE:
            return (self.province_id or 0,)
        if role is ScopeRole.REGIONS:
            codes = Province.objects.filter(inspection_region__in=self.inspection_regions)
            return tuple(codes.values_list("code", flat=True))
        return ()

    @cached_property
    def capabilities(self) -> frozenset[Capability]:
        own = CAPABILITIES[Role(self.role)]
        return own | CAPABILITIES[Role.PROVINCIAL_HEAD] if self.is_acting_head else own

    @cached_property
    def is_acting_head(self) -> bool:
        if self.role != Role.MENTOR:
            return False
        with connection.cursor() as cursor:
            cursor.execute(_IS_ACTING_HEAD, {"user": self.pk, "today": timezone.localdate()})
            found: tuple[bool] = cursor.fetchone()
        return found[0]

    def count_unread(self, most: int) -> int:
        """How many notices the person has not opened; for the bell on every page."""
        with connection.cursor() as cursor:
            cursor.execute(_COUNT_UNREAD, {"user": self.pk, "most": most})
            counted: tuple[int] = cursor.fetchone()
        return counted[0]

    def can(self, capability: Capability) -> bool:
        return self.is_active and capability in self.capabilities

    # What Django's read-only admin asks.
    @property
    def is_staff(self) -> bool:
        return self.can(Capability.OPEN_ADMIN)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_staff and perm.partition(".")[2].startswith("view_")

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class ActingHeadQuerySet(models.QuerySet["ActingHead"]):
    def on(self, day: date) -> "ActingHeadQuerySet":
        return self.filter(starts_on__lte=day, ends_on__gte=day, revoked_at__isnull=True)


class ActingHead(models.Model):
    """รักษาราชการแทน: a mentor stands in for the provincial head from one day to another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="acting_headships")
    province = models.ForeignKey(Province, models.PROTECT)
    starts_on = models.DateField(_("ตั้งแต่วันที่"))
    ends_on = models.DateField(_("ถึงวันที่"))
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects = ActingHeadQuerySet.as_manager()
    wall = OpenTable(app="SELECT, INSERT, UPDATE")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="acting_head_ends_after_it_starts",
                condition=Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.starts_on}–{self.ends_on}"
