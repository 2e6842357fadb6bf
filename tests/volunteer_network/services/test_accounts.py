"""Rules about accounts: place and role, handing over, acting heads at the border of days, races."""

import datetime
import threading

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import connections
from django.utils import timezone

from tests.factories import ActingHeadFactory, InvitationFactory, UserFactory
from volunteer_network.access.roles import Capability, Role
from volunteer_network.enums import JobState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import ActingHead, Invitation, InvitationPurpose, Job, User
from volunteer_network.services.accounts import (
    change_account,
    create_account,
    deactivate_account,
    reactivate_account,
    reset_second_factor,
)
from volunteer_network.services.acting_heads import name_acting_head, revoke_acting_head
from volunteer_network.services.invitations import accept_invitation, invite
from volunteer_network.services.user_sessions import device_in_words

NAME = {"first_name": "เสน่ห์", "last_name": "นาคสวัสดิ์"}


def day(text):
    return datetime.date.fromisoformat(text)


def make(by, **given):
    place = {"role": Role.MENTOR, "province": None, "agency": "", "inspection_regions": []}
    return create_account(username="someone", by=by, **NAME, **(place | given))


def test_an_inspector_has_regions_and_no_province(central_admin, chiang_mai):
    account = make(
        central_admin, role=Role.INSPECTOR, province=chiang_mai, inspection_regions=[16, 15]
    )

    assert (account.province, account.office, account.inspection_regions) == (None, None, [15, 16])


def test_a_partner_works_in_an_office_of_the_agency(central_admin, chiang_mai):
    account = make(central_admin, role=Role.PARTNER_OFFICER, province=chiang_mai, agency="SSO")

    assert (account.office.agency_id, account.office.province_id) == ("SSO", 50)


def test_the_centre_keeps_nothing_of_a_province(central_admin, chiang_mai):
    account = make(central_admin, role=Role.EXECUTIVE, province=chiang_mai, agency="SSO")

    assert (account.province, account.office) == (None, None)


def test_nobody_changes_the_own_role_or_closes_the_own_account(central_admin):
    place = {"province": None, "agency": "", "inspection_regions": []}

    with pytest.raises(RuleViolation, match="ตนเอง"):
        change_account(
            account=central_admin, version=1, role=Role.EXECUTIVE, by=central_admin, **place
        )
    with pytest.raises(RuleViolation, match="ตนเอง"):
        deactivate_account(account=central_admin, reason="moved", by=central_admin)


def test_closing_hands_over_what_waits(
    central_admin, chiang_mai_officer, songkhla_officer, everywhere
):
    today = timezone.localdate()
    ActingHeadFactory(user=chiang_mai_officer, starts_on=today, ends_on=today)
    invitation = InvitationFactory(user=chiang_mai_officer)
    with everywhere():
        jobs = [
            Job.objects.create(
                province_id=user.province_id, kind="card", title="", requested_by=user, state=state
            ).pk
            for user, state in [
                (chiang_mai_officer, JobState.WAITING),
                (chiang_mai_officer, JobState.RUNNING),
                (chiang_mai_officer, JobState.DONE),
                (songkhla_officer, JobState.WAITING),
            ]
        ]

    deactivate_account(account=chiang_mai_officer, reason="moved", by=central_admin)

    with everywhere():
        states = [Job.objects.get(pk=pk).state for pk in jobs]
    assert states == [JobState.STOPPED, JobState.STOPPED, JobState.DONE, JobState.WAITING]
    assert ActingHead.objects.get().revoked_at is not None
    assert Invitation.objects.get(pk=invitation.pk).withdrawn_at is not None


def test_closing_twice_is_refused(central_admin, chiang_mai_officer):
    deactivate_account(account=chiang_mai_officer, reason="moved", by=central_admin)

    with pytest.raises(RuleViolation, match="อยู่แล้ว"):
        deactivate_account(account=chiang_mai_officer, reason="moved", by=central_admin)


def test_another_role_ends_an_acting_headship(central_admin, chiang_mai_officer, chiang_mai):
    today = timezone.localdate()
    ActingHeadFactory(user=chiang_mai_officer, starts_on=today, ends_on=today)

    change_account(
        account=chiang_mai_officer,
        version=1,
        role=Role.PARTNER_OFFICER,
        province=chiang_mai,
        agency="DOE",
        inspection_regions=[],
        by=central_admin,
    )

    assert ActingHead.objects.get().revoked_at is not None


def test_a_reopened_account_forgets_its_password(central_admin):
    closed = UserFactory(is_active=False)

    reactivate_account(account=closed, by=central_admin)

    assert not User.objects.get(pk=closed.pk).has_usable_password()


def test_a_second_factor_is_forgotten_for_who_lost_the_telephone(central_admin, chiang_mai_officer):
    Authenticator.objects.create(user=chiang_mai_officer, type="totp", data={})

    reset_second_factor(account=chiang_mai_officer, by=central_admin)

    assert not Authenticator.objects.exists()
    with pytest.raises(RuleViolation):
        reset_second_factor(account=chiang_mai_officer, by=central_admin)


def test_a_closed_account_gets_no_link(central_admin):
    closed = UserFactory(is_active=False)

    with pytest.raises(RuleViolation, match="ปิดใช้งาน"):
        invite(
            user=closed,
            purpose=InvitationPurpose.RESET,
            link_to=lambda token: token,
            by=central_admin,
        )


def test_the_token_itself_is_not_in_the_database(central_admin, chiang_mai_officer):
    token = invite(
        user=chiang_mai_officer,
        purpose=InvitationPurpose.RESET,
        link_to=lambda token: token,
        by=central_admin,
    )

    assert token not in str(Invitation.objects.values())
    assert len(token) >= 32


def test_two_people_with_one_link_set_one_password(committed):
    invitation = InvitationFactory(user=UserFactory(password=None))
    answers = []

    def accept(password):
        try:
            accept_invitation(invitation=invitation, password=password)
            answers.append(password)
        except RuleViolation:
            answers.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept, args=[f"secret-number-{n}"]) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers)[0] == "refused"
    assert User.objects.get(pk=invitation.user_id).check_password(sorted(answers)[1])


# Acting heads


def named(mentor, head, starts_on, ends_on):
    return name_acting_head(mentor=mentor, starts_on=day(starts_on), ends_on=day(ends_on), by=head)


@pytest.mark.parametrize(
    ("moment", "acts"),
    [
        ("2026-11-23 23:59:59 +0700", False),
        ("2026-11-24 00:00:00 +0700", True),
        ("2026-11-26 23:59:59 +0700", True),
        ("2026-11-27 00:00:00 +0700", False),
    ],
)
def test_a_stand_in_counts_from_the_first_to_the_last_minute(
    chiang_mai_officer, chiang_mai_head, moment, acts
):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False):
        named(chiang_mai_officer, chiang_mai_head, "2026-11-24", "2026-11-26")

    with time_machine.travel(moment, tick=False):
        person = User.objects.get(pk=chiang_mai_officer.pk)
        assert person.can(Capability.NAME_ACTING_HEAD) is acts


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        ("2026-11-22", "2026-11-24", "starts_on"),
        ("2026-11-25", "2026-11-24", "ends_on"),
        ("2026-11-23", "2027-11-24", "ends_on"),
    ],
)
def test_impossible_days_are_refused(
    chiang_mai_officer, chiang_mai_head, starts_on, ends_on, field
):
    with (
        time_machine.travel("2026-11-23 10:00 +0700", tick=False),
        pytest.raises(RuleViolation) as refused,
    ):
        named(chiang_mai_officer, chiang_mai_head, starts_on, ends_on)

    assert refused.value.field == field


def test_one_province_has_one_stand_in_at_a_time(chiang_mai_officer, chiang_mai_head):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False):
        first = named(chiang_mai_officer, chiang_mai_head, "2026-11-24", "2026-11-26")
        colleague = UserFactory()
        with pytest.raises(RuleViolation, match="รักษาราชการแทนอยู่แล้ว"):
            named(colleague, chiang_mai_head, "2026-11-26", "2026-11-28")
        revoke_acting_head(acting=first, by=chiang_mai_head)

        assert named(colleague, chiang_mai_head, "2026-11-26", "2026-11-28").pk


def test_only_a_living_mentor_of_the_own_province_stands_in(chiang_mai_head, songkhla_officer):
    today = timezone.localdate()
    unfit = [
        songkhla_officer,
        UserFactory(is_active=False),
        UserFactory(role=Role.PARTNER_OFFICER),
        chiang_mai_head,
    ]

    for person in unfit:
        with pytest.raises(RuleViolation):
            name_acting_head(mentor=person, starts_on=today, ends_on=today, by=chiang_mai_head)


def test_an_acting_head_cannot_prolong_the_own_days(chiang_mai_officer):
    today = timezone.localdate()

    with pytest.raises(RuleViolation, match="ตนเอง"):
        name_acting_head(
            mentor=chiang_mai_officer, starts_on=today, ends_on=today, by=chiang_mai_officer
        )


def test_what_is_over_cannot_be_revoked(chiang_mai_officer, chiang_mai_head):
    acting = ActingHeadFactory(
        user=chiang_mai_officer, starts_on=day("2026-01-01"), ends_on=day("2026-01-02")
    )

    with pytest.raises(RuleViolation, match="สิ้นสุด"):
        revoke_acting_head(acting=acting, by=chiang_mai_head)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge บน Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "Safari บน iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari Line/14.1", "LINE บน Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Firefox บน Linux"),
        ("<script>", "เบราว์เซอร์อื่น บน อุปกรณ์อื่น"),
    ],
)
def test_a_device_is_named_in_words(user_agent, words):
    assert device_in_words(user_agent) == words
