"""Kinds of imports and the work they give to a worker, and the register's own kind."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.access.roles import Capability
from volunteer_network.errors import RuleViolation
from volunteer_network.import_kinds import ImportContext, ImportKind, register_import_kind
from volunteer_network.job_kinds import JobKind, register_kind
from volunteer_network.services import (
    import_work,
    imports,
    volunteer_import_fields,
    volunteer_import_writing,
    volunteer_imports,
)

VOLUNTEERS = "volunteers"


def register_import(kind: ImportKind) -> None:
    """Let people of the kind's capability import it; each step is a job of its own."""
    register_import_kind(kind)
    for step, make, title in (
        (imports.CHECK, import_work.check_file, gettext_lazy("ตรวจไฟล์นำเข้า")),
        (imports.WRITE, import_work.write_rows, gettext_lazy("นำเข้าจากไฟล์")),
        (imports.UNDO, import_work.undo_rows, gettext_lazy("เรียกคืนการนำเข้า")),
    ):
        name = imports.job_kind(step, kind.name)
        register_kind(JobKind(name=name, title=title, make=make, needs=kind.needs, page=_page))


def _page(parameters: dict[str, int]) -> str:
    return reverse("imports:detail", args=[parameters["batch"]])


def _refuse_without_province(context: ImportContext) -> None:
    if context.by.province_id is None:
        raise RuleViolation(_("นำเข้าทะเบียนได้เฉพาะเจ้าหน้าที่ของจังหวัด ให้จังหวัดนำเข้าเอง"))


def register() -> None:
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
