"""Since the signature: every difference is explained, by the records that made it.

In a database of one's own, because the history of a record tells the beginning of a transaction.
"""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pghistory
import pytest
from django.utils import timezone

from reports.enums import LedgerKind, Measure, PlanState
from reports.models import Plan, PlanLine
from reports.quarter_figures import FIELDS, Amounts
from reports.queries.plan_actuals import results_of
from reports.queries.quarters import passed_on, signed_reports
from reports.services.plan_progress import Noted, note_quarter
from reports.services.quarters import sign_quarter
from seminars.enums import CheckInWay
from seminars.models import CheckIn
from tests.factories import (
    ParticipantClassFactory,
    RegistrationFactory,
    SeminarFactory,
    SessionFactory,
    TermFactory,
    UserFactory,
)
from tests.factories.plans import PlanFactory, PlanLineFactory, PlanProofFactory
from tests.reports.quarters import YEAR, stage_in
from tests.seminars.services.test_races import run
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import Category
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity
from volunteer_network.services.activities import removed_activity, restore_activity

CHANGES, SEEDS = 40, (1, 2, 3)
SOON = timedelta(seconds=1)


@pytest.fixture
def stage(committed):
    return stage_in()


def entries(ledger):
    return [
        (one.field, one.kind, one.amount, one.who) for line in ledger.lines for one in line.entries
    ]


def change(stage, activity, **values):
    """As the log's form does it: the history knows who."""
    with pghistory.context(user=stage.maker.pk), stage.open(stage.maker):
        row = Activity.objects.get(pk=activity.pk)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def remove(stage, activity):
    with pghistory.context(user=stage.head.pk), stage.open(stage.head):
        Activity.objects.get(pk=activity.pk).delete()


def test_nothing_later_is_an_empty_ledger(stage):
    stage.signed()

    assert not stage.ledger()


def test_what_was_added_changed_and_removed_is_told_with_its_people(stage):
    kept, gone = stage.log(people=4), stage.log(people=2)
    stage.signed()
    new = stage.log(people=12)
    change(stage, kept, people_male=3)
    remove(stage, gone)

    [line] = stage.ledger().lines

    assert (line.title, line.unit, line.amounts) == ("ลงพื้นที่", "คน", Amounts(actual=9))
    found = {entry.kind: entry for entry in line.entries}
    assert {kind: entry.amount for kind, entry in found.items()} == {
        LedgerKind.ADDED: 12,
        LedgerKind.CHANGED: -1,
        LedgerKind.REMOVED: -2,
    }
    assert found[LedgerKind.ADDED].who == str(stage.maker)
    assert found[LedgerKind.ADDED].href == new.get_absolute_url()
    assert found[LedgerKind.REMOVED].who == str(stage.head)
    assert "removed" in found[LedgerKind.REMOVED].href


def test_an_activity_that_moved_to_another_quarter_or_category_is_a_change(stage):
    moved, turned = stage.log(people=4), stage.log(people=2)
    stage.signed()
    change(stage, moved, on_date=moved.on_date + timedelta(days=120))
    change(stage, turned, category=Category.LABOUR_DATA)

    assert sorted(entries(stage.ledger())) == [
        ("actual", LedgerKind.CHANGED, -4, str(stage.maker)),
        ("actual", LedgerKind.CHANGED, -2, str(stage.maker)),
    ]


def test_what_was_put_back_counts_as_added(stage):
    gone = stage.log(people=6)
    day = timedelta(days=1)
    TermFactory(volunteer=gone.volunteer, starts_on=gone.on_date - day, ends_on=gone.on_date + day)
    remove(stage, gone)
    stage.signed()
    with stage.open(stage.maker):
        trace = removed_activity(gone.pk, user=stage.maker)
        restore_activity(removed=trace, by=stage.maker)

    assert entries(stage.ledger()) == [("actual", LedgerKind.ADDED, 6, str(stage.maker))]


def test_typed_results_and_money_are_told_by_who_typed_last(stage):
    stage.signed()
    with pghistory.context(user=stage.maker.pk):
        stage.type(actual=3, disbursed=Decimal(1500))

    assert entries(stage.ledger()) == [
        ("actual", LedgerKind.TYPED, -1, str(stage.maker)),
        ("disbursed", LedgerKind.TYPED, Decimal(600), str(stage.maker)),
    ]


def test_what_was_first_typed_after_signing_is_told_by_the_audit(stage):
    stage.signed()
    stage.signed(2)
    noted = Noted(stage.typed.pk, 0, 8, Decimal(0), Decimal(0), "", "")
    with stage.open(stage.maker):
        note_quarter(plan=stage.plan, quarter=2, noted=[noted], by=stage.maker)

    assert entries(stage.ledger(2)) == [("actual", LedgerKind.TYPED, 8, str(stage.maker))]


def test_whoever_was_let_in_later_counts_as_added(stage):
    day = stage.log(people=0).on_date
    seminar = SeminarFactory(starts_on=day, ends_on=day)
    line = PlanLineFactory(plan=stage.plan, place=901, measure=Measure.ATTENDANCE)
    PlanProofFactory(line=line, category="", seminar=seminar)
    session = SessionFactory(seminar=seminar, on_date=day)
    people = ParticipantClassFactory(seminar=seminar)
    guests = [
        RegistrationFactory(participant_class=people, province=stage.province) for _ in range(2)
    ]

    def let_in(guest):
        with open_scope(NATION):
            return CheckIn.objects.create(
                province=stage.province, seminar=seminar, session=session, registration=guest,
                way=CheckInWay.SCAN,
                noted_by=stage.maker,
            )  # fmt: skip

    first = let_in(guests[0])
    stage.signed()
    let_in(guests[1])
    undone_at = stage.reread().signed_at + SOON
    with open_scope(NATION):
        CheckIn.objects.filter(pk=first.pk).update(undone_at=undone_at)

    found = [one for entry in stage.ledger().lines for one in entry.entries]
    assert found == []  # one more and one less: the figure is as it was signed

    with open_scope(NATION):
        CheckIn.objects.filter(pk=first.pk).update(undone_at=None)
    assert entries(stage.ledger()) == [("actual", LedgerKind.ADDED, 1, str(stage.maker))]


def second_edition(stage, **targets):
    """Another edition is in force, with another target and without the typed line."""
    with stage.open():
        Plan.objects.filter(pk=stage.plan.pk).update(state=PlanState.REPLACED)
    steps = {
        f"{step}_{what}": getattr(stage.plan, f"{step}_{what}")
        for step in ("proposed", "agreed", "sent")
        for what in ("by", "at")
    }
    plan = PlanFactory(
        province=stage.province, fiscal_year=YEAR, edition=2, state=PlanState.APPROVED,
        made_by=stage.maker, **steps, approved_at=timezone.now(), approved_by=stage.head,
    )  # fmt: skip
    line = PlanLineFactory(
        plan=plan, lineage=stage.counted.lineage, measure=Measure.PEOPLE, title="ลงพื้นที่", **targets
    )
    PlanProofFactory(line=line, category=Category.SAFETY)
    PlanProofFactory(line=line, category=Category.LABOUR_DATA)
    stage.plan, stage.counted = plan, line


def test_what_another_edition_changed_says_so(stage):
    stage.log(people=20, category=Category.LABOUR_DATA)
    stage.signed()
    second_edition(stage, target_1=14, allotted=Decimal(50_000))

    found = {line.title: line for line in stage.ledger().lines}

    counted = found["ลงพื้นที่"]
    assert counted.amounts == Amounts(4, 20, Decimal(10_000))
    assert {one.kind for one in counted.entries} == {LedgerKind.EDITION}
    gone = found[stage.typed.title]
    assert gone.amounts == Amounts(-10, -4, Decimal(-40_000), Decimal(-900))
    assert {(one.kind, one.label) for one in gone.entries} == {(LedgerKind.EDITION, "2")}


def test_without_the_log_only_sums_are_told(stage, central_officer_of):
    for people in (1, 2, 3):
        stage.log(people=people)
    stage.signed()
    for people in (4, 5):
        stage.log(people=people)

    [line] = stage.ledger(by=central_officer_of(Role.EXECUTIVE), sees_records=False).lines
    [entry] = line.entries

    assert (entry.kind, entry.amount, entry.count) == (LedgerKind.ADDED, 9, 2)
    assert (entry.who, entry.href, entry.label) == ("", "", "")


@pytest.fixture
def central_officer_of():
    return lambda role: UserFactory(role=role, province=None)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_entries_make_up_every_difference_on_random_changes(stage, seed):
    """Live = signed + adopted + the entries of the open ledger, for every line and figure."""
    chance = Random(seed)
    logged = [stage.log(1, people=chance.randint(0, 9)) for _ in range(10)]
    stage.log(2, people=5)
    stage.signed()
    for step in range(CHANGES):
        stir(stage, chance, logged)
        if step == CHANGES // 2:
            stage.signed(2, adopt=chance.random() < 0.7)
        if step % 8 == 0:
            explained(stage)
    second_edition(stage, target_1=chance.randint(0, 30))
    explained(stage)


def stir(stage, chance, logged):
    pick = chance.choice(("add", "change", "move", "turn", "remove", "type"))
    there = [row for row in logged if row]
    if pick == "add" or not there:
        category = chance.choice((Category.SAFETY, Category.LABOUR_DATA))
        logged.append(stage.log(1, people=chance.randint(0, 9), category=category))
    elif pick == "type":
        with pghistory.context(user=stage.maker.pk):
            stage.type(actual=chance.randint(0, 20), disbursed=Decimal(chance.randint(0, 9000)))
    else:
        row = chance.choice(there)
        if pick == "remove":
            remove(stage, row)
            logged.remove(row)
        else:
            change(stage, row, **CHANGED[pick](row, chance))


CHANGED = {
    "change": lambda row, chance: {"people_male": chance.randint(0, 9)},
    "move": lambda row, chance: {"on_date": row.on_date + timedelta(days=chance.choice((0, 100)))},
    "turn": lambda row, chance: {"category": chance.choice((Category.SAFETY, Category.OTHER))},
}


def explained(stage):
    ledger = stage.ledger()
    with stage.open(stage.head):
        signed = signed_reports(stage.province.pk, YEAR, user=stage.head)
        lines = list(PlanLine.objects.filter(plan=stage.plan))
        live = results_of(stage.plan, lines, user=stage.head).of_line  # the kept figures
        adopted = passed_on(1, signed)
    open_of = {line.lineage: line for line in ledger.lines}
    now = {
        line.lineage: Amounts(
            line.target_1, live[line.pk].actual[0] or 0, line.allotted, live[line.pk].disbursed[0]
        )
        for line in lines
    }
    then = {line.lineage: line.amounts for line in signed[1].figures.lines}
    for lineage in {*now, *then}:
        total = then.get(lineage, Amounts())
        for _by, one in adopted:
            total += one.amounts if one.lineage == lineage else Amounts()
        for field in FIELDS:
            line = open_of.get(lineage)
            found = sum(one.amount for one in line.entries_of(field)) if line else 0
            assert total.of(field) + found == now.get(lineage, Amounts()).of(field)
    kinds = {one.kind for line in ledger.lines for one in line.entries}
    assert LedgerKind.OTHER not in kinds  # every record was found


def test_of_many_who_sign_at_once_one_wins(stage):
    stage.prepare()
    seen = stage.taken().digest
    heads = [stage.head, UserFactory(province=stage.province, role=Role.PROVINCIAL_HEAD)]

    def signing(by):
        def call():
            try:
                with open_scope(by.scope):
                    return sign_quarter(plan=stage.plan, quarter=1, seen=seen, adopt=False, by=by)
            except RuleViolation as refusal:
                return refusal

        return call

    results = run([signing(heads[number % 2]) for number in range(40)])

    refused = [one for one in results if isinstance(one, RuleViolation)]
    assert len(refused) == 39
    assert all("ลงนามแล้วโดย" in one.message for one in refused)
    assert stage.reread().holds
