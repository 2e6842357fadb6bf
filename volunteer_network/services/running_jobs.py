"""A job while a worker makes it: its rights, its progress, its end."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network import audit, uploads
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.documents.serials import Issue
from volunteer_network.enums import JobState, NoticeKind
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import PartMade, Result, kind_still_made, title_of_kind
from volunteer_network.models import Job, User
from volunteer_network.services.issued_documents import issue_document
from volunteer_network.services.job_parts import hold_whole_of, note_part_ended
from volunteer_network.services.notices import notify

TELL_EVERY_SECONDS = 0.4
NO_LONGER_MADE = gettext_lazy("ระบบเลิกทำเอกสารชนิดนี้แล้ว ถ้ายังต้องใช้ ให้แจ้งผู้ดูแลระบบส่วนกลาง")


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

    @contextmanager
    def rights(self) -> Iterator[None]:
        """Raises RuleViolation when the person may not do this work any more."""
        self.refuse_lost_rights()
        with open_scope(self.person.scope):
            yield

    def refuse_lost_rights(self) -> None:
        """Read the person anew: rights are those of now, not of when the job was asked for."""
        self.person = User.objects.get(pk=self.job.requested_by_id)
        if not self.person.is_active:
            raise RuleViolation(_("บัญชีของผู้สั่งงานถูกปิดแล้ว ให้ผู้ที่มีสิทธิสั่งงานใหม่"))
        kind = kind_still_made(self.job.kind)
        if kind is None:
            raise RuleViolation(NO_LONGER_MADE)
        if not self.person.can(kind.needs) or self.person.province_id != self.job.province_id:
            raise RuleViolation(_("ผู้สั่งงานไม่มีสิทธิทำเอกสารนี้แล้ว ให้ผู้ที่มีสิทธิสั่งงานใหม่"))

    def parts(self) -> list[PartMade]:
        """What the parts have become; nobody changes them while the whole is made."""
        with self.rights():
            rows = list(Job.objects.parts_of(self.job.pk))
        return [_made(row) for row in rows]

    def progress(self, done: int, of: int, words: str | Promise) -> None:
        now = time.monotonic()
        if done < of and now - self._told_at < TELL_EVERY_SECONDS:
            return
        self._told_at = now
        with open_scope(SYSTEM):
            self._write_while_ours(done_steps=done, all_steps=of, doing=str(words)[:200])

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
                issue=result.issue,
                also=result.also,
            )
        except JobStopped:
            uploads.remove(name)
            raise

    def fail(self, reason: str | Promise) -> None:
        """End the job with a reason in words and a way on."""
        self._end("job.failed", state=JobState.FAILED, failure=str(reason)[:400])

    def _end(
        self,
        verb: str,
        *,
        issue: Issue | None = None,
        also: Callable[[], None] | None = None,
        **values: Any,
    ) -> None:
        """End it once: the row, the audit, the serial, the whole and the notice in one go."""
        with open_scope(SYSTEM):
            whole = hold_whole_of(self.job)
            self._write_while_ours(finished_at=timezone.now(), doing="", **values)
            province = self.job.province_id
            audit.record(verb, by=self.person, target=self.job, province_code=province)
            if issue:
                issue_document(issue=issue, job=self.job.pk, digest=values["result_digest"])
            if also:
                also()
            if whole:
                note_part_ended(whole)
            else:
                self._tell(values["state"])

    def _write_while_ours(self, **values: Any) -> None:
        """Write only while this attempt is the job's own; the attempt's number is the fence."""
        ours = Job.objects.filter(
            pk=self.job.pk, state=JobState.RUNNING, attempt=self.job.attempt
        ).update(**values)
        if not ours:
            raise JobStopped

    def _tell(self, state: str) -> None:
        """Tell who asked; by the name of the kind, for a job's own title may name somebody."""
        missing = Job.objects.parts_of(self.job.pk).not_made().count()
        if state == JobState.FAILED:
            words = _("%(title)s ไม่สำเร็จ เปิดดูเหตุและสั่งใหม่ได้")
        elif missing:
            words = _("%(title)s เสร็จแล้ว ขาด %(missing)d ส่วน เปิดดูเหตุและสั่งทำเฉพาะส่วนนั้นได้")
        else:
            words = _("%(title)s เสร็จแล้ว")
        notify(
            to=[self.person],
            kind=NoticeKind.JOB,
            text=words % {"title": title_of_kind(self.job.kind), "missing": missing},
            href=self.job.get_absolute_url(),
            by=None,
        )


def _made(part: Job) -> PartMade:
    title, parameters = part.title, dict(part.parameters)
    if part.state != JobState.DONE or not part.result:
        failure = part.failure or _("ถูกหยุดก่อนเสร็จ")
        return PartMade(title=title, parameters=parameters, failure=failure)
    try:
        with uploads.open_stored(part.result) as file:
            content = file.read()
    except FileNotFoundError:
        return PartMade(title=title, parameters=parameters, failure=_("ไฟล์เกินเวลาเก็บแล้ว"))
    return PartMade(title=title, parameters=parameters, name=part.result_name, content=content)
