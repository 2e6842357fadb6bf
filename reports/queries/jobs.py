"""Which jobs a person may see: the own ones, and for a head those of the whole office."""

from django.db.models import Q

from volunteer_network.access.roles import Capability
from volunteer_network.models import IssuedDocument, Job, User
from volunteer_network.models.jobs import JobQuerySet
from volunteer_network.services.jobs import may_ask


def jobs_shown_to(user: User) -> JobQuerySet:
    """Inspectors and partner officers can ask for nothing, and their scope knows no jobs."""
    if not may_ask(user):
        return Job.objects.none()
    shown = Q(requested_by=user)
    if user.can(Capability.NAME_ACTING_HEAD):
        shown |= Q(province=user.province_id)
    return Job.objects.visible_to(user).filter(shown).select_related("requested_by", "whole")


def parts_shown_to(user: User, whole: Job) -> list[Job]:
    """The parts of a whole that the person sees, in the order in which they were asked for."""
    return list(jobs_shown_to(user).parts_of(whole.pk))


def document_of(job: Job) -> IssuedDocument | None:
    """The official document that a job has made, the latest of it."""
    return IssuedDocument.objects.filter(job=job.pk).first()
