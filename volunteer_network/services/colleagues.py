"""Whom in a province to tell or to ask: those who may do something today."""

from django.db.models import Q
from django.utils import timezone

from volunteer_network.access.roles import CAPABILITIES, Capability, Role, roles_with
from volunteer_network.models import User
from volunteer_network.models.users import ActingHead, UserQuerySet


def who_may(capability: Capability, province: int) -> UserQuerySet:
    """The active people of a province with the capability, whoever stands in for the head too."""
    whose = Q(role__in=roles_with(capability))
    if capability in CAPABILITIES[Role.PROVINCIAL_HEAD]:
        acting = ActingHead.objects.on(timezone.localdate()).filter(province=province)
        whose |= Q(pk__in=acting.values("user"))
    return User.objects.active().filter(whose, province=province).order_by("sort_key")
