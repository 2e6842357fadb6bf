"""The second factor: for whom, set up, asked for, lost."""

import datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone

from tests.factories import UserFactory
from tests.volunteer_network.views.accounts.signing_in import sign_in, verbs
from volunteer_network.access.roles import Role

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
