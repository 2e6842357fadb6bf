"""From a draft to a seminar that was held: what is missing, who is told, what comes along."""

from datetime import date, time, timedelta

import pytest

from seminars.enums import ClassKind, HalfDay, RegistrationSource, SeminarState
from seminars.models import CheckIn, ProvinceSeats, Registration
from seminars.services.announcements import remind_silent
from seminars.services.checks import checks_of
from seminars.services.classes import WantedClass, set_classes, set_province_seats
from seminars.services.programmes import AgendaLine, Hours, set_programme
from seminars.services.registrations import register_participant
from seminars.services.seminars import MOVES, Part, clone_seminar, move_seminar
from tests.factories import ParticipantClassFactory, RegistrationFactory, SeminarFactory
from volunteer_network.access.scope import open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Notice, OutgoingMail, Province
from volunteer_network.services.edits import StaleEdit

HOURS = {half: Hours(time(9), time(12)) for half in HalfDay}


def move(by, seminar, to, reason=""):
    with open_scope(by.scope):
        return move_seminar(seminar=seminar, to=to, reason=reason, by=by)


def told(everywhere):
    with everywhere():
        return set(Notice.objects.values_list("recipient__username", flat=True))


def test_publishing_tells_the_invited_provinces_and_nobody_else(
    draft, seminar_admin, chiang_mai_officer, chiang_mai_head, central_officer, everywhere
):
    with everywhere():
        ProvinceSeats.objects.filter(province=90).update(seats=0)

    move(seminar_admin, draft, SeminarState.OPEN)

    assert told(everywhere) == {"mentor.chiangmai", "head.chiangmai"}


def test_opening_again_tells_nobody(draft, seminar_admin, chiang_mai_officer, everywhere):
    for to in (SeminarState.OPEN, SeminarState.CLOSED, SeminarState.OPEN):
        move(seminar_admin, draft, to)

    with everywhere():
        assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda one: one.agenda.all().delete(), "กำหนดการ"),
        (lambda one: one.sessions.all().delete(), "ครึ่งวัน"),
        (lambda one: one.classes.all().delete(), "ประเภทผู้เข้าร่วม"),
        (lambda one: one.province_seats.all().delete(), "ที่นั่งของจังหวัด"),
        (lambda one: type(one).objects.update(objectives=""), "วัตถุประสงค์"),
        (lambda one: type(one).objects.update(room=""), "ห้อง"),
        (lambda one: type(one).objects.update(registration_closes_at=None), "วันปิดรับ"),
    ],
)
def test_what_is_missing_stops_the_publishing_and_is_named(
    draft, seminar_admin, everywhere, spoil, said
):
    with everywhere():
        spoil(draft)

    with pytest.raises(RuleViolation, match=said):
        move(seminar_admin, draft, SeminarState.OPEN)


def test_a_draft_that_lacks_nothing_says_so(draft, nation):
    assert checks_of(draft).missing == []


@pytest.mark.parametrize("state", SeminarState)
@pytest.mark.parametrize("to", SeminarState)
def test_a_seminar_goes_only_where_it_may(draft, seminar_admin, everywhere, state, to):
    with everywhere():
        type(draft).objects.update(state=state)

    if to in MOVES[state]:
        assert move(seminar_admin, draft, to, reason="น้ำท่วม").state == to
    else:
        with pytest.raises(RuleViolation, match="ทำขั้นนี้ไม่ได้"):
            move(seminar_admin, draft, to, reason="น้ำท่วม")


def test_cancelling_needs_a_reason_and_tells_it(
    draft, seminar_admin, chiang_mai_officer, everywhere
):
    move(seminar_admin, draft, SeminarState.OPEN)
    with pytest.raises(RuleViolation, match="เหตุผล"):
        move(seminar_admin, draft, SeminarState.CANCELLED)

    move(seminar_admin, draft, SeminarState.CANCELLED, reason="น้ำท่วมกรุงเทพฯ")

    with everywhere():
        assert "น้ำท่วมกรุงเทพฯ" in Notice.objects.first().text


def test_the_silent_are_reminded_and_the_others_left_alone(
    draft, seminar_admin, chiang_mai_officer, songkhla_officer, everywhere
):
    move(seminar_admin, draft, SeminarState.OPEN)
    RegistrationFactory(participant_class=draft.classes.get(), province_id=50)
    with everywhere():
        before = Notice.objects.count()

    with open_scope(seminar_admin.scope):
        assert remind_silent(seminar=draft, by=seminar_admin) == 1

    with everywhere():
        assert Notice.objects.first().recipient == songkhla_officer
        assert Notice.objects.count() == before + 1
        assert ProvinceSeats.objects.get(province=90).reminded_at


def test_nobody_is_reminded_when_all_have_answered(draft, seminar_admin, everywhere):
    move(seminar_admin, draft, SeminarState.OPEN)
    with everywhere():
        ProvinceSeats.objects.all().delete()

    with open_scope(seminar_admin.scope), pytest.raises(RuleViolation, match="ไม่มีจังหวัด"):
        remind_silent(seminar=draft, by=seminar_admin)


def test_a_mail_goes_to_those_with_an_address(draft, seminar_admin, chiang_mai_officer, everywhere):
    type(chiang_mai_officer).objects.filter(pk=chiang_mai_officer.pk).update(email="m@example.th")

    move(seminar_admin, draft, SeminarState.OPEN)

    with everywhere():
        assert [mail.address for mail in OutgoingMail.objects.all()] == ["m@example.th"]


def test_the_next_edition_is_like_the_last_with_all_days_moved(draft, seminar_admin):
    starts_on = draft.starts_on + timedelta(days=350)
    with open_scope(seminar_admin.scope):
        made = clone_seminar(
            seminar=draft, parts=frozenset(Part), edition=7, starts_on=starts_on, by=seminar_admin
        )

        assert (made.state, made.ends_on) == (SeminarState.DRAFT, starts_on)
        assert [one.on_date for one in made.sessions.all()] == [starts_on]
        assert [one.on_date for one in made.agenda.all()] == [starts_on]
        assert [(one.kind, one.seats, one.count.taken) for one in made.classes.all()] == [
            ("mentor", 3, 0)
        ]
        assert sorted(made.province_seats.values_list("province_id", "seats")) == [(50, 2), (90, 1)]
        assert checks_of(made).missing == []


def test_only_the_chosen_parts_come_along(draft, seminar_admin):
    with open_scope(seminar_admin.scope):
        made = clone_seminar(
            seminar=draft,
            parts=frozenset({Part.VENUE}),
            edition=7,
            starts_on=draft.starts_on,
            by=seminar_admin,
        )

        assert (made.room, made.objectives) == (draft.room, "")
        for part in (made.sessions, made.agenda, made.classes, made.province_seats):
            assert not part.exists()


def test_the_year_in_the_title_moves_along(seminar_admin):
    last = SeminarFactory(title="สัมมนา พ.ศ. 2564", fiscal_year=2564, starts_on=date(2020, 12, 3))

    with open_scope(seminar_admin.scope):
        made = clone_seminar(
            seminar=last,
            parts=frozenset(),
            edition=1,
            starts_on=date(2026, 12, 3),
            by=seminar_admin,
        )

    assert (made.title, made.fiscal_year) == ("สัมมนา พ.ศ. 2570", 2570)


def classes(by, seminar, *wanted, version=1):
    with open_scope(by.scope):
        return set_classes(
            seminar=seminar, version=version, wanted=[WantedClass(*one) for one in wanted], by=by
        )


def test_more_seats_go_to_those_who_wait(places, seminar_admin, chiang_mai_officer, everywhere):
    for number in range(4):
        with open_scope(chiang_mai_officer.scope):
            register_participant(
                participant_class=places,
                province=chiang_mai_officer.province,
                first_name=f"คน{number}",
                last_name="ใจดี",
                source=RegistrationSource.PROVINCE,
                by=chiang_mai_officer,
            )

    classes(seminar_admin, places.seminar, (ClassKind.MENTOR, 3, True))

    with everywhere():
        states = list(Registration.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["accepted", "accepted", "accepted", "waiting"]


def test_a_class_keeps_as_many_seats_as_are_taken(places, seminar_admin, everywhere):
    with everywhere():
        type(places.count).objects.update(taken=2)

    with pytest.raises(RuleViolation, match="2 คน") as refusal:
        classes(seminar_admin, places.seminar, (ClassKind.MENTOR, 1, True))

    assert refusal.value.field == "seats_mentor"


def test_a_class_with_people_stays(places, seminar_admin):
    RegistrationFactory(participant_class=places)

    with pytest.raises(RuleViolation, match="ย้ายผู้เข้าร่วมก่อน"):
        classes(seminar_admin, places.seminar, (ClassKind.SPEAKER, 1, False))


def test_two_people_at_the_seats_are_told(places, seminar_admin):
    classes(seminar_admin, places.seminar, (ClassKind.MENTOR, 3, True))

    with pytest.raises(StaleEdit):
        classes(seminar_admin, places.seminar, (ClassKind.MENTOR, 9, True))


def province_seats(by, seminar, each, **exceptions):
    chosen = {int(code[1:]): seats for code, seats in exceptions.items()}
    with open_scope(by.scope):
        return set_province_seats(
            seminar=seminar, version=seminar.version, each=each, exceptions=chosen, by=by
        )


def test_every_province_gets_the_same_but_the_exceptions(seminar, seminar_admin, everywhere):
    province_seats(seminar_admin, seminar, 2, p50=5)

    with everywhere():
        rows = dict(seminar.province_seats.values_list("province_id", "seats"))
        assert list(seminar.province_seats.filter(pinned=True).values_list("province_id")) == [
            (50,)
        ]
    assert len(rows) == Province.objects.filter(has_office=True).count()
    assert (rows[50], rows[90]) == (5, 2)


def test_a_province_keeps_as_many_seats_as_it_uses(seminar, seminar_admin):
    RegistrationFactory(participant_class=ParticipantClassFactory(seminar=seminar))

    with pytest.raises(RuleViolation, match="เชียงใหม่"):
        province_seats(seminar_admin, seminar, 0)


def programme(by, seminar, half_days, agenda=()):
    with open_scope(by.scope):
        return set_programme(
            seminar=seminar,
            version=seminar.version,
            half_days=half_days,
            hours=HOURS,
            agenda=list(agenda),
            by=by,
        )


def test_the_programme_becomes_what_was_written(draft, seminar_admin, everywhere):
    day = draft.starts_on
    lines = [AgendaLine(day, time(9), time(10), "บรรยาย", "วิทยากร")]

    programme(seminar_admin, draft, [(day, HalfDay.MORNING)], lines)

    with everywhere():
        assert list(draft.sessions.values_list("half", "starts_at")) == [("morning", time(9))]
        assert list(draft.agenda.values_list("title", "speaker")) == [("บรรยาย", "วิทยากร")]


def test_a_half_day_with_check_ins_stays(draft, seminar_admin, everywhere):
    row = RegistrationFactory(participant_class=draft.classes.get())
    with everywhere():
        CheckIn.objects.create(
            province=row.province,
            seminar=draft,
            session=draft.sessions.get(),
            registration=row,
            way="scan",
        )

    with pytest.raises(RuleViolation, match="ลงชื่อเข้าแล้ว"):
        programme(seminar_admin, draft, [(draft.starts_on, HalfDay.MORNING)])
