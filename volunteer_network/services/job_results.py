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
        held = old.select_for_update(of=("self",), skip_locked=True).order_by("pk")
        files = {job.pk: job.result for job in held[:MOST_AT_ONCE]}
        Job.objects.filter(pk__in=files).update(result="")
    return _remove_unnamed(files)


def _remove_unnamed(files: dict[int, str]) -> int:
    """Remove the files of jobs that have none now; return how many.

    What is made anew gets the same name: meanwhile a job may have a fresh file, or a worker that
    has written one and not yet said so. Whoever lets a job begin anew changes its row, so while
    we hold it, one that has ended without a file has no such worker. Rows that others hold are
    passed by; the sweep of orphan files comes after them.
    """
    with open_scope(SYSTEM):
        without = Job.objects.ended().filter(pk__in=files, result="")
        held = list(without.select_for_update(of=("self",), skip_locked=True).order_by("pk"))
        for job in held:
            uploads.remove(files[job.pk])
    return len(held)
