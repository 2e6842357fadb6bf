"""Documents in Word: the words of the paper, in tables that an office can write on."""

import subprocess
import sys
import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from volunteer_network.documents.word import word_of

PAGE = """<!doctype html><html lang="th"><head><title>แผนปฏิบัติงาน</title></head>
<body class="%(sheet)s">
  <div class="demo-band">ข้อมูลสมมุติ</div>
  <div class="page-foot">ข้อมูล ณ วันนี้</div>
  <div class="page-number">หน้า <b></b> จาก <b></b></div>
  %(content)s
</body></html>"""
TABLE = """<table>
  <colgroup><col style="width: 20%"><col><col style="width: 30%"><col></colgroup>
  <thead>
    <tr>
      <th rowspan="2">งาน</th><th colspan="2">เป้าหมาย</th><th rowspan="2" class="small">เดือน</th>
    </tr>
    <tr><th>1</th><th>2</th></tr>
  </thead>
  <tbody>
    <tr class="group"><th colspan="4">1. งานหลัก</th></tr>
    <tr>
      <td rowspan="2">ลงพื้นที่</td><td class="number">2,690</td><td></td><td class="worked"></td>
    </tr>
    <tr><td>3</td><td>4</td><td></td></tr>
  </tbody>
</table>"""


def page_of(content, sheet="landscape"):
    return PAGE % {"content": content, "sheet": sheet}


def read(html):
    return Document(BytesIO(word_of(html)))


def cells_of(row):
    return row.findall(qn("w:tc"))


def property_of(cell, name, attribute="val"):
    found = cell.find(f"{qn('w:tcPr')}/{qn(f'w:{name}')}")
    return None if found is None else found.get(qn(f"w:{attribute}"))


def words_of(element):
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


@pytest.fixture(scope="module")
def table():
    return read(page_of(TABLE)).tables[0]


def test_headings_and_paragraphs_follow_each_other_as_on_paper():
    document = read(
        page_of("<h1>ชื่อ\n  เรื่อง</h1><section><h2>หัวข้อ</h2><p>ก<br>ข<b>ค</b> ง</p></section>")
    )

    assert [(one.style.name, one.text) for one in document.paragraphs] == [
        ("Heading 1", "ชื่อ เรื่อง"),
        ("Heading 2", "หัวข้อ"),
        ("Normal", "ก"),
        ("Normal", "ขค ง"),
    ]


def test_every_row_fills_the_grid(table):
    columns = len(table._tbl.tblGrid.findall(qn("w:gridCol")))

    spans = [
        [int(property_of(cell, "gridSpan")) for cell in cells_of(row)] for row in table._tbl.tr_lst
    ]

    assert columns == 4
    assert spans == [[1, 2, 1], [1, 1, 1, 1], [4], [1, 1, 1, 1], [1, 1, 1, 1]]


def test_a_cell_of_two_rows_goes_on_in_the_second(table):
    merges = [[property_of(cell, "vMerge") for cell in cells_of(row)] for row in table._tbl.tr_lst]

    assert merges == [
        ["restart", None, "restart"],
        ["continue", None, None, "continue"],
        [None],
        ["restart", None, None, None],
        ["continue", None, None, None],
    ]


def test_widths_are_those_of_the_paper_and_the_rest_is_shared(table):
    columns = table._tbl.tblGrid.findall(qn("w:gridCol"))
    widths = [int(column.get(qn("w:w"))) for column in columns]

    whole = sum(widths)
    assert [round(100 * width / whole) for width in widths] == [20, 25, 30, 25]
    assert whole == pytest.approx(267 * 1440 / 25.4, abs=2)  # A4 without its margins of 15 mm


def test_heads_are_repeated_and_no_row_is_broken(table):
    heads = [
        row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table._tbl.tr_lst
    ]
    whole = [
        row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table._tbl.tr_lst
    ]

    assert heads == [True, True, False, False, False]
    assert all(whole)


def test_bars_heads_and_groups_are_filled(table):
    fills = [
        [property_of(cell, "shd", "fill") for cell in cells_of(row)] for row in table._tbl.tr_lst
    ]

    assert fills[0] == ["EEF1F4"] * 3
    assert fills[2] == ["EEF1F4"]
    assert fills[3] == [None, None, None, "14507A"]


def test_numbers_stand_at_the_right_and_heads_in_the_middle(table):
    def side(row, place):
        return cells_of(table._tbl.tr_lst[row])[place].find(f".//{qn('w:jc')}").get(qn("w:val"))

    assert (side(0, 0), side(2, 0), side(3, 1), side(4, 1)) == ("center", "left", "right", "left")


def test_two_tables_do_not_become_one():
    document = read(page_of(TABLE + TABLE))

    kinds = [one.tag.rpartition("}")[2] for one in document.element.body]
    assert kinds == ["tbl", "p", "tbl", "p", "sectPr"]


def test_running_lines_stand_in_head_and_foot():
    section = read(page_of("<p>ก</p>")).sections[0]

    assert section.header.paragraphs[0].text == "ข้อมูลสมมุติ"
    assert section.footer.paragraphs[0].text == "ข้อมูล ณ วันนี้"
    number = section.footer.paragraphs[1]._p
    assert words_of(number).split() == ["หน้า", "1", "จาก", "1"]
    assert fields_of(number) == ["PAGE", "NUMPAGES"]


def fields_of(paragraph):
    return [field.get(qn("w:instr")) for field in paragraph.iter(qn("w:fldSimple"))]


def test_pages_are_counted_in_thai_digits_where_the_paper_has_them():
    number = read(page_of("<p>ก</p>", "landscape thai-digits")).sections[0].footer.paragraphs[1]._p

    assert words_of(number).split() == ["หน้า", "๑", "จาก", "๑"]
    assert fields_of(number) == [r"PAGE \* ThaiArabic", r"NUMPAGES \* ThaiArabic"]


@pytest.mark.parametrize(("sheet", "size"), [("landscape", (297, 210)), ("", (210, 297))])
def test_the_page_is_a4_as_it_lies(sheet, size):
    section = read(page_of("<p>ก</p>", sheet)).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == size


def test_pictures_and_signatures_stay_away():
    document = read(
        page_of('<p>ก<img src="static:x.svg"></p><section class="signatures"><p>ลงชื่อ</p></section>')
    )

    assert [one.text for one in document.paragraphs] == ["ก"]


@pytest.mark.parametrize("name", ["Normal", "Heading 1", "Heading 2", "Header", "Footer", "Cell"])
def test_thai_has_a_font_size_and_weight_of_its_own(name):
    letters = read(page_of("<p>ก</p>")).styles[name].element.rPr

    fonts = letters.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{one}")) for one in ("ascii", "hAnsi", "cs")} == {"TH Sarabun New"}
    assert letters.find(qn("w:sz")).get(qn("w:val")) == letters.find(qn("w:szCs")).get(qn("w:val"))
    assert (letters.find(qn("w:b")) is None) == (letters.find(qn("w:bCs")) is None)


def test_what_a_stranger_typed_stays_words():
    typed = "&lt;script&gt;alert(1)&lt;/script&gt; =HYPERLINK(1) \x0b\ufffe"
    content = word_of(page_of(f"<p>{typed}</p><table><tr><td>{typed}</td></tr></table>"))

    document = Document(BytesIO(content))

    assert document.paragraphs[0].text.startswith("<script>alert(1)</script> =HYPERLINK(1)")
    assert words_of(document.tables[0]._tbl).startswith("<script>alert(1)</script>")
    with zipfile.ZipFile(BytesIO(content)) as file:
        links = [name for name in file.namelist() if name.endswith(".rels")]
        assert not any(b'TargetMode="External"' in file.read(name) for name in links)


def test_spaces_that_must_not_break_are_kept():
    assert (
        read(page_of("<p>1\u00a0พ.ย.\u00a02569</p>")).paragraphs[0].text == "1\u00a0พ.ย.\u00a02569"
    )


def test_nothing_of_the_sample_of_the_library_is_left():
    about = read(page_of("<p>ก</p>")).core_properties

    assert (about.title, about.author, about.comments) == ("แผนปฏิบัติงาน", "", "")
    assert about.created.year >= 2026


def test_the_web_process_does_not_load_what_writes_word():
    code = (
        "import sys, django; django.setup(); import reports.kinds;"
        "sys.exit('docx' in sys.modules or 'lxml' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
