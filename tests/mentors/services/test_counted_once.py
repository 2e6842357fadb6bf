"""Sums of a month and single activities of that month never stand beside each other (ADR 15)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine

from mentors.services.month_cells import type_figures
from mentors.services.visits import finish_visit
from tests.factories import (
    ActivityFactory,
    MentorFactory,
    MentorshipFactory,
    TermFactory,
    UserFactory,
    VisitFactory,
    VolunteerFactory,
)
from tests.locks import while_held
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import ActivityKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, Province, Term
from volunteer_network.services import activities
from volunteer_network.services.activities import (
    PLAIN_FIELDS,
    change_activity,
    log_activity,
    remove_activity,
    removed_activity,
    restore_activity,
)

MONTH, DAY = date(2026, 10, 1), date(2026, 10, 9)
BESIDE_SUMS = "เดือนตุลาคม 2569 มีตัวเลขรวมทั้งเดือน.*นับซ้ำ"
BESIDE_ACTIVITIES = "เดือนตุลาคม 2569 มีกิจกรรมในบันทึกแล้ว 1 รายการ"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-03T09:00:00+07:00", tick=True):
        yield


def serving():
    volunteer = VolunteerFactory(province=Province.objects.get(pk=50))
    TermFactory(volunteer=volunteer, starts_on=date(2025, 6, 11), ends_on=date(2028, 6, 10))
    return volunteer


@pytest.fixture
def officer(chiang_mai_officer):
    return chiang_mai_officer


@pytest.fixture
def volunteer(db):
    return serving()


def type_sums(volunteer, by, version="0", month=MONTH, **figures):
    with open_scope(by.scope):
        figures = figures or {"people_male": 15}
        return type_figures(
            volunteer=volunteer, month=month, figures=figures, version=version, by=by
        )


def log_one(volunteer, by, on_date=DAY):
    with open_scope(by.scope):
        place = ActivityFactory.build(volunteer=volunteer, on_date=on_date)
        return log_activity(
            volunteer=volunteer,
            subdistrict=None,
            agency=None,
            photo=None,
            submission=uuid4(),
            by=by,
            **{name: getattr(place, name) for name in PLAIN_FIELDS},
        )


def change_one(activity, by, *, volunteer=None, **changes):
    with open_scope(by.scope):
        row = Activity.objects.select_related("subdistrict", "agency", "volunteer").get(
            pk=activity.pk
        )
        same = {name: getattr(row, name) for name in PLAIN_FIELDS}
        return change_activity(
            activity=row,
            version=row.version,
            volunteer=volunteer or row.volunteer,
            subdistrict=row.subdistrict,
            agency=row.agency,
            photo=None,
            by=by,
            **same | changes,
        )


def remove(activity, by):
    with open_scope(by.scope):
        remove_activity(activity=activity, by=by)


def restore(pk, by):
    with open_scope(by.scope):
        return restore_activity(removed=removed_activity(pk, user=by), by=by)


def log():
    with open_scope(NATION):
        return [(one.kind, one.on_date) for one in Activity.objects.order_by("pk")]


def the_sums():
    with open_scope(NATION):
        return Activity.objects.get(kind=ActivityKind.MONTH_SUMMARY)


def test_nothing_is_logged_beside_the_sums_of_its_month(volunteer, officer):
    type_sums(volunteer, officer)

    with pytest.raises(RuleViolation, match=BESIDE_SUMS) as refused:
        log_one(volunteer, officer)

    assert refused.value.field == "on_date"
    assert len(log()) == 1


def test_other_months_and_other_people_are_free(volunteer, officer):
    type_sums(volunteer, officer)

    log_one(volunteer, officer, on_date=date(2026, 9, 30))
    log_one(volunteer, officer, on_date=date(2026, 11, 1))
    log_one(volunteer, officer, on_date=date(2025, 10, 9))
    log_one(serving(), officer)

    assert len(log()) == 5


def test_nothing_moves_into_a_month_with_sums(volunteer, officer):
    type_sums(volunteer, officer)
    other = log_one(volunteer, officer, on_date=date(2026, 9, 9))
    of_another = log_one(serving(), officer)

    with pytest.raises(RuleViolation, match=BESIDE_SUMS):
        change_one(other, officer, on_date=DAY)
    with pytest.raises(RuleViolation, match=BESIDE_SUMS):
        change_one(of_another, officer, volunteer=volunteer)


def test_a_visit_is_not_logged_beside_sums(volunteer, officer):
    mentor = MentorFactory()
    MentorshipFactory(mentor=mentor, volunteer=volunteer)
    visit = VisitFactory(mentor=mentor, people=[volunteer], on_date=DAY)
    type_sums(volunteer, officer)

    with open_scope(officer.scope), pytest.raises(RuleViolation, match="ตัวเลขรวมทั้งเดือน") as refused:
        finish_visit(visit=visit, met=[volunteer], result="พบ", category="safety", by=officer)

    assert refused.value.field == "category"
    assert len(log()) == 1


def test_a_single_activity_does_not_come_back_beside_sums(volunteer, officer):
    one = log_one(volunteer, officer)
    pk = one.pk
    remove(one, officer)
    type_sums(volunteer, officer)

    with pytest.raises(RuleViolation, match=BESIDE_SUMS):
        restore(pk, officer)

    assert len(log()) == 1


def test_sums_do_not_come_back_beside_activities(volunteer, officer):
    typed = type_sums(volunteer, officer)
    pk = the_sums().pk
    type_sums(volunteer, officer, version=typed.version, people_male=0)
    log_one(volunteer, officer)

    with pytest.raises(RuleViolation, match=BESIDE_ACTIVITIES):
        restore(pk, officer)


def test_sums_do_not_come_back_beside_newer_sums(volunteer, officer):
    typed = type_sums(volunteer, officer)
    pk = the_sums().pk
    type_sums(volunteer, officer, version=typed.version, people_male=0)
    type_sums(volunteer, officer)

    with pytest.raises(RuleViolation, match="อยู่ในบันทึกแล้ว"):
        restore(pk, officer)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ActivityKind.FIELD_VISIT}, "kind"),
        ({"on_date": date(2026, 9, 30)}, "on_date"),
        ({"volunteer": "another"}, "volunteer"),
    ],
)
def test_sums_stay_those_of_their_person_and_month(volunteer, officer, changes, field):
    type_sums(volunteer, officer)
    if "volunteer" in changes:
        changes = {"volunteer": serving()}

    with pytest.raises(RuleViolation) as refused:
        change_one(the_sums(), officer, **changes)

    assert refused.value.field == field


def test_a_single_activity_does_not_become_sums(volunteer, officer):
    with pytest.raises(RuleViolation) as refused:
        change_one(log_one(volunteer, officer), officer, kind=ActivityKind.MONTH_SUMMARY)

    assert refused.value.field == "kind"


def test_the_note_of_sums_can_be_changed(volunteer, officer):
    type_sums(volunteer, officer)

    assert change_one(the_sums(), officer, note="จากใบสรุป").note == "จากใบสรุป"


def test_what_fell_out_of_the_term_meanwhile_does_not_come_back(volunteer, officer):
    one = log_one(volunteer, officer)
    pk = one.pk
    remove(one, officer)
    with open_scope(officer.scope):
        Term.objects.filter(volunteer=volunteer).update(ends_on=DAY - timedelta(days=1))

    with pytest.raises(RuleViolation, match="ไม่อยู่ในวาระ"):
        restore(pk, officer)

    assert log() == []


def test_what_is_back_is_not_brought_back_again(volunteer, officer):
    one = log_one(volunteer, officer)
    pk = one.pk
    remove(one, officer)
    with open_scope(officer.scope):
        trace = removed_activity(pk, user=officer)
    restore(pk, officer)

    with open_scope(officer.scope), pytest.raises(RuleViolation, match="อยู่ในบันทึกแล้ว"):
        restore_activity(removed=trace, by=officer)


@pytest.mark.parametrize("locked", [True, False], ids=["locked", "the twin without the lock"])
def test_sums_and_an_activity_that_come_together_are_not_both_kept(committed, monkeypatch, locked):
    """The twin shows that the test can see what the lock of the person's log prevents."""
    officer, volunteer = UserFactory(province=Province.objects.get(pk=50)), serving()
    if not locked:
        monkeypatch.setattr(activities, "wait_in_transaction", lambda *which: None)

    def sums():
        type_figures(
            volunteer=volunteer, month=MONTH, figures={"spotted": 3}, version="0", by=officer
        )

    answer = while_held(sums, lambda: log_one(volunteer, officer), scope=officer.scope)

    assert isinstance(answer, RuleViolation) is locked
    assert len(log()) == (1 if locked else 2)
