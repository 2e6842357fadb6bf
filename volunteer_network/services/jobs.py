"""Long work: asked for as a row, claimed by one worker at a time, told in words, kept as one file.

A claim is a lock of the database session that works on the job. It ends with the process, also
after kill -9, so whoever can take it knows that nobody else is at work; no clock is involved.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pghistory
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as QueueAway

from volunteer_network import audit
from volunteer_network.access.context import request_id
from volunteer_network.access.scope import SYSTEM, ScopeRole, open_scope
from volunteer_network.advisory_locks import Lock, held_by_session, wait_in_transaction
from volunteer_network.enums import JobState
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import PartAsked, is_whole, kind_named, kind_still_made
from volunteer_network.models import Job, User
from volunteer_network.models.jobs import NOT_MADE
from volunteer_network.queue import AFTER_SINGLE_JOBS, enqueue, ring
from volunteer_network.sealing import KeyFault
from volunteer_network.services.job_parts import (
    begin_parts,
    hold_whole_of,
    note_part_ended,
    stop_parts,
    wait_again,
)
from volunteer_network.services.running_jobs import NO_LONGER_MADE, JobStopped, RunningJob
from volunteer_network.tasks import run_job as run_job_task

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
RING_AGAIN_AFTER = timedelta(seconds=50)
MOST_RUNG_AT_ONCE = 200
SCOPES_WITH_JOBS = frozenset({ScopeRole.PROVINCE, ScopeRole.NATION})


def may_ask(user: User) -> bool:
    """Whether the user's scope knows jobs at all: whoever asks for a document must find it."""
    return user.scope.role in SCOPES_WITH_JOBS


@transaction.atomic
def ask_for_job(*, kind: str, title: str | Promise, parameters: dict[str, Any], by: User) -> Job:
    """Return a job that a worker will make; the same request still unfinished is the same job."""
    wait_in_transaction(Lock.JOB_REQUESTS_OF, by.pk)
    if same := _same_unfinished(kind, parameters, by):
        return same
    job = _new_job(kind, title, parameters, by)
    job.save()
    audit.record(
        "job.asked", by=by, target=job, province_code=job.province_id, detail={"kind": kind}
    )
    enqueue(run_job_task, job.pk)
    return job


@transaction.atomic
def ask_for_whole(
    *,
    kind: str,
    title: str | Promise,
    parameters: dict[str, Any],
    parts: Sequence[PartAsked],
    by: User,
) -> Job:
    """Return a job made of parts, each of which a worker makes on its own.

    The same request still unfinished is the same job, whatever its parts were then.
    """
    if not parts:
        raise RuleViolation(_("ยังไม่มีส่วนใดพร้อมให้ทำเอกสาร ให้ดูเหตุของแต่ละจังหวัดแล้วสั่งใหม่"))
    wait_in_transaction(Lock.JOB_REQUESTS_OF, by.pk)
    if same := _same_unfinished(kind, parameters, by):
        return same
    whole = _new_job(kind, title, parameters, by)
    whole.state = JobState.PARTS
    whole.save()
    made = (_new_job(kind_named(kind).parts, part.title, part.parameters, by) for part in parts)
    Job.objects.bulk_create([_as_part(part, whole) for part in made])
    detail = {"kind": kind, "parts": len(parts)}
    audit.record("job.asked", by=by, target=whole, province_code=whole.province_id, detail=detail)
    begin_parts(whole)
    return whole


@transaction.atomic
def stop_job(*, job: Job, by: User) -> Job:
    """Stop it; a worker that is at it notices at its next step. A finished one stays as it is.

    With a whole all its unfinished parts stop; a part that is stopped alone counts as ended.
    """
    whole = hold_whole_of(job)
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.is_finished:
        return job
    job.state, job.finished_at, job.doing = JobState.STOPPED, timezone.now(), ""
    job.save(update_fields=["state", "finished_at", "doing"])
    stop_parts(job)
    audit.record("job.stopped", by=by, target=job, province_code=job.province_id)
    if whole:
        note_part_ended(whole)
    return job


@transaction.atomic
def repeat_job(*, job: Job, by: User) -> Job:
    """Let a failed or stopped job be made once more, with as many attempts as a new one.

    Of a whole only what was not made is repeated; after a part its whole is made again.
    """
    whole = hold_whole_of(job)
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.requested_by_id != by.pk:
        raise RuleViolation(_("สั่งทำใหม่ได้เฉพาะผู้ที่สั่งงานนี้ เพราะงานใช้สิทธิของผู้สั่ง"))
    kind = kind_still_made(job.kind)
    if kind is None:
        raise RuleViolation(NO_LONGER_MADE)
    not_made = Job.objects.parts_of(job.pk).not_made()
    again = job.state in NOT_MADE or job.is_forgotten
    if not again and not (job.is_finished and not_made.exists()):
        return job
    audit.record("job.repeated", by=by, target=job, province_code=job.province_id)
    if kind.parts:
        wait_again(not_made)
        begin_parts(job)
        return job
    wait_again(Job.objects.filter(pk=job.pk))
    job.refresh_from_db()
    if whole:
        wait_again(Job.objects.parts_of(whole.pk).forgotten())  # the whole needs all its files
        begin_parts(whole)
    else:
        enqueue(run_job_task, job.pk)
    return job


def _same_unfinished(kind: str, parameters: dict[str, Any], by: User) -> Job | None:
    asked = Job.objects.asked_by(by).alone_or_whole().unfinished()
    return asked.filter(kind=kind, parameters=parameters).first()


def _new_job(kind: str, title: str | Promise, parameters: dict[str, Any], by: User) -> Job:
    """A row that is not saved yet; KeyError for a kind that no app has registered."""
    return Job(
        kind=kind_named(kind).name,
        title=str(title)[:200],
        parameters=parameters,
        requested_by=by,
        province_id=by.province_id,
        request=request_id.get(),
    )


def _as_part(part: Job, whole: Job) -> Job:
    part.whole = whole
    return part


def run_job(job_id: int) -> None:
    """Make the job, unless it is finished or somebody alive is making it. Opens its own scopes."""
    with held_by_session(Lock.WORK_ON_JOB, job_id) as nobody_else:
        job = _claim(job_id) if nobody_else else None
        if job is not None:
            with pghistory.context(user=job.requested_by_id, request=job.request):
                _make(RunningJob(job, User.objects.get(pk=job.requested_by_id)))


def ring_again() -> int:
    """Ring for waiting jobs whose bell was lost and for running ones whose worker died."""
    with open_scope(SYSTEM):
        silent = list(
            Job.objects.filter(
                state__in=(JobState.WAITING, JobState.RUNNING),
                rung_at__lt=timezone.now() - RING_AGAIN_AFTER,
            )
            .order_by("rung_at")
            .values_list("pk", "whole")[:MOST_RUNG_AT_ONCE]
        )
    lost = {pk: whole for pk, whole in silent if _nobody_works_on(pk)}
    with open_scope(SYSTEM):
        Job.objects.filter(pk__in=lost).update(rung_at=timezone.now())
    for pk, whole in lost.items():
        try:
            ring(run_job_task, pk, priority=AFTER_SINGLE_JOBS if whole else 0)
        except QueueAway:
            logger.warning("queue away, the next sweep rings", extra={"job": pk})
            break
    return len(lost)


def _claim(job_id: int) -> Job | None:
    """Make the job ours, or end it when three attempts have died."""
    with open_scope(SYSTEM):
        job = Job.objects.select_for_update(of=("self",)).filter(pk=job_id).first()
        if job is None or job.is_finished or job.state == JobState.PARTS:
            return None
        exhausted = job.attempt >= MOST_ATTEMPTS
        if not exhausted:
            job.attempt += 1
        job.state, job.rung_at = JobState.RUNNING, timezone.now()
        if not is_whole(job.kind):  # a whole began with its parts
            job.claimed_at = job.rung_at
        job.done_steps, job.all_steps, job.doing = 0, 0, ""
        job.save(
            update_fields=[
                *("attempt", "state", "claimed_at", "rung_at"),
                *("done_steps", "all_steps", "doing"),
            ]
        )
    if exhausted:
        person = User.objects.get(pk=job.requested_by_id)
        RunningJob(job, person).fail(
            _("ทำแล้ว %(count)d ครั้งแต่เครื่องหยุดกลางคันทุกครั้ง ให้เลือกข้อมูลน้อยลงแล้วสั่งใหม่")
            % {"count": MOST_ATTEMPTS}
        )
        return None
    return job


def _make(running: RunningJob) -> None:
    job = running.job
    about = {"job": job.pk, "kind": job.kind, "attempt": job.attempt}
    logger.info("job began", extra=about)
    try:
        running.refuse_lost_rights()
        running.keep(kind_named(job.kind).make(running))
    except JobStopped:
        logger.info("job is no longer ours", extra=about)
    except RuleViolation as refusal:
        _fail(running, refusal.message)
    except SoftTimeLimitExceeded:
        _fail(running, _("งานใช้เวลานานเกินกำหนด ให้เลือกข้อมูลน้อยลงแล้วสั่งใหม่"))
    except KeyFault:
        logger.exception("job lacks a key", extra=about)
        _fail(
            running,
            _(
                "เปิดข้อมูลที่ปิดผนึกไว้ไม่ได้ เพราะกุญแจของระบบไม่อยู่ในเครื่อง ข้อมูลเดิมไม่ได้หาย "
                "แจ้งผู้ดูแลระบบส่วนกลางให้นำไฟล์กุญแจกลับมา แล้วสั่งใหม่"
            ),
        )
    except (OperationalError, InterfaceError):
        raise  # the database is away: the claim is gone with it, the sweeper rings again
    except Exception:
        logger.exception("job failed", extra=about)
        _fail(
            running,
            _("เกิดข้อผิดพลาดในระบบ ลองใหม่ได้ หากยังไม่สำเร็จให้แจ้งผู้ดูแลระบบพร้อมรหัส %(code)s")
            % {"code": request_id.get() or job.request},
        )
    else:
        logger.info("job done", extra=about)


def _fail(running: RunningJob, reason: str) -> None:
    try:
        running.fail(reason)
    except JobStopped:
        logger.info("job was stopped before it failed", extra={"job": running.job.pk})


def _nobody_works_on(job_id: int) -> bool:
    with held_by_session(Lock.WORK_ON_JOB, job_id) as free:
        return free
