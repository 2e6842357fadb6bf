"""Signing in with a password, wrong ones, and changing it."""

import datetime

import pytest
import time_machine
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.volunteer_network.views.accounts.signing_in import LOGIN, SECRET, sign_in, verbs
from volunteer_network.models import AuditEvent, User


def test_the_sign_in_page_is_thai_in_our_frame_and_offers_the_demo_people(client, db):
    page = client.get(LOGIN)

    html = page.content.decode()
    assert page.status_code == 200
    assert "<h1>เข้าสู่ระบบ</h1>" in html
    assert "?login=mentor.chiangmai" in html
    assert "Sign" not in html
    assert "Username" not in html


def test_a_demo_chip_fills_in_name_and_password(client, db):
    html = client.get(f"{LOGIN}?login=mentor.nan").content.decode()

    assert 'value="mentor.nan"' in html
    assert 'value="demo-mentor.nan"' in html


def test_a_real_site_fills_in_nothing(client, db, real_site):
    html = client.get(f"{LOGIN}?login=mentor.nan").content.decode()

    assert "mentor.nan" not in html


def test_the_right_password_opens_the_home_page(client, chiang_mai_officer):
    response = sign_in(client, "mentor.chiangmai")

    assert response.status_code == 302
    assert response.url == "/"
    assert verbs(actor=chiang_mai_officer.pk) == ["sign_in.succeeded"]


def test_a_wrong_password_is_said_in_thai_and_audited_without_the_name(client, chiang_mai_officer):
    response = sign_in(client, "mentor.chiangmai", "wrong")

    event = AuditEvent.objects.get(verb="sign_in.failed")
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in response.content.decode()
    assert (event.actor, event.target, event.detail) == (None, str(chiang_mai_officer.pk), {})


def test_an_open_redirect_is_refused(client, chiang_mai_officer):
    response = sign_in(client, "mentor.chiangmai", query="?next=https://evil.example/")

    assert response.url == "/"


def test_the_next_page_of_our_own_is_kept(client, chiang_mai_officer):
    response = sign_in(client, "mentor.chiangmai", query="?next=/account/")

    assert response.url == "/account/"


def test_five_failures_lock_one_name_at_one_address_and_no_colleague(
    client, chiang_mai_officer, chiang_mai_head
):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False):
        for _attempt in range(5):
            last = sign_in(client, "mentor.chiangmai", "wrong")
        attacked = sign_in(client, "mentor.chiangmai")
        colleague = sign_in(client, "head.chiangmai")

    assert (last.status_code, attacked.status_code, colleague.status_code) == (429, 429, 302)
    assert "10.15 น." in attacked.content.decode()
    assert attacked.headers["Retry-After"] == "900"
    assert "sign_in.locked" in verbs()


def test_the_lock_follows_the_address(client, chiang_mai_officer):
    for _attempt in range(5):
        sign_in(client, "mentor.chiangmai", "wrong")

    assert sign_in(client, "mentor.chiangmai", REMOTE_ADDR="10.1.2.3").status_code == 302


def test_further_tries_do_not_move_the_end_of_the_lock(client, chiang_mai_officer):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False) as clock:
        for _attempt in range(5):
            sign_in(client, "mentor.chiangmai", "wrong")
        clock.shift(datetime.timedelta(minutes=14))
        assert sign_in(client, "mentor.chiangmai").status_code == 429
        clock.shift(datetime.timedelta(minutes=2))
        assert sign_in(client, "mentor.chiangmai").status_code == 302


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_reset_password", "account_set_password"]
)
def test_addresses_that_make_no_sense_here_are_not_routed(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/accounts/email/", "/accounts/password/reset/"]
)
def test_nothing_answers_there(client, db, path):
    assert client.get(path).status_code == 404


# The password


def change(client, old, new, again=None):
    typed = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post("/accounts/password/change/", typed, follow=True)


def test_changing_the_password_signs_the_other_devices_out(
    client, client_factory, chiang_mai_officer
):
    other = client_factory()
    sign_in(other, "mentor.chiangmai")
    sign_in(client, "mentor.chiangmai")

    page = change(client, SECRET, "ปลูกข้าวหน้าฝนที่บ้าน")

    assert "เปลี่ยนรหัสผ่านแล้ว" in page.content.decode()
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert len(client.get("/account/").context["sessions"]) == 1
    assert "account.password_changed" in verbs(actor=chiang_mai_officer.pk)


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        ("short", "short", "อย่างน้อย 12 ตัว"),
        ("passwordpassword", "passwordpassword2", "ไม่ตรงกัน"),
        ("mentor.chiangmai", "mentor.chiangmai", "คล้ายชื่อ"),
    ],
)
def test_a_weak_password_is_refused_in_thai(client, chiang_mai_officer, new, again, words):
    sign_in(client, "mentor.chiangmai")

    page = change(client, SECRET, new, again)

    assert words in page.content.decode()
    assert "password is" not in page.content.decode()
    assert User.objects.get(pk=chiang_mai_officer.pk).check_password(SECRET)


def test_production_hashes_with_argon2():
    from volunteer_network.settings import base

    assert base.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert timezone.is_aware(timezone.now())
