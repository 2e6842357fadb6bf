"""What the door says about somebody: a word, a shape and a colour, and a name to look for."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from django.utils import timezone
from django.utils.translation import gettext as _

from seminars.models import Registration
from seminars.services.check_ins import Arrival, NotExpected, PaperSum
from volunteer_network.thai_calendar import clock
from volunteer_network.thai_text import initials


class Tone(StrEnum):
    """The card's colour; its icon goes with it."""

    GOOD = "good"
    AGAIN = "again"
    NO = "no"


ICONS = {Tone.GOOD: "check", Tone.AGAIN: "undo", Tone.NO: "x"}


@dataclass(frozen=True)
class Answer:
    """One card. `offer` names the button below it: take back, let in nonetheless, or none."""

    tone: Tone
    word: str
    name: str
    lines: tuple[str, ...] = ()
    registration: Registration | None = None
    offer: str = ""
    at: datetime = field(default_factory=timezone.now)

    @property
    def icon(self) -> str:
        return ICONS[self.tone]

    @property
    def initials(self) -> str:
        person = self.registration
        return initials(person.first_name, person.last_name) if person else ""

    @classmethod
    def about(
        cls, person: Registration, tone: Tone, word: str, *lines: str, offer: str = ""
    ) -> Self:
        return cls(
            tone,
            word,
            person.display_name,
            (home_of(person), f"{person.participant_class}", *lines),
            person,
            offer,
        )


def home_of(person: Registration) -> str:
    """Where somebody comes from, in the words of a badge."""
    return str(person.province or person.organisation or _("ส่วนกลาง"))


def of_arrival(arrival: Arrival) -> Answer:
    person, known = arrival.registration, arrival.check_in
    if arrival.fresh:
        return Answer.about(person, Tone.GOOD, _("เข้าได้"), offer="undo")
    where = {"time": clock(known.first_at), "door": known.door or _("โต๊ะผู้จัด")}
    told = _("เข้าแล้ว %(time)s ที่%(door)s ไม่นับซ้ำ") % where
    return Answer.about(person, Tone.AGAIN, _("เข้าแล้ว"), told, offer="undo")


def of_undoing(person: Registration, first_at: datetime | None) -> Answer:
    if first_at is None:
        return Answer.about(person, Tone.AGAIN, _("ยังไม่ได้เข้า"), _("ไม่มีการเช็กอินให้ยกเลิก"))
    told = _("เวลาแรก %(time)s ยังเก็บไว้") % {"time": clock(first_at)}
    return Answer.about(person, Tone.AGAIN, _("ยกเลิกการเข้าแล้ว"), told, offer="check-in")


def of_another_half_day(person: Registration, chosen: str, running: str) -> Answer:
    told = _("ประตูนี้ตั้งไว้ที่%(chosen)s แต่ขณะนี้เป็น%(running)s เปลี่ยนรอบด้านบน หรือยืนยัน") % {
        "chosen": chosen,
        "running": running,
    }
    return Answer.about(person, Tone.AGAIN, _("ตรวจรอบก่อน"), told, offer="force")


def of_refusal(refusal: NotExpected) -> Answer:
    person = refusal.registration
    return Answer.about(person, Tone.NO, person.get_state_display(), refusal.message)


def of_namesake(person: Registration) -> Answer:
    told = _("ถ้าเป็นคนเดียวกัน เช็กอินคนนี้ ถ้าเป็นคนละคน กรอกโทรศัพท์แล้วรับเข้าด้านล่าง")
    return Answer.about(person, Tone.AGAIN, _("มีชื่อนี้แล้ว"), told, offer="check-in")


def refused(word: str, name: str, *lines: str) -> Answer:
    """A card about no person that this door may know of."""
    return Answer(Tone.NO, word, name, lines)


def of_paper(done: PaperSum) -> Answer:
    lines = []
    if done.here_before:
        lines.append(_("เข้าแล้วก่อนหน้า %(count)d คน ไม่นับซ้ำ") % {"count": done.here_before})
    if done.not_expected:
        numbers = ", ".join(map(str, sorted(done.not_expected)))
        lines.append(_("ไม่ได้อยู่ในรายชื่อตอบรับ เลขที่ %(numbers)s") % {"numbers": numbers})
    name = _("เช็กอินจากใบลงทะเบียน %(count)d คน") % {"count": done.let_in}
    tone = Tone.AGAIN if done.not_expected else Tone.GOOD
    return Answer(tone, _("บันทึกแล้ว"), name, tuple(lines))
