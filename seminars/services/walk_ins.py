"""Somebody at the door who is on no list: registered and let in, in one step."""

from django.db import transaction

from seminars.enums import CheckInWay, RegistrationSource
from seminars.models import ParticipantClass, Registration, Session
from seminars.services import seats
from seminars.services.check_ins import Arrival, check_in, refuse_unless_held
from seminars.services.registrations import register_participant
from volunteer_network.models import Province, User
from volunteer_network.thai_text import match_key


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
    seats.lock_for(participant_class)
    if not another_person:
        _refuse_namesake(session, match_key(f"{first_name} {last_name}"), province)
    registration = register_participant(
        participant_class=participant_class,
        province=province,
        source=RegistrationSource.DOOR,
        may_wait=False,
        another_person=another_person,
        title=title,
        first_name=first_name,
        last_name=last_name,
        organisation=organisation,
        phone=phone,
        door=door,
        by=by,
    )
    way = CheckInWay.WALK_IN
    return check_in(registration=registration, session=session, way=way, door=door, by=by)


def _refuse_namesake(session: Session, key: str, province: Province | None) -> None:
    """Under the lock of the seats, so that a form sent twice finds its own first time."""
    same = Registration.objects.coming().filter(seminar=session.seminar_id, match_key=key)
    if province:
        same = same.filter(province=province)
    if known := same.order_by("pk").first():
        raise Namesake(known)
