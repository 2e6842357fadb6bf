"""The own account, the administrator's pages, invitations and acting heads through the client."""

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.factories import ActingHeadFactory, InvitationFactory, UserFactory
from volunteer_network.access.roles import Capability, Role
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.models import (
    ActingHead,
    AuditEvent,
    Invitation,
    OutgoingMail,
    User,
    UserSession,
)
from volunteer_network.services.outgoing_mail import send_mail

SECRET = "a-long-enough-secret"
NEW_SECRET = "ปลูกข้าวหน้าฝนที่บ้าน"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
NEW_MENTOR = {
    "username": "mentor.chiangmai2",
    "first_name": "เสน่ห์",
    "last_name": "นาคสวัสดิ์",
    "role": "mentor",
    "province": "50",
}


@pytest.fixture
def admin_client(client, central_admin):
    client.force_login(central_admin)
    return client


def device(username):
    other = Client(headers={"User-Agent": CHROME})
    other.post("/accounts/login/", {"login": username, "password": SECRET})
    return other


# Home


@pytest.mark.parametrize("role", list(Role))
def test_home_opens_for_every_role_with_the_day_as_its_heading(client, db, role):
    client.force_login(UserFactory(role=role))

    with time_machine.travel("2026-11-23 10:00 +0700", tick=False):
        page = client.get("/")

    assert page.status_code == 200
    assert "<h1>จันทร์ 23 พฤศจิกายน 2569</h1>" in page.content.decode()


def test_home_says_when_nothing_waits(client, executive):
    client.force_login(executive)

    assert "ไม่มีงานที่รอคุณอยู่" in client.get("/").content.decode()


def test_home_counts_invitations_that_nobody_took_up(admin_client):
    InvitationFactory()

    tile = next(
        tile for tile in admin_client.get("/").context["tiles"] if "คำเชิญ" in str(tile.title)
    )

    assert (tile.figures.number, tile.figures.href) == (1, "/people/?state=invited")
    assert len(admin_client.get(tile.figures.href).context["rows"]) == 1


def test_home_asks_a_stranger_to_sign_in(client, db):
    assert client.get("/").url == "/accounts/login/?next=/"


# The own account


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_an_account_page(client, db, role):
    client.force_login(UserFactory(role=role))

    assert client.get("/account/").status_code == 200


def test_own_contact_is_changed_and_audited_by_name_of_field(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)
    typed = {
        "first_name": "ปาณิสรา",
        "last_name": "ทองประเสริฐ",
        "title": "นางสาว",
        "phone": "081 234 5678",
    }

    client.post("/account/", typed | {"role": "central_admin", "is_active": ""})

    account = User.objects.get(pk=chiang_mai_officer.pk)
    assert (account.phone, account.role, account.is_active) == ("0812345678", Role.MENTOR, True)
    assert AuditEvent.objects.get(verb="account.changed").detail == {"fields": ["phone"]}


def test_a_wrong_contact_comes_back_as_typed(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)

    page = client.post("/account/", {"first_name": "", "last_name": "ก", "phone": "12"})

    assert page.status_code == 422
    assert 'value="12"' in page.content.decode()


def test_own_devices_are_listed_in_words_and_only_ones_own(
    client, chiang_mai_officer, chiang_mai_head
):
    device("mentor.chiangmai")
    device("head.chiangmai")
    client.force_login(chiang_mai_officer)

    sessions = client.get("/account/").context["sessions"]

    assert [(one.device, one.current) for one in sessions] == [
        ("เบราว์เซอร์อื่น บน อุปกรณ์อื่น", True),
        ("Chrome บน Windows", False),
    ]


def test_one_device_can_be_signed_out(client, chiang_mai_officer):
    other = device("mentor.chiangmai")
    client.force_login(chiang_mai_officer)
    away = next(one for one in client.get("/account/").context["sessions"] if not one.current)

    client.post(f"/account/sessions/{away.pk}/end/")

    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def test_all_other_devices_can_be_signed_out(client, chiang_mai_officer):
    others = [device("mentor.chiangmai") for _number in range(2)]
    client.force_login(chiang_mai_officer)

    client.post("/account/sessions/end-others/")

    assert [other.get("/account/").status_code for other in others] == [302, 302]
    assert client.get("/account/").status_code == 200


def test_nobody_signs_a_colleague_out(client, chiang_mai_officer, chiang_mai_head):
    other = device("head.chiangmai")
    theirs = UserSession.objects.get(user=chiang_mai_head)
    client.force_login(chiang_mai_officer)

    assert client.post(f"/account/sessions/{theirs.pk}/end/").status_code == 404
    assert other.get("/account/").status_code == 200


def test_the_key_of_a_session_is_not_kept_twice(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)

    assert UserSession.objects.get().digest != client.session.session_key


# The administrator's list

PEOPLE_PAGES = [
    "/people/",
    "/people/new/",
    "/people/{pk}/",
    "/people/{pk}/update/",
    "/people/{pk}/deactivate/",
    "/people/{pk}/invitation/",
]
PEOPLE_ACTIONS = [
    "/people/{pk}/invite/",
    "/people/{pk}/reactivate/",
    "/people/{pk}/reset-second-factor/",
    "/people/{pk}/deactivate/",
]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CENTRAL_ADMIN])
def test_only_the_administrator_opens_accounts(client, songkhla_officer, role):
    client.force_login(UserFactory(role=role))

    pages = [client.get(path.format(pk=songkhla_officer.pk)).status_code for path in PEOPLE_PAGES]
    actions = [
        client.post(path.format(pk=songkhla_officer.pk)).status_code for path in PEOPLE_ACTIONS
    ]

    assert set(pages + actions) == {403}
    assert User.objects.get(pk=songkhla_officer.pk).is_active


@pytest.mark.parametrize("path", PEOPLE_PAGES[:-1])
def test_the_administrator_opens_every_page(admin_client, songkhla_officer, path):
    assert admin_client.get(path.format(pk=songkhla_officer.pk)).status_code == 200


def test_the_list_is_in_thai_order_and_costs_the_same_for_any_length(
    admin_client, central_admin, django_assert_num_queries
):
    for name in ("แก้ว", "กาญจนา", "เกษม"):
        UserFactory(first_name=name)
    central_admin.first_name = "ฮ"
    central_admin.save()
    admin_client.get("/people/")  # the first request of a session notes when it began

    with django_assert_num_queries(5):
        rows = admin_client.get("/people/").context["rows"]

    assert [row.name.removeprefix("นางสาว").split()[0] for row in rows] == [
        "กาญจนา",
        "เกษม",
        "แก้ว",
        "ฮ",
    ]
    UserFactory.create_batch(3)
    with django_assert_num_queries(5):
        admin_client.get("/people/")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=ม่วง", {"one"}),
        ("q=ONE", {"one"}),
        ("role=provincial_head", {"two"}),
        ("role=provincial_head&role=mentor", {"one", "two", "three"}),
        ("province=90", {"three"}),
        ("state=closed", {"two"}),
        ("state=invited", {"three"}),
        ("state=active&role=mentor", {"one"}),
        ("province=abc&q=ม่วง", {"one"}),
    ],
)
def test_the_filters_find_the_exact_accounts(admin_client, songkhla, query, expected):
    UserFactory(username="one", first_name="อำนวย", last_name="ม่วงงาม")
    UserFactory(username="two", role=Role.PROVINCIAL_HEAD, is_active=False)
    UserFactory(username="three", province=songkhla, password=None)

    rows = admin_client.get(f"/people/?{query}").context["rows"]

    assert {row.username for row in rows} - {"admin"} == expected


def test_the_list_pages_by_its_last_row(admin_client):
    UserFactory.create_batch(60)

    first = admin_client.get("/people/")
    second = admin_client.get(f"/people/{first.context['next_href']}")

    seen = {row.pk for row in first.context["rows"]} | {row.pk for row in second.context["rows"]}
    assert len(seen) == 61


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_list_can_be_taken_out_and_leaves_a_trace(admin_client, form):
    response = admin_client.get(f"/people/?export={form}")

    assert response.status_code == 200
    assert b"".join(response.streaming_content)
    assert AuditEvent.objects.filter(verb="account.exported").count() == 1


# Making an account, and the link


def link_on(page):
    return re.search(r"/invitations/[\w-]+/", page.content.decode())[0]


def test_an_account_is_made_with_a_link_shown_once(admin_client):
    page = admin_client.post("/people/new/", NEW_MENTOR, follow=True)

    account = User.objects.get(username="mentor.chiangmai2")
    link = link_on(page)
    again = admin_client.get(f"/people/{account.pk}/invitation/", follow=True)
    assert not account.has_usable_password()
    assert account.office.agency_id == "OPS"
    assert link not in again.content.decode()
    assert Client().get(link).status_code == 200


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


# Changing and closing


def test_another_province_ends_the_sessions(admin_client, chiang_mai_officer):
    other = device("mentor.chiangmai")
    typed = NEW_MENTOR | {"province": "90"}

    admin_client.post(f"/people/{chiang_mai_officer.pk}/update/", typed)

    account = User.objects.get(pk=chiang_mai_officer.pk)
    assert (account.province_id, account.office.province_id) == (90, 90)
    assert other.get("/account/").status_code == 302


def test_closing_an_account_ends_its_sessions_at_once(admin_client, chiang_mai_officer):
    other = device("mentor.chiangmai")

    admin_client.post(f"/people/{chiang_mai_officer.pk}/deactivate/", {"reason": "moved"})

    event = AuditEvent.objects.get(verb="account.deactivated")
    assert other.get("/account/").status_code == 302
    assert event.detail == {"reason": "moved", "acting_headships": 0, "jobs": 0, "sessions": 1}
    assert (
        "ย้ายหรือเปลี่ยนหน้าที่" in admin_client.get(f"/people/{chiang_mai_officer.pk}/").content.decode()
    )


def test_closing_needs_a_reason(admin_client, chiang_mai_officer):
    page = admin_client.post(f"/people/{chiang_mai_officer.pk}/deactivate/", {"reason": ""})

    assert page.status_code == 422
    assert User.objects.get(pk=chiang_mai_officer.pk).is_active


def test_a_reopened_account_needs_a_new_password(admin_client):
    closed = UserFactory(username="closed", is_active=False)

    page = admin_client.post(f"/people/{closed.pk}/reactivate/", follow=True)

    assert link_on(page)
    assert device("closed").get("/account/").status_code == 302


@pytest.mark.parametrize("action", ["reactivate", "reset-second-factor"])
def test_a_refused_action_says_why_on_the_page(admin_client, chiang_mai_officer, action):
    page = admin_client.post(f"/people/{chiang_mai_officer.pk}/{action}/", follow=True)

    assert 'class="note bad"' in page.content.decode()


# Acting heads


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


# The read-only window


@pytest.mark.parametrize("model", ["user", "office", "province", "job"])
def test_the_administrator_looks_at_rows_and_changes_none(admin_client, chiang_mai_officer, model):
    base = f"/admin/volunteer_network/{model}/"

    listed = admin_client.get(base)

    assert listed.status_code == 200
    assert "style=" not in listed.content.decode()
    assert "argon2" not in listed.content.decode()
    assert admin_client.get(f"{base}add/").status_code == 404


def test_a_row_shows_no_password_and_takes_no_change(admin_client, chiang_mai_officer):
    address = f"/admin/volunteer_network/user/{chiang_mai_officer.pk}/change/"

    page = admin_client.get(address)
    changed = admin_client.post(address, {"username": "x"})

    assert page.status_code == 200
    assert chiang_mai_officer.password not in page.content.decode()
    assert changed.status_code == 403


def test_the_window_shows_jobs_of_every_province(admin_client, chiang_mai_officer, everywhere):
    from volunteer_network.models import Job

    with everywhere():
        job = Job.objects.create(
            province_id=50, kind="card", title="x", requested_by=chiang_mai_officer
        )

    assert admin_client.get(f"/admin/volunteer_network/job/{job.pk}/change/").status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CENTRAL_ADMIN])
@pytest.mark.parametrize("path", ["", "volunteer_network/user/", "volunteer_network/job/"])
def test_nobody_else_opens_the_window(client, db, role, path):
    client.force_login(UserFactory(role=role))

    assert client.get(f"/admin/{path}").status_code == 403


@pytest.mark.parametrize(
    "path", ["login/", "logout/", "password_change/", "jsi18n/", "autocomplete/"]
)
def test_the_window_has_no_doors_of_its_own(admin_client, path):
    assert admin_client.get(f"/admin/{path}").status_code == 404


def test_the_window_is_drawn_inside_the_scope(admin_client, monkeypatch):
    from volunteer_network.admin import ProvinceWindow, column
    from volunteer_network.models import Volunteer

    asks = column("นับ", lambda row: Volunteer.objects.count())
    monkeypatch.setattr(ProvinceWindow, "columns", (asks,))

    assert admin_client.get("/admin/volunteer_network/province/").status_code == 200
