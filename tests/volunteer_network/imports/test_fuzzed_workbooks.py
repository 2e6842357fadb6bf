"""A thousand workbooks and texts that chance has filled in, against a second, simple reader.

Nothing ends in a traceback, every row that is not taken is explained in words, and what is taken
is what the second reader finds at the same place of the file.
"""

import csv
import io
import random
import re
import zipfile
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from tests.workbook_files import csv_file, xlsx
from volunteer_network import national_id
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.import_kinds import import_kind_named
from volunteer_network.services.import_drafts import drafts_of_file, read_draft, state_of
from volunteer_network.workbooks import child
from volunteer_network.workbooks.reading import Sheet, read_sheets
from volunteer_network.workbooks.refusing import Format, format_of
from volunteer_network.workbooks.tables import plan_for

IN_MAKE_TEST, IN_TEST_ALL, IN_ONE_TEST = 1_000, 10_000, 250
BROKEN_FILES = 60  # each is read by a process of its own
HEADINGS = {
    "title": ("คำนำหน้า", "คำนำหน้าชื่อ", "ยศ"),
    "first": ("ชื่อ", "ชื่อตัว", "First name"),
    "last": ("สกุล", "นามสกุล", "Surname"),
    "id": ("เลขประจำตัวประชาชน", "เลขบัตรประชาชน (13 หลัก)", "National ID"),
    "phone": ("โทรศัพท์", "เบอร์โทร.", "หมายเลขโทรศัพท์มือถือ"),
    "place": ("ตำบล", "ตำบล/แขวง", "พื้นที่ปฏิบัติหน้าที่"),
    "other": ("ลำดับ", "กรุ๊ปเลือด", "ลายมือชื่อ"),
}
TITLES = ("นาย", "นาง", "นางสาว")
LETTERS = "กขคงจชดตนบปพมรลวสห"
UNSEEN = ("", " ", "\u00a0", "\u200b", "  ", "\ufeff")
ODD = ("", "-", "=1+1", "'08", "🙂", "x" * 500, "๑๒๓", "NULL", "31/31/2599", "\u0e4d\u0e32",
       "1E+99", "<b>ก</b>", "\t", "รวม", "-1", "1101700203451", "น.ส.", "ว่าที่",
       "0" * 40)  # fmt: skip
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.mark.parametrize("first", range(0, IN_MAKE_TEST, IN_ONE_TEST))
def test_chance_breaks_nothing(first, db):
    good = sum(look_at(seed) for seed in range(first, first + IN_ONE_TEST))

    assert good > IN_ONE_TEST  # enough is taken for the comparison to mean something


@pytest.mark.long
@pytest.mark.parametrize("first", range(IN_MAKE_TEST, IN_TEST_ALL, IN_ONE_TEST * 4))
def test_more_chance_breaks_nothing(first, db):
    for seed in range(first, min(first + IN_ONE_TEST * 4, IN_TEST_ALL)):
        look_at(seed)


@pytest.mark.parametrize("seed", range(BROKEN_FILES))
def test_a_file_that_was_broken_on_its_way_is_read_or_refused_in_words(seed):
    chance = random.Random(seed)
    content = bytearray(Made(chance).content)
    for _change in range(chance.choice((1, 5, 200))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    del content[chance.choice((len(content), chance.randrange(1, len(content)))) :]

    vocabulary, words = import_kind_named("volunteers").vocabulary, "ไม่มี"
    try:
        sheets = read_sheets(bytes(content), format_of(bytes(content)))
        plan_for(sheets, vocabulary, {"first_name", "full_name"})
    except RuleViolation as refusal:
        words = refusal.message
    assert re.search("[ก-๙]", words)


def look_at(seed):
    made = Made(random.Random(seed))
    kind = import_kind_named("volunteers")
    context = SimpleNamespace(batch=SimpleNamespace(province_id=50), by=None)

    assert format_of(made.content) == made.format, seed
    # the reader's own functions, without the process around them: that has its tests
    read = child._workbook if made.format == Format.XLSX else child._text_file
    sheets = [Sheet(**sheet) for sheet in read(made.content)]
    plans = plan_for(sheets, kind.vocabulary, set(kind.names))
    drafts = drafts_of_file(sheets, plans, {})
    for draft in drafts:
        read_draft(draft, kind, context)
    with open_scope(Scope(ScopeRole.PROVINCE, (50,))):
        kind.check([draft for draft in drafts if draft.left_out is None], context)

    again = second_reading(made)
    told = {draft.number: draft for draft in drafts}
    for number in again:
        assert number in told, f"{seed}: row {number} is neither taken nor told of"
    for number, draft in told.items():
        if state_of(draft) == "bad":
            assert all(re.search("[ก-๙]", one.words) for one in draft.mistakes), seed
            assert not any("%(" in one.words for one in draft.mistakes), seed
        elif state_of(draft) == "good":
            assert taken(draft) == again[number], f"{seed}: row {number}"
    return sum(state_of(draft) == "good" for draft in drafts)


def taken(draft):
    values = draft.values
    return {
        "title": values["title"],
        "name": f"{values['first_name']} {values['last_name']}",
        "id": values["national_id"],
        "phone": values.get("phone", ""),
    }


class Made:
    """A file, and where its columns stand."""

    def __init__(self, chance):
        self.chance = chance
        self.glued = chance.random() < 0.4
        fields = ["first", "last", "id", "phone", "place", "other"]
        fields += [] if self.glued else ["title"]
        chance.shuffle(fields)
        self.fields = fields
        above = [["ทะเบียน อสร. จังหวัดเชียงใหม่"]] * chance.randrange(3) + [[]] * chance.randrange(2)
        self.head = len(above)
        people = [self.person(n) for n in range(chance.randrange(1, 12))]
        body = [row for one in people for row in (one, *([[]] * (chance.random() < 0.1)))]
        foot = [["", "รวม", str(len(people))]] if chance.random() < 0.3 else []
        self.rows = [*above, [chance.choice(HEADINGS[name]) for name in fields], *body, *foot]
        self.write()

    def person(self, n):
        chance = self.chance
        letters = "".join(chance.choice(LETTERS) for _ in range(4))
        title, first, last = chance.choice(TITLES), f"สม{letters}", f"ใจ{letters[::-1]}"
        phone, digits = f"08{chance.randrange(10**8):08d}", national_id.make_sample(10**6 + n)
        cells = {
            "title": title + chance.choice(UNSEEN),
            "first": (title if self.glued else "") + first + chance.choice(UNSEEN),
            "last": chance.choice(UNSEEN) + last,
            "id": chance.choice((digits, national_id.format_id(digits), int(digits), thai(digits))),
            "phone": chance.choice((phone, int(phone), thai(phone), f"+66{phone[1:]}")),
            "place": chance.choice(("ต.สุเทพ", "สุเทพ", "ตำบลสุเทพ อำเภอเมืองเชียงใหม่")),
            "other": n + 1,
        }
        if chance.random() < 0.3:
            cells[chance.choice(list(cells))] = chance.choice(ODD)
        return [cells[name] for name in self.fields]

    def write(self):
        chance = self.chance
        self.format = chance.choice((Format.XLSX, Format.CSV))
        if self.format == Format.XLSX:
            self.content = xlsx({"ทะเบียน": self.rows})
            return
        self.separator = chance.choice(",;\t")
        self.encoding = chance.choice(("utf-8-sig", "utf-8", "utf-16"))
        self.content = csv_file(self.rows, encoding=self.encoding, separator=self.separator)


def thai(digits):
    return digits.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


def second_reading(made):
    """{row number: what it says}, read by other code and simpler rules; without blank rows."""
    rows = raw_xlsx(made.content) if made.format == Format.XLSX else raw_csv(made)
    found = {}
    for number, row in rows.items():
        if number <= made.head + 1 or not any(plain(cell).strip("-–—.") for cell in row):
            continue
        cells = dict(zip(made.fields, [*row, *[""] * len(made.fields)], strict=False))
        first, title = plain(cells["first"]), plain(cells.get("title", ""))
        if made.glued:
            title = next((one for one in ("นางสาว", "นาย", "นาง") if first.startswith(one)), "")
            first = first.removeprefix(title)
        found[number] = {
            "title": "นางสาว" if title == "น.ส." else title,
            "name": f"{first} {plain(cells['last'])}",
            "id": re.sub(r"\D", "", arabic(cells["id"])),
            "phone": with_zero(re.sub(r"\D", "", arabic(cells["phone"]))),
        }
    return found


def raw_xlsx(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = [
            "".join(text.text or "" for text in item.iter(f"{NAMESPACE}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = {}
    for row in sheet.iter(f"{NAMESPACE}row"):
        cells = {}
        for cell in row:
            value = cell.find(f"{NAMESPACE}v")
            text = "" if value is None else value.text
            column = ord(cell.get("r")[0]) - ord("A")
            cells[column] = strings[int(text)] if cell.get("t") == "s" else text
        rows[int(row.get("r"))] = [cells.get(at, "") for at in range(max(cells, default=-1) + 1)]
    return rows


def raw_csv(made):
    lines = csv.reader(io.StringIO(made.content.decode(made.encoding)), delimiter=made.separator)
    return dict(enumerate(lines, start=1))


def plain(text):
    text = re.sub("[\u200b\ufeff]", "", text).replace("\u0e4d\u0e32", "ำ")
    return " ".join(text.split())


def arabic(text):
    return text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))


def with_zero(digits):
    digits = digits.removeprefix("66") if len(digits) == 11 else digits
    return f"0{digits}" if len(digits) == 9 else digits
