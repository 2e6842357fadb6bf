"""The programme as officials have it at hand: half-days to tick, an agenda to paste from Word."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seminars.enums import HalfDay
from seminars.models import AgendaItem, Seminar
from seminars.services.programmes import AgendaLine, Hours
from volunteer_network.thai_calendar import parse_thai_date, short_date, spoken_date
from volunteer_network.thai_text import clean, to_arabic_digits
from volunteer_network.ui.forms import (
    CheckChips,
    LongText,
    PlainText,
    Section,
    SectionedForm,
    VersionField,
    offer_choices,
)

USUAL_HOURS = {
    HalfDay.MORNING: Hours(time(9), time(12)),
    HalfDay.AFTERNOON: Hours(time(13, 30), time(16, 30)),
}
CLOCK = r"([01]?\d|2[0-3])[.:]([0-5]\d)"
LINE = re.compile(rf"^{CLOCK}(?:\s*[-–—ถึง]+\s*{CLOCK})?\s*(?:น\.?)?\s+(.+)$")
SPEAKER = re.compile(r"\s*(?:\||\t|\sโดย\s)\s*")
LINES_AT_MOST = 200
TITLE_AT_MOST, SPEAKER_AT_MOST = 300, 160


class ClockField(forms.CharField):
    """A time of day as Thai writes it: 13.30; cleaned to a `time`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, widget=PlainText({"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> time:
        typed = to_arabic_digits(super().clean(value)).replace("น.", "").strip()
        found = re.fullmatch(CLOCK, typed)
        if not found:
            raise ValidationError(_("อ่านเป็นเวลาไม่ได้ พิมพ์อย่าง 13.30"), code="invalid")
        return time(int(found[1]), int(found[2]))


class AgendaField(forms.CharField):
    """กำหนดการ, a line each; a line that is a date begins a day. Cleaned to AgendaLines."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20_000, widget=LongText(rows=12), required=False, **kwargs)
        self.days: list[date] = []

    def clean(self, value: Any) -> list[AgendaLine]:
        text = super().clean(value)
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > LINES_AT_MOST:
            raise ValidationError(_("กำหนดการยาวไม่เกิน 200 บรรทัด"))
        return list(self._read(lines))

    def _read(self, lines: list[str]) -> Iterator[AgendaLine]:
        day, mistakes = self.days[0], []
        for number, line in enumerate(lines, start=1):
            if (begun := self._day_of(line)) is not None:
                day = begun
            elif found := LINE.match(to_arabic_digits(line.replace("\t", " | ").strip())):
                yield _line(day, found)
            else:
                mistakes.append(
                    _("บรรทัดที่ %(number)d “%(text)s” ขึ้นต้นด้วยเวลา เช่น 13.30-14.00 พิธีเปิด")
                    % {"number": number, "text": line.strip()[:40]}
                )
        if mistakes:
            raise ValidationError(mistakes)

    def _day_of(self, line: str) -> date | None:
        try:
            day = parse_thai_date(clean(line))
        except ValueError:
            return None
        if day not in self.days:
            raise ValidationError(
                _("%(day)s ไม่ใช่วันสัมมนา ใช้วันที่ %(first)s ถึง %(last)s")
                % {
                    "day": short_date(day),
                    "first": short_date(self.days[0]),
                    "last": short_date(self.days[-1]),
                }
            )
        return day


class ProgrammeForm(SectionedForm, forms.Form):
    keeps_draft = True
    half_days = forms.MultipleChoiceField(
        label=gettext_lazy("ครึ่งวันที่จัด"),
        widget=CheckChips,
        help_text=gettext_lazy("ผู้เข้าร่วมลงชื่อครั้งละครึ่งวัน"),
    )
    morning_from = ClockField(label=gettext_lazy("เช้า เริ่ม"))
    morning_to = ClockField(label=gettext_lazy("เช้า ถึง"))
    afternoon_from = ClockField(label=gettext_lazy("บ่าย เริ่ม"))
    afternoon_to = ClockField(label=gettext_lazy("บ่าย ถึง"))
    agenda = AgendaField(
        label=gettext_lazy("กำหนดการ"),
        help_text=gettext_lazy(
            "บรรทัดละรายการ วางจาก Word ได้ เช่น 13.30-14.00 พิธีเปิด | ปลัดกระทรวงแรงงาน"
            " หลายวัน ขึ้นบรรทัดใหม่ด้วยวันที่"
        ),
    )
    version = VersionField()
    sections = (
        Section(
            gettext_lazy("ครึ่งวัน"),
            (
                "half_days",
                ("morning_from", "morning_to"),
                ("afternoon_from", "afternoon_to"),
            ),
        ),
        Section(gettext_lazy("กำหนดการ"), ("agenda",)),
    )
    submit_label = gettext_lazy("บันทึกกำหนดการ")

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        kwargs["initial"] = programme_of(seminar)
        super().__init__(*args, **kwargs)
        days = days_of(seminar)
        offer_choices(
            self,
            "half_days",
            (
                (f"{day}/{half}", f"{spoken_date(day)} {half.label}")
                for day in days
                for half in HalfDay
            ),
        )
        agenda = self.fields["agenda"]
        if isinstance(agenda, AgendaField):
            agenda.days = days

    def clean(self) -> dict[str, Any]:
        """The times as Hours, the ticks as days and halves."""
        data = super().clean() or {}
        hours = {}
        for half in HalfDay:
            starts, ends = data.pop(f"{half}_from", None), data.pop(f"{half}_to", None)
            if starts and ends and ends <= starts:
                self.add_error(f"{half}_to", _("เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม"))
            elif starts and ends:
                hours[half] = Hours(starts, ends)
        data["hours"] = hours
        data["half_days"] = [
            (date.fromisoformat(day), HalfDay(half))
            for day, half in (one.split("/") for one in data.get("half_days", []))
        ]
        return data


def days_of(seminar: Seminar) -> list[date]:
    count = (seminar.ends_on - seminar.starts_on).days + 1
    return [seminar.starts_on + timedelta(days=number) for number in range(count)]


def programme_of(seminar: Seminar) -> dict[str, Any]:
    """The programme as the form shows it."""
    sessions = list(seminar.sessions.all())
    hours = USUAL_HOURS | {HalfDay(one.half): Hours(one.starts_at, one.ends_at) for one in sessions}
    shown: dict[str, Any] = {
        "version": seminar.version,
        "half_days": [f"{one.on_date}/{one.half}" for one in sessions],
        "agenda": "\n".join(_written(seminar)),
    }
    for half in HalfDay:
        shown[f"{half}_from"] = _clock(hours[half].starts_at)
        shown[f"{half}_to"] = _clock(hours[half].ends_at)
    return shown


def _written(seminar: Seminar) -> Iterator[str]:
    last = None
    for item in seminar.agenda.all():
        if item.on_date != last and seminar.starts_on != seminar.ends_on:
            yield short_date(item.on_date)
        last = item.on_date
        yield _as_line(item)


def _as_line(item: AgendaItem) -> str:
    until = f"-{_clock(item.ends_at)}" if item.ends_at else ""
    by = f" | {item.speaker}" if item.speaker else ""
    return f"{_clock(item.starts_at)}{until} {item.title}{by}"


def _clock(at: time) -> str:
    return f"{at.hour:02}.{at.minute:02}"


def _line(day: date, found: re.Match[str]) -> AgendaLine:
    title, _bar, speaker = (SPEAKER.sub("|", found[5], count=1)).partition("|")
    ends = time(int(found[3]), int(found[4])) if found[3] else None
    return AgendaLine(
        on_date=day,
        starts_at=time(int(found[1]), int(found[2])),
        ends_at=ends,
        title=clean(title)[:TITLE_AT_MOST],
        speaker=clean(speaker)[:SPEAKER_AT_MOST],
    )
