"""Kinds of imports and the work they give to a worker, and the register's own kind."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.access.roles import Capability
from volunteer_network.enums import ImportState
from volunteer_network.errors import RuleViolation
from volunteer_network.import_kinds import (
    ImportContext,
    ImportKind,
    import_kinds_of,
    register_import_kind,
)
from volunteer_network.job_kinds import JobKind, register_kind
from volunteer_network.models import ImportBatch, ImportRow, User
from volunteer_network.services import (
    import_jobs,
    import_work,
    volunteer_import_fields,
    volunteer_import_writing,
    volunteer_imports,
)
from volunteer_network.ui.registry import Tile, TileFigures, register_tile

VOLUNTEERS = "volunteers"


def register_import(kind: ImportKind) -> None:
    """Let people of the kind's capability import it; each step is a job of its own."""
    register_import_kind(kind)
    for step, make, title in (
        (import_jobs.CHECK, import_work.check_file, gettext_lazy("ตรวจไฟล์นำเข้า")),
        (import_jobs.WRITE, import_work.write_rows, gettext_lazy("นำเข้าจากไฟล์")),
        (import_jobs.UNDO, import_work.undo_rows, gettext_lazy("เรียกคืนการนำเข้า")),
    ):
        name = import_jobs.job_kind(step, kind.name)
        register_kind(JobKind(name=name, title=title, make=make, needs=kind.needs, page=_page))


def _page(parameters: dict[str, int]) -> str:
    return reverse("imports:detail", args=[parameters["batch"]])


def _refuse_without_province(context: ImportContext) -> None:
    if context.by.province_id is None:
        raise RuleViolation(_("นำเข้าทะเบียนได้เฉพาะเจ้าหน้าที่ของจังหวัด ให้จังหวัดนำเข้าเอง"))


def waiting_rows(user: User) -> TileFigures | None:
    """Rows of files that somebody has to mend before they can be taken in."""
    batches = (
        ImportBatch.objects.visible_to(user)
        .of_kinds(import_kinds_of(user))
        .filter(state=ImportState.READY)
    )
    rows = ImportRow.objects.visible_to(user).bad().filter(batch__in=batches)
    waiting = rows.values("batch", "batch__file_name").annotate(count=Count("pk")).order_by("batch")
    files = list(waiting)
    if not files:
        return None
    number = sum(one["count"] for one in files)
    return TileFigures(
        number=number,
        unit=_("แถว ใน %(files)d ไฟล์") % {"files": len(files)},
        why=_("เก่าที่สุด %(file)s แก้แล้วนำเข้าได้ทันที แถวที่ไม่แก้จะถูกลบเมื่อครบกำหนด")
        % {"file": files[0]["batch__file_name"]},
        action=_("แก้ %(count)d แถว") % {"count": number},
        href=reverse("imports:detail", args=[files[0]["batch"]])
        if len(files) == 1
        else reverse("imports:list"),
    )


def register() -> None:
    register_tile(
        Tile(
            title=gettext_lazy("ไฟล์ที่รอแก้"),
            icon="doc",
            order=45,
            count=waiting_rows,
            needs=Capability.IMPORT_ROWS,
        )
    )
    register_import(
        ImportKind(
            name=VOLUNTEERS,
            title=gettext_lazy("ทะเบียนอาสาสมัครแรงงาน"),
            needs=Capability.EDIT_VOLUNTEERS,
            fields=volunteer_import_fields.FIELDS,
            names=frozenset({"full_name", "first_name"}),
            read=volunteer_imports.read,
            check=volunteer_imports.check,
            write=volunteer_import_writing.write,
            undo=volunteer_import_writing.undo,
            refuse=_refuse_without_province,
            subject=lambda batch: _("ทะเบียนอาสาสมัครแรงงาน"),
            home=lambda batch: reverse("volunteers:list"),
            known_words=gettext_lazy("อยู่ในทะเบียนแล้ว"),
        )
    )
