"""Files of finished jobs are kept for some days, then made anew by whoever needs them."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from volunteer_network import uploads
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import Job

MOST_AT_ONCE = 2000


def forget_old_results() -> int:
    """Remove the files of jobs finished more than DOCUMENT_KEPT_DAYS ago; the rows stay.

    The row loses its file first: a file without a row is rubbish, a row without a file a promise.
    """
    before = timezone.now() - timedelta(days=settings.DOCUMENT_KEPT_DAYS)
    with open_scope(SYSTEM):
        old = Job.objects.filter(state=JobState.DONE, finished_at__lt=before).exclude(result="")
        files = dict(old.order_by("pk").values_list("pk", "result")[:MOST_AT_ONCE])
        Job.objects.filter(pk__in=files).update(result="")
    for name in files.values():
        uploads.remove(name)
    return len(files)
