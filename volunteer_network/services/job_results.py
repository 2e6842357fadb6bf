"""Files of ended jobs are kept for some days, then made anew by whoever needs them."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from volunteer_network import uploads
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.models import Job

MOST_AT_ONCE = 2000


def forget_old_results() -> int:
    """Remove the files of jobs that ended more than DOCUMENT_KEPT_DAYS ago; the rows stay.

    A job that was made, asked for again and then failed or was stopped still has its first file.
    Returns how many files went. The row loses its file first: a file without a row is rubbish, a
    row without a file a promise.
    """
    before = timezone.now() - timedelta(days=settings.DOCUMENT_KEPT_DAYS)
    with open_scope(SYSTEM):
        old = Job.objects.ended().filter(finished_at__lt=before).exclude(result="")
        files = dict(old.order_by("pk").values_list("pk", "result")[:MOST_AT_ONCE])
        Job.objects.filter(pk__in=files).update(result="")
    for name in files.values():
        uploads.remove(name)
    return len(files)
