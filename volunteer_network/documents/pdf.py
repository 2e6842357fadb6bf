"""Renders our HTML as PDF, with nothing fetched but our own static files.

Documents carry text that strangers typed. Whatever such a text manages to name, the fetcher knows
no network and no path: it serves static files by name and images that lie in the page itself.
"""

import atexit
import gc
import mimetypes
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import unquote_to_bytes

from django.contrib.staticfiles import finders
from PIL import ImageFile

from volunteer_network.documents import preflight
from volunteer_network.documents.preflight_lines import flaws_of_lines
from volunteer_network.documents.thai_fonts import in_whole_letters, searchable

STYLESHEETS = ("css/document.css",)
VARIANT = "pdf/ua-1"
PRINTED_DPI = 300  # photos are kept for screens; eight of them made a sheet of cards of 5 MB
THAI_FONTS = tuple(f"vendor/fonts/sarabun-thai-{weight}-normal.woff2" for weight in (400, 600))

STATIC_SCHEME, DATA_SCHEME = "static:", "data:"
STATIC_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*")
STATIC_SUFFIXES = frozenset({".css", ".jpg", ".png", ".svg", ".webp", ".woff2"})
IMAGE_BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"<svg", b"<?xml")

_one_at_a_time = Lock()  # the shared fonts are not made for threads


class ForbiddenResource(Exception):
    """The document names something that is not one of our static files."""


class PreflightFailed(Exception):
    """The document is not fit to be printed; `flaws` says where."""

    def __init__(self, flaws: Sequence[preflight.Flaw]) -> None:
        super().__init__(preflight.in_words(flaws))
        self.flaws = flaws


class OwnFilesOnly:
    """What WeasyPrint calls for every address of one document; it has no other way out.

    It remembers what it refused: WeasyPrint swallows errors here and there and would leave a hole.
    """

    _fail_on_errors = False  # read by WeasyPrint

    def __init__(self) -> None:
        self.refused: list[ForbiddenResource] = []

    def __call__(self, url: str) -> Any:
        try:
            content, kind = _serve(url)
        except ForbiddenResource as refusal:
            self.refused.append(refusal)
            raise
        return import_module("weasyprint.urls").URLFetcherResponse(
            url, content, {"Content-Type": kind}
        )

    def raise_refusal(self) -> None:
        """Raise what was refused first, if anything was."""
        if self.refused:
            raise self.refused[0]


def warm_up() -> None:
    """Load what every document needs, so that the processes forked from this one have it.

    Without it each new worker process took two seconds more for its first document. The fonts'
    configuration stays with each process: it keeps a folder that goes with it.
    """
    _weasyprint()
    _preflight_file()
    for name in THAI_FONTS:
        _static_file(f"{STATIC_SCHEME}{name}")


def render_pdf(html: str, *, stylesheets: tuple[str, ...] = STYLESHEETS) -> bytes:
    """Render a whole page with a `<title>` as tagged PDF (PDF/UA-1); Thai unless it says else.

    `stylesheets` are names of static files. Raises ForbiddenResource when the page asks for
    anything else than static files (`static:img/mark.svg`) and images in `data:` addresses.
    """
    return render_pdf_in_parts([html], stylesheets=stylesheets)


def render_pdf_in_parts(
    parts: Iterable[str],
    *,
    stylesheets: tuple[str, ...] = STYLESHEETS,
    expected: Sequence[str] | None = None,
) -> bytes:
    """Render several such pages as one PDF; the title is that of the first.

    With `expected`, texts that must stand in it in this order, it is looked at before it is given:
    raises PreflightFailed.
    """
    with _one_at_a_time, _without_collecting():
        return _rendered(parts, stylesheets, expected)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking for garbage meanwhile: a document is all alive until it is done.

    Each look goes over every box so far: a thousand rows cost fourteen times a hundred with it.
    Afterwards one look at what is new frees the boxes, in a twentieth of the time of drawing them;
    once they have grown old, only a look at everything would.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        if collects:
            gc.enable()


def _rendered(
    parts: Iterable[str], stylesheets: tuple[str, ...], expected: Sequence[str] | None
) -> bytes:
    fetcher = OwnFilesOnly()
    documents = [_laid_out(html, stylesheets, fetcher) for html in parts]
    first = documents[0]
    if not first.metadata.title:
        raise ValueError("A document needs a <title>: readers and archives show it.")
    first.metadata.lang = first.metadata.lang or "th"
    whole = first.copy([page for document in documents for page in document.pages])
    content: bytes = whole.write_pdf(pdf_variant=VARIANT)
    fetcher.raise_refusal()
    if expected is not None:
        _look_at(whole.pages, content, expected)
    return content


def _look_at(pages: Sequence[Any], content: bytes, expected: Sequence[str]) -> None:
    flaws = preflight.flaws_of_layout(pages) + flaws_of_lines(pages)
    drawn = preflight.words_of_layout(pages)
    flaws += _preflight_file().flaws_of_file(content, drawn, expected)
    if flaws:
        raise PreflightFailed(flaws)


def _laid_out(html: str, stylesheets: tuple[str, ...], fetcher: OwnFilesOnly) -> Any:
    page = _weasyprint().HTML(
        string=in_whole_letters(html), base_url=STATIC_SCHEME, url_fetcher=fetcher
    )
    return page.render(
        font_config=_fonts(),
        stylesheets=[_stylesheet(name) for name in stylesheets],
        pdf_variant=VARIANT,
        dpi=PRINTED_DPI,
    )


def _serve(url: str) -> tuple[bytes, str]:
    """Return content and type, or raise ForbiddenResource."""
    if url.startswith(DATA_SCHEME):
        return _image_in_the_page(url), "image/*"
    return _static_file(url)


def _image_in_the_page(url: str) -> bytes:
    """Decode a `data:` address; looks at the content, for a font may call itself an image."""
    header, _, payload = url.removeprefix(DATA_SCHEME).partition(",")
    content = unquote_to_bytes(payload)
    if header.endswith(";base64"):
        content = _from_base64(content)
    if not content.startswith(IMAGE_BEGINNINGS):
        raise ForbiddenResource("Only images may lie in a document's own data.")
    return content


def _from_base64(text: bytes) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise ForbiddenResource("An image in the document's own data is torn.") from None


def _static_file(url: str) -> tuple[bytes, str]:
    name = url.removeprefix(STATIC_SCHEME)
    if (
        not url.startswith(STATIC_SCHEME)
        or not STATIC_NAME.fullmatch(name)
        or Path(name).suffix not in STATIC_SUFFIXES
    ):
        raise ForbiddenResource(f"Not the name of a static file: {url[:200]}")
    found = finders.find(name)
    if not isinstance(found, str):
        raise ForbiddenResource(f"No static file of ours: {url[:200]}")
    content = Path(found).read_bytes()
    if name in THAI_FONTS:
        content = searchable(content)
    return content, mimetypes.guess_type(name)[0] or "application/octet-stream"


@cache
def _weasyprint() -> Any:
    """Import at the first document only: it takes a second, and most processes never print."""
    weasyprint = import_module("weasyprint")
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # it sets this for all; uploads must see torn photos
    atexit.register(_fonts.cache_clear)  # lets it remove its folder of fonts
    return weasyprint


def _preflight_file() -> Any:
    """Import like WeasyPrint: a web process that never prints does without its 20 MB."""
    return import_module("volunteer_network.documents.preflight_file")


@cache
def _fonts() -> Any:
    return import_module("weasyprint.text.fonts").FontConfiguration()


@cache
def _stylesheet(name: str) -> Any:
    fetcher = OwnFilesOnly()
    content, _type = _serve(f"{STATIC_SCHEME}{name}")
    stylesheet = _weasyprint().CSS(
        string=content.decode(), url_fetcher=fetcher, font_config=_fonts()
    )
    fetcher.raise_refusal()  # a font that is not there must not become another one
    return stylesheet
