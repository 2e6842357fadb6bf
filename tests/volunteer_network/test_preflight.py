"""Seeded faults: each is caught with its page and word, and clean documents pass."""

import time
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from volunteer_network.documents import preflight
from volunteer_network.documents.pdf import PreflightFailed, render_pdf_in_parts
from volunteer_network.documents.preflight import Fault
from volunteer_network.documents.preflight_file import flaws_of_file


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
