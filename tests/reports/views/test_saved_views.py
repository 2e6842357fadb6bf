"""Own views of the dashboard: named, found again, removed; nobody else's."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.factories import UserFactory
from tests.factories.saved_views import SavedViewFactory
from tests.locks import while_held
from volunteer_network.access import scope
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, SavedView
from volunteer_network.services import saved_views
from volunteer_network.services.saved_views import MOST_VIEWS, save_view
from volunteer_network.ui.searching import answer_for

SOUTH = {"name": "ใต้ของฉัน"}


def views_of(user):
    with open_scope(user.scope):
        return [(view.name, view.get_absolute_url()) for view in SavedView.objects.visible_to(user)]


@pytest.mark.parametrize("who", ["executive", "inspector", "chiang_mai_officer"])
def test_the_filters_of_the_page_are_named_and_found_again(client, request, who):
    user = request.getfixturevalue(who)
    client.force_login(user)

    saved = client.post("/dashboard/views/?region=ภาคใต้&quarter=2&export=xlsx&evil=1", SOUTH)
    page = client.get(saved.url).content.decode()

    address = "/dashboard/?quarter=2&region=%E0%B8%A0%E0%B8%B2%E0%B8%84%E0%B9%83%E0%B8%95%E0%B9%89"
    assert views_of(user) == [("ใต้ของฉัน", address)]
    assert 'aria-current="page">ใต้ของฉัน' in page
    with open_scope(user.scope):
        [group] = [
            one
            for one in answer_for(user, "ใต้ของ", most=5).groups
            if str(one.title) == "มุมมองของฉัน"
        ]
    assert [hit.href for hit in group.hits] == [address]


def test_the_page_of_a_province_is_saved_as_that_page(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)

    client.post("/dashboard/views/?month=2569-10&province=50", {"name": "ตุลาคม"})

    assert views_of(chiang_mai_officer) == [("ตุลาคม", "/dashboard/50/?month=2569-10")]


def test_a_name_is_given_once_and_the_page_says_what_it_saves(client, executive):
    client.force_login(executive)
    client.post("/dashboard/views/?quarter=1", SOUTH)

    asked = client.get("/dashboard/views/?quarter=2&region=ภาคใต้").content.decode()
    again = client.post("/dashboard/views/?quarter=2", SOUTH)
    empty = client.post("/dashboard/views/?quarter=2", {"name": " "})

    assert "ภาคใต้ 14 จังหวัด ไตรมาส 2" in asked
    assert again.status_code == empty.status_code == 422
    assert "มีมุมมองชื่อนี้แล้ว" in again.content.decode()
    assert len(views_of(executive)) == 1


def test_there_is_an_end_to_views(client, executive):
    SavedViewFactory.create_batch(MOST_VIEWS, owner=executive, province=None)
    client.force_login(executive)

    refused = client.post("/dashboard/views/?quarter=2", SOUTH)

    assert refused.status_code == 422
    assert "ลบมุมมองที่ไม่ใช้ก่อน" in refused.content.decode()


def test_a_view_is_removed_by_its_owner_alone(client, chiang_mai_officer, chiang_mai):
    colleague = UserFactory(province=chiang_mai)
    own, other = SavedViewFactory(owner=chiang_mai_officer), SavedViewFactory(owner=colleague)
    client.force_login(chiang_mai_officer)

    assert client.post(f"/dashboard/views/{other.pk}/remove/").status_code == 404
    assert client.post(f"/dashboard/views/{own.pk}/remove/").status_code == 302

    assert views_of(chiang_mai_officer) == []
    assert [name for name, _address in views_of(colleague)] == [other.name]
    assert other.name not in client.get("/dashboard/").content.decode()


def test_the_second_wall_holds_views_to_their_owner(chiang_mai_officer, chiang_mai):
    other = SavedViewFactory(owner=UserFactory(province=chiang_mai))

    with open_scope(chiang_mai_officer.scope):
        assert not SavedView.objects.filter(pk=other.pk).exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            SavedView.objects.create(
                owner=other.owner, province=chiang_mai, name="แอบบันทึก", path="/dashboard/"
            )


def test_the_first_wall_alone_holds_views_to_their_owner(chiang_mai_officer, chiang_mai):
    other = SavedViewFactory(owner=UserFactory(province=chiang_mai))

    with open_scope(other.owner.scope):
        assert SavedView.objects.filter(pk=other.pk).exists()
        assert not SavedView.objects.visible_to(chiang_mai_officer).exists()


def test_the_first_wall_alone_holds_the_pages_of_views(
    client, chiang_mai_officer, chiang_mai, monkeypatch
):
    """The connection sees the colleague's views, as if the second wall took one for the other."""
    other = SavedViewFactory(owner=UserFactory(province=chiang_mai))
    real = scope._settings_of
    monkeypatch.setattr(
        scope, "_settings_of", lambda wanted: real(replace(wanted, person=other.owner_id))
    )
    client.force_login(chiang_mai_officer)

    assert client.post(f"/dashboard/views/{other.pk}/remove/").status_code == 404
    for address in ("/dashboard/", "/dashboard/views/"):
        assert other.name not in client.get(address).content.decode()


def test_a_name_of_a_colleague_is_free(client, chiang_mai_officer, chiang_mai):
    SavedViewFactory(owner=UserFactory(province=chiang_mai), **SOUTH)
    client.force_login(chiang_mai_officer)

    assert client.post("/dashboard/views/?quarter=2", SOUTH).status_code == 302


def test_saving_and_removing_stand_in_the_audit(client, executive):
    client.force_login(executive)
    client.post("/dashboard/views/?quarter=2", SOUTH)
    with open_scope(executive.scope):
        view = SavedView.objects.get()
    client.post(f"/dashboard/views/{view.pk}/remove/")

    with open_scope(NATION):
        events = AuditEvent.objects.filter(target_type="savedview").order_by("pk")
        assert [(event.verb, event.actor) for event in events] == [
            ("view.saved", executive.pk),
            ("view.removed", executive.pk),
        ]


def test_looking_at_an_address_removes_nothing(client, executive):
    view = SavedViewFactory(owner=executive, province=None)
    client.force_login(executive)

    assert client.get(f"/dashboard/views/{view.pk}/remove/").status_code == 405
    assert len(views_of(executive)) == 1


def saving(owner):
    def call():
        with open_scope(owner.scope):
            return save_at_once(owner)

    return call


def save_at_once(owner):
    return save_view(path="/dashboard/", query="quarter=2", by=owner, **SOUTH)


def test_of_two_clicks_at_once_the_second_is_told(committed):
    owner = UserFactory(role=Role.EXECUTIVE, province=None)

    second = while_held(lambda: save_at_once(owner), saving(owner), scope=owner.scope)

    assert isinstance(second, RuleViolation)
    assert len(views_of(owner)) == 1


def test_without_the_lock_the_second_click_is_a_mistake_of_ours(committed, monkeypatch):
    """The twin: it shows that the test above can see what the lock prevents."""
    owner = UserFactory(role=Role.EXECUTIVE, province=None)
    monkeypatch.setattr(saved_views, "wait_in_transaction", lambda *which: None)

    with pytest.raises(IntegrityError):
        while_held(lambda: save_at_once(owner), saving(owner), scope=owner.scope)


def test_who_may_not_read_figures_saves_none(client, partner_officer):
    client.force_login(partner_officer)

    assert client.post("/dashboard/views/?quarter=2", SOUTH).status_code == 403
    assert client.post("/dashboard/views/1/remove/").status_code == 403


def shown(client):
    return [view.name for view in client.get("/dashboard/").context["views"]]


def test_own_views_are_read_once_a_minute_and_anew_when_one_is_saved_or_removed(client, executive):
    client.force_login(executive)
    assert shown(client) == []
    elsewhere = SavedViewFactory(owner=executive, name="จากเครื่องอื่น")
    assert shown(client) == []  # until the minute is over

    client.post("/dashboard/views/?quarter=1", SOUTH)
    assert shown(client) == ["ใต้ของฉัน", "จากเครื่องอื่น"]
    client.post(f"/dashboard/views/{elsewhere.pk}/remove/")
    assert shown(client) == ["ใต้ของฉัน"]
