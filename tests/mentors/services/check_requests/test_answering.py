"""An answer in words, by a correction or by a removal."""

from datetime import date

import pytest

from mentors.enums import CheckReason, CheckState
from mentors.services.check_stories import changes_in_words, notes_of
from tests.mentors.services.check_requests.asking import (
    ABOUT,
    ask,
    change,
    confirm,
    events,
    now,
    told,
    withdraw,
)
from volunteer_network.access.scope import open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity
from volunteer_network.services.activities import (
    remove_activity,
    removed_activity,
    restore_activity,
)


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
