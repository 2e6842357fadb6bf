"""What the worker does: each task takes an id at most and calls one service."""

import time
from contextlib import suppress
from typing import Any

from celery import signals
from redis.exceptions import RedisError

from volunteer_network.celery import app
from volunteer_network.health import note_audit_sealed, note_worker


@app.task
def run_job(job_id: int) -> None:
    from volunteer_network.services import jobs

    jobs.run_job(job_id)


@app.task
def sweep_jobs() -> None:
    from volunteer_network.services import jobs

    jobs.ring_again()


@app.task
def send_mail(mail_id: int) -> None:
    from volunteer_network.services import outgoing_mail

    outgoing_mail.send_mail(mail_id)


@app.task
def sweep_mail() -> None:
    from volunteer_network.services import outgoing_mail

    outgoing_mail.ring_again()


@app.task
def forget_old_notices() -> None:
    from volunteer_network.services import notices, outgoing_mail

    notices.forget_read_notices()
    outgoing_mail.forget_old_mail()


@app.task
def seal_audit() -> None:
    from volunteer_network.services import audit_seal

    audit_seal.seal_events()
    note_audit_sealed()


@app.task
def log_audit_head() -> None:
    from volunteer_network.services import audit_seal

    audit_seal.log_head()


@app.task
def fold_figures() -> None:
    from volunteer_network.services import figures

    figures.fold_figures()


@app.task
def check_figures() -> None:
    from volunteer_network.services import figures

    figures.check_recent_months()


@app.task
def fold_case_figures() -> None:
    from volunteer_network.services import case_figures

    case_figures.fold_case_figures()


@app.task
def check_case_figures() -> None:
    from volunteer_network.services import case_figures

    case_figures.check_case_figures()


@app.task
def close_finished_terms() -> None:
    from volunteer_network.services import terms

    terms.close_finished_terms()


@app.task
def escalate_cases() -> None:
    from volunteer_network.services import case_escalation

    case_escalation.escalate_overdue_cases()


@app.task
def sweep_orphan_files() -> None:
    from volunteer_network.services import orphan_files

    orphan_files.sweep_orphan_files()


@app.task
def erase_case_contacts() -> None:
    from volunteer_network.services import case_erasure

    case_erasure.erase_old_contacts()


@app.task
def forget_old_imports() -> None:
    from volunteer_network.services import import_work

    import_work.forget_old_imports()


@app.task
def forget_old_results() -> None:
    from volunteer_network.services import job_results

    job_results.forget_old_results()


MARK_EVERY_SECONDS = 5
_marked_at = 0.0


@signals.worker_ready.connect
def begin_to_mark(**_: Any) -> None:
    """A new worker says that it lives and seals what waits, before the scheduler's first minute."""
    with suppress(RedisError):
        note_worker()
        note_audit_sealed()
    seal_audit.delay()


@signals.heartbeat_sent.connect
def mark(**_: Any) -> None:
    global _marked_at  # one worker process, one clock
    if time.monotonic() - _marked_at > MARK_EVERY_SECONDS:
        _marked_at = time.monotonic()
        with suppress(RedisError):
            note_worker()
