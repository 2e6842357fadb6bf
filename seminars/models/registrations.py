"""Who comes to a seminar; a row carries the participant's province, or none for the centre's."""

import secrets
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentors.models import Mentor
from seminars.enums import COMING, RegistrationSource, RegistrationState
from seminars.models.classes import ParticipantClass
from seminars.models.seminars import Seminar
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.database_functions import SearchText, ThaiSortKey
from volunteer_network.models import Province, User, Volunteer
from volunteer_network.thai_text import full_name, normalise

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is mistaken for another
CODE_LENGTH = 10


def new_code() -> str:
    """A code for the badge that nobody can guess."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class RegistrationQuerySet(ProvinceScopedQuerySet["Registration"]):
    def accepted(self) -> Self:
        return self.filter(state=RegistrationState.ACCEPTED)

    def coming(self) -> Self:
        """Those with a seat, and those who wait for one."""
        return self.filter(state__in=COMING)

    def matching(self, words: str) -> Self:
        """Rows that hold every word somewhere in name, position, office, telephone or code."""
        found = self
        for word in normalise(words).split():
            digits = word.replace("-", "")
            found = found.filter(search_text__contains=digits if digits.isdigit() else word)
        return found


@pghistory.track(
    pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["sort_key", "search_text"]
)
class Registration(models.Model):
    """One person at one seminar, known from the network or not."""

    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True)
    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="registrations")
    participant_class = models.ForeignKey(
        ParticipantClass, models.PROTECT, verbose_name=_("ประเภทผู้เข้าร่วม")
    )
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, blank=True)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, null=True, blank=True)
    title = models.CharField(_("คำนำหน้า"), max_length=40, blank=True)
    first_name = models.CharField(_("ชื่อ"), max_length=80)
    last_name = models.CharField(_("สกุล"), max_length=80)
    position = models.CharField(_("ตำแหน่ง"), max_length=120, blank=True)
    organisation = models.CharField(_("หน่วยงาน"), max_length=160, blank=True)
    phone = models.CharField(_("โทรศัพท์"), max_length=10, blank=True)
    email = models.EmailField(_("อีเมล"), blank=True)
    note = models.CharField(_("หมายเหตุ"), max_length=200, blank=True)  # food, room, access
    substitute_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="substitutes"
    )
    state = models.CharField(
        _("สถานะ"), max_length=10, choices=RegistrationState, default=RegistrationState.ACCEPTED
    )
    source = models.CharField(_("ที่มา"), max_length=10, choices=RegistrationSource)
    code = models.CharField(max_length=CODE_LENGTH, default=new_code, editable=False)
    registered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField(default=timezone.now, editable=False)
    queued_at = models.DateTimeField(null=True, editable=False)  # place in the waiting list
    moved_up_at = models.DateTimeField(null=True, editable=False)  # when a seat came from there
    has_news = models.BooleanField(default=False, editable=False)  # of a seat, to be told
    reason = models.CharField(_("เหตุผล"), max_length=200, blank=True)  # of not coming
    version = models.PositiveIntegerField(default=1, editable=False)
    match_key = models.CharField(max_length=160, editable=False)
    sort_key = models.GeneratedField(
        expression=ThaiSortKey("first_name", "last_name"),
        output_field=models.CharField(max_length=340, db_collation="C"),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=SearchText(
            "first_name", "last_name", "position", "organisation", "phone", "code"
        ),
        output_field=models.CharField(max_length=700),
        db_persist=True,
    )

    objects = RegistrationQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT, UPDATE",
        nation="SELECT, INSERT, UPDATE, DELETE",
        system="SELECT, UPDATE",
        seminar="SELECT, INSERT, UPDATE",
    )
    personal_data = frozenset(
        {"title", "first_name", "last_name", "position", "organisation", "phone", "email", "note"}
        | {"code", "match_key", "reason", "sort_key", "search_text"}
    )

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["province", "id"], name="registration_with_its_province"
            ),
            models.UniqueConstraint(fields=["code"], name="one_registration_of_a_code"),
            models.UniqueConstraint(
                fields=["seminar", "mentor"],
                name="mentor_comes_once",
                condition=Q(state__in=["accepted", "waiting"]),
                violation_error_message=_("พี่เลี้ยงคนนี้ลงทะเบียนแล้ว"),
            ),
            models.UniqueConstraint(
                fields=["seminar", "volunteer"],
                name="volunteer_comes_once",
                condition=Q(state__in=["accepted", "waiting"]),
                violation_error_message=_("อาสาสมัครคนนี้ลงทะเบียนแล้ว"),
            ),
            models.UniqueConstraint(
                fields=["seminar", "province", "match_key", "phone"],
                name="person_of_that_name_comes_once",
                condition=Q(
                    state__in=["accepted", "waiting"], mentor__isnull=True, volunteer__isnull=True
                ),
                nulls_distinct=False,
                violation_error_message=_("ชื่อนี้ลงทะเบียนแล้ว ถ้าเป็นคนละคน ให้กรอกโทรศัพท์ของคนนี้"),
            ),
            models.CheckConstraint(
                name="known_people_have_their_province",
                condition=Q(mentor__isnull=True, volunteer__isnull=True)
                | Q(province__isnull=False),
            ),
            models.CheckConstraint(
                name="who_waits_has_a_place_in_the_queue",
                condition=~Q(state="waiting") | Q(queued_at__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=["seminar", "sort_key", "id"], name="registration_by_name"),
            models.Index(fields=["seminar", "province", "state"], name="registration_by_province"),
            models.Index(fields=["participant_class", "queued_at"], name="registration_by_queue"),
            models.Index(fields=["seminar", "match_key"], name="registration_by_match_key"),
            models.Index(
                fields=["seminar"], name="registration_with_news", condition=Q(has_news=True)
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("seminars:registration", args=[self.seminar_id, self.pk])

    @property
    def display_name(self) -> str:
        return full_name(self.title, self.first_name, self.last_name)
