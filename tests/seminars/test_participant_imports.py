"""The 115 people of a seminar, from the workbook an official would send."""

import pytest

from seminars.enums import ClassKind, RegistrationState, SeminarState
from seminars.models import CheckIn, ProvinceSeats, Registration, SeatCount, Seminar
from tests.data import make_workbooks
from tests.factories import (
    MentorFactory,
    ParticipantClassFactory,
    RegistrationFactory,
    SessionFactory,
    UserFactory,
    VolunteerFactory,
)
from tests.imports import begin, mistakes_of, rows_of, undo, write
from tests.workbook_files import xlsx
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import ImportState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, ImportRow, Province
from volunteer_network.services import imports

HEAD = ["ชื่อ-สกุล", "จังหวัด", "ประเภทผู้เข้าร่วม", "โทรศัพท์"]
MENTORS = "เจ้าหน้าที่พี่เลี้ยง"


@pytest.fixture
def admin(db):
    return UserFactory(username="seminars", role=Role.SEMINAR_ADMIN)


@pytest.fixture
def classes(seminar):
    return {
        kind: ParticipantClassFactory(seminar=seminar, kind=kind, seats=seats, position=n)
        for n, (kind, seats) in enumerate(
            [(ClassKind.MENTOR, 90), (ClassKind.NETWORK_STAFF, 90), (ClassKind.SPEAKER, 5)]
        )
    }


@pytest.fixture
def take_in(admin, seminar, classes):
    def take_in(*rows, head=HEAD):
        return begin(xlsx({"ก": [head, *rows]}), by=admin, kind="participants", about=seminar.pk)

    return take_in


def registered(seminar):
    with open_scope(NATION):
        return list(Registration.objects.filter(seminar=seminar).order_by("registered_at", "pk"))


def taken(participant_class):
    with open_scope(NATION):
        return SeatCount.objects.get(pk=participant_class.pk).taken


def test_the_file_of_115_people_is_in_within_a_few_mendings(admin, seminar, classes):
    content = (make_workbooks.FOLDER / "seminar_115.xlsx").read_bytes()
    batch = begin(content, by=admin, kind="participants", about=seminar.pk)

    wrong = mistakes_of(batch, admin)
    provinces = [one for one in wrong.values() if "เมืองเชล" in one.get("province", "")]
    assert len(provinces) == 5
    assert len(wrong) == 8  # and a telephone, a missing last name, a double spelt otherwise
    left_out = [draft for state, draft in rows_of(batch, admin) if state == "left_out"]
    assert {str(draft.left_out) for draft in left_out} == {
        *("column_numbers", "heading", "sum", "foot")
    }

    batch = write(batch, admin)
    assert len(registered(seminar)) == make_workbooks.PEOPLE - 7

    with open_scope(NATION):
        imports.mend_equal(
            batch=batch, field="province", typed="เมืองเชล", instead="จ.เลย", by=admin
        )
        for row in ImportRow.objects.filter(batch=batch, state="bad"):
            cells = {"phone": "081 000 0020", "full_name": "นางสาวมีแล้ว ใจดี"}
            if any("ซ้ำ" in words for words in mistakes_words(row)):
                imports.skip_row(row=row, by=admin)
            else:
                field = next(iter(mistakes_fields(row)))
                imports.mend_row(row=row, cells={field: cells[field]}, by=admin)
    batch = write(batch, admin)

    assert batch.state == ImportState.WRITTEN
    assert len(registered(seminar)) == make_workbooks.PEOPLE
    assert sum(taken(one) for one in classes.values()) == make_workbooks.PEOPLE


def mistakes_words(row):
    return [words for _field, words in row.open()["mistakes"]]


def mistakes_fields(row):
    return [field for field, _words in row.open()["mistakes"]]


def test_names_are_clean_and_telephones_whole(take_in, admin, seminar):
    write(take_in(["นางสาว นํ้าฝน\u00a0 ใจดี", "จ.เลย", "พี่เลี้ยง", 812345678]), admin)

    [one] = registered(seminar)
    assert (one.title, one.first_name, one.last_name) == ("นางสาว", "น้ำฝน", "ใจดี")
    assert (one.phone, one.province.name, one.source) == ("0812345678", "เลย", "import")
    assert one.registered_by == admin
    assert one.code


def test_known_mentors_are_linked_and_not_doubled(take_in, admin, seminar, chiang_mai):
    mentor = MentorFactory(province=chiang_mai, first_name="สุดา", last_name="ใจดี")
    MentorFactory(province_id=90, first_name="สุดา", last_name="ใจดี",
                  province=Province.objects.get(pk=90))  # fmt: skip
    batch = take_in(["น.ส.สุดา ใจดี", "เชียงใหม่", "", ""], ["นายแปลก หน้า", "เลย", MENTORS, ""])

    write(batch, admin)

    first, second = registered(seminar)
    assert (first.mentor_id, first.participant_class.kind) == (mentor.pk, ClassKind.MENTOR)
    assert second.mentor_id is None


def test_a_mentor_without_a_province_is_known_by_the_telephone(take_in, admin, seminar, chiang_mai):
    mentor = MentorFactory(
        province=chiang_mai,
        first_name="สุดา",
        last_name="ใจดี",
        phone="0812345678",
    )
    write(take_in(["สุดา ใจดี", "", MENTORS, "081 234 5678"]), admin)

    [one] = registered(seminar)
    assert (one.mentor_id, one.province) == (mentor.pk, chiang_mai)


def test_known_volunteers_are_linked(admin, seminar, chiang_mai):
    volunteers = ParticipantClassFactory(seminar=seminar, kind=ClassKind.VOLUNTEER, seats=9)
    known = VolunteerFactory(province=chiang_mai, first_name="สุดา", last_name="ใจดี")
    rows = [["ชื่อ", "สกุล", "จังหวัด", "ประเภท"], ["สุดา", "ใจดี", "เชียงใหม่", "อสร."]]

    write(begin(xlsx({"ก": rows}), by=admin, kind="participants", about=seminar.pk), admin)

    [one] = registered(seminar)
    assert (one.volunteer_id, one.participant_class) == (known.pk, volunteers)


def test_who_is_registered_already_is_not_registered_again(take_in, admin, seminar, classes):
    there = RegistrationFactory(
        participant_class=classes[ClassKind.MENTOR],
        first_name="สุดา",
        last_name="ใจดี",
    )

    batch = take_in(["น.ส.สุดา  ใจดี", "เชียงใหม่", MENTORS, ""])

    assert [(state, draft.known) for state, draft in rows_of(batch, admin)] == [("known", there.pk)]


def test_doubles_with_another_spelling_are_found_and_two_telephones_are_two_people(take_in, admin):
    batch = take_in(
        ["นายสมชาย ใจดี", "เลย", MENTORS, ""],
        ["สมชาย  ใจดี์", "จ.เลย", MENTORS, ""],
        ["นายสมชาย ใจดี", "ตาก", MENTORS, ""],
        ["นางสุดา ใจดี", "เลย", MENTORS, "0812345678"],
        ["นางสุดา ใจดี", "เลย", MENTORS, "0812345679"],
    )

    assert set(mistakes_of(batch, admin)) == {3}
    assert [draft.notes != [] for _, draft in rows_of(batch, admin)][4]


def test_never_over_the_seats_the_rest_waits(take_in, admin, seminar, classes):
    speakers = classes[ClassKind.SPEAKER]
    rows = [[f"นาย{letter}ดี ใจงาม", "", "วิทยากร", ""] for letter in "กขคงจฉช"]

    write(take_in(*rows), admin)

    made = registered(seminar)
    assert [one.state for one in made].count(RegistrationState.ACCEPTED) == speakers.seats
    waiting = [one for one in made if one.state == RegistrationState.WAITING]
    assert [one.first_name for one in sorted(waiting, key=lambda one: one.queued_at)] == [
        "ฉดี",
        "ชดี",
    ]
    assert taken(speakers) == speakers.seats


def test_a_province_never_gets_more_than_its_seats(take_in, admin, seminar):
    with open_scope(NATION):
        ProvinceSeats.objects.create(seminar=seminar, province_id=42, seats=1)

    write(take_in(*([f"นาย{letter}ดี ใจงาม", "เลย", MENTORS, ""] for letter in "กขค")), admin)

    states = [one.state for one in registered(seminar)]
    assert states == [
        RegistrationState.ACCEPTED,
        RegistrationState.WAITING,
        RegistrationState.WAITING,
    ]


def test_a_class_is_asked_for_where_it_cannot_be_known(take_in, admin):
    wrong = mistakes_of(take_in(["ก ข", "เลย", "", ""], ["ค ง", "เลย", "ผู้สังเกตการณ์", ""]), admin)

    assert "ไม่มีประเภทผู้เข้าร่วม" in wrong[2]["class"]
    assert "ไม่มีประเภท “ผู้สังเกตการณ์”" in wrong[3]["class"]


def test_a_province_stands_in_the_name_of_the_office_too(admin, seminar, classes):
    rows = [["ชื่อ-สกุล", "หน่วยงาน", "ประเภท"], ["ก ข", "สำนักงานแรงงานจังหวัดเลย", "พี่เลี้ยง"]]

    write(begin(xlsx({"ก": rows}), by=admin, kind="participants", about=seminar.pk), admin)

    assert [one.province.name for one in registered(seminar)] == ["เลย"]


def test_undo_takes_back_and_frees_the_seats(take_in, admin, seminar, classes):
    other = RegistrationFactory(participant_class=classes[ClassKind.MENTOR])
    batch = write(take_in(["ก ข", "เลย", MENTORS, ""], ["ค ง", "เลย", MENTORS, ""]), admin)

    batch = undo(batch, admin)

    assert registered(seminar) == [other]
    assert taken(classes[ClassKind.MENTOR]) == 0
    assert batch.state == ImportState.UNDONE


def test_seats_that_an_undo_frees_go_to_who_waits(take_in, admin, seminar, classes):
    speakers = classes[ClassKind.SPEAKER]
    first = write(
        take_in(*([f"นาย{letter}ดี ใจงาม", "", "วิทยากร", ""] for letter in "กขคงจ")), admin
    )
    write(take_in(["นายฉดี ใจงาม", "", "วิทยากร", ""]), admin)

    undo(first, admin)

    [waited] = registered(seminar)
    assert (waited.first_name, waited.state) == ("ฉดี", RegistrationState.ACCEPTED)
    assert taken(speakers) == 1


def test_undo_leaves_who_was_checked_in_or_changed(take_in, admin, seminar, classes):
    rows = [[f"{letter} ใจงาม", "เลย", MENTORS, ""] for letter in ("กก", "ขข", "คค")]
    batch = write(take_in(*rows), admin)
    here, changed, _gone = registered(seminar)
    session = SessionFactory(seminar=seminar)
    with open_scope(NATION):
        CheckIn.objects.create(
            province_id=42, seminar=seminar, session=session, registration=here, way="scan"
        )
        Registration.objects.filter(pk=changed.pk).update(note="มังสวิรัติ")

    undo(batch, admin)

    assert {one.pk for one in registered(seminar)} == {here.pk, changed.pk}
    assert taken(classes[ClassKind.MENTOR]) == 2


@pytest.mark.parametrize("state", [SeminarState.FINISHED, SeminarState.CANCELLED])
def test_a_seminar_that_is_over_takes_nobody_in(take_in, admin, seminar, state):
    with open_scope(NATION):
        Seminar.objects.filter(pk=seminar.pk).update(state=state)

    with pytest.raises(RuleViolation, match="นำเข้าผู้เข้าร่วมไม่ได้"):
        take_in(["ก ข", "เลย", MENTORS, ""])


def test_each_registration_has_its_trail(take_in, admin, seminar):
    batch = write(take_in(["ก ข", "เลย", MENTORS, ""]), admin)

    [one] = registered(seminar)
    with open_scope(NATION):
        event = AuditEvent.objects.get(verb="registration.made")
    assert (event.target, event.actor, event.province_id) == (str(one.pk), admin.pk, 42)
    assert event.detail == {"import": batch.pk}
