"""Signing in: the lock, the way back, the second factor, the end of sessions."""

import datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.factories import UserFactory
from volunteer_network.access.roles import Role
from volunteer_network.models import AuditEvent, User

SECRET = "a-long-enough-secret"
LOGIN = "/accounts/login/"


def sign_in(client, username, password=SECRET, query="", **extra):
    return client.post(LOGIN + query, {"login": username, "password": password}, **extra)


def verbs(**wanted):
    return list(
        AuditEvent.objects.filter(province_id=None, **wanted)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


@pytest.fixture
def real_site(settings):
    settings.DEMO = False


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


# Sessions


def test_an_idle_session_ends_and_leads_back_with_a_sentence(client, chiang_mai_officer):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False) as clock:
        sign_in(client, "mentor.chiangmai")
        assert client.get("/account/?a=1").status_code == 200
        clock.shift(datetime.timedelta(minutes=31))
        sent_away = client.get("/account/?a=1")
        page = client.get(sent_away.url)
        back = client.post(
            LOGIN, {"login": "mentor.chiangmai", "password": SECRET, "next": "/account/?a=1"}
        )

    assert sent_away.url == f"{LOGIN}?next=%2Faccount%2F%3Fa%3D1&ended=idle"
    assert "ไม่ได้ใช้งาน 30 นาที" in page.content.decode()
    assert 'name="next" value="/account/?a=1"' in page.content.decode()
    assert back.url == "/account/?a=1"


def test_a_form_sent_too_late_leads_back_to_its_own_page(client, chiang_mai_officer):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False) as clock:
        sign_in(client, "mentor.chiangmai")
        client.get("/account/")
        clock.shift(datetime.timedelta(minutes=31))
        sent_away = client.post(
            "/account/sessions/end-others/", headers={"Referer": "http://testserver/account/"}
        )

    assert "next=http%3A%2F%2Ftestserver%2Faccount%2F" in sent_away.url


def test_a_part_asked_by_htmx_takes_the_whole_page_to_the_sign_in(client, chiang_mai_officer):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False) as clock:
        sign_in(client, "mentor.chiangmai")
        client.get("/account/")
        clock.shift(datetime.timedelta(minutes=31))
        answer = client.get(
            "/account/", headers={"HX-Request": "true", "HX-Current-URL": "http://evil.example/"}
        )

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"{LOGIN}?next=%2F&ended=idle"


def test_a_session_that_is_used_lasts_eight_hours_and_no_longer(client, chiang_mai_officer):
    with time_machine.travel("2026-11-23 08:00 +0700", tick=False) as clock:
        sign_in(client, "mentor.chiangmai")
        for _quarter in range(32):
            assert client.get("/account/").status_code == 200
            clock.shift(datetime.timedelta(minutes=15))
        clock.shift(datetime.timedelta(minutes=1))
        sent_away = client.get("/account/")

    assert sent_away.url.endswith("ended=long")


def test_the_session_is_written_at_most_once_a_minute(
    client, chiang_mai_officer, django_assert_max_num_queries
):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False):
        sign_in(client, "mentor.chiangmai")
        client.get("/account/")
        before = client.session["seen_at"]
    with time_machine.travel("2026-11-23 10:00:30 +0700", tick=False):
        client.get("/account/")
        assert client.session["seen_at"] == before
    with time_machine.travel("2026-11-23 10:01:05 +0700", tick=False):
        client.get("/account/")
        assert client.session["seen_at"] != before


def test_signing_out_is_audited_and_thai(client, chiang_mai_officer):
    sign_in(client, "mentor.chiangmai")

    asked, left = client.get("/accounts/logout/"), client.post("/accounts/logout/", follow=True)

    assert "ออกจากระบบบนอุปกรณ์นี้" in asked.content.decode()
    assert "ออกจากระบบแล้ว" in left.content.decode()
    assert verbs(actor=chiang_mai_officer.pk) == ["sign_in.succeeded", "sign_in.ended"]


# The second factor

CENTRAL = [
    Role.CENTRAL_ADMIN,
    Role.CENTRAL_OFFICER,
    Role.INSPECTOR,
    Role.EXECUTIVE,
    Role.SEMINAR_ADMIN,
]


@pytest.mark.parametrize("role", CENTRAL)
def test_whoever_sees_several_provinces_is_led_to_the_second_factor(client, db, real_site, role):
    UserFactory(username="someone", role=role)
    sign_in(client, "someone")

    assert [client.get(path).url for path in ("/", "/account/")] == [
        "/accounts/2fa/totp/activate/"
    ] * 2


@pytest.mark.parametrize("role", [Role.MENTOR, Role.PROVINCIAL_HEAD, Role.PARTNER_OFFICER])
def test_a_provincial_officer_is_not(client, db, real_site, role):
    UserFactory(username="someone", role=role)
    sign_in(client, "someone")

    assert client.get("/account/").status_code == 200


def test_a_demo_site_asks_for_no_second_factor(client, central_admin):
    sign_in(client, "admin")

    assert client.get("/").status_code == 200


def activate(client):
    """Switch the second step on. The clock stands still: a code lives for half a minute only."""
    with time_machine.travel(timezone.now(), tick=False):
        page = client.get("/accounts/2fa/totp/activate/")
        secret = page.context["form"].secret
        typed = {"code": code_of(secret)}
        return secret, client.post("/accounts/2fa/totp/activate/", typed, follow=True)


def code_of(secret):
    counter = next(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_activation_opens_the_site_and_seals_the_secret(
    client, central_admin, real_site, django_capture_on_commit_callbacks
):
    sign_in(client, "admin")

    with django_capture_on_commit_callbacks(execute=True):
        secret, after = activate(client)

    stored = Authenticator.objects.get(user=central_admin, type="totp").data
    assert after.redirect_chain[-1][0] == "/accounts/2fa/recovery-codes/"
    assert "รหัสสำรอง" in after.content.decode()
    assert secret not in str(stored)
    assert client.get("/").status_code == 200
    assert "account.second_factor_added" in verbs(actor=central_admin.pk)


def test_the_second_step_asks_for_a_code_and_a_wrong_one_counts(
    client, client_factory, central_admin, real_site
):
    sign_in(client, "admin")
    secret, _after = activate(client)
    client.post("/accounts/logout/")

    step = sign_in(client, "admin")
    wrong = [client.post(step.url, {"code": "000000"}).status_code for _attempt in range(5)]

    assert step.url == "/accounts/2fa/authenticate/"
    assert wrong == [200, 200, 200, 200, 429]
    assert client.post(step.url, {"code": code_of(secret)}).status_code == 429
    assert sign_in(client_factory(), "admin").status_code == 429


def test_the_right_code_signs_in(client, central_admin, real_site):
    sign_in(client, "admin")
    secret, _after = activate(client)
    client.post("/accounts/logout/")
    sign_in(client, "admin")

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=1), tick=False):
        done = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert done.url == "/"
    assert client.get("/").status_code == 200


def test_a_compulsory_factor_cannot_be_taken_off_by_its_owner(client, central_admin, real_site):
    sign_in(client, "admin")
    activate(client)

    page = client.post("/accounts/2fa/totp/deactivate/")

    assert "ปิดเองไม่ได้" in page.content.decode()
    assert Authenticator.objects.filter(user=central_admin, type="totp").exists()


def test_a_free_factor_can_be_taken_off(client, chiang_mai_officer, real_site):
    sign_in(client, "mentor.chiangmai")
    activate(client)

    client.post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.filter(user=chiang_mai_officer).exists()
    assert "account.second_factor_removed" in verbs(actor=chiang_mai_officer.pk)


def test_an_old_sign_in_types_the_password_again_before_the_factor(client, chiang_mai_officer):
    with time_machine.travel("2026-11-23 10:00 +0700", tick=False) as clock:
        sign_in(client, "mentor.chiangmai")
        clock.shift(datetime.timedelta(minutes=6))
        asked = client.get("/accounts/2fa/totp/activate/")
        page = client.get(asked.url)

    assert asked.url.startswith("/accounts/reauthenticate/")
    assert "ยืนยันว่าเป็นคุณ" in page.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/recovery-codes/download/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/reauthenticate/",
        "/accounts/reauthenticate/",
        "/accounts/password/change/",
        "/accounts/logout/",
    ],
)
def test_every_page_of_allauth_is_thai_and_under_the_policy(client, chiang_mai_officer, path):
    sign_in(client, "mentor.chiangmai")
    activate(client)

    page = client.get(path)

    html = page.content.decode()
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert not [
        word
        for word in ("style=", "<script>", "onclick", "Password", "Authenticator ", "code:")
        if word in html
    ]


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


@pytest.fixture
def client_factory():
    from django.test import Client

    return Client


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
