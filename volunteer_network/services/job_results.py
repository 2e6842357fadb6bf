"""Files of finished jobs are there for some days; afterwards they can be made again."""

import logging
from datetime import timedelta
from typing import Final

from django.utils import timezone

from volunteer_network import uploads
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import Job

logger = logging.getLogger(__name__)

KEPT_DAYS: Final = 7
BATCH: Final = 200


def forget_old_results() -> int:
    """Remove the files of jobs that ended more than seven days ago; return how many.

    The row stays, with the name and the checksum of the file. Opens its own scopes; may run again.
    """
    forgotten = 0
    while count := _forget_some():
        forgotten += count
    if forgotten:
        logger.info("job results removed", extra={"count": forgotten})
    return forgotten


def _forget_some() -> int:
    """The bytes go before the commit: cut off in between, the next run finds the row again."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    with open_scope(SYSTEM):
        old = Job.objects.filter(state=JobState.DONE, finished_at__lt=before).exclude(result="")
        jobs = list(old.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:BATCH])
        for job in jobs:
            uploads.remove(job.result)
        Job.objects.filter(pk__in=[job.pk for job in jobs]).update(result="")
    return len(jobs)
