"""Labour volunteers: one row is one person's service in one province."""

import re
import uuid
from datetime import date, timedelta
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.database_functions import SearchText, ThaiSortKey
from volunteer_network.enums import (
    ENDED_STATUSES,
    IN_OFFICE_STATUSES,
    OtherRole,
    Sex,
    VolunteerLevel,
    VolunteerStatus,
)
from volunteer_network.models.places import District, Province, Subdistrict
from volunteer_network.models.stored_files import StoredFile
from volunteer_network.thai_text import full_name, initials, match_key, normalise

_CODE = re.compile(r"([1-9][0-9])-([0-9]{4,6})")  # as the pages show it: 50-1009


def code_of(province: int, number: int) -> str:
    """The number an office uses: อสร. 14-1209."""
    return f"{province}-{number:04d}"


def code_in(word: str) -> tuple[int, int] | None:
    """Province and number when the word is a volunteer's code, with or without อสร. before it."""
    code = _CODE.fullmatch(normalise(word).removeprefix("อสร.").strip())
    return (int(code[1]), int(code[2])) if code else None


class VolunteerQuerySet(ProvinceScopedQuerySet["Volunteer"]):
    def in_office(self) -> Self:
        return self.filter(status__in=IN_OFFICE_STATUSES)

    def not_ended(self) -> Self:
        return self.exclude(status__in=ENDED_STATUSES)

    def matching(self, words: str) -> Self:
        """Rows that hold every word somewhere in name, telephone or number."""
        found = self
        for word in normalise(words).split():
            digits = word.replace("-", "")
            wanted = Q(search_text__contains=digits if digits.isdigit() else word)
            if code := code_in(word):
                wanted |= Q(province=code[0], number=code[1])
            found = found.filter(wanted)
        return found

    def term_ends_within(self, days: int, today: date) -> Self:
        return self.in_office().filter(
            term_ends_on__gte=today, term_ends_on__lte=today + timedelta(days=days)
        )

    def namesakes_of(self, first_name: str, last_name: str) -> Self:
        """Rows whose name is the same but for title, spaces and tone marks."""
        return self.filter(match_key=match_key(f"{first_name} {last_name}"))


# Neither derived columns nor sealed ones: a history of sealed values would outlive their key.
UNTRACKED = ["sort_key", "search_text", "national_id_sealed", "bank_account_sealed"]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=UNTRACKED)
class Volunteer(models.Model):
    """A move to another province ends the row and begins a new one with the same `person`."""

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    number = models.PositiveIntegerField(_("เลขที่ อสร."), editable=False)
    person = models.UUIDField(default=uuid.uuid4, editable=False)

    title = models.CharField(_("คำนำหน้า"), max_length=40)
    first_name = models.CharField(_("ชื่อ"), max_length=80)
    last_name = models.CharField(_("สกุล"), max_length=80)
    national_id_sealed = models.BinaryField(editable=False)
    national_id_index = models.BinaryField(editable=False, max_length=32)
    national_id_masked = models.CharField(max_length=20, editable=False)
    birth_date = models.DateField(_("วันเกิด"), null=True, blank=True)
    sex = models.CharField(_("เพศ"), max_length=10, choices=Sex, default=Sex.UNSTATED)
    education = models.CharField(_("การศึกษา"), max_length=80, blank=True)
    occupation = models.CharField(_("อาชีพ"), max_length=80, blank=True)
    other_roles = ArrayField(
        models.CharField(max_length=20, choices=OtherRole),
        default=list,
        blank=True,
        verbose_name=_("หน้าที่อื่นในชุมชน"),
    )
    bank_account_sealed = models.BinaryField(null=True, editable=False)

    phone = models.CharField(_("โทรศัพท์"), max_length=10, blank=True)
    line_id = models.CharField(_("LINE"), max_length=60, blank=True)
    email = models.EmailField(_("อีเมล"), blank=True)
    address = models.CharField(_("ที่อยู่"), max_length=200, blank=True)

    level = models.CharField(_("ระดับ"), max_length=20, choices=VolunteerLevel)
    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, verbose_name=_("พื้นที่ปฏิบัติหน้าที่"))
    district = models.ForeignKey(District, models.PROTECT, editable=False)
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, editable=False)

    status = models.CharField(
        _("สถานะ"), max_length=12, choices=VolunteerStatus, default=VolunteerStatus.APPLICANT
    )
    term_ends_on = models.DateField(_("สิ้นสุดวาระ"), null=True, editable=False)  # of the current term

    registered_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    match_key = models.CharField(max_length=160, editable=False)
    sort_key = models.GeneratedField(
        expression=ThaiSortKey("first_name", "last_name"),
        output_field=models.CharField(max_length=340, db_collation="C"),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=SearchText("first_name", "last_name", "phone", "number"),
        output_field=models.CharField(max_length=400),
        db_persist=True,
    )

    objects = VolunteerQuerySet.as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE, DELETE", system="SELECT, UPDATE")
    personal_data = frozenset(
        {
            *("title", "first_name", "last_name", "national_id_sealed", "national_id_index"),
            *("national_id_masked", "birth_date", "sex", "education", "occupation", "other_roles"),
            *("bank_account_sealed", "phone", "line_id", "email", "address", "photo", "person"),
            *("match_key", "sort_key", "search_text"),
        }
    )

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = (
            models.UniqueConstraint(fields=["province", "number"], name="one_volunteer_per_number"),
            models.UniqueConstraint(fields=["province", "id"], name="volunteer_with_its_province"),
            models.UniqueConstraint(
                fields=["national_id_index"],
                name="one_service_at_a_time",
                condition=~Q(status__in=sorted(ENDED_STATUSES)),
                violation_error_message=_("เลขประจำตัวนี้มีในทะเบียนแล้ว"),
            ),
        )
        indexes = (
            models.Index(fields=["province", "sort_key", "id"], name="volunteer_by_name"),
            models.Index(fields=["sort_key", "id"], name="volunteer_nationwide_by_name"),
            models.Index(fields=["province", "district", "status"], name="volunteer_by_district"),
            models.Index(fields=["province", "term_ends_on"], name="volunteer_by_term_end"),
            models.Index(fields=["match_key"], name="volunteer_by_match_key"),
            # Which sub-districts have somebody: read from this index alone.
            models.Index(
                fields=["province", "subdistrict"],
                name="active_volunteer_by_place",
                condition=Q(status=VolunteerStatus.ACTIVE),
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("volunteers:detail", args=[self.pk])

    @property
    def display_name(self) -> str:
        return full_name(self.title, self.first_name, self.last_name)

    @property
    def initials(self) -> str:
        return initials(self.first_name, self.last_name)

    @property
    def code(self) -> str:
        return code_of(self.province_id, self.number)

    @property
    def other_roles_in_words(self) -> str:
        return ", ".join(str(OtherRole(role).label) for role in self.other_roles)

    @property
    def has_ended(self) -> bool:
        return self.status in ENDED_STATUSES
