"""Who stands in for a head, and from when."""

import datetime

import pytest
from django.utils import timezone

from tests.factories import ActingHeadFactory, UserFactory
from volunteer_network.access.roles import Capability, Role
from volunteer_network.models import ActingHead, User


def near(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def typed_days(mentor, start=0, end=3):
    return {
        "mentor": mentor.pk,
        "starts_on": near(start).isoformat(),
        "ends_on": near(end).isoformat(),
    }


def test_a_head_names_a_mentor_who_may_act_at_once(client, chiang_mai_head, chiang_mai_officer):
    client.force_login(chiang_mai_head)

    client.post("/acting-heads/new/", typed_days(chiang_mai_officer))

    assert User.objects.get(pk=chiang_mai_officer.pk).can(Capability.NAME_ACTING_HEAD)
    assert "มีผลอยู่" in client.get("/acting-heads/").content.decode()


def test_a_mentor_of_another_province_cannot_be_chosen(client, chiang_mai_head, songkhla_officer):
    client.force_login(chiang_mai_head)

    page = client.post("/acting-heads/new/", typed_days(songkhla_officer))

    assert list(page.context["form"].errors) == ["mentor"]
    assert songkhla_officer.username not in page.content.decode()
    assert not ActingHead.objects.exists()


def test_an_acting_head_of_another_province_does_not_exist(
    client, chiang_mai_head, songkhla_officer
):
    theirs = ActingHeadFactory(user=songkhla_officer, starts_on=near(0), ends_on=near(1))
    client.force_login(chiang_mai_head)

    assert list(client.get("/acting-heads/").context["rows"]) == []
    assert client.post(f"/acting-heads/{theirs.pk}/revoke/").status_code == 404
    assert ActingHead.objects.get().revoked_at is None


def test_revoking_takes_the_right_away_at_once(client, chiang_mai_head, chiang_mai_officer):
    acting = ActingHeadFactory(user=chiang_mai_officer, starts_on=near(0), ends_on=near(1))
    client.force_login(chiang_mai_head)

    client.post(f"/acting-heads/{acting.pk}/revoke/")

    assert not User.objects.get(pk=chiang_mai_officer.pk).can(Capability.NAME_ACTING_HEAD)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROVINCIAL_HEAD])
def test_only_a_head_names_an_acting_head(client, db, role):
    client.force_login(UserFactory(role=role))

    assert {client.get(path).status_code for path in ("/acting-heads/", "/acting-heads/new/")} == {
        403
    }
