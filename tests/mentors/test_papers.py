"""The printed list of visits: who is on it, in which order, and who may have it."""

from datetime import timedelta

import pypdf
import pytest
from django.utils import timezone

from mentors.papers import make_visit_list, sheets_of
from tests.factories import MentorFactory, VisitFactory, VolunteerFactory
from volunteer_network.access.scope import open_scope
from volunteer_network.errors import RuleViolation


class Asked:
    """A job as the maker sees it."""

    def __init__(self, person, visits):
        self.person, self.parameters = person, {"visits": [one.pk for one in visits]}

    def rights(self):
        return open_scope(self.person.scope)

    def progress(self, done, of, words):
        pass


def test_the_list_has_a_sheet_for_each_visit_in_the_order_of_their_days(
    chiang_mai_officer, mentor, songkhla
):
    today = timezone.localdate()
    later = VisitFactory(mentor=mentor, on_date=today + timedelta(days=9))
    sooner = VisitFactory(mentor=mentor, on_date=today)
    gone = VisitFactory(mentor=mentor, state="cancelled", cancel_reason="ฝน")
    theirs = VisitFactory(mentor=MentorFactory(province=songkhla))
    asked = [one.pk for one in (later, sooner, gone, theirs)]

    with open_scope(chiang_mai_officer.scope):
        sheets = sheets_of(asked, user=chiang_mai_officer)

    assert [sheet.visit for sheet in sheets] == [sooner, later]


def test_the_document_names_people_in_order_with_room_to_sign(chiang_mai_officer, mentor, tmp_path):
    people = [
        VolunteerFactory(first_name=name, last_name="น้ำใจ", phone="0812345678")
        for name in ("ไพลิน", "กำธร")
    ]
    visit = VisitFactory(mentor=mentor, people=people, place="ศาลาประชาคม", purpose="มาตรา 40")

    result = make_visit_list(Asked(chiang_mai_officer, [visit]))

    file = tmp_path / "list.pdf"
    file.write_bytes(result.content)
    [page] = pypdf.PdfReader(file).pages
    text = page.extract_text()
    wanted = ["เยี่ยมอาสาสมัคร", "ศาลาประชาคม", "มาตรา 40", "ลายมือชื่อ", "กำธร", "ไพลิน"]
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)
    assert "081 234 5678" in text


def test_nothing_to_print_is_said_in_words(chiang_mai_officer, mentor):
    gone = VisitFactory(mentor=mentor, state="cancelled", cancel_reason="ฝน")

    with pytest.raises(RuleViolation, match="ไม่พบนัดที่พิมพ์ได้"):
        make_visit_list(Asked(chiang_mai_officer, [gone]))
