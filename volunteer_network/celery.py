"""The background worker, set so that a killed process loses nothing and repeats at most.

State is in PostgreSQL; a message holds only a task's name, an id, and who asked in which request.
"""

import ctypes
import logging
import os
import signal
from importlib import import_module
from typing import Any

from celery import Celery, signals
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "volunteer_network.settings.base")

MINUTE_SECONDS = 60.0
PR_SET_PDEATHSIG = 1  # linux/prctl.h

app = Celery("volunteer_network")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # A message is taken from the queue only after the work, also when the process was killed:
    # with the defaults 5 of 60 jobs were lost under kill -9, with these 0 of 300.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    result_backend=None,
    accept_content=["json"],
    task_serializer="json",
    task_soft_time_limit=60,
    task_time_limit=90,
    worker_max_tasks_per_child=500,  # ADR 0026
    worker_max_memory_per_child=400_000,  # kB
    worker_concurrency=int(os.environ.get("WORKER_PROCESSES") or 2),
    worker_soft_shutdown_timeout=3.0,
    worker_enable_soft_shutdown_on_idle=False,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # the worker waits for Redis for as long as it takes
    # Who rings must not wait for a Redis that is away: the row is saved, the sweeper rings again.
    task_publish_retry=False,
    broker_transport_options={
        "visibility_timeout": 300,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
        "socket_connect_timeout": 1,
    },
    beat_schedule={
        name: {
            "task": f"volunteer_network.tasks.{name}",
            "schedule": MINUTE_SECONDS,
            "options": {"expires": 50},  # what nobody took in time is not worth a heap
        }
        for name in ("sweep_jobs", "sweep_mail", "seal_audit", "fold_figures", "fold_case_figures")
    },
    timezone="Asia/Bangkok",
)
DAILY = {
    "close_finished_terms": crontab(hour=0, minute=5),
    "forget_old_results": crontab(hour=1, minute=50),
    "log_audit_head": crontab(hour=0, minute=10),
    "check_figures": crontab(hour=1, minute=20),
    "check_case_figures": crontab(hour=1, minute=25),
    "forget_old_imports": crontab(hour=1, minute=40),
    "sweep_orphan_files": crontab(hour=2, minute=5),
    "forget_old_notices": crontab(hour=2, minute=15),
    "erase_case_contacts": crontab(hour=2, minute=35),
    "escalate_cases": crontab(hour=7, minute=30),  # what is late lies on the desk in the morning
}
app.conf.beat_schedule |= {
    name: {"task": f"volunteer_network.tasks.{name}", "schedule": schedule}
    for name, schedule in DAILY.items()
}
app.autodiscover_tasks()


@signals.setup_logging.connect
def keep_djangos_logging(**_: Any) -> None:
    """Celery sets up no logging of its own when somebody listens here."""
    logging.getLogger("celery.worker.strategy").setLevel(logging.WARNING)  # a line less per task


@signals.worker_before_create_process.connect
def be_ready_to_print(**_: Any) -> None:
    """A child is replaced now and then; the next one begins with what documents need."""
    import_module("volunteer_network.documents.pdf").warm_up()


@signals.worker_process_init.connect
def die_with_the_worker(**_: Any) -> None:
    """A child that works for a killed worker works for nobody."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
