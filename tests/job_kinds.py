"""Kinds of jobs for the tests; a worker in a process of its own imports them, too (celery -I)."""

import os
import time

from volunteer_network.errors import RuleViolation
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


def make_a_part(job):
    """A short part that says which process makes it; one province may refuse."""
    job.progress(0, 1, f"process {os.getpid()}")
    time.sleep(job.parameters.get("seconds", 0))
    if job.parameters.get("refuses"):
        raise RuleViolation("จังหวัดนี้ยังไม่ได้ส่งแผน")
    return Result(
        content=str(job.parameters["number"]).encode(),
        extension="txt",
        name=f"part {job.parameters['number']}",
    )


def put_together(job):
    """Join the parts with commas; a part that is missing leaves its reason."""
    texts = [part.content.decode() or part.failure for part in job.parts()]
    if not any(part.content for part in job.parts()):
        raise RuleViolation("ไม่มีส่วนใดทำได้")
    return Result(content=",".join(texts).encode(), extension="txt", name="whole")


KINDS = (
    JobKind(name="test_part", title="ส่วน", make=make_a_part),
    JobKind(
        name="test_whole",
        title="ชุด",
        make=put_together,
        parts="test_part",
        counting="จังหวัดที่ %(done)d จาก %(all)d",
    ),
    JobKind(name="test_text", title="ข้อความ", make=make_text),
    JobKind(name="test_slow", title="ช้า", make=make_slowly),
)


def register_kinds():
    for kind in KINDS:
        register_kind(kind)


register_kinds()  # a worker only imports
