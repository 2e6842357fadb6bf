"""The work on an import that a worker does: its steps, and what people read of each.

A title stands in lists, logs and the support's window. It says what kind of rows and how many; the
name of the file, which may be a person's, stays on the pages of the import.
"""

from typing import Any, Final

from django.utils.translation import gettext as _

from volunteer_network.enums import ImportRowState
from volunteer_network.import_kinds import import_kind_named
from volunteer_network.models import ImportBatch, Job, User
from volunteer_network.services.jobs import ask_for_job

CHECK, WRITE, UNDO = "check", "write", "undo"
# Of which rows a step is; what is no row of a person is in none.
_ROWS: Final = {
    CHECK: frozenset(ImportRowState) - {ImportRowState.LEFT_OUT},
    WRITE: frozenset({ImportRowState.GOOD}),
    UNDO: frozenset({ImportRowState.WRITTEN}),
}


def job_kind(step: str, kind_name: str) -> str:
    """The name of the kind of job that does a step for a kind of import."""
    return f"import_{step}_{kind_name}"


def ask_for_step(step: str, batch: ImportBatch, *, by: User) -> None:
    """Let a worker do the step; the batch, which is locked or new, knows the job."""
    parameters: dict[str, Any] = {"batch": batch.pk}
    job = ask_for_job(
        kind=job_kind(step, batch.kind), title=title_of(step, batch), parameters=parameters, by=by
    )
    batch.job = job.pk
    batch.save(update_fields=["job"])


def say_how_many(batch: ImportBatch) -> None:
    """Put the number of rows into the title of the job that has just found them in the file."""
    Job.objects.filter(pk__in=[batch.job]).update(title=title_of(CHECK, batch))


def title_of(step: str, batch: ImportBatch) -> str:
    """ "นำเข้าทะเบียนอาสาสมัครแรงงาน 38 แถว"; without a number while no row is known."""
    titles = {
        CHECK: _("ตรวจไฟล์%(kind)s"),
        WRITE: _("นำเข้า%(kind)s"),
        UNDO: _("เรียกคืนการนำเข้า%(kind)s"),
    }
    title = titles[step] % {"kind": import_kind_named(batch.kind).title}
    rows = batch.rows.filter(state__in=_ROWS[step]).count()
    return _("%(title)s %(rows)s แถว") % {"title": title, "rows": f"{rows:,}"} if rows else title
