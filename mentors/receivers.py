"""Listens to the register: whoever's service ends has no mentor from then on.

A signal, because the core that ends a service by hand, by an import or at night must not know
that there are mentors.
"""

from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from mentors.services.mentorships import end_with_service
from volunteer_network import audit
from volunteer_network.access.context import actor_id
from volunteer_network.models import User, Volunteer


def connect() -> None:
    post_save.connect(service_may_have_ended, sender=Volunteer, dispatch_uid="service_ended")


def service_may_have_ended(sender: object, instance: Volunteer, **kwargs: Any) -> None:
    """Runs in the transaction that ends the service, and may run twice."""
    if not instance.has_ended:
        return
    last = instance.terms.order_by("-lasts_until").first()
    today = timezone.localdate()
    if end_with_service(instance, min(last.lasts_until, today) if last else today):
        audit.record(
            "mentorship.ended",
            by=User.objects.filter(pk=actor_id.get()).first(),
            target=instance,
            province_code=instance.province_id,
        )
