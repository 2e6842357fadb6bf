"""Somebody at the door who is on no list: registered and let in, in one step."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from seminars.enums import CheckInWay, RegistrationSource, RegistrationState
from seminars.models import ParticipantClass, Registration, SeatCount, Session
from seminars.services.check_ins import Arrival, check_in, refuse_unless_held
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Province, User
from volunteer_network.thai_text import full_name, match_key


class Namesake(Exception):
    """Somebody of this name is on the list already: the same person, or another one?

    No refusal: whoever stands at the door is asked.
    """

    def __init__(self, registration: Registration) -> None:
        self.registration = registration
        super().__init__(registration.pk)


@transaction.atomic
def walk_in(
    *,
    session: Session,
    participant_class: ParticipantClass,
    province: Province | None,
    title: str,
    first_name: str,
    last_name: str,
    organisation: str,
    phone: str,
    another_person: bool,
    door: str = "",
    by: User | None,
) -> Arrival:
    """Register and check in. Raises Namesake unless it is said to be another person."""
    refuse_unless_held(session.seminar)
    count = SeatCount.objects.select_for_update(of=("self",)).get(pk=participant_class.pk)
    key = match_key(full_name(title, first_name, last_name))
    if not another_person:
        _refuse_namesake(session, key, province)
    if count.taken >= participant_class.seats:
        raise RuleViolation(
            _("ที่นั่งของ%(kind)sเต็มแล้ว %(seats)d ที่ เลือกประเภทอื่น หรือให้ผู้จัดเพิ่มที่นั่งที่หน้าสัมมนา")
            % {"kind": participant_class, "seats": participant_class.seats},
            field="participant_class",
        )
    registration = Registration.objects.create(
        province=province,
        seminar_id=session.seminar_id,
        participant_class=participant_class,
        title=title,
        first_name=first_name,
        last_name=last_name,
        organisation=organisation,
        phone=phone,
        source=RegistrationSource.DOOR,
        registered_by=by,
        registered_at=timezone.now(),
        match_key=key,
    )
    count.taken += 1
    count.save(update_fields=["taken"])
    audit.record(
        "registration.made",
        by=by,
        target=registration,
        province_code=registration.province_id,
        detail={"seminar": session.seminar_id, "source": RegistrationSource.DOOR, "door": door},
    )
    way = CheckInWay.WALK_IN
    return check_in(registration=registration, session=session, way=way, door=door, by=by)


def _refuse_namesake(session: Session, key: str, province: Province | None) -> None:
    """Under the lock of the seats, so that a form sent twice finds its own first time."""
    expected = (RegistrationState.ACCEPTED, RegistrationState.WAITING)
    same = Registration.objects.filter(
        seminar=session.seminar_id, match_key=key, state__in=expected
    ).order_by("pk")
    if province:
        same = same.filter(province=province)
    if known := same.first():
        raise Namesake(known)
