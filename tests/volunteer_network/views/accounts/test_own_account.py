"""Home and the own account, for every role."""

import pytest
import time_machine

from tests.factories import InvitationFactory, UserFactory
from tests.volunteer_network.views.accounts.signing_in import device
from volunteer_network.access.roles import Role
from volunteer_network.models import AuditEvent, User, UserSession
from volunteer_network.thai_calendar import unbroken

# Home


@pytest.mark.parametrize("role", list(Role))
def test_home_opens_for_every_role_with_the_day_as_its_heading(client, db, role):
    client.force_login(UserFactory(role=role))

    with time_machine.travel("2026-11-23 10:00 +0700", tick=False):
        page = client.get("/")

    assert page.status_code == 200
    assert f"<h1>{unbroken('จันทร์ 23 พฤศจิกายน 2569')}</h1>" in page.content.decode()


def test_home_says_when_nothing_waits(client, db):
    """An inspector who has no region yet."""
    client.force_login(UserFactory(role=Role.INSPECTOR))

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
        "version": 1,
    }

    client.post("/account/", typed | {"role": "central_admin", "is_active": ""})

    account = User.objects.get(pk=chiang_mai_officer.pk)
    assert (account.phone, account.role, account.is_active) == ("0812345678", Role.MENTOR, True)
    assert AuditEvent.objects.get(verb="account.changed").detail == {"fields": ["phone"]}


def test_an_old_page_does_not_undo_what_the_administrator_wrote(client, chiang_mai_officer):
    shown = {"first_name": "ปาณิสรา", "last_name": "ทองประเสริฐ", "position": "เดิม", "version": 1}
    User.objects.filter(pk=chiang_mai_officer.pk).update(position="ชำนาญการ", version=2)
    client.force_login(chiang_mai_officer)

    page = client.post("/account/", shown | {"phone": "081 234 5678"})

    assert page.status_code == 422
    assert ("ตำแหน่ง", "ชำนาญการ", "เดิม") in page.context["conflict"].rows
    assert "ชำนาญการ" in page.content.decode()
    assert User.objects.get(pk=chiang_mai_officer.pk).position == "ชำนาญการ"


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
