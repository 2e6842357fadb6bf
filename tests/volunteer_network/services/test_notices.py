"""Telling people: who is told, what comes by mail, what is read and what is forgotten."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from tests.factories import NoticeFactory, UserFactory
from tests.factories.jobs import JobFactory
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.enums import NoticeKind
from volunteer_network.models import Notice, OutgoingMail, User
from volunteer_network.services.jobs import MOST_ATTEMPTS, run_job
from volunteer_network.services.notices import (
    choose_mail,
    forget_read_notices,
    notify,
    read_all_notices,
    read_notice,
)


def tell(to, *, by, kind=NoticeKind.CASE, text="มีเรื่องส่งต่อใหม่ 1 เรื่อง", href="/cases/1/"):
    with open_scope(by.scope):
        notify(to=to, kind=kind, text=text, href=href, by=by)


def told(person):
    with open_scope(person.scope):
        return list(Notice.objects.visible_to(person).values_list("text", "href", "kind"))


def mailed():
    with open_scope(NATION):
        return list(OutgoingMail.objects.order_by("pk").values_list("address", flat=True))


@pytest.fixture
def head(chiang_mai):
    return UserFactory(role=Role.PROVINCIAL_HEAD, province=chiang_mai, email="head@example.go.th")


def test_each_is_told_but_not_who_acts(chiang_mai_officer, head):
    tell([head, chiang_mai_officer], by=chiang_mai_officer)

    assert told(head) == [("มีเรื่องส่งต่อใหม่ 1 เรื่อง", "/cases/1/", "case")]
    assert told(chiang_mai_officer) == []


def test_a_closed_account_is_told_nothing(chiang_mai_officer, chiang_mai):
    closed = UserFactory(province=chiang_mai, is_active=False, email="closed@example.go.th")

    tell([closed], by=chiang_mai_officer)

    assert (told(closed), mailed()) == ([], [])


def test_mail_goes_to_whom_has_an_address_and_wants_it(chiang_mai_officer, head, chiang_mai):
    without_address = UserFactory(province=chiang_mai)
    declined = UserFactory(
        province=chiang_mai, email="declined@example.go.th", unmailed_kinds=[NoticeKind.CASE]
    )

    tell([head, without_address, declined], by=chiang_mai_officer)

    assert mailed() == ["head@example.go.th"]
    assert len(told(declined)) == 1


@pytest.mark.parametrize("role", [Role.CENTRAL_OFFICER, Role.INSPECTOR, Role.PARTNER_OFFICER])
def test_a_mentor_can_tell_people_outside_the_own_scope(chiang_mai_officer, role):
    other = UserFactory(role=role, inspection_regions=[15] if role == Role.INSPECTOR else [])

    tell([other], by=chiang_mai_officer)

    assert len(told(other)) == 1


def test_a_notice_leads_to_a_path_of_this_site_only(chiang_mai_officer, head):
    for href in ("https://example.com/", "//example.com/", "/\\example.com", "cases/"):
        with pytest.raises(IntegrityError, match="leads_into_this_site"), transaction.atomic():
            tell([head], by=chiang_mai_officer, href=href)


def test_a_text_of_several_lines_becomes_one_short_sentence(chiang_mai_officer, head):
    tell([head], by=chiang_mai_officer, text="บรรทัดแรก\r\nBcc: x@example.com " + "ก" * 400)

    text = told(head)[0][0]
    assert text.startswith("บรรทัดแรก Bcc: x@example.com")
    assert len(text) == 300


def test_the_first_time_of_reading_stays(chiang_mai_officer):
    notice = NoticeFactory(recipient=chiang_mai_officer)

    with open_scope(chiang_mai_officer.scope):
        read_notice(notice=notice, by=chiang_mai_officer)
        first = Notice.objects.get(pk=notice.pk).read_at
        read_notice(notice=notice, by=chiang_mai_officer)
        assert Notice.objects.get(pk=notice.pk).read_at == first


def test_nobody_reads_for_another(chiang_mai_officer, head):
    notice = NoticeFactory(recipient=head)

    with open_scope(chiang_mai_officer.scope):
        read_notice(notice=notice, by=chiang_mai_officer)
        read_all_notices(newest=notice.pk, by=chiang_mai_officer)

    with open_scope(head.scope):
        assert Notice.objects.get(pk=notice.pk).read_at is None


def test_what_came_since_the_page_was_drawn_stays_unread(chiang_mai_officer):
    seen = NoticeFactory(recipient=chiang_mai_officer)
    NoticeFactory(recipient=chiang_mai_officer)

    with open_scope(chiang_mai_officer.scope):
        read = read_all_notices(newest=seen.pk, by=chiang_mai_officer)
        assert (read, chiang_mai_officer.count_unread(100)) == (1, 1)


def test_more_unread_than_asked_for_are_not_counted(chiang_mai_officer):
    NoticeFactory.create_batch(3, recipient=chiang_mai_officer)

    with open_scope(chiang_mai_officer.scope):
        assert chiang_mai_officer.count_unread(2) == 2


def test_read_notices_are_forgotten_after_three_months(chiang_mai_officer):
    now = timezone.now()
    _old, recent, unread = (
        NoticeFactory(
            recipient=chiang_mai_officer, made_at=now - timedelta(days=200), read_at=read_at
        )
        for read_at in (now - timedelta(days=91), now - timedelta(days=89), None)
    )

    assert forget_read_notices() == 1
    with open_scope(SYSTEM):
        assert set(Notice.objects.values_list("pk", flat=True)) == {recent.pk, unread.pk}


def test_what_comes_by_mail_is_chosen(chiang_mai_officer):
    choose_mail(wanted=[NoticeKind.JOB], by=chiang_mai_officer)

    unmailed = User.objects.get(pk=chiang_mai_officer.pk).unmailed_kinds
    assert unmailed == ["case", "mentoring", "month", "plan", "seminar"]


def test_a_job_is_not_mailed_until_somebody_wants_it(head):
    assert head.unmailed_kinds == ["job"]


@pytest.mark.parametrize(("attempts_before", "words"), [(0, "เสร็จแล้ว"), (MOST_ATTEMPTS, "ไม่สำเร็จ")])
def test_who_asked_is_told_how_a_job_ended(chiang_mai_officer, attempts_before, words):
    job = JobFactory(
        kind="test_text",
        title="บัตรของ นกขมิ้น",
        requested_by=chiang_mai_officer,
        parameters={"text": "สวัสดี"},
        attempt=attempts_before,
    )

    run_job(job.pk)

    [(text, href, kind)] = told(chiang_mai_officer)
    assert words in text
    assert "นกขมิ้น" not in text
    assert (href, kind) == (job.get_absolute_url(), "job")


@pytest.mark.parametrize("role", Role)
def test_behind_the_second_wall_alone_a_person_finds_the_own_notices_only(role, chiang_mai):
    """No filter at all: the table itself shows nothing that is addressed to somebody else."""
    of_role = {"role": role, "inspection_regions": [15] if role == Role.INSPECTOR else []}
    ours, theirs = UserFactory(**of_role), UserFactory(**of_role)
    NoticeFactory(recipient=theirs)
    own = NoticeFactory(recipient=ours)

    with open_scope(ours.scope):
        assert list(Notice.objects.all()) == [own]


@pytest.mark.parametrize("role", [Role.MENTOR, Role.PROVINCIAL_HEAD, Role.PARTNER_OFFICER])
def test_behind_the_second_wall_alone_nobody_in_a_province_reads_others_mail(role, head):
    tell([head], by=UserFactory())
    reader = UserFactory(role=role)

    with open_scope(reader.scope):
        assert list(OutgoingMail.objects.all()) == []


def test_nobody_may_write_in_the_name_of_another_into_another_province(
    chiang_mai_officer, songkhla_officer
):
    theirs = UserFactory(province=songkhla_officer.province)

    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        open_scope(chiang_mai_officer.scope),
    ):
        Notice.objects.create(
            province=theirs.province,
            recipient=theirs,
            sender=songkhla_officer,
            kind=NoticeKind.CASE,
            text="x",
            href="/",
        )
