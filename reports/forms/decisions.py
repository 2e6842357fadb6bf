"""What the centre types to send a plan back: for each line or the whole plan, why and what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from reports.enums import ReturnReason
from reports.services.plan_decisions import LONGEST_COMMENT, Question
from volunteer_network.thai_text import clean

WHOLE_PLAN = 0  # stands for the plan where a line's id would


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed for one line, and what is wrong with it."""

    key: int
    reason: str = ""
    text: str = ""
    mistake: str = ""

    @property
    def is_begun(self) -> bool:
        return bool(self.reason or self.text)


class ReturnForm:
    """Reads `reason-<line>` and `text-<line>`; `questions` is for the service once `is_valid()`."""

    def __init__(self, lines: Sequence[int], data: QueryDict | None = None) -> None:
        self.is_bound = data is not None
        self.asked = {key: self._read(key, data) for key in (*lines, WHOLE_PLAN)}

    def is_valid(self) -> bool:
        return self.is_bound and not any(one.mistake for one in self.asked.values())

    @property
    def mistakes(self) -> list[Asked]:
        return [one for one in self.asked.values() if one.mistake]

    @property
    def count(self) -> int:
        """How many lines, or the whole plan, something was typed for."""
        return sum(one.is_begun for one in self.asked.values())

    @property
    def questions(self) -> list[Question]:
        return [
            Question(one.key or None, ReturnReason(one.reason), one.text)
            for one in self.asked.values()
            if one.is_begun
        ]

    def _read(self, key: int, data: QueryDict | None) -> Asked:
        if data is None:
            return Asked(key)
        reason = data.get(f"reason-{key}", "")
        text = clean(data.get(f"text-{key}", ""))
        mistake = ""
        if text and reason not in ReturnReason.values:
            mistake = _("เลือกเรื่องหนึ่งเรื่อง จังหวัดจะได้รู้ว่าต้องแก้อะไร")
        elif reason and not text:
            mistake = _("เขียนหนึ่งประโยคว่าต้องแก้อะไร")
        elif len(text) > LONGEST_COMMENT:
            mistake = _("ย่อให้เหลือไม่เกิน %(most)d ตัวอักษร") % {"most": LONGEST_COMMENT}
        return Asked(key, reason, text, mistake)
