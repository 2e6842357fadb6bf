from types import SimpleNamespace

import pytest
from django.test import override_settings
from django.urls import path

from volunteer_network.access.roles import Capability
from volunteer_network.ui import registry
from volunteer_network.ui.registry import MOST_TILES, BulkAction, NavItem, Tile, TileFigures

urlpatterns = [
    path("", lambda request: None, name="top"),
    path("volunteers/", lambda request: None, name="people"),
    path("volunteers/import/", lambda request: None, name="import"),
]


@pytest.fixture(autouse=True)
def empty_lists(monkeypatch):
    monkeypatch.setattr(registry, "_nav", [])
    monkeypatch.setattr(registry, "_tiles", [])
    monkeypatch.setattr(registry, "_bulk_actions", [])


def someone(*capabilities):
    return SimpleNamespace(can=lambda capability: capability in capabilities)


def nav(url_name, order, **more):
    registry.register_nav(
        NavItem(label=url_name, icon="home", url_name=url_name, order=order, **more)
    )


def tile(title, order, figures, **more):
    registry.register_tile(
        Tile(title=title, icon="home", order=order, count=lambda user: figures, **more)
    )


def figures(number=1):
    return TileFigures(number=number, unit="คน", why="", action="ดู", href="/")


def test_sections_come_in_order_whatever_the_order_of_registration():
    nav("people", 20)
    nav("top", 10)

    assert [item.url_name for item in registry.nav_for(someone())] == ["top", "people"]


def test_a_section_is_hidden_from_whoever_lacks_its_capability():
    nav("top", 10)
    nav("people", 20, needs=Capability.VIEW_VOLUNTEERS)

    without = registry.nav_for(someone())
    having = registry.nav_for(someone(Capability.VIEW_VOLUNTEERS))

    assert [item.url_name for item in without] == ["top"]
    assert [item.url_name for item in having] == ["top", "people"]


@pytest.mark.parametrize(
    ("page", "current"),
    [
        ("/", ["top"]),
        ("/volunteers/7/", ["people"]),
        ("/volunteers/import/", ["import"]),
        ("/elsewhere/", []),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_the_innermost_section_that_holds_the_page_is_current(page, current):
    for order, name in enumerate(("top", "people", "import")):
        nav(name, order)

    links = registry.nav_links(someone(), page, {})

    assert [link.label for link in links if link.current] == current


@override_settings(ROOT_URLCONF=__name__)
def test_a_badge_counts_for_the_user_who_looks():
    user = someone()
    nav("top", 10, badge=lambda seen_by: 9 if seen_by is user else 0)
    nav("people", 20)

    badges = registry.badges_for(user)

    assert badges == {"top": 9}
    assert [link.badge for link in registry.nav_links(user, "/", badges)] == [9, 0]


@override_settings(ROOT_URLCONF=__name__)
def test_a_section_leads_for_whom_it_says_so_and_keeps_its_place_beside_the_page():
    user, another = someone(), someone()
    nav("top", 10)
    nav("people", 20, leads=lambda seen_by: seen_by is user)

    links = registry.nav_links(user, "/", {})

    assert [(link.label, link.leads) for link in links] == [("top", False), ("people", True)]
    assert not any(link.leads for link in registry.nav_links(another, "/", {}))


def test_tiles_without_anything_to_say_are_left_out():
    tile("เงียบ", 10, None)
    tile("ส่งกลับ", 20, figures())

    assert [filled.title for filled in registry.tiles_for(someone())] == ["ส่งกลับ"]


def test_a_tile_is_not_counted_for_whoever_lacks_its_capability():
    def never(user):
        raise AssertionError("counted without the right")

    registry.register_tile(
        Tile(title="ลับ", icon="lock", order=1, count=never, needs=Capability.VIEW_VOLUNTEERS)
    )

    assert registry.tiles_for(someone()) == []


def test_home_has_at_most_seven_tiles_and_counts_no_more():
    counted = []

    def count(user):
        counted.append(1)
        return figures()

    for order in range(10):
        registry.register_tile(Tile(title=str(order), icon="home", order=order, count=count))

    shown = registry.tiles_for(someone())

    assert [filled.title for filled in shown] == [str(order) for order in range(MOST_TILES)]
    assert len(counted) == MOST_TILES == 7


def test_a_list_offers_what_higher_apps_do_with_its_rows_to_whoever_may():
    def action(page, label, order):
        registry.register_bulk_action(
            BulkAction(
                page=page,
                label=label,
                icon="user",
                url_name="top",
                order=order,
                needs=Capability.ASSIGN_MENTORS,
            )
        )

    action("volunteers", "หลัง", 20)
    action("volunteers", "ก่อน", 10)
    action("activities", "อื่น", 10)

    having = registry.bulk_actions_for(someone(Capability.ASSIGN_MENTORS), "volunteers")

    assert [one.label for one in having] == ["ก่อน", "หลัง"]
    assert registry.bulk_actions_for(someone(), "volunteers") == []
