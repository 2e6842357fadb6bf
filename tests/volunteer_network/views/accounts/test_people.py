"""The administrator's list of accounts: making, changing, closing."""

import pytest

from tests.factories import UserFactory
from tests.volunteer_network.views.accounts.signing_in import NEW_MENTOR, device, link_on
from volunteer_network.access.roles import Role
from volunteer_network.models import AuditEvent, User

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


# Changing and closing


def test_another_province_ends_the_sessions(admin_client, chiang_mai_officer):
    other = device("mentor.chiangmai")
    typed = NEW_MENTOR | {"province": "90", "version": 1}

    admin_client.post(f"/people/{chiang_mai_officer.pk}/update/", typed)

    account = User.objects.get(pk=chiang_mai_officer.pk)
    assert (account.province_id, account.office.province_id) == (90, 90)
    assert other.get("/account/").status_code == 302


def test_two_administrators_at_one_account_see_both_versions(
    admin_client, central_admin, chiang_mai_officer
):
    path = f"/people/{chiang_mai_officer.pk}/update/"
    admin_client.post(path, NEW_MENTOR | {"position": "ชำนาญการ", "version": 1})

    moved = NEW_MENTOR | {"province": "90", "role": "partner_officer", "agency": "DOE"}
    page = admin_client.post(path, moved | {"version": 1})

    assert page.status_code == 422
    conflict = page.context["conflict"]
    assert conflict.by == str(central_admin)
    for row in (
        ("ตำแหน่ง", "ชำนาญการ", ""),
        ("บทบาท", "เจ้าหน้าที่พี่เลี้ยง", "เจ้าหน้าที่หน่วยงานในสังกัด"),
    ):
        assert row in conflict.rows
    assert "หน่วยงาน" in [label for label, _theirs, _mine in conflict.rows]
    account = User.objects.get(pk=chiang_mai_officer.pk)
    assert (account.position, account.province_id, account.version) == ("ชำนาญการ", 50, 2)


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
