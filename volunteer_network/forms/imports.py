"""Forms of an import: the file, and the cells of a row."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.errors import RuleViolation
from volunteer_network.import_kinds import ImportKind
from volunteer_network.services.import_reports import SheetGroup
from volunteer_network.ui.forms import Section, SectionedForm
from volunteer_network.ui.forms.widgets import DropZone
from volunteer_network.workbooks.refusing import MEGABYTE, MOST_BYTES, format_of, too_many_bytes

ACCEPTED = ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
USED, CELL, SKIP = "used", "cell-", "skip"  # names of inputs


class WorkbookZone(DropZone):
    """The place to drop a workbook on."""

    template_name = "forms/drop_workbook.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return context | {"drop": _("วางไฟล์ Excel หรือ CSV ที่นี่ หรือ")}


class WorkbookField(forms.FileField):
    """A workbook, refused at once when it is none; cleaned to its bytes."""

    widget = WorkbookZone

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": ACCEPTED}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            return _content(upload)
        except RuleViolation as refusal:
            raise ValidationError(refusal.message, code="invalid") from None


def _content(upload: "UploadedFile[Any]") -> bytes:
    if (upload.size or 0) > MOST_BYTES:
        raise too_many_bytes()
    content: bytes = upload.read(MOST_BYTES + 1)
    format_of(content)
    return content


class ImportFileForm(SectionedForm, forms.Form):
    """ส่งไฟล์: nothing is written before somebody has looked at what was understood."""

    content = WorkbookField(
        label=gettext_lazy("ไฟล์รายชื่อ"),
        error_messages={"empty": gettext_lazy("ไฟล์ว่างเปล่า เปิดดูในเครื่องก่อน แล้วเลือกไฟล์ที่มีรายชื่อ")},
    )
    sections = (Section("", ("content",)),)
    submit_label = gettext_lazy("ตรวจไฟล์")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["content"].help_text = _(
            ".xlsx หรือ .csv ไม่เกิน %(limit)d MB ยังไม่นำเข้าจนกว่าจะกดยืนยัน"
        ) % {"limit": MOST_BYTES // MEGABYTE}

    @property
    def file_name(self) -> str:
        return str(getattr(self.files["content"], "name", ""))


def columns_chosen(
    data: Any, groups: list[SheetGroup], kind: ImportKind
) -> tuple[dict[tuple[int, int], str], list[int]]:
    """What was chosen in the form of columns: fields by (sheet, column), and the sheets to use."""
    known = {one.name for one in kind.fields}
    chosen: dict[tuple[int, int], str] = {}
    for group in groups:
        for column in group.columns:
            name = data.get(column.name, "")
            at = int(column.name.rpartition("-")[2])
            for number, _sheet, _used in group.sheets:
                chosen[number, at] = name if name in known else ""
    used = [int(one) for one in data.getlist(USED) if one.isdecimal() and len(one) < 6]
    return chosen, used


def cells_typed(data: Any) -> dict[str, str]:
    """The cells of a row's form, by field."""
    return {
        name.removeprefix(CELL): str(text) for name, text in data.items() if name.startswith(CELL)
    }
