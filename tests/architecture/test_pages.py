"""Every page as it reaches the browser: Thai words only, and nothing for the policy to refuse."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest

from tests.architecture.asking import ask, in_lines
from tests.architecture.rows import OBJECTS
from tests.architecture.site_map import PUBLIC, Address, addresses
from tests.architecture.test_who_may import allows, path_of
from volunteer_network.access.roles import Role
from volunteer_network.models import Province

READERS = (Role.MENTOR, Role.PROVINCIAL_HEAD, Role.CENTRAL_OFFICER, Role.CENTRAL_ADMIN)
SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title", "value"}
UNSEEN = {"script", "style", "template", "datalist"}
# Names of things that Thai officials write in Latin letters.
LATIN_IN_THAI = {
    *("LINE", "Excel", "Word", "JPG", "JPEG", "PNG", "WebP", "MB", "SHA", "QR", "A4"),
    *("PDF", "XLSX", "CSV", "pdf", "xlsx", "csv"),
    *("Caps", "Lock", "Ctrl", "D", "K", "Enter", "Esc", "N", "Chromium"),
    *("A", "R", "J"),  # keys of a plan before the centre
    *("ZIP", "PLN", "Q"),  # a file, and the look of a serial
    *("svg", "maps", "CC", "BY"),  # whose outlines of the provinces we draw
}
CODES = re.compile(
    r"[\w.+-]+@[\w.-]+|https?://\S+|\b[a-z]+_[a-z_]+\b"
    r"|\b[0-9A-Z]{4}-[0-9A-Z]{4}\b|\bX[-X ]*\b"  # an incident number; the hidden part of an ID
    r"|\b[0-9A-F]{4}(?: [0-9A-F]{4}){3}\b|\b[0-9a-f]{64}\b"  # a digest, in short and whole
)
USER_NAMES = re.compile(
    r"\bofficer\d+|\b(?:mentor|head|partner)\.\w*|\bdemo-"
    r"|\b(?:admin|central|executive|inspector|seminar)\b"
)
NOT_FOR_OFFICIALS = {"design"}  # names of icons and the like, for whoever builds pages


class Page(HTMLParser):
    """What can be read or heard of a page, and what the policy would refuse."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.refused: list[str] = []
        self._unseen: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in UNSEEN:
            self._unseen.append(tag)
        names = dict(attrs)
        kind = names.get("type", "")
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (value or "").startswith("javascript:"):
                self.refused.append(f"{tag} {name}={value}")
            unread = name == "value" and (tag != "input" or kind not in {"submit", "button"})
            if name in SPOKEN and not unread:
                self.words.append(value or "")
        if (tag == "script" and "src" not in names) or tag in {"style", "base", "iframe", "object"}:
            self.refused.append(tag)

    def handle_endtag(self, tag):
        if self._unseen and self._unseen[-1] == tag:
            self._unseen.pop()

    def handle_data(self, data):
        if not self._unseen:
            self.words.append(data)

    @property
    def latin(self) -> set[str]:
        text = " ".join(self.words)
        for codes in (CODES, USER_NAMES, english_names()):
            text = codes.sub(" ", text)
        return set(re.findall(r"[A-Za-z][A-Za-z']*", text)) - LATIN_IN_THAI


@cache
def english_names() -> re.Pattern[str]:
    """Names of provinces in English stand in the window for support."""
    return re.compile("|".join(Province.objects.values_list("name_english", flat=True)))


@pytest.mark.parametrize("role", READERS)
def test_every_page_is_thai_and_keeps_to_the_policy(role, person, at_home, sign_in):
    user = person(role)
    client = sign_in(user)
    rows = at_home(user if user.province_id else person(Role.MENTOR))

    wrong = []
    for address in pages_for(role):
        answer = ask(client, "get", path_of(address, rows))
        if answer.status == 200 and "<html" in answer.text:
            page = Page(answer.text)
            if page.latin or page.refused:
                wrong.append((address.name, sorted(page.latin), page.refused))

    assert not wrong, in_lines(wrong)


def test_public_pages_are_thai_and_keep_to_the_policy(client, person, at_home):
    rows = at_home(person(Role.MENTOR))

    wrong = []
    for address in addresses():
        answer = ask(client, "get", path_of(address, rows))
        page = Page(answer.text if "<html" in answer.text else "")
        if page.latin or page.refused:
            wrong.append((address.name, sorted(page.latin), page.refused))

    assert not wrong, in_lines(wrong)


@pytest.mark.parametrize("role", [Role.MENTOR, Role.CENTRAL_ADMIN])
def test_refusals_are_thai_too(role, person, abroad, sign_in):
    user = person(role)
    client = sign_in(user)
    theirs = abroad(user if user.province_id else person(Role.MENTOR))

    wrong = []
    for address in addresses():
        if address.rule == PUBLIC or address.name not in OBJECTS:
            continue
        for method in ("get", "post"):
            answer = ask(client, method, path_of(address, theirs))
            page = Page(answer.text if "<html" in answer.text else "")
            if page.latin or page.refused:
                wrong.append((method, address.name, sorted(page.latin), page.refused))

    assert not wrong, in_lines(wrong)


def pages_for(role: Role) -> list[Address]:
    allowed = (address for address in addresses() if allows(address, role))
    return [address for address in allowed if address.name not in NOT_FOR_OFFICIALS]
