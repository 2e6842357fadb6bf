"""Kinds of jobs for the tests; a worker in a process of its own imports them, too (celery -I)."""

import os
import time

from volunteer_network.job_kinds import JobKind, Result, register_kind

STEPS = 12
STEP_SECONDS = 0.15


def make_text(job):
    return Result(content=job.parameters.get("text", "").encode(), extension="txt", name="ข้อความ")


def make_slowly(job):
    """Tell at each step which process is at work."""
    for step in range(STEPS):
        job.progress(step, STEPS, f"process {os.getpid()}")
        time.sleep(STEP_SECONDS)
    return Result(content=b"made once", extension="txt", name="slow")


register_kind(JobKind(name="test_text", title="ข้อความ", make=make_text))
register_kind(JobKind(name="test_slow", title="ช้า", make=make_slowly))
