"""What became of a job."""

from volunteer_network.access.scope import open_scope
from volunteer_network.models import AuditEvent, Job


def now(job):
    with open_scope(job.requested_by.scope):
        return Job.objects.get(pk=job.pk)


def verbs(job, everywhere):
    with everywhere():
        events = AuditEvent.objects.filter(target_type="job", target=str(job.pk))
        return list(events.order_by("pk").values_list("verb", flat=True))
