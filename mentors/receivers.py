"""Listens to the register and the log.

Whoever's service ends has no mentor from then on. An activity that is changed or taken out answers
the question that was asked about it. Signals, because the core that does these things by hand, by
an import or at night must not know of mentors and questions.
"""

from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from mentors.services.check_requests import settle_by_change, settle_by_removal
from mentors.services.mentorships import end_with_service
from volunteer_network import audit
from volunteer_network.access.context import actor_id
from volunteer_network.models import Activity, User, Volunteer
from volunteer_network.signals import activity_changed, activity_removed


def connect() -> None:
    post_save.connect(service_may_have_ended, sender=Volunteer, dispatch_uid="service_ended")
    activity_changed.connect(activity_was_changed, dispatch_uid="check_answered")
    activity_removed.connect(activity_is_removed, dispatch_uid="check_answered")


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


def activity_was_changed(sender: object, activity: Activity, by: User, **kwargs: Any) -> None:
    settle_by_change(activity, by=by)


def activity_is_removed(sender: object, activity: Activity, by: User, **kwargs: Any) -> None:
    settle_by_removal(activity, by=by)
