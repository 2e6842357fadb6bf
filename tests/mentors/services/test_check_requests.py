"""Asking for an activity to be checked: whom, how it ends, and who hears of it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from mentors.enums import CheckReason, CheckState
from mentors.models import CheckRequest
from mentors.services import check_requests
from mentors.services.check_requests import ask_for_check, confirm_activity, withdraw_check
from mentors.services.check_stories import changes_in_words, notes_of
from tests.factories import (
    ActivityFactory,
    CheckRequestFactory,
    MentorFactory,
    MentorshipFactory,
    TermFactory,
    UserFactory,
    VolunteerFactory,
)
from tests.seminars.services.test_races import run
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import MailState, NoticeKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, AuditEvent, Notice, OutgoingMail, Province, User
from volunteer_network.services.activities import (
    PLAIN_FIELDS,
    change_activity,
    remove_activity,
    removed_activity,
    restore_activity,
)

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23T12:00:00+07:00", tick=True):
        yield


@pytest.fixture
def officer(chiang_mai_officer):
    User.objects.filter(pk=chiang_mai_officer.pk).update(email="mentor@example.org")
    chiang_mai_officer.refresh_from_db()
    return chiang_mai_officer


@pytest.fixture
def activity(chiang_mai, officer):
    volunteer = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=volunteer, starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))
    return ActivityFactory(
        volunteer=volunteer, recorded_by=officer, on_date=DAY, people_male=0, people_female=400
    )


def ask(activity, by, reason=CheckReason.TOO_HIGH, words="", version=None):
    with open_scope(by.scope):
        return ask_for_check(
            activity=activity,
            version=version or activity.version,
            reason=reason,
            words=words,
            by=by,
        )


def confirm(asked, by, answer="ใบลงชื่อ 400 คน"):
    with open_scope(by.scope):
        return confirm_activity(asked=asked, answer=answer, by=by)


def withdraw(asked, by):
    with open_scope(by.scope):
        return withdraw_check(asked=asked, by=by)


def change(activity, by, **changes):
    """As the form does it: all fields, some of them different."""
    with open_scope(by.scope):
        row = Activity.objects.select_related("subdistrict", "agency", "volunteer").get(
            pk=activity.pk
        )
        same = {name: getattr(row, name) for name in PLAIN_FIELDS}
        where = {"volunteer": row.volunteer, "subdistrict": row.subdistrict, "agency": row.agency}
        return change_activity(
            activity=row, version=row.version, photo=None, by=by, **where, **same | changes
        )


def now(asked):
    with open_scope(NATION):
        return CheckRequest.objects.get(pk=asked.pk)


def told(person):
    with open_scope(NATION):
        return [
            (notice.text, notice.href)
            for notice in Notice.objects.filter(recipient=person.pk).order_by("pk")
        ]


def events():
    with open_scope(NATION):
        return list(
            AuditEvent.objects.filter(verb__startswith="check.")
            .order_by("pk")
            .values_list("verb", "actor", "province_id")
        )


ABOUT = "20 พ.ย. 2569 ประกันสังคม มาตรา 33/39/40 จ.เชียงใหม่"


def test_who_wrote_it_down_is_asked_and_told(activity, central_officer, officer):
    asked = ask(activity, central_officer, words="ใบลงชื่อมี 40 คน")

    assert (asked.asked_of, asked.state) == (officer, CheckState.OPEN)
    assert told(officer) == [
        (f"ขอให้ตรวจสอบกิจกรรม {ABOUT}: จำนวนสูงผิดปกติ", activity.get_absolute_url())
    ]
    with open_scope(NATION):
        assert OutgoingMail.objects.get().due_at > timezone.now()  # it can be taken back
        assert Notice.objects.get().kind == NoticeKind.MENTORING
    assert events() == [("check.asked", central_officer.pk, 50)]


def test_of_a_closed_account_the_mentor_is_asked_then_the_head(
    activity, central_officer, officer, chiang_mai, chiang_mai_head
):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    with open_scope(NATION):
        assert ask_and_forget(activity, central_officer) == chiang_mai_head

    guiding = UserFactory(username="mentor2", province=chiang_mai)
    MentorshipFactory(
        volunteer=activity.volunteer, mentor=MentorFactory(province=chiang_mai, user=guiding)
    )
    with open_scope(NATION):
        assert ask_and_forget(activity, central_officer) == guiding


def test_who_works_in_another_province_now_is_not_asked(
    activity, central_officer, officer, songkhla, chiang_mai_head
):
    User.objects.filter(pk=officer.pk).update(province=songkhla)

    with open_scope(NATION):
        assert ask_and_forget(activity, central_officer) == chiang_mai_head


def ask_and_forget(activity, by):
    asked = ask_for_check(
        activity=activity, version=1, reason=CheckReason.TOO_HIGH, words="", by=by
    )
    withdraw_check(asked=asked, by=by)
    return asked.asked_of


def test_without_anybody_to_answer_it_is_said(activity, central_officer, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)

    with pytest.raises(RuleViolation, match="ยังไม่มีบัญชีที่ตอบได้"):
        ask(activity, central_officer)


def test_the_same_question_twice_is_one_and_another_waits(
    activity, central_officer, chiang_mai_head
):
    first = ask(activity, central_officer)

    assert ask(activity, central_officer) == first
    for who, reason in (
        (central_officer, CheckReason.NO_PROOF),
        (chiang_mai_head, CheckReason.TOO_HIGH),
    ):
        with pytest.raises(RuleViolation, match="ขอให้ตรวจสอบรายการนี้แล้วเมื่อ"):
            ask(activity, who, reason)
    confirm(first, activity.recorded_by)
    assert ask(activity, chiang_mai_head) != first


def test_another_reason_needs_words(activity, central_officer):
    with pytest.raises(RuleViolation) as refused:
        ask(activity, central_officer, CheckReason.OTHER)

    assert refused.value.field == "words"


def test_nobody_asks_about_figures_that_were_changed_meanwhile(activity, central_officer, officer):
    change(activity, officer, people_female=40)

    with pytest.raises(RuleViolation, match="เพิ่งถูกแก้"):
        ask(activity, central_officer, version=1)


def test_nobody_asks_about_a_removed_one(activity, central_officer, officer):
    with open_scope(officer.scope):
        remove_activity(activity=Activity.objects.get(pk=activity.pk), by=officer)

    with pytest.raises(RuleViolation, match="เอาออกจากบันทึกแล้ว"):
        ask(activity, central_officer)


def test_a_head_does_not_ask_about_an_own_entry(activity, chiang_mai_head):
    own = ActivityFactory(volunteer=activity.volunteer, recorded_by=chiang_mai_head)

    with pytest.raises(RuleViolation, match="คุณบันทึกรายการนี้เอง"):
        ask(own, chiang_mai_head)
    assert ask(activity, chiang_mai_head).asked_of == activity.recorded_by


def test_an_answer_returns_to_who_asked(activity, central_officer, officer):
    asked = ask(activity, central_officer)

    confirm(asked, officer, "  งานวันแรงงาน ใบลงชื่อ 400 คน ")

    after = now(asked)
    assert (after.state, after.answer) == (CheckState.CONFIRMED, "งานวันแรงงาน ใบลงชื่อ 400 คน")
    assert after.settled_by == officer
    assert told(central_officer) == [
        (f"ตรวจแล้วถูกต้อง: กิจกรรม {ABOUT} ที่ขอให้ตรวจสอบ", activity.get_absolute_url())
    ]
    assert events()[-1] == ("check.confirmed", officer.pk, 50)


def test_an_answer_says_how_one_knows(activity, central_officer, officer):
    asked = ask(activity, central_officer)

    with pytest.raises(RuleViolation) as refused:
        confirm(asked, officer, "   ")

    assert refused.value.field == "answer"
    assert now(asked).is_open


def test_nobody_answers_oneself(activity, chiang_mai_head):
    asked = ask(activity, chiang_mai_head)

    with pytest.raises(RuleViolation, match="ตอบเองไม่ได้"):
        confirm(asked, chiang_mai_head)


def test_a_late_withdrawal_reaches_everybody_who_was_asked(activity, central_officer, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    heads = [UserFactory(role=Role.PROVINCIAL_HEAD, province=officer.province) for _ in range(2)]
    with time_machine.travel("2026-11-23T12:00:00+07:00", tick=True):
        asked = ask(activity, central_officer)
    with time_machine.travel("2026-11-23T12:05:00+07:00", tick=True):
        withdraw(asked, central_officer)

    told_last = (f"ไม่ต้องตรวจสอบแล้ว: กิจกรรม {ABOUT}", activity.get_absolute_url())
    assert [told(head)[-1] for head in heads] == [told_last, told_last]


def test_a_second_answer_is_refused_in_words(activity, central_officer, officer):
    asked = ask(activity, central_officer)
    confirm(asked, officer)

    with pytest.raises(RuleViolation, match=f"จบแล้ว: ตรวจแล้วถูกต้อง โดย {officer}"):
        confirm(asked, officer)
    with pytest.raises(RuleViolation, match="จบแล้ว"):
        withdraw(asked, central_officer)


def test_a_correction_answers_by_itself(activity, central_officer, officer):
    asked = ask(activity, central_officer)

    change(activity, officer, people_female=40, on_date=date(2026, 11, 19))

    after = now(asked)
    assert after.state == CheckState.CORRECTED
    assert changes_in_words(after) == "หญิง 400 → 40 · 20 พ.ย. 2569 → 19 พ.ย. 2569"
    assert told(central_officer) == [
        (f"แก้แล้ว: กิจกรรม {ABOUT} ที่ขอให้ตรวจสอบ", activity.get_absolute_url())
    ]
    assert events()[-1] == ("check.corrected", officer.pk, 50)
    with open_scope(central_officer.scope):
        note = notes_of(central_officer, [activity.pk])[activity.pk]
    assert (note.words, note.detail) == ("แก้แล้ว", "หญิง 400 → 40 · 20 พ.ย. 2569 → 19 พ.ย. 2569")


def test_a_new_note_is_no_correction(activity, central_officer, officer):
    asked = ask(activity, central_officer)

    change(activity, officer, note="มีใบลงชื่อ", village="หมู่ 3")

    assert now(asked).is_open
    assert told(central_officer) == []


def test_a_later_change_leaves_an_answered_question(activity, central_officer, officer):
    asked = ask(activity, central_officer)
    confirm(asked, officer)

    change(activity, officer, people_female=40)

    assert now(asked).state == CheckState.CONFIRMED


def test_a_removal_answers_and_a_return_asks_nothing_anew(activity, central_officer, officer):
    asked = ask(activity, central_officer, CheckReason.DUPLICATE)

    with open_scope(officer.scope):
        remove_activity(activity=Activity.objects.get(pk=activity.pk), by=officer)

    assert now(asked).state == CheckState.REMOVED
    log_of_the_person = f"/activities/?volunteer={activity.volunteer_id}"
    assert [href for _text, href in told(central_officer)] == [log_of_the_person]
    with open_scope(officer.scope):
        trace = removed_activity(activity.pk, user=officer)
        restore_activity(removed=trace, by=officer)
    assert now(asked).state == CheckState.REMOVED


def test_taken_back_at_once_no_mail_goes(activity, central_officer, officer):
    asked = ask(activity, central_officer)

    withdraw(asked, central_officer)

    assert now(asked).state == CheckState.WITHDRAWN
    assert [text for text, _href in told(officer)] == [
        f"เรียกคืนแล้ว: ขอให้ตรวจสอบกิจกรรม {ABOUT}: จำนวนสูงผิดปกติ"
    ]
    with open_scope(NATION):
        assert OutgoingMail.objects.get().state == MailState.RECALLED
    with open_scope(central_officer.scope):
        assert notes_of(central_officer, [activity.pk]) == {}
    assert ask(activity, central_officer).pk != asked.pk


def test_taken_back_later_the_person_is_told(activity, central_officer, officer):
    asked = ask(activity, central_officer)

    with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=True):
        withdraw(asked, central_officer)

    assert [text for text, _href in told(officer)][1:] == [f"ไม่ต้องตรวจสอบแล้ว: กิจกรรม {ABOUT}"]


def test_a_head_takes_back_too(activity, chiang_mai_head, officer):
    asked = ask(activity, chiang_mai_head)

    withdraw(asked, chiang_mai_head)

    assert now(asked).state == CheckState.WITHDRAWN


def test_only_who_asked_takes_back(activity, central_officer, chiang_mai_head):
    asked = ask(activity, central_officer)

    with pytest.raises(RuleViolation, match="เฉพาะผู้ที่ขอ"):
        withdraw(asked, chiang_mai_head)


def test_whom_it_waits_for(
    activity, central_officer, officer, chiang_mai, chiang_mai_head, songkhla
):
    mine = CheckRequestFactory(activity=activity)
    colleague = UserFactory(province=chiang_mai)
    other = ActivityFactory(volunteer=activity.volunteer, recorded_by=colleague)
    theirs = CheckRequestFactory(activity=other)
    CheckRequestFactory(activity=ActivityFactory(volunteer=VolunteerFactory(province=songkhla)))

    assert waiting_for(officer) == {mine.pk}
    assert waiting_for(chiang_mai_head) == set()
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    assert waiting_for(officer) == {mine.pk, theirs.pk}
    assert waiting_for(chiang_mai_head) == {theirs.pk}


def waiting_for(user):
    with open_scope(user.scope):
        rows = CheckRequest.objects.visible_to(user).waiting_for(user)
        return set(rows.values_list("pk", flat=True))


# At once


@pytest.fixture
def stage(committed):
    province = Province.objects.get(pk=50)
    officer = UserFactory(username="race-mentor", province=province)
    centre = UserFactory(username="race-centre", role=Role.CENTRAL_OFFICER)
    volunteer = VolunteerFactory(province=province)
    TermFactory(volunteer=volunteer, starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))
    activity = ActivityFactory(
        volunteer=volunteer, recorded_by=officer, on_date=DAY, people_female=400
    )
    return activity, officer, centre


def trying(call):
    def attempt():
        try:
            return call()
        except RuleViolation as refusal:
            return refusal

    return attempt


def won(results):
    return [one for one in results if not isinstance(one, RuleViolation)]


def test_of_many_answers_at_once_one_wins(stage):
    activity, officer, centre = stage
    asked = ask(activity, centre)
    calls = [
        *(trying(lambda: confirm(asked, officer)) for _ in range(12)),
        *(trying(lambda: withdraw(asked, centre)) for _ in range(12)),
    ]

    results = run(calls)

    assert len(won(results)) == 1
    assert len(events()) == 2  # asked, and one end


def test_of_many_questions_at_once_one_is_asked(stage):
    activity, _officer, centre = stage
    head = UserFactory(username="race-head", role=Role.PROVINCIAL_HEAD)

    results = run([trying(lambda who=who: ask(activity, who)) for who in (centre, head) * 8])

    with open_scope(NATION):
        assert CheckRequest.objects.count() == 1
        assert Notice.objects.count() == 1
    assert len({one.pk for one in won(results)}) == 1


def test_a_question_meets_a_correction(stage):
    """Whichever comes first: never a question left open about a figure that is gone."""
    activity, officer, centre = stage

    for number in range(12):
        ask_again = trying(lambda: ask(activity, centre, version=latest(activity)))
        correct = trying(lambda people=number: change(activity, officer, people_female=people))
        run([ask_again, correct], at_once=2)
        with open_scope(NATION):
            row = Activity.objects.get(pk=activity.pk)
            for asked in CheckRequest.objects.open():
                assert asked.before == check_requests.watched(row)
        end_open(centre)


def latest(activity):
    with open_scope(NATION):
        return Activity.objects.values_list("version", flat=True).get(pk=activity.pk)


def end_open(centre):
    with open_scope(centre.scope):
        for asked in CheckRequest.objects.open():
            withdraw_check(asked=asked, by=centre)


def test_without_the_lock_of_the_activity_a_question_stays_about_what_is_gone(stage, monkeypatch):
    """The twin: it shows that the test above can see what the lock prevents."""
    activity, officer, centre = stage
    real = check_requests.check_notices.whom_to_ask

    def change_meanwhile(row, *, by):
        people = real(row, by=by)
        pool = run([lambda: change(activity, officer, people_female=7)], at_once=1)
        assert pool
        return people

    monkeypatch.setattr(check_requests, "wait_in_transaction", lambda *which: None)
    monkeypatch.setattr(check_requests.check_notices, "whom_to_ask", change_meanwhile)

    asked = ask(activity, centre)

    with open_scope(NATION):
        assert now_open_about(asked) != check_requests.watched(Activity.objects.get(pk=activity.pk))


def now_open_about(asked):
    row = CheckRequest.objects.get(pk=asked.pk)
    assert row.is_open
    return row.before
