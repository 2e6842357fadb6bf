"""Terms: how long they last, that they never overlap, how they end, and who is in office."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from tests.factories import TermFactory, VolunteerFactory
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.celery import app as celery_app
from volunteer_network.enums import STATUS_AFTER_END, EndReason, VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Term, Volunteer
from volunteer_network.services.terms import (
    appoint,
    close_finished_terms,
    end_term,
    last_day_of_term,
    resume,
    suspend,
)

DAY = timedelta(days=1)


@pytest.fixture
def volunteer(chiang_mai):
    return VolunteerFactory(province=chiang_mai, status=VolunteerStatus.APPLICANT)


def within(by, service, **kwargs):
    with open_scope(by.scope):
        return service(by=by, **kwargs)


def give_term(by, volunteer, starts_on, **changes):
    details = {"order_number": "1127/2569", "order_date": None, **changes}
    return within(by, appoint, volunteer=volunteer, starts_on=starts_on, **details)


def now(volunteer):
    """The person's row as it is."""
    volunteer.refresh_from_db()
    return volunteer


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2019, 6, 11), date(2022, 6, 10)),  # 11/06/2562 to 10/06/2565, as in the register
        (date(2025, 1, 1), date(2027, 12, 31)),
        (date(2025, 3, 1), date(2028, 2, 29)),  # the last year is a leap year
        (date(2024, 2, 29), date(2027, 2, 28)),  # the first is, the last is not
        (date(2026, 10, 1), date(2029, 9, 30)),
    ],
)
def test_a_term_ends_on_the_day_before_its_anniversary(starts_on, ends_on):
    assert last_day_of_term(starts_on) == ends_on


@pytest.mark.parametrize(
    ("years", "ends_on"), [(4, date(2028, 2, 28)), (1, date(2025, 2, 28))]
)  # a term begun on 29 February
def test_the_length_of_a_term_is_a_setting(settings, years, ends_on):
    settings.TERM_YEARS = years

    assert last_day_of_term(date(2024, 2, 29)) == ends_on


def test_an_order_makes_an_applicant_active(chiang_mai_officer, volunteer, today, everywhere):
    term = give_term(chiang_mai_officer, volunteer, today, order_date=today - DAY)

    with everywhere():
        person = now(volunteer)
        [event] = AuditEvent.objects.filter(verb="term.began")
    assert (person.status, person.term_ends_on) == ("active", term.ends_on)
    assert (term.order_number, term.order_date) == ("1127/2569", today - DAY)
    assert (term.round_number, term.subdistrict_id) == (1, volunteer.subdistrict_id)
    assert (event.actor, event.target) == (chiang_mai_officer.pk, str(term.pk))


def test_a_renewal_moves_the_end_and_counts_the_rounds(
    chiang_mai_officer, volunteer, today, everywhere
):
    first = give_term(chiang_mai_officer, volunteer, today - 1000 * DAY)

    second = give_term(chiang_mai_officer, volunteer, first.ends_on + DAY)

    with everywhere():
        assert now(volunteer).term_ends_on == second.ends_on
    assert second.round_number == 2


def test_an_overlap_is_refused_with_the_next_free_day(chiang_mai_officer, volunteer):
    give_term(chiang_mai_officer, volunteer, date(2025, 6, 11))

    with pytest.raises(RuleViolation) as refused:
        give_term(chiang_mai_officer, volunteer, date(2028, 6, 10))

    assert refused.value.field == "starts_on"
    assert "11 มิ.ย. 2568 – 10 มิ.ย. 2571" in refused.value.message
    assert "11 มิ.ย. 2571" in refused.value.message


def test_the_next_free_day_is_accepted(chiang_mai_officer, volunteer):
    give_term(chiang_mai_officer, volunteer, date(2025, 6, 11))

    assert give_term(chiang_mai_officer, volunteer, date(2028, 6, 11)).round_number == 2


def test_the_database_refuses_an_overlap_by_itself(volunteer, everywhere):
    TermFactory(volunteer=volunteer)

    with pytest.raises(IntegrityError, match="terms_do_not_overlap"):
        TermFactory(volunteer=volunteer, starts_on=date(2028, 6, 10), ends_on=date(2031, 6, 9))


def test_terms_of_two_people_may_overlap(volunteer):
    TermFactory(volunteer=volunteer)

    assert TermFactory().pk


@pytest.mark.parametrize("reason", EndReason)
def test_the_status_follows_from_the_reason(
    chiang_mai_officer, volunteer, today, everywhere, reason
):
    term = give_term(chiang_mai_officer, volunteer, today - 30 * DAY)

    within(chiang_mai_officer, end_term, volunteer=volunteer, ended_on=today, end_reason=reason)

    with everywhere():
        person = now(volunteer)
        term.refresh_from_db()
        [event] = AuditEvent.objects.filter(verb="term.ended")
    assert person.status == STATUS_AFTER_END[reason]
    assert (term.ended_on, term.end_reason, term.lasts_until) == (today, reason, today)
    assert event.detail == {"reason": reason}


def test_a_day_outside_every_term_cannot_end_one(chiang_mai_officer, volunteer, today):
    give_term(chiang_mai_officer, volunteer, today)

    with pytest.raises(RuleViolation) as refused:
        within(
            chiang_mai_officer,
            end_term,
            volunteer=volunteer,
            ended_on=today - DAY,
            end_reason=EndReason.RESIGNED,
        )

    assert refused.value.field == "ended_on"


def test_a_term_ends_once(chiang_mai_officer, volunteer, today):
    give_term(chiang_mai_officer, volunteer, today - 30 * DAY)
    leave = {"volunteer": volunteer, "ended_on": today, "end_reason": EndReason.RESIGNED}
    within(chiang_mai_officer, end_term, **leave)

    with pytest.raises(RuleViolation, match="สิ้นสุดไปแล้ว"):
        within(chiang_mai_officer, end_term, **leave | {"end_reason": EndReason.DECEASED})


def test_a_day_in_an_earlier_term_does_not_end_the_present_one(
    chiang_mai_officer, volunteer, today, everywhere
):
    first = give_term(chiang_mai_officer, volunteer, today - 1200 * DAY)
    give_term(chiang_mai_officer, volunteer, first.ends_on + DAY)

    with pytest.raises(RuleViolation, match="วาระที่ 2"):
        within(
            chiang_mai_officer,
            end_term,
            volunteer=volunteer,
            ended_on=first.ends_on - DAY,
            end_reason=EndReason.RESIGNED,
        )

    with everywhere():
        assert now(volunteer).status == VolunteerStatus.ACTIVE


def test_a_renewal_that_has_not_begun_is_void_when_the_person_leaves(
    chiang_mai_officer, volunteer, today, everywhere
):
    first = give_term(chiang_mai_officer, volunteer, today - 1000 * DAY)
    give_term(chiang_mai_officer, volunteer, first.ends_on + DAY)

    within(
        chiang_mai_officer,
        end_term,
        volunteer=volunteer,
        ended_on=today,
        end_reason=EndReason.DECEASED,
    )

    with everywhere():
        assert [term.pk for term in volunteer.terms.all()] == [first.pk]
        assert now(volunteer).term_ends_on == today
        assert Term.pgh_event_model.objects.filter(pgh_label="delete").count() == 1
        assert AuditEvent.objects.filter(verb="term.cancelled").count() == 1


def test_who_resigned_can_be_appointed_again(chiang_mai_officer, volunteer, today, everywhere):
    give_term(chiang_mai_officer, volunteer, today - 30 * DAY)
    within(
        chiang_mai_officer,
        end_term,
        volunteer=volunteer,
        ended_on=today - DAY,
        end_reason=EndReason.RESIGNED,
    )

    again = give_term(chiang_mai_officer, volunteer, today)

    with everywhere():
        assert (now(volunteer).status, again.round_number) == ("active", 2)


def test_the_dead_are_not_appointed(chiang_mai_officer, today):
    dead = VolunteerFactory(status=VolunteerStatus.DECEASED)

    with pytest.raises(RuleViolation, match="เสียชีวิต"):
        give_term(chiang_mai_officer, dead, today)


def test_a_suspension_ends_before_a_new_term(chiang_mai_officer, today, everywhere):
    suspended = VolunteerFactory(status=VolunteerStatus.SUSPENDED)

    with pytest.raises(RuleViolation, match="พักการปฏิบัติหน้าที่"):
        give_term(chiang_mai_officer, suspended, today)

    with everywhere():
        assert now(suspended).status == VolunteerStatus.SUSPENDED


@pytest.mark.parametrize(
    ("before", "after"), [("applicant", "term_ended"), ("resigned", "resigned")]
)
def test_a_term_of_the_past_entered_late_makes_nobody_active(
    chiang_mai_officer, everywhere, before, after
):
    volunteer = VolunteerFactory(status=before)

    give_term(chiang_mai_officer, volunteer, date(2019, 6, 11))

    with everywhere():
        assert (now(volunteer).status, volunteer.term_ends_on) == (after, None)


def test_duty_can_be_put_on_hold_and_taken_up_again(
    chiang_mai_officer, volunteer, today, everywhere
):
    term = give_term(chiang_mai_officer, volunteer, today)

    within(chiang_mai_officer, suspend, volunteer=volunteer)
    with everywhere():
        assert now(volunteer).status == VolunteerStatus.SUSPENDED
    within(chiang_mai_officer, resume, volunteer=volunteer)

    with everywhere():
        assert (now(volunteer).status, volunteer.term_ends_on) == ("active", term.ends_on)
        verbs = AuditEvent.objects.filter(target_type="volunteer").order_by("pk")
        assert list(verbs.values_list("verb", flat=True)) == [
            "volunteer.suspended",
            "volunteer.active",
        ]


@pytest.mark.parametrize(
    ("service", "status"),
    [(suspend, status) for status in VolunteerStatus if status != "active"]
    + [(resume, status) for status in VolunteerStatus if status != "suspended"],
)
def test_a_hold_fits_one_status_only(chiang_mai_officer, service, status):
    volunteer = VolunteerFactory(status=status)

    with pytest.raises(RuleViolation, match=str(status.label)):
        within(chiang_mai_officer, service, volunteer=volunteer)


def test_a_change_of_status_makes_no_open_form_stale(
    chiang_mai_officer, volunteer, today, everywhere
):
    give_term(chiang_mai_officer, volunteer, today)

    with everywhere():
        assert now(volunteer).version == 1


# What happens at night


@pytest.fixture
def people(chiang_mai, songkhla, today):
    """Whose term ended yesterday, two of them; and those whom the night leaves alone."""
    over = {"starts_on": today - 1000 * DAY, "ends_on": today - DAY}
    running = {"starts_on": today - 1000 * DAY, "ends_on": today}

    def person(status, *terms, province=chiang_mai):
        volunteer = VolunteerFactory(province=province, status=status)
        for number, term in enumerate(terms, start=1):
            TermFactory(volunteer=volunteer, round_number=number, **term)
        return volunteer

    renewed = {"starts_on": today, "ends_on": today + 1000 * DAY}
    return {
        "over": person("active", over),
        "over, in another province": person("active", over, province=songkhla),
        "over, while suspended": person("suspended", over),
        "last day": person("active", running),
        "renewed": person("active", over, renewed),
        "never appointed": person("active"),
        "applicant": person("applicant"),
        "resigned": person("resigned", over),
    }


def test_at_night_those_leave_whose_last_term_has_run_out(people, everywhere):
    assert close_finished_terms() == 3

    with everywhere():
        left = [name for name, one in people.items() if now(one).status == "term_ended"]
        events = AuditEvent.objects.filter(verb="volunteer.term_ended")
        assert left == ["over", "over, in another province", "over, while suspended"]
        assert sorted(events.values_list("province_id", "actor")) == [
            (50, None), (50, None), (90, None),
        ]  # fmt: skip
        traces = Volunteer.pgh_event_model.objects.filter(status="term_ended")
        assert traces.count() == 3


def test_a_second_night_changes_nothing(people):
    close_finished_terms()

    assert close_finished_terms() == 0


def test_the_term_counts_through_its_last_day(people, everywhere, today):
    with time_machine.travel(timezone.now() + DAY):
        assert close_finished_terms() == 4

    with everywhere():
        assert now(people["last day"]).status == "term_ended"


def test_who_left_at_night_can_be_appointed_in_the_morning(
    people, chiang_mai_officer, today, everywhere
):
    close_finished_terms()

    give_term(chiang_mai_officer, people["over"], today)

    with everywhere():
        assert now(people["over"]).status == "active"


def test_the_night_may_change_people_and_nothing_else_of_the_register(people):
    for denied in (
        lambda: Volunteer.objects.filter(pk=people["over"].pk).delete(),
        lambda: Term.objects.update(end_reason="resigned"),
        lambda: Volunteer.objects.bulk_create([Volunteer(province_id=50)]),
    ):
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, open_scope(SYSTEM), transaction.atomic():
            denied()


def test_the_night_is_in_the_schedule():
    entry = celery_app.conf.beat_schedule["close_finished_terms"]

    assert entry["task"] == "volunteer_network.tasks.close_finished_terms"
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({0}, {5})
