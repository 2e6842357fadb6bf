"""What is hidden of other provinces cannot be had by subtracting what is shown from a sum."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reports.dashboard.doors import Doors
from reports.dashboard.keys import keys_of
from reports.queries.boards import Dashboard, Month, PlanQuarter
from reports.queries.cells import FEWEST_SHOWN, Cell
from reports.queries.dashboards import hide_foreign
from reports.queries.hiding import gives_away, hidden_together, hide_among_sums, hide_few, hide_sum
from reports.queries.questions import Question
from volunteer_network.access.roles import Role
from volunteer_network.models import User
from volunteer_network.thai_calendar import fiscal_months

OWN, FOREIGN, YEAR = 50, 90, 2570
TODAY = date(2027, 9, 30)


def cells_of(*foreign, own=9):
    """An own province of cluster A and region N, then others as (cluster, region, people)."""
    cells = [Cell(code=OWN, cluster="A", region="N", people=own)]
    cells += [
        Cell(code=100 + place, cluster=cluster, region=region, people=people)
        for place, (cluster, region, people) in enumerate(foreign)
    ]
    hide_few(cells, seen={OWN})
    return cells


def shown(cells):
    return [cell.shown("people") for cell in cells]


def foreign_board(people, *, month=None, quarters=(0, 0, 0, 0), **total):
    """A page of Songkhla, as somebody of Chiang Mai sees it, with people by month."""
    question = Question(fiscal_year=YEAR, today=TODAY, province=FOREIGN, month=month)
    months = [
        Month(one, is_chosen=one in question.chosen, has_begun=True, has_ended=True, people=count)
        for one, count in zip(fiscal_months(YEAR), people, strict=True)
    ]
    sums = {"people": sum(one.people for one in months if one.is_chosen)} | total
    board = Dashboard(
        question=question,
        total=Cell(**sums),
        provinces=[Cell(code=FOREIGN, **sums)],
        months=months,
        seminars=[],
        quarters=[PlanQuarter(place, people=one) for place, one in enumerate(quarters, start=1)],
        budgets=[],
        seen=frozenset({OWN}),
    )
    hide_foreign(board)
    return board


def test_no_cluster_and_no_region_tells_what_is_hidden_in_it():
    cells = cells_of(
        *(("A", "N", 3), ("A", "N", 30), ("B", "N", 60)),
        *(("C", "S", 2), ("C", "S", 5), ("C", "S", 80)),
    )

    assert shown(cells) == [9, None, None, 60, None, None, 80]


def test_a_cluster_alone_tells_what_is_hidden_in_it():
    """Its region and the country have two hidden figures, which is enough for them."""
    cells = cells_of(("X", "N", 3), ("X", "N", 30), ("Y", "N", 4), ("Y", "N", 60))

    assert shown(cells) == [9, None, None, None, None]


def test_a_region_alone_tells_what_is_hidden_in_it():
    cells = cells_of(("W", "N", 3), ("X", "N", 30), ("Y", "S", 4), ("Z", "S", 60))

    assert shown(cells) == [9, None, None, None, None]


def test_the_country_alone_tells_what_is_hidden_in_it():
    cells = cells_of(("X", "N", 3), ("Y", "S", 80), ("Z", "E", 90))

    assert shown(cells) == [9, None, None, 90]


def test_nought_is_told_and_hides_nothing_else():
    assert shown(cells_of(("X", "N", 0), ("Y", "S", 80))) == [9, 0, 80]
    assert hidden_together([7, 0, 20], {0}, among=range(3)) == {0, 2}


def test_hidden_figures_together_are_at_least_five():
    cells = cells_of(("A", "N", 1), ("A", "N", 1), ("A", "N", 7), ("A", "N", 8))

    assert shown(cells) == [9, None, None, None, 8]


def test_a_sum_that_would_tell_its_only_hidden_part_is_hidden():
    cells = cells_of(("A", "N", 3), ("A", "N", 0))
    total = Cell.sum_of(cells, name="")

    hide_sum(total, cells)

    assert (total.people, total.shown("people")) == (12, None)


def test_a_hidden_region_takes_the_next_smallest_with_it():
    regions = [Cell(people=people) for people in (3, 40, 20, 8)]
    regions[0].hidden = frozenset({"people"})

    hide_among_sums(regions)

    assert shown(regions) == [None, 40, 20, None]


def test_the_table_of_regions_tells_no_hidden_province():
    board = foreign_board([30] * 12)
    board.provinces[:] = cells_of(("B", "N", 3), ("C", "S", 70), ("D", "E", 60), own=90)

    regions = {one.name: one.shown("people") for one in board.regions}

    # The next smallest province, of the east, is hidden with the one of the north.
    assert regions == {"N": None, "S": 70, "E": None}


places = st.tuples(st.sampled_from("ABC"), st.sampled_from("NS"), st.integers(0, 12))


@given(st.lists(places, max_size=10))
def test_whatever_is_subtracted_no_hidden_figure_comes_out(foreign):
    cells = cells_of(*((f"{cluster}{region}", region, one) for cluster, region, one in foreign))
    regions = {name: [cell for cell in cells if cell.region == name] for name in "NS"}
    for parts in (cells, *regions.values()):
        total = Cell.sum_of(parts, name="")
        hide_sum(total, parts)

        hidden = [cell.people for cell in parts if "people" in cell.hidden]
        assert total.shown("people") is None or not gives_away(hidden)
    assert all(cell.shown("people") is None for cell in cells[1:] if 0 < cell.people < FEWEST_SHOWN)
    assert cells[0].shown("people") == cells[0].people


def test_one_small_month_is_not_told_by_its_quarter_or_the_year():
    board = foreign_board([20, 3, 9, *[30] * 9])

    assert [one.shown("people") for one in board.months[:4]] == [20, None, None, 30]
    assert board.total.shown("people") == 20 + 3 + 9 + 270


def test_a_month_that_is_hidden_for_another_is_not_told_when_it_is_asked_for_alone():
    november, december = fiscal_months(YEAR)[1:3]
    people = [20, 3, 9, *[30] * 9]

    for month in (november, december):
        total = foreign_board(people, month=month).total

        assert (total.shown("people"), total.shown("people_ended")) == (None, None)


def test_a_small_quarter_of_the_plan_is_not_told_by_the_others():
    board = foreign_board([30] * 12, quarters=(3, 40, 20, 30), plan_people=93)

    assert [one.hidden for one in board.quarters] == [True, False, True, False]
    assert board.total.shown("plan_people") == 93


def test_no_bar_is_as_long_as_a_hidden_figure():
    reader = User(role=Role.EXECUTIVE)
    board = foreign_board(
        [30] * 12,
        people_ended=40, people_before=80, plan_people=3, plan_thirds=12,
        served=2, at_office=6, accepted=8, attended=4,
    )  # fmt: skip
    board.total.hidden |= {"people_ended"}

    keys = keys_of(board, Doors(reader, board.question))

    bars = [str(key.bar) for key in keys if key.definition in {"people", "cases", "seminars"}]
    assert len(bars) == 3
    assert all('<rect class="actual" y="1" width="0"' in bar for bar in bars)


def test_that_a_figure_is_hidden_is_not_said_of_another():
    board = foreign_board([30] * 12, served=2, at_office=600)

    line = next(
        key.line
        for key in keys_of(board, Doors(User(role=Role.EXECUTIVE), board.question))
        if key.definition == "cases"
    )

    assert line == "จำนวนที่ส่งถึงสำนักงานไม่แสดง เพราะบางผลมีน้อยกว่า 5 เรื่อง"
