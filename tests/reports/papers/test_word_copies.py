"""The same papers in Word, to write on."""

import pytest
from docx import Document

from reports.kinds import PLAN_DOCUMENT, PROGRESS_REPORT, VOLUNTEER_REGISTER
from tests.factories import VolunteerFactory
from tests.reports.papers.reading import read
from volunteer_network import uploads
from volunteer_network.enums import DocumentState
from volunteer_network.models import IssuedDocument


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (PLAN_DOCUMENT, {"fiscal_year": 2570}),
        (PROGRESS_REPORT, {"fiscal_year": 2570, "quarter": 1}),
        (VOLUNTEER_REGISTER, {}),
    ],
)
def test_a_copy_in_word_says_the_same_and_is_never_issued(make, plan, kind, asked):
    VolunteerFactory()
    paper = make(kind, province=50, **asked)

    copy = make(kind, province=50, as_word=True, **asked)

    assert copy.result_name == paper.result_name.replace(".pdf", ".docx")
    document = Document(uploads.open_stored(copy.result))
    foot = document.sections[0].footer.paragraphs[0].text
    assert "ฉบับสำหรับแก้ไข" in foot
    assert "verify" not in foot
    written = {words for table in document.tables for words in table_words(table)}
    assert written
    assert all("".join(words.split()) in printed(paper) for words in written)
    assert list(IssuedDocument.objects.values_list("job", "state")) == [
        (paper.pk, DocumentState.VALID)
    ]


def table_words(table):
    return (text for text in table._tbl.itertext() if text.strip())


def printed(job):
    text, _reader, _content = read(job)
    return "".join(text.split())


def test_a_copy_in_word_has_thai_digits_where_wanted(make, plan):
    copy = make(PLAN_DOCUMENT, fiscal_year=2570, province=50, as_word=True, thai_digits=True)

    words = "".join(Document(uploads.open_stored(copy.result)).tables[1]._tbl.itertext())
    assert "๒,๖๙๐" in words
    assert not any(digit in words for digit in "0123456789")
