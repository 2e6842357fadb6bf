"""A job while a worker makes it: its rights, its progress, its end."""

import time
from contextlib import AbstractContextManager
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from volunteer_network import audit, uploads
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.enums import JobState, NoticeKind
from volunteer_network.job_kinds import Result, title_of_kind
from volunteer_network.models import Job, User
from volunteer_network.services.notices import notify

TELL_EVERY_SECONDS = 0.4


class JobStopped(Exception):
    """The job is no longer ours: the person stopped it, or a newer attempt runs."""


class RunningJob:
    """The context that a kind's `make` gets; each write is a short transaction of its own."""

    def __init__(self, job: Job, person: User) -> None:
        self.job = job
        self.person = person
        self._told_at = 0.0

    @property
    def parameters(self) -> dict[str, Any]:
        return dict(self.job.parameters)

    def rights(self) -> AbstractContextManager[None]:
        return open_scope(self.person.scope)

    def progress(self, done: int, of: int, words: str | Promise) -> None:
        now = time.monotonic()
        if done < of and now - self._told_at < TELL_EVERY_SECONDS:
            return
        self._told_at = now
        self._write(done_steps=done, all_steps=of, doing=str(words)[:200])

    def keep(self, result: Result | None) -> None:
        """Keep the file under the job's own name, then finish: a second attempt replaces it."""
        if result is None:
            self._end("job.done", state=JobState.DONE)
            return
        name = uploads.store_for(f"job:{self.job.pk}", result.content, result.extension)
        try:
            self._end(
                "job.done",
                state=JobState.DONE,
                result=name,
                result_name=f"{result.name}.{result.extension}"[-120:],
                result_digest=uploads.digest(result.content),
            )
        except JobStopped:
            uploads.remove(name)
            raise

    def fail(self, reason: str | Promise) -> None:
        """End the job with a reason in words and a way on."""
        self._end("job.failed", state=JobState.FAILED, failure=str(reason)[:400])

    def _end(self, verb: str, **values: Any) -> None:
        self._write(verb, finished_at=timezone.now(), doing="", **values)

    def _write(self, verb: str = "", **values: Any) -> None:
        """Write only while this attempt is the job's own; the attempt's number is the fence."""
        with open_scope(SYSTEM):
            ours = Job.objects.filter(
                pk=self.job.pk, state=JobState.RUNNING, attempt=self.job.attempt
            ).update(**values)
            if not ours:
                raise JobStopped
            if verb:
                province = self.job.province_id
                audit.record(verb, by=self.person, target=self.job, province_code=province)
                self._tell(values["state"])

    def _tell(self, state: str) -> None:
        """Tell who asked; by the name of the kind, for a job's own title may name somebody."""
        done, failed = _("%(title)s เสร็จแล้ว"), _("%(title)s ไม่สำเร็จ เปิดดูเหตุและสั่งใหม่ได้")
        words = done if state == JobState.DONE else failed
        notify(
            to=[self.person],
            kind=NoticeKind.JOB,
            text=words % {"title": title_of_kind(self.job.kind)},
            href=self.job.get_absolute_url(),
            by=None,
        )
