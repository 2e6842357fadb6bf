"""The rows of a list as a spreadsheet: the same rows, filter and order as on the screen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from urllib.parse import quote

from django.http import FileResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from volunteer_network.documents.spreadsheet import Column, csv_lines, write_xlsx
from volunteer_network.thai_calendar import moment, short_date

IN_MEMORY = 2 * 1024 * 1024  # bytes; a larger file goes to disk
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class ExportColumn:
    """A column of the file and how its cell is read from a row of the list."""

    header: str | Promise
    width: int
    cell: Callable[[Any], Any]
    kind: str = "text"

    @property
    def column(self) -> Column:
        return Column(str(self.header), self.width, self.kind)  # type: ignore[arg-type]


def export_response(
    form: str, *, title: str, columns: Sequence[ExportColumn], rows: Iterable[Any]
) -> FileResponse:
    """Write the file while the scope is open, then hand it out. `form` is "xlsx" or "csv"."""
    heads = [column.column for column in columns]
    cells = ([column.cell(row) for column in columns] for row in rows)
    file = cast(IO[bytes], SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - the response closes it
    if form == "xlsx":
        as_of = _("ข้อมูล ณ %(moment)s") % {"moment": moment(timezone.now())}
        write_xlsx(file, title=title, columns=heads, rows=cells, thai_date=short_date, as_of=as_of)
    else:
        file.writelines(csv_lines(heads, cells, thai_date=short_date))
    file.seek(0)
    response = FileResponse(file, content_type=TYPES[form])
    name = quote(f"{title}.{form}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
