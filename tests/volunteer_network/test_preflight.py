"""Seeded faults: each is caught with its page and word, and clean documents pass."""

import re
import time
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from volunteer_network.documents import preflight, preflight_lines
from volunteer_network.documents.pdf import THAI_FONTS, PreflightFailed, render_pdf_in_parts
from volunteer_network.documents.preflight import Fault
from volunteer_network.documents.preflight_file import flaws_of_file
from volunteer_network.documents.thai_fonts import searchable


def page(body, style=""):
    return (
        '<!doctype html><html lang="th"><head><title>แผน</title>'
        f"<style>{style}</style></head><body>{body}</body></html>"
    )


def flaws(body, *expected, style=""):
    try:
        render_pdf_in_parts([page(body, style)], expected=expected)
    except PreflightFailed as failed:
        return [(flaw.fault, flaw.page, flaw.word) for flaw in failed.flaws]
    return []


CLEAN = """
  <div class="page-foot">ข้อมูล ณ</div><div class="demo-band">สาธิต</div>
  <h1>กำหนดการประชุม น้ำใจ</h1>
  <table><colgroup><col style="width: 20%"><col></colgroup>
    <tr><th>งบประมาณ</th><td class="number">1,234</td></tr>
    <tr><th>ประจวบคีรีขันธ์</th><td>พระนครศรีอยุธยา ปี่ ปั่น ฟื้น ค่ำ ๑๒๓</td></tr></table>
"""


def test_a_clean_document_passes_with_its_words_in_order():
    assert flaws(CLEAN, "กำหนดการประชุม", "งบประมาณ", "1,234", "ประจวบคีรีขันธ์", "ค่ำ") == []


def test_what_must_stand_in_it_must_stand_in_its_order():
    found = flaws(CLEAN, "ประจวบคีรีขันธ์", "งบประมาณ")

    assert found == [(Fault.NOT_THERE, 1, "งบประมาณ")]


def test_what_is_not_drawn_is_missed():
    body = CLEAN + '<p style="display: none">รวม 716,800 บาท</p>'

    assert flaws(body, "รวม 716,800 บาท") == [(Fault.NOT_THERE, 1, "รวม 716,800 บาท")]


def test_a_word_wider_than_its_cell_is_named():
    body = (
        '<table><tr><td style="width: 8mm" class="nowrap">ประจวบคีรีขันธ์</td><td>ก</td></tr></table>'
    )

    found = flaws(body, style="td { overflow-wrap: normal } table { width: 20mm }")

    assert found == [(Fault.OUT_OF_BOX, 1, "ประจวบคีรีขันธ์")]


def test_a_word_off_the_paper_is_named():
    body = '<p style="position: absolute; left: 150mm" class="nowrap">ประชาสัมพันธ์ข่าวสาร</p>'

    assert (Fault.OFF_PAPER, 1, "ประชาสัมพันธ์ข่าวสาร") in flaws(body)


def test_a_table_wider_than_the_page_is_named():
    columns = '<col style="width: 60%"><col style="width: 50%">'
    body = f"<table><colgroup>{columns}</colgroup><tr><td>ก</td><td>ข</td></tr></table>"

    assert flaws(body) == [(Fault.TOO_WIDE, 1, "ข")]


@pytest.mark.parametrize("style", ["width: 10mm; white-space: nowrap", "height: 4mm; width: 30mm"])
def test_a_word_that_is_cut_is_named(style):
    body = f'<div style="{style}; overflow: hidden">ประชาสัมพันธ์ข่าวสารด้านแรงงาน<br>บรรทัดสอง</div>'

    assert {fault for fault, _page, _word in flaws(body)} == {Fault.CUT}


def test_an_empty_page_is_named():
    body = '<p>ก</p><div style="break-before: page; height: 1cm"></div>'

    assert flaws(body) == [(Fault.EMPTY_PAGE, 2, "")]


def test_a_page_with_a_picture_alone_is_not_empty():
    picture = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/%3E"

    assert flaws(f'<img alt="ภาพ" style="width: 3cm; height: 3cm" src="{picture}">') == []


def test_a_letter_without_a_glyph_is_named():
    found = flaws("<p>บริษัท 漢 จำกัด</p>")

    assert found == [(Fault.GLYPH_MISSING, 1, "漢")]


def test_a_lost_sara_am_is_named(monkeypatch):
    """Without our joined glyphs the font splits ำ, and search finds กาหนดการ."""
    from volunteer_network.documents import pdf

    monkeypatch.setattr(pdf, "searchable", lambda font: font)
    pdf._fonts.cache_clear()
    pdf._stylesheet.cache_clear()
    try:
        found = flaws("<h1>กำหนดการ นา</h1>", "กำหนดการ")
    finally:
        pdf._fonts.cache_clear()
        pdf._stylesheet.cache_clear()

    assert (Fault.NOT_SEARCHABLE, 1, "กำหนดการ นา") in found
    assert (Fault.NOT_THERE, 1, "กำหนดการ") in found


def test_a_font_that_lies_outside_the_file_is_named():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(render_pdf_in_parts([page("<p>ก</p>")]))))
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        del inner["/FontDescriptor"].get_object()[NameObject("/FontFile2")]
    torn = BytesIO()
    writer.write(torn)

    faults = {flaw.fault for flaw in flaws_of_file(torn.getvalue())}

    assert Fault.FONT_MISSING in faults


def test_a_second_page_is_counted_as_the_second():
    body = '<p>ก</p><p style="break-before: page">漢</p>'

    assert flaws(body) == [(Fault.GLYPH_MISSING, 2, "漢")]


DEEP_AND_HIGH = "ผู้รู้กู้ยืมที่ดิน"
MARKS = "ที่นี้ปี้นี้สิ้นสุดที่นี่"


@pytest.mark.parametrize("height", ["1", "1.15", "0.9em"])
def test_marks_that_run_into_the_line_above_are_named(height):
    body = f"<p>{DEEP_AND_HIGH}<br>{MARKS}</p>"

    assert flaws(body, style=f"p {{ line-height: {height} }}") == [(Fault.MARK_CUT, 1, MARKS)]


@pytest.mark.parametrize("height", ["1.35", "1.5"])
def test_lines_as_close_as_print_sets_them_pass(height):
    body = f"<p>{DEEP_AND_HIGH}<br>{MARKS}</p>"

    assert flaws(body, style=f"p {{ line-height: {height} }}") == []


def test_marks_beside_a_short_line_hide_nothing():
    body = f'<p>ก<br><span style="padding-left: 3cm">{MARKS}</span></p>'

    assert flaws(body, style="p { line-height: 1 }") == []


@pytest.mark.parametrize("where", ["<div>{}</div>", "<table><tr><td>{}</td></tr></table>"])
@pytest.mark.parametrize("words", [MARKS, "ผู้รู้"])
def test_marks_and_vowels_cut_by_their_box_are_named(where, words):
    style = "div, td { padding: 0 } div { overflow: hidden } div, table { line-height: .9 }"

    assert (Fault.MARK_CUT, 1, words) in flaws(where.format(words), style=style)


def test_marks_that_leave_a_cell_without_rules_are_not_cut():
    style = "td { padding: 0; border: 0; line-height: 1.2 }"

    assert flaws(f"<table><tr><td>{MARKS}</td></tr></table>", style=style) == []


def reach_of(names, *, below=False):
    """How far glyphs with such names reach in the fonts that are printed, in parts of the size."""
    reached = []
    for path in map(finders.find, THAI_FONTS):
        font = TTFont(BytesIO(searchable(Path(path).read_bytes())))
        boxes = [font["glyf"][name] for name in font.getGlyphOrder() if re.fullmatch(names, name)]
        size = font["head"].unitsPerEm
        reached += [(-box.yMin if below else box.yMax) / size for box in boxes]
    return max(reached)


def test_marks_reach_as_far_as_the_look_believes():
    for tone, rise in preflight_lines.RISE_OF_STACK.items():
        on_a_vowel = rf"uni0E(3[14-7]|4D)\S*_uni{ord(tone):04X}\S*"
        assert rise - 0.02 < reach_of(on_a_vowel) <= rise
    alone = reach_of(r"uni0E(31|3[4-7]|4[789A-E])(\.narrow)?")
    assert preflight_lines.RISE_OF_MARK - 0.02 < alone <= preflight_lines.RISE_OF_MARK
    below = reach_of(r"uni0E3[89]", below=True)
    assert preflight_lines.DROP_BELOW - 0.02 < below <= preflight_lines.DROP_BELOW


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("PLAN25702571", "PLAN25702571"),
        ("ราคา 1,234,567.89 บาท", "1,234,567.89"),
        ("๑๒๓๔๕๖๗๘๙๐", "๑๒๓๔๕๖๗๘๙๐"),
    ],
)
def test_a_number_or_latin_word_broken_in_its_middle_is_named(words, named):
    found = flaws(f"<p>{words}</p>", style="p { width: 9mm; overflow-wrap: anywhere }")

    assert found == [(Fault.WORD_BROKEN, 1, named)]


@pytest.mark.parametrize("words", ["จ้าาาาาาาาาาาาา", "มะะะะะะะะะะะะะะ"])
def test_a_line_that_begins_with_a_vowel_of_the_one_before_is_named(words):
    found = flaws(f"<p>{words}</p>", style="p { width: 6mm; overflow-wrap: anywhere }")

    assert Fault.WORD_BROKEN in {fault for fault, _page, _word in found}


def test_a_vowel_left_alone_at_the_end_of_a_line_is_named():
    found = flaws("<p>กขคงเ<br>มือง</p>")

    assert found == [(Fault.WORD_BROKEN, 1, "กขคงเมือง")]


@pytest.mark.parametrize(
    "words",
    [
        "first second third fourth",
        "2569 2570 2571 2572",
        "เด็ก ๆ ผู้หญิง ๆ และคนอื่น ๆ",
        "12<br>34 A<br>B",
        "somchai.jaidee@labour.mail.go.th",
        "https://example.go.th/verify/PLN77",
        "ประจวบคีรีขันธ์ 2570 คน",
    ],
)
def test_breaks_between_words_and_in_addresses_pass(words):
    assert flaws(f"<p>{words}</p>", style="p { width: 16mm; overflow-wrap: anywhere }") == []


@pytest.mark.parametrize(
    "words",
    ["3 ธันวาคม 2026", "ธ.ค. 2026", "พ.ศ. 2026", "ปีงบประมาณ 2026", "ปีงบประมาณ พ.ศ. ๒๐๒๖",
     "ค.ศ. 2569"],
)  # fmt: skip
def test_a_year_of_the_wrong_era_is_named(words):
    [(fault, page_number, word)] = flaws(f"<p>ประชุมวันที่ {words} แล้ว</p>")

    assert (fault, page_number) == (Fault.WRONG_ERA, 1)
    assert words.endswith(word)


def test_a_year_of_the_wrong_era_on_two_lines_is_named():
    assert flaws("<p>ธันวาคม<br>2026</p>") == [(Fault.WRONG_ERA, 1, "ธันวาคม 2026")]


@pytest.mark.parametrize(
    "words",
    ["3 ธันวาคม 2569", "ปีงบประมาณ 2570", "ธันวาคม 2,026 คน", "ธันวาคม 20261 คน", "ค.ศ. 2026",
     "รหัส 2026", "ปีงบประมาณ พ.ศ. 2570"],
)  # fmt: skip
def test_years_and_other_numbers_pass(words):
    assert flaws(f"<p>{words}</p>") == []


def noise(pixels):
    picture = BytesIO()
    Image.effect_noise((pixels, pixels), 90).save(picture, "PNG")
    return f"data:image/png;base64,{b64encode(picture.getvalue()).decode()}"


def test_a_page_that_is_too_large_to_send_is_named():
    picture = f'<img alt="ภาพ" style="width: 15cm" src="{noise(1600)}">'
    body = f'<p>ก</p><div style="break-before: page">{picture}</div>'

    [(fault, page_number, size)] = flaws(body)

    assert (fault, page_number) == (Fault.TOO_LARGE, 2)
    assert "MB" in size


def test_a_photo_is_printed_no_finer_than_paper_can_show():
    assert flaws(f'<img alt="ภาพ" style="width: 2cm" src="{noise(1600)}">') == []


def test_the_person_reads_page_and_word_and_what_to_do():
    found = [preflight.Flaw(Fault.OUT_OF_BOX, 3, "ประจวบคีรีขันธ์")] * 5

    words = preflight.in_words(found)

    assert "หน้า 3 “ประจวบคีรีขันธ์” ล้นออกนอกช่อง" in words
    assert "และอีก 2 แห่ง" in words
    assert "แล้วสั่งใหม่" in words


def test_the_look_adds_far_less_than_a_second_to_a_page():
    rows = "".join(
        f"<tr><td>{number}</td><td>นายกำพล น้ำใส</td>" + "<td>120</td>" * 18 + "</tr>"
        for number in range(40)
    )
    parts = [page(f"<table>{rows}</table>", style="@page { size: A4 landscape }")]

    def best(**how):
        times = []
        for _round in range(3):
            began = time.perf_counter()
            content = render_pdf_in_parts(parts, **how)
            times.append(time.perf_counter() - began)
        return min(times), len(PdfReader(BytesIO(content)).pages)

    plain, pages = best()
    looked, _pages = best(expected=["นายกำพล"])

    assert (looked - plain) / pages < 0.3
