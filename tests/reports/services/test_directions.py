"""What the centre sets for a year: made from the one before, opened, changed, closed."""

import datetime
from decimal import Decimal

import pytest

from reports.enums import DirectionState, Measure, ProjectGroup
from reports.models import Ceiling, Direction, StandingProject
from reports.services.ceilings import by_percent, ceiling_rows, set_ceilings
from reports.services.directions import change_direction, make_direction, move_direction
from reports.services.standing_projects import (
    add_project,
    change_project,
    move_project,
    remove_project,
)
from tests.factories.plans import (
    CeilingFactory,
    DirectionFactory,
    PlanLineFactory,
    StandingProjectFactory,
)
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import Category
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Notice
from volunteer_network.services.edits import StaleEdit

pytestmark = pytest.mark.django_db
DAYS = {
    "propose_by": datetime.date(2027, 10, 15),
    "send_by": datetime.date(2027, 10, 31),
    "decide_by": datetime.date(2027, 11, 30),
}
PROJECT = {
    "group": ProjectGroup.CORE,
    "title": "ประสานการให้บริการ",
    "objective": "",
    "indicator": "ผู้รับบริการ",
    "unit": "คน",
    "measure": Measure.PEOPLE,
    "categories": [Category.SOCIAL_SECURITY],
    "required": True,
}


@pytest.fixture
def do(central_officer):
    def call(service, **details):
        with open_scope(central_officer.scope):
            return service(by=central_officer, **details)

    return call


def titles(direction):
    return list(direction.projects.order_by("place").values_list("title", flat=True))


def test_a_year_begins_from_the_one_before(direction, do):
    StandingProjectFactory(direction=direction, title="ข", place=2, required=True)
    StandingProjectFactory(direction=direction, title="ก", place=1)
    CeilingFactory(direction=direction)

    made = do(
        make_direction, fiscal_year=2571, text="", **DAYS, parts=["text", "projects", "ceilings"]
    )

    assert made.state == DirectionState.DRAFT
    assert made.text == direction.text
    assert titles(made) == ["ก", "ข"]
    assert made.projects.get(title="ข").required
    assert made.ceilings.get().amount == Decimal(720_000)


def test_only_the_wanted_parts_come_along_and_own_words_stay(direction, do):
    StandingProjectFactory(direction=direction)
    CeilingFactory(direction=direction)

    made = do(make_direction, fiscal_year=2571, text="ของปีนี้", **DAYS, parts=["text"])
    empty = do(make_direction, fiscal_year=2572, text="", **DAYS)

    assert (made.text, titles(made), made.ceilings.count()) == ("ของปีนี้", [], 0)
    assert (empty.text, titles(empty), empty.ceilings.count()) == ("", [], 0)


def test_a_year_does_not_begin_from_a_later_one(direction, do):
    StandingProjectFactory(direction=direction)
    CeilingFactory(direction=direction)

    made = do(
        make_direction, fiscal_year=2569, text="", **DAYS, parts=["text", "projects", "ceilings"]
    )

    assert (made.text, titles(made), made.ceilings.count()) == ("", [], 0)


def test_a_year_without_projects_is_not_opened(direction, do):
    made = do(make_direction, fiscal_year=2571, text="", **DAYS)

    with pytest.raises(RuleViolation, match="อย่างน้อยหนึ่งโครงการ"):
        do(move_direction, direction=made, to=DirectionState.OPEN)


@pytest.mark.parametrize(
    ("was", "to", "allowed"),
    [
        ("draft", "open", True),
        ("draft", "closed", False),
        ("open", "open", False),
        ("open", "closed", True),
        ("closed", "open", True),
        ("closed", "closed", False),
    ],
)
def test_where_a_year_may_go(do, was, to, allowed):
    direction = DirectionFactory(fiscal_year=2572, state=was)
    StandingProjectFactory(direction=direction)

    if allowed:
        do(move_direction, direction=direction, to=DirectionState(to))
    else:
        with pytest.raises(RuleViolation, match="สถานะล่าสุด"):
            do(move_direction, direction=direction, to=DirectionState(to))

    assert Direction.objects.get(pk=direction.pk).state == (to if allowed else was)


def test_an_old_page_opens_no_year_twice_and_changes_none(do):
    direction = DirectionFactory(fiscal_year=2572, state=DirectionState.DRAFT)
    StandingProjectFactory(direction=direction)
    do(move_direction, direction=Direction.objects.get(), to=DirectionState.OPEN)

    with pytest.raises(RuleViolation, match="สถานะล่าสุด"):
        do(move_direction, direction=direction, to=DirectionState.OPEN)
    with pytest.raises(StaleEdit):
        do(change_direction, direction=direction, text="ใหม่", **DAYS, version=1)


def test_provinces_are_told_when_a_year_opens_the_first_time(do, chiang_mai_officer):
    direction = DirectionFactory(fiscal_year=2572, state=DirectionState.DRAFT)
    StandingProjectFactory(direction=direction)

    for to in (DirectionState.OPEN, DirectionState.CLOSED, DirectionState.OPEN):
        do(move_direction, direction=direction, to=to)

    with open_scope(chiang_mai_officer.scope):
        assert Notice.objects.visible_to(chiang_mai_officer).count() == 1


def test_who_did_what_to_a_year_stands_in_the_audit(direction, do, central_officer):
    made = do(make_direction, fiscal_year=2571, text="", **DAYS, parts=["text"])
    StandingProjectFactory(direction=made)
    do(change_direction, direction=made, text="ใหม่", **DAYS, version=1)
    do(move_direction, direction=made, to=DirectionState.OPEN)
    do(move_direction, direction=made, to=DirectionState.CLOSED)

    with open_scope(NATION):
        events = AuditEvent.objects.filter(verb__startswith="direction.").order_by("pk")
        assert [(event.verb, event.actor) for event in events] == [
            (f"direction.{verb}", central_officer.pk)
            for verb in ("made", "changed", "opened", "closed")
        ]


def test_two_edits_at_once_are_seen(direction, do):
    do(change_direction, direction=direction, text="หนึ่ง", **DAYS, version=1)

    with pytest.raises(StaleEdit):
        do(change_direction, direction=direction, text="สอง", **DAYS, version=1)

    assert Direction.objects.get(pk=direction.pk).text == "หนึ่ง"


CLOSED = {
    "directions": lambda do, year, project: do(
        change_direction, direction=year, text="ใหม่", **DAYS, version=1
    ),
    "ceilings": lambda do, year, project: do(
        set_ceilings, direction=year, amounts={50: Decimal(1)}, version=1
    ),
    "a new project": lambda do, year, project: do(add_project, direction=year, **PROJECT),
    "a project": lambda do, year, project: do(
        change_project, project=project, version=1, **PROJECT
    ),
    "their order": lambda do, year, project: do(move_project, project=project, up=True),
    "their number": lambda do, year, project: do(remove_project, project=project),
}


@pytest.mark.parametrize("what", CLOSED)
def test_a_closed_year_stays_as_it_was(do, what):
    year = DirectionFactory(fiscal_year=2568, state=DirectionState.CLOSED)
    project = StandingProjectFactory(direction=year)

    with pytest.raises(RuleViolation, match="ปีนี้ปิดแล้ว"):
        CLOSED[what](do, year, project)


def test_projects_are_added_last_moved_and_taken_out(direction, do):
    for number, title in enumerate("กขค"):
        do(
            add_project,
            direction=direction,
            **{**PROJECT, "title": title, "categories": [list(Category)[number]]},
        )
    last = direction.projects.get(title="ค")

    do(move_project, project=last, up=True)
    assert titles(direction) == ["ก", "ค", "ข"]
    do(move_project, project=last, up=True)
    do(move_project, project=last, up=True)
    assert titles(direction) == ["ค", "ก", "ข"]
    do(move_project, project=last, up=False)
    assert titles(direction) == ["ก", "ค", "ข"]
    do(remove_project, project=last)
    assert titles(direction) == ["ก", "ข"]


def test_who_did_what_to_a_project_stands_in_the_audit(direction, do, central_officer):
    StandingProjectFactory(direction=direction, place=1)
    project = do(add_project, direction=direction, **PROJECT)
    do(change_project, project=project, version=1, **PROJECT | {"unit": "ราย"})
    do(change_project, project=project, version=2, **PROJECT | {"unit": "ราย"})  # nothing new
    do(move_project, project=project, up=True)
    do(move_project, project=project, up=True)  # it is the first
    do(remove_project, project=project)

    with open_scope(NATION):
        events = AuditEvent.objects.filter(verb__startswith="standing_project.").order_by("pk")
        verbs = [event.verb.partition(".")[2] for event in events]
        assert verbs == ["added", "changed", "moved", "removed"]
        assert {(event.actor, event.detail["fiscal_year"]) for event in events} == {
            (central_officer.pk, 2570)
        }


def test_the_last_project_stays_last(direction, do):
    projects = [
        StandingProjectFactory(direction=direction, title=title, place=place)
        for place, title in enumerate("กข", start=1)
    ]

    do(move_project, project=projects[-1], up=False)

    assert titles(direction) == ["ก", "ข"]


def test_a_change_from_an_old_page_does_not_undo_a_colleagues(direction, do):
    project = do(add_project, direction=direction, **PROJECT)
    do(change_project, project=project, version=1, **PROJECT | {"unit": "ราย"})

    with pytest.raises(StaleEdit):
        do(change_project, project=project, version=1, **PROJECT | {"title": "อื่น"})

    now = StandingProject.objects.get()
    assert (now.unit, now.title, now.version) == ("ราย", PROJECT["title"], 2)


def test_a_category_of_another_project_is_refused_in_a_change_too(direction, do):
    do(add_project, direction=direction, **PROJECT)
    other = do(
        add_project,
        direction=direction,
        **PROJECT | {"title": "อื่น", "categories": [Category.SAFETY]},
    )

    with pytest.raises(RuleViolation, match="กิจกรรมหนึ่งนับได้งานเดียว"):
        do(change_project, project=other, version=1, **PROJECT | {"title": "อื่น"})


def test_a_line_of_another_project_holds_none(direction, do):
    project, other = (
        StandingProjectFactory(direction=direction, title=title, place=place)
        for place, title in enumerate("กข", start=1)
    )
    PlanLineFactory(standing=other)

    do(remove_project, project=project)

    assert titles(direction) == ["ข"]


def test_a_project_that_a_plan_took_up_stays(direction, do):
    project = StandingProjectFactory(direction=direction)
    PlanLineFactory(standing=project)

    with pytest.raises(RuleViolation, match="มี 1 งานในแผน"):
        do(remove_project, project=project)

    assert StandingProject.objects.filter(pk=project.pk).exists()


@pytest.mark.parametrize(
    ("details", "message"),
    [
        ({"categories": []}, "อย่างน้อยหนึ่งประเภท"),
        ({"measure": Measure.TYPED}, "เอาประเภทงานออก"),
        ({"categories": [Category.SOCIAL_SECURITY, Category.SAFETY]}, "กิจกรรมหนึ่งนับได้งานเดียว"),
    ],
)
def test_what_counts_as_a_result_counts_once(direction, do, details, message):
    do(add_project, direction=direction, **PROJECT)

    with pytest.raises(RuleViolation, match=message) as refusal:
        do(add_project, direction=direction, **{**PROJECT, "title": "อื่น", **details})

    assert refusal.value.field == "categories"


def test_a_project_keeps_its_own_categories_when_changed(direction, do):
    project = do(add_project, direction=direction, **PROJECT)

    changed = do(change_project, project=project, version=1, **{**PROJECT, "unit": "ราย"})

    assert changed.unit == "ราย"


def test_ceilings_are_set_changed_and_taken_away(direction, do):
    do(
        set_ceilings,
        direction=direction,
        amounts={50: Decimal(700_000), 51: Decimal("10.50"), 52: None},
        version=1,
    )
    count = do(
        set_ceilings,
        direction=direction,
        amounts={50: Decimal(800_000), 51: None, 52: None},
        version=2,
    )

    assert count == 2
    kept = dict(Ceiling.objects.filter(direction=direction).values_list("province", "amount"))
    assert kept == {50: Decimal(800_000)}
    with open_scope(NATION):
        events = AuditEvent.objects.filter(verb="direction.ceilings_set").order_by("pk")
        assert [event.detail["provinces"] for event in events] == [[50, 51], [50, 51]]


def test_ceilings_of_last_year_stay_and_nothing_new_is_no_change(direction, do):
    CeilingFactory(direction=direction)
    before = CeilingFactory(direction=DirectionFactory(fiscal_year=2569))

    assert do(set_ceilings, direction=direction, amounts={50: Decimal(720_000)}, version=1) == 0
    assert do(set_ceilings, direction=direction, amounts={50: None}, version=1) == 1

    assert Ceiling.objects.get() == before
    with open_scope(NATION):
        assert AuditEvent.objects.filter(verb="direction.ceilings_set").count() == 1


def test_ceilings_that_a_colleague_changed_meanwhile_are_not_overwritten(direction, do):
    do(set_ceilings, direction=direction, amounts={50: Decimal(1)}, version=1)

    with pytest.raises(StaleEdit):
        do(set_ceilings, direction=direction, amounts={50: Decimal(2)}, version=1)


def test_the_grid_has_all_76_with_last_year_beside(direction):
    CeilingFactory(direction=DirectionFactory(fiscal_year=2569), amount=Decimal(600_000))

    rows = {row.province.pk: row for row in ceiling_rows(direction)}

    assert len(rows) == 76
    assert (rows[50].amount, rows[50].last_year) == (None, Decimal(600_000))


@pytest.mark.parametrize(
    ("amount", "percent", "result"),
    [
        (720_000, 5, 756_000),
        (720_000, -3, 698_400),
        (720_050, 0, 720_100),
        (720_049, 0, 720_000),
        (100, -100, 0),
        (100, -150, 0),
        (123_456, "2.5", 126_500),
    ],
)
def test_last_year_by_percent_to_the_nearest_hundred(amount, percent, result):
    assert by_percent(Decimal(amount), Decimal(percent)) == result
