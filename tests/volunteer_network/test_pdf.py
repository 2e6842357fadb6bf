import base64
import os
import random
import re
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from PIL import Image, ImageFile
from pypdf import PdfReader

from volunteer_network.documents import pdf, thai_fonts
from volunteer_network.documents.pdf import ForbiddenResource, OwnFilesOnly, render_pdf

TRICKY_WORDS = "น้ำใจ กำหนดการ กา นา คำสั่ง ค่ำ รุ่น ที่ ผู้ ปี่ ปั่น ฟื้น ขึ้น ฎุ ฐู ญาติ เป็น ก็"
FILES_OF_THAI = [f"vendor/fonts/sarabun-thai-{weight}-normal.woff2" for weight in (400, 600)]


def page(body, head="<title>แผนปฏิบัติงาน</title>"):
    return f'<!doctype html><html lang="th"><head>{head}</head><body>{body}</body></html>'


def text_of(content, tmp_path, *options):
    """Read the text as a reader copies it, by another program than the one that wrote it."""
    file = tmp_path / "document.pdf"
    file.write_bytes(content)
    command = [shutil.which("pdftotext"), *options, str(file), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize(
    "words",
    [
        "น้ำใจ น้ำ กำหนดการ",  # น้ำ first, so that น and า are first seen within a ำ
        "กำหนดการ การ กา น้ำ นา นาน",
        "ตำบล อำเภอ สำนักงาน จำนวน ดำเนินการ ค่ำ ซ้ำ ต่ำ ถ้ำ ย้ำ ห้ำหั่น ก๊ำ จ๋ำ",
        "ป่ำ ฝ้ำ ฟำ ฬำ ญาติ ญุ ฐู ฎุ ฤๅษี กฎหมาย",
        "รุ่น หนุ่ม มุ่ง ชุ่ม ผู้ อยู่ ปี่ ปั่น ฟื้น ขึ้น ที่ นี้ สิทธิ์ ศักดิ์ เป็น ก็",
        "๑๒๓๔๕๖๗๘๙๐ 1234567890 ABC ffi “คำ” – ฯลฯ ๆ",
    ],
)
@pytest.mark.parametrize("size", ["9pt", "11pt", "16pt"])
@pytest.mark.parametrize("weight", [400, 600])
def test_thai_words_are_found_as_they_were_written(words, size, weight, tmp_path):
    content = render_pdf(
        page(f'<p style="font: {weight} {size} Sarabun Thai, Sarabun Latin">{words}')
    )

    for options in ([], ["-raw"], ["-layout"]):
        assert text_of(content, tmp_path, *options).split() == words.split()


def test_every_stack_of_marks_on_every_shape_of_consonant_is_found(tmp_path):
    vowels = ["", *"ัิีึืุู"]
    syllables = [c + v + t for c in "กขญฐนปฝฟรฬ" for v in vowels for t in ["", *"่้๊๋์"]]
    syllables += [c + t + "ำ" for c in "กขญฐนปฝฟรฬ" for t in ["", *"่้๊๋"]]
    body = "".join(f"<p>X{syllable}นY</p>" for syllable in syllables)

    text = text_of(render_pdf(page(body)), tmp_path)

    assert re.findall("X([^XY]*)Y", text) == [f"{syllable}น" for syllable in syllables]


@pytest.mark.parametrize("pasted", ["ก\u0e4d\u0e32", "น\u0e4d\u0e49\u0e32", "น\u0e49\u0e4d\u0e32"])
def test_a_sara_am_pasted_in_pieces_is_found_and_spoils_no_other(pasted, tmp_path):
    whole = pasted[0] + pasted[1:].replace("\u0e4d", "").replace("\u0e32", "\u0e33")

    content = render_pdf(page(f"<p>{pasted} {whole}</p>"))

    assert text_of(content, tmp_path).split() == [whole, whole]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_glyphs_first_appear_does_not_matter(seed, tmp_path):
    words = [
        "น้ำใจ",
        "กำหนดการ",
        "กา",
        "นา",
        "คำสั่ง",
        "ค่ำ",
        "รุ่น",
        "ที่",
        "ผู้",
        "ปี่",
        "ปั่น",
        "ฟื้น",
        "ขึ้น",
        "ฎุ",
        "ฐู",
        "ญาติ",
        "เป็น",
        "ก็",
    ]
    random.Random(seed).shuffle(words)

    assert text_of(render_pdf(page(" ".join(words))), tmp_path).split() == words


def test_only_our_fonts_are_used_and_no_glyph_is_missing():
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[1]
        for sheet in PdfReader(BytesIO(render_pdf(page("<p>น้ำ ๑ 1 A <b>น้ำ 1</b>")))).pages
        for font in sheet["/Resources"]["/Font"].values()
    }

    assert fonts == {
        "Sarabun-Thai", "Sarabun-Latin", "Sarabun-Thai-Semi-Bold", "Sarabun-Latin-Semi-Bold",
    }  # fmt: skip


@pytest.mark.parametrize("file", FILES_OF_THAI)
def test_a_drawn_sara_am_is_exactly_the_fonts_own(file):
    font = TTFont(BytesIO(thai_fonts.searchable(Path(finders.find(file)).read_bytes())))
    name = font.getBestCmap()[0x0E33]
    joined, own = font["glyf"]["uni0E4D_uni0E32"], font["glyf"][name]

    assert font["hmtx"]["uni0E4D_uni0E32"] == font["hmtx"][name]
    assert (joined.xMin, joined.xMax, joined.yMin, joined.yMax) == (
        own.xMin, own.xMax, own.yMin, own.yMax,
    )  # fmt: skip


def test_a_document_is_tagged_titled_and_thai():
    reader = PdfReader(BytesIO(render_pdf(page("<h1>ก</h1>"))))

    assert reader.metadata.title == "แผนปฏิบัติงาน"
    assert reader.root_object["/Lang"] == "th"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()


def test_a_document_without_a_language_is_thai():
    content = render_pdf("<title>ก</title><p>ก")

    assert PdfReader(BytesIO(content)).root_object["/Lang"] == "th"


def test_a_document_without_a_title_is_an_error():
    with pytest.raises(ValueError, match="<title>"):
        render_pdf(page("<p>ก", head=""))


def test_paper_is_a4_with_the_official_margins(tmp_path):
    content = render_pdf(page("<h1>กกก</h1>"))

    sheet = PdfReader(BytesIO(content)).pages[0]
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]
    left = re.search(r'<word xMin="([\d.]+)"', text_of(content, tmp_path, "-bbox"))
    assert float(left[1]) == pytest.approx(3 / 2.54 * 72, abs=2)


def test_running_lines_stand_on_every_page_in_our_type(tmp_path):
    running = (
        '<div class="demo-band">ข้อมูลสาธิต</div><div class="page-foot">ณ 7 พ.ค. 2569</div>'
        '<div class="page-number">หน้า <b class="page-now"></b> จาก '
        '<b class="page-total"></b></div>'
    )

    content = render_pdf(page(running + '<p>ก</p><p style="break-before: page">ข</p>'))

    first, second = text_of(content, tmp_path, "-layout").split("\f")[:2]
    for sheet, number in ((first, 1), (second, 2)):
        assert "ข้อมูลสาธิต" in sheet
        assert re.search(rf"ณ 7 พ\.ค\. 2569\s+หน้า {number} จาก 2", sheet)


def test_our_static_pictures_and_pictures_in_the_page_are_drawn():
    picture = BytesIO()
    Image.new("RGB", (9, 9), "red").save(picture, "PNG")
    data = base64.b64encode(picture.getvalue()).decode()
    svg = "data:image/svg+xml;charset=utf-8,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"

    content = render_pdf(
        page(
            f'<img alt="ก" src="data:image/png;base64,{data}"><img alt="ข" src="{svg}">'
            '<img alt="ค" src="static:img/mark.svg">'
        )
    )

    assert len(PdfReader(BytesIO(content)).pages[0].images) == 1


HOSTILE = [
    '<img src="{url}">',
    "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E"
    "%3Cimage width='9' height='9' href='{url}'/%3E%3C/svg%3E\">",
    '<style>@import url("{url}");</style>',
    '<style>p {{ background: url("{url}") }}</style><p>x',
    '<style>p {{ list-style: url("{url}"); display: list-item }}</style><p>x',
    '<style>p::before {{ content: url("{url}") }}</style><p>x',
    '<style>@page {{ background: url("{url}") }}</style>',
    '<style>@font-face {{ font-family: x; src: url("{url}") }}</style>',
    '<p style="border-image: url({url}) 1">x',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<embed src="{url}" type="image/png">',
    '<object data="{url}" type="image/png"></object>',
    '<svg width="9" height="9"><image width="9" height="9" href="{url}"/></svg>',
    '<svg width="9" height="9"><image width="9" height="9" xlink:href="{url}"/></svg>',
]
QUIET = [  # WeasyPrint does not fetch these at all; should it learn to, the fetcher stands ready
    '<iframe src="{url}"></iframe>',
    '<script src="{url}"></script>',
    '<input type="image" src="{url}">',
    '<meta http-equiv="refresh" content="0; url={url}">',
    '<a href="{url}">x</a>',
    '<img alt="x" srcset="{url} 1x">',
    '<svg width="9" height="9"><use href="{url}#x"/></svg>',
    '<svg width="9" height="9"><style>@import url("{url}");</style></svg>',
]


class Listener:
    """A server on this machine that counts who knocks."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.knocks = 0
        Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.knocks += 1
            connection.close()


@pytest.fixture
def listener():
    listening = Listener()
    yield listening
    listening.socket.shutdown(socket.SHUT_RDWR)
    listening.socket.close()


@contextmanager
def nobody_knocks(listener):
    yield
    with socket.create_connection(("127.0.0.1", listener.port)) as own:
        own.recv(1)  # answered in order: every earlier knock is counted by now
    assert listener.knocks == 1


def test_the_listener_hears_what_an_open_fetcher_does(listener):
    html = page(HOSTILE[0].format(url=f"http://127.0.0.1:{listener.port}/x.png"))

    pdf._weasyprint().HTML(string=html).write_pdf()

    assert listener.knocks > 0


@pytest.mark.parametrize("snippet", HOSTILE)
def test_hostile_markup_reaches_no_network(snippet, listener):
    html = page(snippet.format(url=f"http://127.0.0.1:{listener.port}/x.png"))

    with nobody_knocks(listener), pytest.raises(ForbiddenResource):
        render_pdf(html)


@pytest.mark.parametrize("snippet", QUIET)
def test_markup_that_only_names_an_address_reaches_no_network(snippet, listener):
    html = page(snippet.format(url=f"http://127.0.0.1:{listener.port}/x.png"))

    with nobody_knocks(listener):
        render_pdf(html)


@pytest.mark.parametrize("snippet", HOSTILE)
def test_hostile_markup_reaches_no_file(snippet, tmp_path):
    secret = tmp_path / "secret.css"
    os.mkfifo(secret)  # opening it would wait for ever, and show in the stack

    with pytest.raises(ForbiddenResource):
        render_pdf(page(snippet.format(url=secret.as_uri())))


@pytest.mark.parametrize(
    "head", ['<base href="file:///etc/">', '<base href="http://127.0.0.1:9/">', ""]
)
def test_a_relative_address_reaches_nothing(head):
    with pytest.raises(ForbiddenResource):
        render_pdf(page('<img src="passwd">', head=f"{head}<title>x</title>"))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "file:/etc/passwd", "FILE:///etc/passwd", "/etc/passwd",
        "http://127.0.0.1/", "https://127.0.0.1/", "ftp://127.0.0.1/", "//127.0.0.1/x.png",
        "static:/etc/passwd", "static:///etc/passwd", "static:../manage.py",
        "static:css/../../manage.py", "static:css/%2e%2e/%2e%2e/manage.py", "static:css//x.css",
        "static:css/document.css?x", "static:css/document.css#x", "static:css/document.css\n",
        "static:css", "static:", "static:css/no-such-file.css", "static:js/app.js",
        "STATIC:css/document.css", "css/document.css", "", "gopher:x", "javascript:1",
        "data:text/plain,hello", "data:font/woff2;base64,d09GMg==", "data:,", "data:image/png,x",
        "data:image/png;base64,iVBOR!",
        "data:image/png;base64,d09GMgABAAA=",
    ],
)  # fmt: skip
def test_the_fetcher_refuses_everything_but_its_own(url):
    with pytest.raises(ForbiddenResource):
        OwnFilesOnly()(url)


@pytest.mark.parametrize(
    "name", ["css/../css/document.css", "css/./document.css", "./css/document.css", "{path}"]
)
def test_a_static_file_has_one_name_only(name):
    path = finders.find("css/document.css")

    with pytest.raises(ForbiddenResource):
        OwnFilesOnly()(f"static:{name.format(path=path)}")


def test_the_fetcher_serves_a_style_sheet_by_its_name():
    with OwnFilesOnly()("static:css/document.css")._file_obj as file:
        assert b"@page" in file.read()


def test_a_font_may_not_come_with_the_page():
    font = base64.b64encode(Path(finders.find(FILES_OF_THAI[0])).read_bytes()).decode()
    face = f"@font-face {{ font-family: 'Sarabun Thai'; src: url(data:image/png;base64,{font}) }}"

    with pytest.raises(ForbiddenResource):
        render_pdf(page(f"<style>{face}</style><p>ก"))


def test_a_refused_document_does_not_spoil_the_next(tmp_path):
    with pytest.raises(ForbiddenResource):
        render_pdf(page('<img src="http://127.0.0.1:9/">'))

    assert text_of(render_pdf(page("<p>กำหนดการ")), tmp_path).split() == ["กำหนดการ"]


def test_printing_does_not_teach_pillow_to_accept_torn_photos():
    render_pdf(page("<p>ก"))

    assert not ImageFile.LOAD_TRUNCATED_IMAGES


def test_the_web_process_does_not_load_the_printing_press():
    code = (
        "import sys, django; django.setup(); import volunteer_network.documents.pdf;"
        "sys.exit('weasyprint' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_tone_mark_stands_on_its_vowel_where_the_font_puts_it():
    file = Path(finders.find(FILES_OF_THAI[0]))
    font = TTFont(BytesIO(thai_fonts.searchable(file.read_bytes())))

    vowel, tone = font["glyf"]["uni0E37_uni0E48.small"].components
    assert (vowel.x, vowel.y, tone.x, tone.y) == (0, 0, -59, 0)
    assert font["hmtx"]["uni0E37_uni0E48.small"][0] == 0
