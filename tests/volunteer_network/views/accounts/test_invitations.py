"""An account is made with a link that sets its password once."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.factories import InvitationFactory
from tests.volunteer_network.views.accounts.signing_in import NEW_MENTOR, device, link_on
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.models import Invitation, OutgoingMail, User
from volunteer_network.services.outgoing_mail import send_mail

NEW_SECRET = "ปลูกข้าวหน้าฝนที่บ้าน"


def test_an_account_is_made_with_a_link_shown_once(admin_client):
    page = admin_client.post("/people/new/", NEW_MENTOR, follow=True)

    account = User.objects.get(username="mentor.chiangmai2")
    link = link_on(page)
    again = admin_client.get(f"/people/{account.pk}/invitation/", follow=True)
    assert not account.has_usable_password()
    assert account.office.agency_id == "OPS"
    assert link not in again.content.decode()
    assert Client().get(link).status_code == 200


def test_a_fresh_link_waits_sealed_for_the_page_that_shows_it(admin_client):
    answer = admin_client.post("/people/new/", NEW_MENTOR)

    waiting = [str(value) for value in admin_client.session.values()]
    link = link_on(admin_client.get(answer.headers["Location"]))
    assert not any("/invitations/" in text or link in text for text in waiting)
    assert len(waiting) > len(admin_client.session.items())


def test_a_fresh_link_is_not_shown_for_another_account(admin_client, chiang_mai_officer):
    admin_client.post("/people/new/", NEW_MENTOR)

    page = admin_client.get(f"/people/{chiang_mai_officer.pk}/invitation/")

    assert page.status_code == 302


def test_a_link_is_mailed_when_there_is_an_address(admin_client):
    page = admin_client.post(
        "/people/new/", NEW_MENTOR | {"email": "saneh@example.go.th"}, follow=True
    )

    with open_scope(SYSTEM):
        queued = OutgoingMail.objects.get()
    send_mail(queued.pk)
    assert mail.outbox[0].to == ["saneh@example.go.th"]
    assert link_on(page) in mail.outbox[0].body


def test_a_second_press_makes_no_second_account(admin_client):
    admin_client.post("/people/new/", NEW_MENTOR)
    again = admin_client.post("/people/new/", NEW_MENTOR)

    assert again.status_code == 422
    assert "ชื่อผู้ใช้นี้มีแล้ว" in again.content.decode()
    assert User.objects.filter(username="mentor.chiangmai2").count() == 1
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"username": "ปาณิสรา"}, "username"),
        ({"username": "a b"}, "username"),
        ({"province": ""}, "province"),
        ({"province": "10"}, "province"),
        ({"role": "inspector", "province": ""}, "inspection_regions"),
        ({"role": "inspector", "inspection_regions": ["99"]}, "inspection_regions"),
        ({"role": "partner_officer"}, "agency"),
        ({"role": "partner_officer", "agency": "OPS"}, "agency"),
        ({"role": "emperor"}, "role"),
    ],
)
def test_a_wrong_account_is_marked_at_its_field(admin_client, typed, field):
    page = admin_client.post("/people/new/", NEW_MENTOR | typed)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert User.objects.count() == 1


def test_the_link_sets_a_password_once(client, db):
    invitation = InvitationFactory(token="fresh")
    link = "/invitations/fresh/"

    set_once = client.post(link, {"password1": NEW_SECRET, "password2": NEW_SECRET})
    reused = client.post(link, {"password1": "อีกรหัสหนึ่งที่ยาวพอ", "password2": "อีกรหัสหนึ่งที่ยาวพอ"})

    account = User.objects.get(pk=invitation.user_id)
    assert set_once.url == "/accounts/login/"
    assert reused.status_code == 410
    assert "ใช้ไปแล้ว" in reused.content.decode()
    assert account.check_password(NEW_SECRET)


def test_the_link_ends_after_seven_days(client, db):
    InvitationFactory(token="old")

    with time_machine.travel(timezone.now() + datetime.timedelta(days=7, seconds=1)):
        page = client.get("/invitations/old/")

    assert page.status_code == 410
    assert "หมดอายุ" in page.content.decode()


def test_a_forged_link_is_unknown(client, db):
    InvitationFactory(token="real")

    assert client.get("/invitations/real2/").status_code == 404


def test_a_link_of_a_closed_account_is_dead(client, db):
    invitation = InvitationFactory(token="closed", user__is_active=False)

    answer = client.post("/invitations/closed/", {"password1": NEW_SECRET, "password2": NEW_SECRET})

    assert answer.status_code == 410
    assert not User.objects.get(pk=invitation.user_id).has_usable_password()


def test_a_weak_password_keeps_the_link_open(client, db):
    InvitationFactory(token="fresh")

    page = client.post("/invitations/fresh/", {"password1": "short", "password2": "short"})

    assert page.status_code == 422
    assert client.get("/invitations/fresh/").status_code == 200


def test_a_newer_link_ends_the_older(admin_client):
    invitation = InvitationFactory(token="older")

    page = admin_client.post(f"/people/{invitation.user_id}/invite/", follow=True)

    assert Client().get("/invitations/older/").status_code == 410
    assert Client().get(link_on(page)).status_code == 200


def test_a_reset_link_signs_every_device_out_when_it_is_used(admin_client, chiang_mai_officer):
    other = device("mentor.chiangmai")
    page = admin_client.post(f"/people/{chiang_mai_officer.pk}/invite/", follow=True)
    assert other.get("/account/").status_code == 200

    Client().post(link_on(page), {"password1": NEW_SECRET, "password2": NEW_SECRET})

    assert other.get("/account/").status_code == 302
