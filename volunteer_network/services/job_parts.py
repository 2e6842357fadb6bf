"""A whole and its parts: nothing waits in a worker, the last part that ends rings for the whole.

Whoever ends or restarts a part takes the whole's row first, then the part's: two parts that end at
once see each other, and nobody waits crosswise.
"""

from django.db.models import Count, Q
from django.utils import timezone

from volunteer_network.enums import JobState
from volunteer_network.job_kinds import PART_BY_PART, kind_still_made
from volunteer_network.models import Job
from volunteer_network.models.jobs import UNFINISHED, JobQuerySet
from volunteer_network.queue import enqueue, enqueue_many
from volunteer_network.tasks import run_job as run_job_task


def hold_whole_of(part: Job) -> Job | None:
    """Lock the whole of a part until the transaction ends; a job alone has none."""
    if part.whole_id is None:
        return None
    return Job.objects.select_for_update(of=("self",)).get(pk=part.whole_id)


def note_part_ended(whole: Job) -> None:
    """Tell a locked whole how many parts have ended; the last one rings for it."""
    if whole.state != JobState.PARTS:
        return
    count = Job.objects.parts_of(whole.pk).aggregate(
        all=Count("pk"), ended=Count("pk", filter=~Q(state__in=UNFINISHED))
    )
    whole.done_steps, whole.all_steps = count["ended"], count["all"]
    whole.doing = words_of(whole)
    if whole.done_steps == whole.all_steps:
        whole.state, whole.attempt, whole.rung_at = JobState.WAITING, 0, timezone.now()
        enqueue(run_job_task, whole.pk)
    whole.save(update_fields=["done_steps", "all_steps", "doing", "state", "attempt", "rung_at"])


def begin_parts(whole: Job) -> None:
    """Let a locked whole wait for its unfinished parts, and ring for those that wait."""
    count = Job.objects.parts_of(whole.pk).aggregate(
        all=Count("pk"), ended=Count("pk", filter=~Q(state__in=UNFINISHED))
    )
    whole.done_steps, whole.all_steps = count["ended"], count["all"]
    whole.state, whole.failure, whole.finished_at = JobState.PARTS, "", None
    whole.doing, whole.claimed_at = words_of(whole), timezone.now()
    whole.save(
        update_fields=[
            *("done_steps", "all_steps", "doing", "state", "failure"),
            *("finished_at", "claimed_at"),
        ]
    )
    if whole.done_steps == whole.all_steps:
        note_part_ended(whole)
        return
    waiting = Job.objects.parts_of(whole.pk).filter(state=JobState.WAITING)
    enqueue_many(run_job_task, waiting.values_list("pk", flat=True))


def wait_again(jobs: JobQuerySet) -> int:
    """Give ended jobs as many attempts as new ones; the caller rings. Returns how many."""
    now = timezone.now()
    return jobs.update(
        state=JobState.WAITING,
        attempt=0,
        failure="",
        doing="",
        done_steps=0,
        all_steps=0,
        finished_at=None,
        rung_at=now,
    )


def stop_parts(whole: Job) -> int:
    """Stop what is not finished; the files of finished parts stay, so that one may go on."""
    parts = Job.objects.parts_of(whole.pk).unfinished()
    return parts.update(state=JobState.STOPPED, finished_at=timezone.now(), doing="")


def words_of(whole: Job) -> str:
    """จังหวัดที่ 31 จาก 76: the one that is being made, or the last."""
    done = min(whole.done_steps + 1, whole.all_steps)
    kind = kind_still_made(whole.kind)
    counting = kind.counting if kind else PART_BY_PART
    return str(counting) % {"done": done, "all": whole.all_steps}
