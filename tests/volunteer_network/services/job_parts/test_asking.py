"""Asking for a whole, hearing of it, and whose it is."""

import pytest
from django.db import connection

from tests.volunteer_network.services.job_parts.wholes import now, parts_of, run_all
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Job, Notice, User
from volunteer_network.services import jobs


def test_a_whole_has_taken_as_long_as_its_parts(ask):
    whole = ask(2)
    began = now(whole).claimed_at

    run_all(whole)

    assert now(whole).claimed_at == began


def test_the_same_unfinished_whole_is_the_same_job(ask):
    whole = ask(2, year=2569)

    assert ask(2, year=2569) == whole
    assert ask(2, year=2570) != whole
    assert len(parts_of(whole)) == 2


def test_what_is_asked_for_alone_is_no_part_of_a_whole(ask, central_officer):
    [part] = parts_of(ask(1))

    with open_scope(central_officer.scope):
        alone = jobs.ask_for_job(
            kind=part.kind, title=part.title, parameters=part.parameters, by=central_officer
        )

    assert alone != part
    assert alone.whole_id is None


def test_a_part_that_makes_no_file_is_not_made_again(ask, central_officer):
    whole = ask(2)
    with open_scope(NATION):  # as a kind ends that writes rows and no file
        Job.objects.parts_of(whole.pk).update(state=JobState.DONE)
        Job.objects.filter(pk=whole.pk).update(state=JobState.DONE)

    with open_scope(central_officer.scope):
        jobs.repeat_job(job=whole, by=central_officer)

    assert {part.state for part in parts_of(whole)} == {JobState.DONE}


def test_a_whole_without_parts_is_refused(ask):
    with pytest.raises(RuleViolation, match="ยังไม่มีส่วนใดพร้อม"):
        ask(0)


def test_the_person_is_told_once_for_the_whole(ask, central_officer):
    whole = ask(3, refusing={2})

    run_all(whole)

    with open_scope(central_officer.scope):
        [notice] = Notice.objects.visible_to(central_officer)
    assert notice.href == whole.get_absolute_url()
    assert "ขาด 1 ส่วน" in notice.text


def test_each_part_leaves_one_line_in_the_audit(ask):
    whole = ask(3)

    run_all(whole)

    with open_scope(NATION):
        verbs = AuditEvent.objects.filter(target_type="job").order_by("pk")
        assert [event.verb for event in verbs] == ["job.asked", *["job.done"] * 4]


def test_a_person_who_was_deactivated_meanwhile_gets_neither_parts_nor_whole(ask, central_officer):
    whole = ask(2)
    User.objects.filter(pk=central_officer.pk).update(is_active=False)

    run_all(whole)

    assert {part.state for part in parts_of(whole)} == {JobState.FAILED}
    assert now(whole).state == JobState.FAILED


def test_a_part_belongs_to_the_province_of_its_whole(chiang_mai_officer, songkhla_officer, ask):
    from django.db import IntegrityError, transaction

    whole = ask(1, by=chiang_mai_officer)

    def put_into_songkhla():
        Job.objects.create(
            province_id=90,
            kind="test_part",
            title="x",
            requested_by=songkhla_officer,
            whole_id=whole.pk,
        )
        connection.check_constraints()

    with pytest.raises(IntegrityError), transaction.atomic(), open_scope(NATION):
        put_into_songkhla()
