"""Who a case goes to: the office by topic, the person who keeps it, the people to tell."""

from django.utils import timezone

from volunteer_network.access.roles import Capability, roles_with
from volunteer_network.case_steps import RESTRICTED_TOPIC, Side
from volunteer_network.enums import AGENCY_OF_CATEGORY, AgencyCode, Category
from volunteer_network.models import ActingHead, Case, Office, User
from volunteer_network.models.users import UserQuerySet


def office_for(topic: Category, *, province: int) -> Office:
    """The office in the province whose affair the topic is."""
    offices = Office.objects.select_related("agency", "province")
    return offices.get(agency=AGENCY_OF_CATEGORY[topic], province=province)


def keeper_for(topic: Category, *, by: User) -> User:
    """Who follows the case up: whoever opened it, or for a restricted one somebody cleared."""
    if topic != RESTRICTED_TOPIC or by.can(Capability.HANDLE_TRAFFICKING):
        return by
    return next(iter([*cleared_in(by.province_id), *centre()]), by)


def cleared_in(province: int | None) -> list[User]:
    """The head of a province and whoever stands in, who alone know of its restricted cases."""
    heads = _able(Capability.HANDLE_TRAFFICKING).filter(province=province)
    standing_in = ActingHead.objects.on(timezone.localdate()).filter(province=province)
    acting = User.objects.active().filter(pk__in=standing_in.values("user"))
    return [*heads.order_by("pk"), *acting.order_by("pk")]


def centre() -> list[User]:
    """The officers of the centre who are told of cases that a province leaves lying."""
    return list(_able(Capability.HANDLE_TRAFFICKING).filter(province=None).order_by("pk"))


def people_of(case: Case, side: Side) -> list[User]:
    """Whom to tell on one side of a case: no more than may open it."""
    if case.is_restricted:
        return cleared_in(case.province_id)
    if side is Side.KEEPER:
        return [case.keeper] if case.keeper.is_active else cleared_in(case.province_id)
    if case.office and case.office.agency_id == AgencyCode.OPS:
        return list(_able(Capability.REFER_CASES).filter(province=case.province_id))
    return list(_able(Capability.ANSWER_CASES).filter(office=case.office_id))


def _able(capability: Capability) -> UserQuerySet:
    return User.objects.all().active().filter(role__in=roles_with(capability))
