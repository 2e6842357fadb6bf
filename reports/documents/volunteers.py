"""Makes the documents: reads with the person's rights, computes without a transaction."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.documents import signatures
from reports.queries.volunteers import Card, RegisterLine, register_lines, volunteer_cards
from volunteer_network import uploads
from volunteer_network.documents.papers import make_paper
from volunteer_network.documents.serials import new_issue
from volunteer_network.enums import DocumentKind
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import JobContext, Result
from volunteer_network.models import Province
from volunteer_network.thai_calendar import fiscal_year, long_date

MOST_CARDS = 500
MOST_LINES = 2000  # about 10 ms a row; a longer list is a spreadsheet
IMAGE_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def make_volunteer_cards(job: JobContext) -> Result:
    """Identity cards, eight to a sheet, to cut out."""
    with job.rights():
        cards = volunteer_cards(job.parameters["volunteers"], user=job.person)
    if not cards:
        raise RuleViolation(_("ไม่พบอาสาสมัครที่ทำบัตรได้ อาจพ้นสภาพไปแล้ว ให้เลือกจากทะเบียนใหม่"))
    if len(cards) > MOST_CARDS:
        raise RuleViolation(
            _("ทำบัตรได้ครั้งละไม่เกิน %(most)d ใบ ให้กรองรายการให้น้อยลง") % {"most": MOST_CARDS}
        )
    drawn = []
    for done, card in enumerate(cards, start=1):
        words = _("คนที่ %(done)d จาก %(all)d") % {"done": done, "all": len(cards)}
        job.progress(done - 1, len(cards), words)
        drawn.append({"card": card, "photo": _photo(card)})
    job.progress(len(cards), len(cards), _("กำลังจัดหน้าเอกสาร"))
    name = _("บัตรประจำตัว อสร. %(count)d ใบ") % {"count": len(cards)}
    return make_paper(
        "reports/documents/volunteer_card.html", {"cards": drawn}, name, "css/cards.css"
    )


def make_volunteer_register(job: JobContext) -> Result:
    """The register of one province: layout 1, A4 landscape."""
    job.progress(0, 2, _("กำลังอ่านทะเบียน"))
    with job.rights():
        province = Province.objects.get(pk=job.parameters["province"])
        lines = register_lines(province.pk, user=job.person)
        signing = signatures.of_province(province, made_by=job.person)
        as_of = timezone.now()
    if not lines:
        raise RuleViolation(_("ยังไม่มีอาสาสมัครที่ปฏิบัติหน้าที่ในจังหวัดนี้"))
    if len(lines) > MOST_LINES:
        raise RuleViolation(
            _("ทะเบียนยาวเกิน %(most)d คน ให้ส่งออกเป็น Excel จากหน้าทะเบียนแทน") % {"most": MOST_LINES}
        )
    job.progress(1, 2, _("กำลังจัดหน้าเอกสาร %(count)d คน") % {"count": len(lines)})
    name = _("ทะเบียน อสร. %(province)s") % {"province": province.with_prefix}
    day = timezone.localdate(as_of)
    context = _register_page(province, lines, day) | {"signatures": signing}
    return make_paper(
        "reports/documents/volunteer_register.html",
        context,
        name,
        "css/official.css",
        expected=[province.with_prefix, *(line.name for line in lines)],
        issue=new_issue(
            kind=DocumentKind.REGISTER,
            province=province.pk,
            fiscal_year=fiscal_year(day),
            edition=1,
            as_of=as_of,
        ),
        thai_digits=job.parameters.get("thai_digits", False),
        as_word=job.parameters.get("as_word", False),
    )


def _register_page(province: Province, lines: Sequence[RegisterLine], day: date) -> dict[str, Any]:
    return {
        "title": _("ทะเบียนอาสาสมัครแรงงาน"),
        "subtitle": _("%(province)s ณ วันที่ %(day)s")
        % {"province": province.with_prefix, "day": long_date(day)},
        "facts": (
            _("ผู้ปฏิบัติหน้าที่ %(count)s คน") % {"count": f"{len(lines):,}"},
            _("เรียงตามอำเภอ ตำบล และชื่อ"),
        ),
        "province": province,
        "lines": lines,
    }


def _photo(card: Card) -> str:
    """The photo inside the page: the closed fetcher knows no other way to it."""
    if not card.photo:
        return ""
    kind = IMAGE_TYPES[card.photo.rpartition(".")[2]]
    try:
        with uploads.open_stored(card.photo) as file:
            return f"data:{kind};base64,{b64encode(file.read()).decode()}"
    except FileNotFoundError:
        return ""  # a card with an empty frame is better than none
