"""What is typed at the door: a walk-in, numbers of a sheet, the name of a door."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from seminars.models import ParticipantClass, Seminar, SignInSheet
from volunteer_network.models import Province
from volunteer_network.thai_calendar import moment
from volunteer_network.thai_text import clean, normalise, split_title
from volunteer_network.ui.forms import (
    LeanSelect,
    PhoneField,
    PlainText,
    RadioChips,
    Section,
    SectionedForm,
)

PROVINCES = "door-provinces"
MOST_NUMBERS = 2000
_ONE_PART = re.compile(r"([1-9][0-9]{0,3})(?:-([1-9][0-9]{0,3}))?")


class PersonNameField(forms.CharField):
    """A name typed in one field; cleaned to (title, first name, last name)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PlainText())
        super().__init__(max_length=160, **kwargs)

    def clean(self, value: Any) -> tuple[str, str, str]:
        title, rest = split_title(super().clean(value))
        first_name, _space, last_name = rest.partition(" ")
        if not last_name:
            raise ValidationError(_("พิมพ์ชื่อ เว้นวรรค แล้วพิมพ์สกุล เช่น นายประภาส ทองดี"), code="invalid")
        if len(title) > 40 or max(len(first_name), len(last_name)) > 80:
            raise ValidationError(_("ชื่อยาวเกินไป พิมพ์เฉพาะคำนำหน้า ชื่อ และสกุล"), code="invalid")
        return title, first_name, last_name


class HomeField(forms.CharField):
    """A province, or else an office; cleaned to (province or None, office)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PlainText({"list": PROVINCES}))
        super().__init__(max_length=160, **kwargs)

    def clean(self, value: Any) -> tuple[Province | None, str]:
        typed = clean(super().clean(value))
        name = normalise(typed).removeprefix("จังหวัด").removeprefix("จ.").strip()
        offices = Province.objects.filter(has_office=True)
        found = list(offices.filter(name__startswith=name)[:2]) if len(name) > 1 else []
        exact = [one for one in found if one.name == name]
        if exact or len(found) == 1:
            return (exact or found)[0], ""
        return None, typed


class WalkInForm(SectionedForm, forms.Form):
    """One step: a name, where the person comes from, and a class that has seats."""

    sections = (Section("", ("name", "home", "participant_class", "phone")),)
    purpose = _("รับเข้า")
    submit_label = _("รับเข้า 1 คน")

    name = PersonNameField(label=_("ชื่อ-สกุล"))
    home = HomeField(label=_("จังหวัดหรือหน่วยงาน"), help_text=_("พิมพ์ต้นชื่อจังหวัดก็พอ เช่น สุพรรณ"))
    participant_class = forms.ModelChoiceField(
        ParticipantClass.objects.none(),
        label=_("ประเภทผู้เข้าร่วม"),
        widget=RadioChips,
        empty_label=None,
    )
    phone = PhoneField(label=_("โทรศัพท์"), required=False)
    another_person = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("participant_class", seminar.classes.all())
        first = seminar.classes.first()
        self.initial["participant_class"] = first.pk if first else None

    def clean(self) -> dict[str, Any]:
        """What the service asks for."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        title, first_name, last_name = given.pop("name")
        province, organisation = given.pop("home")
        return given | {
            "title": title,
            "first_name": first_name,
            "last_name": last_name,
            "province": province,
            "organisation": organisation,
        }

    def ask_whether_another_person(self) -> None:
        """Sent once more, the form says that it is."""
        typed = cast(QueryDict, self.data).copy()
        typed["another_person"] = "on"
        self.data = typed

    @property
    def suggestions(self) -> SafeString:
        """The <datalist> that the field of the province names."""
        names = Province.objects.filter(has_office=True).values_list("name")
        options = format_html_join("", '<option value="{}"></option>', names)
        return format_html('<datalist id="{}">{}</datalist>', PROVINCES, options)


class NumbersField(forms.CharField):
    """Numbers of a sheet as people write them, "1-40, 43, 51"; cleaned to a set."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PlainText({"inputmode": "text"}))
        super().__init__(max_length=600, **kwargs)

    def clean(self, value: Any) -> set[int]:
        typed = re.sub(r"\s*[-–—]\s*", "-", normalise(super().clean(value)))
        numbers: set[int] = set()
        for part in re.split(r"[\s,;]+", typed.strip(" ,;")):
            found = _ONE_PART.fullmatch(part)
            first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
            if last < first or last > MOST_NUMBERS:
                raise ValidationError(
                    _("อ่าน “%(part)s” ไม่ออก พิมพ์เลขลำดับ คั่นด้วยจุลภาค ช่วงใช้ขีด เช่น 1-40, 43, 51"),
                    code="invalid",
                    params={"part": part[:20]},
                )
            numbers |= set(range(first, last + 1))
        return numbers


class SheetChoice(forms.ModelChoiceField[SignInSheet]):
    def label_from_instance(self, obj: SignInSheet) -> str:
        return _("%(kind)s %(count)d คน พิมพ์ %(at)s") % {
            "kind": obj.participant_class or _("ทุกประเภท"),
            "count": len(obj.rows),
            "at": moment(obj.made_at),
        }


class PaperForm(SectionedForm, forms.Form):
    """Numbers from a sign-in sheet, as it was printed."""

    sections = (Section("", ("sheet", "numbers")),)
    purpose = _("เช็กอินจากใบลงทะเบียน")
    submit_label = _("เช็กอินตามเลขลำดับ")

    sheet = SheetChoice(
        SignInSheet.objects.none(), label=_("ใบลงทะเบียน"), widget=LeanSelect, empty_label=None
    )
    numbers = NumbersField(label=_("เลขลำดับที่ลงชื่อ"), help_text=_("เช่น 1-40, 43, 51"))

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("sheet", seminar.sheets.select_related("participant_class"))


class DoorLinkForm(SectionedForm, forms.Form):
    """A door and the days on which its link opens."""

    DAYS = "days"
    TODAY = "today"

    sections = (Section("", ("name", "valid")),)
    purpose = _("ออกลิงก์")
    submit_label = _("ออกลิงก์ 1 ประตู")

    name = forms.CharField(
        label=_("ชื่อประตู"), max_length=40, widget=PlainText, help_text=_("เช่น ประตู 1 หรือ โต๊ะซ้าย")
    )
    valid = forms.ChoiceField(
        label=_("ใช้ได้"),
        choices=[(DAYS, _("ในวันสัมมนา")), (TODAY, _("วันนี้เพื่อซ้อม"))],
        initial=DAYS,
        widget=RadioChips,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "valid" in given:
            given["rehearsal"] = given.pop("valid") == self.TODAY
        return given
