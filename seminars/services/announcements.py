"""Telling the provinces of a seminar: invited, reminded, cancelled."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from seminars.enums import SeminarState
from seminars.models import ProvinceSeats, Registration, Seminar
from seminars.models.classes import ProvinceSeatsQuerySet
from volunteer_network import audit
from volunteer_network.access.roles import Capability, roles_with
from volunteer_network.enums import NoticeKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, User
from volunteer_network.models.users import UserQuerySet
from volunteer_network.services.notices import notify
from volunteer_network.services.reminders import (
    Errand,
    new_errand,
    open_errand,
    remind,
    take_back_reminder,
)
from volunteer_network.thai_calendar import short_date


def announce(seminar: Seminar, *, by: User) -> None:
    """Tell mentors and heads of the invited provinces that they may name people."""
    text = _("เชิญส่งรายชื่อ %(seminar)s วันที่ %(day)s ภายใน %(closes)s") % _words(seminar)
    _tell(seminar, _officers_of(seminar.province_seats.all()), text, by=by)


def tell_of_cancelling(seminar: Seminar, *, by: User) -> None:
    text = _("ยกเลิก %(seminar)s วันที่ %(day)s เหตุผล %(reason)s") % {
        **_words(seminar),
        "reason": seminar.state_reason,
    }
    _tell(seminar, _officers_of(seminar.province_seats.all()), text, by=by)


@transaction.atomic
def remind_silent(*, seminar: Seminar, by: User) -> int:
    """ส่งเตือน: the invited provinces that have named nobody; returns how many provinces."""
    seminar = Seminar.objects.select_for_update(of=("self",)).get(pk=seminar.pk)
    if seminar.state != SeminarState.OPEN:
        raise RuleViolation(_("เตือนได้เฉพาะตอนที่เปิดรับลงทะเบียน"))
    silent = silent_provinces(seminar)
    codes = list(silent.values_list("province_id", flat=True))
    if not codes:
        raise RuleViolation(_("ทุกจังหวัดส่งรายชื่อแล้ว ไม่มีจังหวัดที่ต้องเตือน"))
    text = _("ยังไม่ได้ส่งรายชื่อ %(seminar)s วันที่ %(day)s ปิดรับ %(closes)s") % _words(seminar)
    errand = new_errand()
    remind(
        to=_officers_of(silent),
        kind=NoticeKind.SEMINAR,
        text=text,
        href=seminar.get_absolute_url(),
        errand=errand,
        by=by,
    )
    ProvinceSeats.objects.filter(seminar=seminar, province__in=codes).update(
        reminded_at=timezone.now()
    )
    audit.record(
        "seminar.reminded",
        by=by,
        target=seminar,
        detail={"provinces": codes, "errand": str(errand)},
    )
    return len(codes)


def reminder_to_take_back(seminar: Seminar, *, by: User) -> Errand | None:
    """The reminder that the person sent within the last two minutes."""
    return open_errand(kind=NoticeKind.SEMINAR, href=seminar.get_absolute_url(), by=by)


@transaction.atomic
def take_back_seminar_reminder(*, seminar: Seminar, by: User) -> int:
    """Take it back; its provinces count as not reminded. Returns how many they are."""
    seminar = Seminar.objects.select_for_update(of=("self",)).get(pk=seminar.pk)
    errand = take_back_reminder(kind=NoticeKind.SEMINAR, href=seminar.get_absolute_url(), by=by)
    reminded = AuditEvent.objects.visible_to(by).get(
        verb="seminar.reminded", detail__errand=str(errand)
    )
    codes = reminded.detail["provinces"]
    ProvinceSeats.objects.filter(seminar=seminar, province__in=codes).update(reminded_at=None)
    audit.record(
        "seminar.reminder_taken_back",
        by=by,
        target=seminar,
        detail={"provinces": codes, "errand": str(errand)},
    )
    return len(codes)


def silent_provinces(seminar: Seminar) -> ProvinceSeatsQuerySet:
    """Those with seats who have named nobody, not even somebody who cannot come."""
    answered = Registration.objects.filter(seminar=seminar, province__isnull=False)
    return ProvinceSeats.objects.filter(seminar=seminar, seats__gt=0).exclude(
        province__in=answered.values("province")
    )


def _officers_of(invited: ProvinceSeatsQuerySet) -> UserQuerySet:
    return User.objects.active().filter(
        role__in=roles_with(Capability.REGISTER_FOR_SEMINARS),
        province__in=invited.filter(seats__gt=0).values("province"),
    )


def _tell(seminar: Seminar, people: UserQuerySet, text: str, *, by: User) -> None:
    href = seminar.get_absolute_url()
    notify(to=people, kind=NoticeKind.SEMINAR, text=text[:300], href=href, by=by)


def _words(seminar: Seminar) -> dict[str, str]:
    closes = seminar.registration_closes_at
    return {
        "seminar": seminar.short_name,
        "day": short_date(seminar.starts_on),
        "closes": short_date(timezone.localdate(closes)) if closes else _("วันสัมมนา"),
    }
