"""The documents of all provinces in one file: a ZIP of the single ones, and a list of them."""

import csv
from io import BytesIO, StringIO
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.utils.translation import gettext as _

from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import JobContext, PartMade, Result
from volunteer_network.known_places import known_province

BYTE_ORDER_MARK = "\ufeff"


def make_bundle(job: JobContext) -> Result:
    """Put together what the provinces' jobs have made; what is missing stands in the list."""
    parts = job.parts()
    made = sorted((part for part in parts if part.content), key=_code)
    if not made:
        raise RuleViolation(_("ไม่มีเอกสารของจังหวัดใดทำได้ ดูเหตุของแต่ละจังหวัดแล้วสั่งใหม่"))
    job.progress(0, 1, _("กำลังรวมเอกสาร %(count)d จังหวัด") % {"count": len(made)})
    content = BytesIO()
    with ZipFile(content, "w", ZIP_STORED) as bundle:  # its files are compressed already
        bundle.writestr(_("00 รายการ.csv"), _list_of(parts), ZIP_DEFLATED)
        for part in made:
            bundle.writestr(name_in_bundle(part), part.content)
    name = _("%(title)s %(count)d จังหวัด") % {
        "title": job.parameters["title"],
        "count": len(made),
    }
    return Result(content=content.getvalue(), extension="zip", name=name)


def name_in_bundle(part: PartMade) -> str:
    """50 เชียงใหม่.pdf: the province's code and its Thai name."""
    code = _code(part)
    return f"{code:02d} {known_province(code).name}{PurePath(part.name).suffix}"


def _code(part: PartMade) -> int:
    code: int = part.parameters["province"]
    return code


def _list_of(parts: list[PartMade]) -> str:
    """Every province that was asked for, and why one is missing; Excel reads it."""
    table = StringIO()
    writer = csv.writer(table)
    writer.writerow([_("รหัสจังหวัด"), _("จังหวัด"), _("ไฟล์"), _("เหตุที่ไม่มี")])
    for part in sorted(parts, key=_code):
        code = _code(part)
        file = name_in_bundle(part) if part.content else ""
        writer.writerow([f"{code:02d}", known_province(code).name, file, part.failure])
    return BYTE_ORDER_MARK + table.getvalue()
