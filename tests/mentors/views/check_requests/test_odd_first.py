"""The log with the odd ones first."""

from datetime import date

import pytest
from django.utils import timezone

from mentors.enums import CheckState
from tests.factories import ActivityFactory, CheckRequestFactory
from tests.mentors.views.check_requests.pages import LIST, text_of
from volunteer_network.access.scope import open_scope
from volunteer_network.services.figures import fold_figures
from volunteer_network.views import activity_lists


@pytest.fixture
def log(volunteer):
    for month in (9, 10):
        for day in (5, 6, 7):
            ActivityFactory(volunteer=volunteer, on_date=date(2026, month, day), spotted=day)
    odd = ActivityFactory(volunteer=volunteer, on_date=date(2026, 11, 3), people_female=500)
    odder = ActivityFactory(volunteer=volunteer, on_date=date(2026, 11, 2), people_female=900)
    fold_figures()
    return odder, odd


def test_the_odd_ones_come_first_with_their_reasons(sign_in, log, chiang_mai_officer):
    client = sign_in(chiang_mai_officer)

    page = client.get(f"{LIST}?sort=odd")

    rows = page.context["rows"]
    assert [row.pk for row in rows[:2]] == [one.pk for one in log]
    assert len(rows[0].odd) == activity_lists.REASONS_SHOWN
    assert [row.odd for row in rows[2:]] == [()] * (len(rows) - 2)
    assert [row.on_date for row in rows[2:]] == sorted(
        (row.on_date for row in rows[2:]), reverse=True
    )
    assert "น่าสงสัย คือ" in text_of(page)


def test_pages_of_the_odd_are_walked_forth_and_back(sign_in, log, chiang_mai_officer, monkeypatch):
    from volunteer_network.ui import keyset

    monkeypatch.setattr(keyset.page_of, "__kwdefaults__", {"size": 3})
    client = sign_in(chiang_mai_officer)
    page = client.get(f"{LIST}?sort=odd")
    forth = [row.pk for row in page.context["rows"]]
    while page.context["next_href"]:
        page = client.get(LIST + page.context["next_href"])
        forth += [row.pk for row in page.context["rows"]]
    back = [row.pk for row in page.context["rows"]]
    while page.context["previous_href"]:
        page = client.get(LIST + page.context["previous_href"])
        back = [row.pk for row in page.context["rows"]] + back

    assert forth == back
    assert len(set(forth)) == len(forth) == 8


def test_of_a_long_list_the_newest_rows_are_looked_at(
    sign_in, log, chiang_mai_officer, monkeypatch
):
    from volunteer_network.services import oddities

    monkeypatch.setattr(oddities, "LOOKED_AT", 3)
    client = sign_in(chiang_mai_officer)

    page = client.get(f"{LIST}?sort=odd")
    few = client.get(f"{LIST}?sort=odd&month=2026-11-01")
    file = b"".join(client.get(f"{LIST}?sort=odd&export=csv").streaming_content).decode()

    assert "รายการล่าสุด" in text_of(page)
    assert [row.pk for row in page.context["rows"][:2]] == [one.pk for one in log]
    assert len(page.context["rows"]) == 3
    assert "รายการล่าสุด" not in text_of(few)
    assert [row.pk for row in few.context["rows"]] == [one.pk for one in log]
    assert all(one.context["sort_links"]["odd"].current for one in (page, few))
    lines = file.splitlines()
    assert len(lines) == 9  # with its head
    assert [line.split(",")[0] for line in lines[1:3]] == ["2 พ.ย. 2569", "3 พ.ย. 2569"]


@pytest.fixture
def confirmed(log, central_officer):
    """The oddest, answered as right."""
    return CheckRequestFactory(
        activity=log[0], asked_by=central_officer, state=CheckState.CONFIRMED,
        answer="ใบลงชื่อ 900 คน", settled_at=timezone.now(), settled_by=log[0].recorded_by,
    )  # fmt: skip


def first_of(client):
    return client.get(f"{LIST}?sort=odd").context["rows"]


def test_what_was_found_right_goes_back_to_its_day(sign_in, log, confirmed, chiang_mai_officer):
    odder, odd = log
    rows = first_of(sign_in(chiang_mai_officer))

    assert [row.pk for row in rows[:2]] == [odd.pk, odder.pk]  # its day is the next
    assert rows[1].odd == ()
    assert rows[1].note.words == "ตรวจแล้วถูกต้อง"


@pytest.mark.parametrize(
    ("change", "on_top"),
    [
        ({"people_female": 901}, True),
        ({"on_date": date(2026, 11, 4)}, True),
        ({"note": "x"}, False),
    ],
)
def test_until_it_is_changed_in_what_counts(
    sign_in, log, confirmed, chiang_mai_officer, change, on_top
):
    with open_scope(chiang_mai_officer.scope):
        for name, value in change.items():
            setattr(log[0], name, value)
        log[0].save()

    assert (first_of(sign_in(chiang_mai_officer))[0].pk == log[0].pk) == on_top


@pytest.mark.parametrize("state", [CheckState.OPEN, CheckState.WITHDRAWN])
def test_another_end_of_a_question_leaves_it_on_top(
    sign_in, log, chiang_mai_officer, central_officer, state
):
    ended = {} if state == CheckState.OPEN else {
        "settled_at": timezone.now(), "settled_by": central_officer,
    }  # fmt: skip
    CheckRequestFactory(activity=log[0], asked_by=central_officer, state=state, **ended)

    assert first_of(sign_in(chiang_mai_officer))[0].pk == log[0].pk
