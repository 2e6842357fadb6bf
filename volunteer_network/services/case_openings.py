"""Opening a case: what a volunteer brought in, screened, and sent to the office it belongs to."""

import uuid
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network.access.scope import cleared_for_a_moment
from volunteer_network.advisory_locks import Lock, wait_in_transaction
from volunteer_network.case_steps import RESTRICTED_TOPIC, TOPICS, act_by
from volunteer_network.enums import CaseAction, CaseState, Category, Urgency
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, Case, Subdistrict, User, Volunteer
from volunteer_network.services.case_clients import Contact, keep_client
from volunteer_network.services.case_routes import keeper_for, office_for
from volunteer_network.services.cases import note_event, refer_to, set_finish_by
from volunteer_network.thai_calendar import fiscal_year

PLAIN_FIELDS = ("topic", "urgency", "need", "screening", "sex", "age_band", "nationality")


@transaction.atomic
def open_case(
    *,
    volunteer: Volunteer | None,
    activity: Activity | None,
    subdistrict: Subdistrict | None,
    is_anonymous: bool,
    called_name: str,
    phone: str,
    notice_given: bool,
    submission: uuid.UUID,
    refer: bool,
    by: User,
    **details: Any,
) -> Case:
    """Open a case and refer it at once, unless it is to wait.

    The same form sent twice gives the same case. Of a restricted one the sender sees the answer to
    this call and nothing afterwards.
    """
    if by.province_id is None:
        raise RuleViolation(_("เปิดเรื่องได้เฉพาะเจ้าหน้าที่ของจังหวัด"))
    topic = Category(details["topic"])
    if topic not in TOPICS:
        raise RuleViolation(_("ประเภทงานนี้บันทึกเป็นกิจกรรม ไม่ใช่เรื่องส่งต่อ"), field="topic")
    _refuse_untold_client(is_anonymous, called_name, phone, notice_given)
    case = Case(
        province_id=by.province_id,
        volunteer=volunteer,
        is_anonymous=is_anonymous,
        submission=submission,
        state=CaseState.OPENED,
        opened_by=by,
        **{name: details[name] for name in PLAIN_FIELDS},
    )
    with _clearance(topic):
        _place(case, subdistrict, _locked_activity(activity))
        if known := _sent_before(case):
            return known
        _plan(case, by=by)
        if known := _save_or_find(case):
            return known
        if not is_anonymous:
            keep_client(case, Contact(called_name, phone))
        note_event(case, CaseAction.OPEN, by=by, text=case.screening)
        if refer:
            refer_to(case, office_for(topic, province=case.province_id), by=by, text="")
    return case


def _clearance(topic: Category) -> AbstractContextManager[None]:
    return cleared_for_a_moment() if topic == RESTRICTED_TOPIC else nullcontext()


def _refuse_untold_client(
    is_anonymous: bool,  # noqa: FBT001 - as the form says it
    called_name: str,
    phone: str,
    notice_given: bool,  # noqa: FBT001
) -> None:
    """Whoever can be recognised has been told what happens with the data."""
    if is_anonymous:
        if called_name or phone:
            raise RuleViolation(
                _("เลือกไม่ระบุตัวแล้ว ให้ลบชื่อและโทรศัพท์ หรือเลือกระบุผู้ติดต่อ"), field="is_anonymous"
            )
        return
    if not called_name and not phone:
        raise RuleViolation(_("กรอกชื่อที่ใช้เรียกหรือโทรศัพท์ หรือเลือกไม่ระบุตัว"), field="called_name")
    if not notice_given:
        raise RuleViolation(
            _("แจ้งประกาศความเป็นส่วนตัวให้ผู้เดือดร้อนก่อน แล้วทำเครื่องหมายในช่องนี้"), field="notice_given"
        )


def _locked_activity(activity: Activity | None) -> Activity | None:
    """The activity as it is, kept from being taken out of the log meanwhile."""
    if activity is None:
        return None
    locked = Activity.objects.select_for_update(of=("self",), no_key=True)
    found = locked.select_related("subdistrict", "volunteer").filter(pk=activity.pk).first()
    if found is None:
        raise RuleViolation(_("กิจกรรมนี้ถูกเอาออกจากบันทึกแล้ว ส่งต่อโดยไม่อ้างกิจกรรมได้"))
    return found


def _place(case: Case, subdistrict: Subdistrict | None, activity: Activity | None) -> None:
    """Where the need is: as typed, or where the activity or the volunteer is."""
    if activity:
        case.volunteer = case.volunteer or activity.volunteer
        if not case.is_restricted:
            case.activity = activity
    origin = activity or case.volunteer
    place = subdistrict or (origin.subdistrict if origin else None)
    if place is None:
        raise RuleViolation(_("กรอกตำบล หรือเลือกอาสาสมัครที่แจ้งเรื่อง"), field="subdistrict")
    if place.province_id != case.province_id:
        raise RuleViolation(_("ตำบลนี้อยู่จังหวัดอื่น เลือกตำบลในจังหวัดนี้"), field="subdistrict")
    case.subdistrict = place
    case.district_id = place.district_id


def _plan(case: Case, *, by: User) -> None:
    """Number, keeper and dates."""
    today = timezone.localdate()
    case.opened_on, case.fiscal_year = today, fiscal_year(today)
    case.number = _next_number(case)
    case.keeper = keeper_for(Category(case.topic), by=by)
    set_finish_by(case)
    case.due_on = act_by(
        CaseState.OPENED, urgency=Urgency(case.urgency), finish_by=case.finish_by, today=today
    )


def _next_number(case: Case) -> int:
    """The next of the year, in the province's series or in that of its restricted cases."""
    wait_in_transaction(Lock.CASE_NUMBERS_OF, case.province_id)
    ours = Case.objects.filter(province=case.province_id, fiscal_year=case.fiscal_year)
    restricted = ours.filter(topic=RESTRICTED_TOPIC)
    series = restricted if case.is_restricted else ours.exclude(topic=RESTRICTED_TOPIC)
    return (series.aggregate(last=Max("number"))["last"] or 0) + 1


def _sent_before(case: Case) -> Case | None:
    return Case.objects.filter(province=case.province_id, submission=case.submission).first()


def _save_or_find(case: Case) -> Case | None:
    """Save the case, or return the one that the same form saved a moment before."""
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:
        if known := _sent_before(case):
            return known
        raise
    return None
