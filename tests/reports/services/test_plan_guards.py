"""Guards of plans that no page leads against: each falls when its line is taken away."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from mentors.enums import MentorEnd
from reports.enums import BudgetType, DirectionState, Measure, PlanAction, PlanState
from reports.models import Plan, PlanLine, PlanProgress, PlanProof
from reports.services import plan_lines
from reports.services.plan_editions import Source, begin_plan, revise_plan
from reports.services.plan_lines import (
    add_line,
    change_line,
    move_line,
    tie_category,
    type_cells,
)
from reports.services.plan_progress import Noted, note_quarter
from reports.services.plan_steps import lock_plan, lock_plans, take_step
from reports.services.plans import (
    agree_to_plan,
    cancel_plan,
    propose_plan,
    return_plan_to_makers,
    send_plan,
    take_back_plan,
)
from tests.factories import UserFactory
from tests.factories.issued_documents import IssuedDocumentFactory
from tests.factories.mentors import MentorFactory
from tests.factories.plans import (
    CeilingFactory,
    DirectionFactory,
    PlanCommentFactory,
    PlanFactory,
    PlanLineFactory,
    StandingProjectFactory,
)
from tests.factories.seminars import SeminarFactory
from tests.reports.services.test_plans import plan_in
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import Category, DocumentState
from volunteer_network.errors import RuleViolation

YEAR = 2570
NEW_LINE = {
    "group": "core",
    "title": "อบรม",
    "indicator": "ผู้เข้าอบรม",
    "unit": "คน",
    "categories": [],
    "seminars": [],
    "measure": Measure.TYPED,
    "allotted": Decimal(0),
    "budget_type": BudgetType.NONE,
}


@pytest.fixture
def maker(chiang_mai_officer):
    return chiang_mai_officer


@pytest.fixture
def head(chiang_mai_head):
    return chiang_mai_head


@pytest.fixture
def made(chiang_mai, maker, head):
    return lambda state, **details: plan_in(state, chiang_mai, maker=maker, head=head, **details)


@pytest.fixture
def returned(made, head):
    """Came back an hour ago with a remark on the first of two lines, which have one heading."""
    plan = made(PlanState.RETURNED)
    asked, other = line_of(plan), PlanLineFactory(plan=plan)
    PlanCommentFactory(plan=plan, line=asked, returns=True, by=head)
    return plan, asked, other


def doing(by, service, **details):
    with open_scope(by.scope):
        return service(**details, by=by)


def line_of(plan):
    with open_scope(NATION):
        return PlanLine.objects.filter(plan=plan).earliest("pk")


@pytest.mark.parametrize(
    ("service", "state", "details"),
    [
        (agree_to_plan, PlanState.PROPOSED, {}),
        (send_plan, PlanState.AGREED, {}),
        (return_plan_to_makers, PlanState.PROPOSED, {"reason": "ตัวเลขไม่ตรง"}),
    ],
)
def test_the_head_decides_on_what_the_page_showed(service, state, details, made, head):
    plan = made(state)

    with pytest.raises(RuleViolation, match="เสนอใหม่หลังจากที่เปิดหน้า"):
        doing(head, service, plan=plan, version=plan.version - 1, **details)
    assert doing(head, service, plan=plan, version=plan.version, **details).version > plan.version


@pytest.mark.parametrize(
    ("service", "state", "details"),
    [
        (take_back_plan, PlanState.PROPOSED, {}),
        (return_plan_to_makers, PlanState.AGREED, {"reason": "ตัวเลขไม่ตรง"}),
        (cancel_plan, PlanState.AGREED, {"reason": "ทำซ้ำ"}),
        (agree_to_plan, PlanState.PROPOSED, {}),
        (send_plan, PlanState.AGREED, {}),
    ],
)
def test_a_step_back_recalls_the_printed_paper_and_a_step_on_does_not(
    service, state, details, made, maker, head
):
    plan = made(state)
    paper = IssuedDocumentFactory(fiscal_year=plan.fiscal_year, edition=plan.edition)
    by = maker if service is take_back_plan else head

    doing(by, service, plan=plan, **details)

    back = service not in {agree_to_plan, send_plan}
    paper.refresh_from_db()
    assert (paper.state == DocumentState.RECALLED) == back


def test_taking_back_forgets_who_proposed(made, maker):
    draft = doing(maker, take_back_plan, plan=made(PlanState.PROPOSED))

    assert (draft.proposed_by, draft.proposed_at) == (None, None)


def test_a_return_by_the_head_forgets_that_the_head_had_agreed(made, head):
    back = doing(head, return_plan_to_makers, plan=made(PlanState.AGREED), reason="ตัวเลขไม่ตรง")

    assert (back.agreed_by, back.agreed_at) == (None, None)


def test_without_row_security_a_foreign_plan_would_still_not_be_locked(made, songkhla_officer):
    plan = made(PlanState.DRAFT)

    with open_scope(NATION):
        assert lock_plans([plan.pk], by=songkhla_officer) == []
        with pytest.raises(Plan.DoesNotExist):
            lock_plan(plan.pk, by=songkhla_officer)


def test_a_required_project_of_another_year_is_not_asked_for(made, maker):
    StandingProjectFactory(required=True, direction=DirectionFactory(fiscal_year=YEAR - 1))

    assert doing(maker, propose_plan, plan=made(PlanState.DRAFT)).state == PlanState.PROPOSED


def test_the_ceiling_of_another_province_does_not_count(made, maker, songkhla):
    CeilingFactory(province=songkhla, amount=Decimal(1))

    assert doing(maker, propose_plan, plan=made(PlanState.DRAFT)).state == PlanState.PROPOSED


def test_an_answer_from_before_the_return_does_not_count(returned, maker):
    plan, asked, _other = returned
    before = plan.returned_at - timedelta(days=1)
    PlanCommentFactory(plan=plan, line=asked, at=before, by=maker)

    with pytest.raises(RuleViolation, match="ยังไม่ได้แก้หรือตอบ"):
        doing(maker, propose_plan, plan=plan)


def test_a_plan_has_sixty_lines_at_most(made, maker, monkeypatch):
    monkeypatch.setattr(plan_lines, "LINES_AT_MOST", 2)
    plan = made(PlanState.DRAFT)
    doing(maker, add_line, plan=plan, **NEW_LINE)

    with pytest.raises(RuleViolation, match="ไม่เกิน 2 งาน"):
        doing(maker, add_line, plan=plan, **NEW_LINE)


def test_after_a_return_lines_keep_their_order(returned, maker):
    _plan, asked, _other = returned

    with pytest.raises(RuleViolation, match="สลับงานไม่ได้"):
        doing(maker, move_line, line=asked, to="down")


def test_no_way_of_writing_gives_money_to_a_line_without_a_budget(made, maker):
    plan = made(PlanState.DRAFT)
    words = NEW_LINE | {"allotted": Decimal(5)}
    bare = doing(maker, add_line, plan=plan, **NEW_LINE)

    for service, details in (
        (add_line, {"plan": plan, **words}),
        (change_line, {"line": bare, "version": 1, **words}),
        (
            type_cells,
            {"plan": plan, "typed": plan_lines.TypedLine(bare.pk, 1, {"allotted": Decimal(5)})},
        ),
    ):
        with pytest.raises(RuleViolation, match="ไม่ใช้งบประมาณ"):
            doing(maker, service, **details)


def test_what_cannot_prove_a_line_is_not_kept_as_its_proof(made, maker):
    plan, seminar = made(PlanState.DRAFT), SeminarFactory()
    proofs = {"categories": [Category.INFORMAL_WORKERS], "seminars": [seminar]}

    doing(maker, add_line, plan=plan, **NEW_LINE | proofs)
    people = doing(maker, add_line, plan=plan, **NEW_LINE | proofs | {"measure": Measure.PEOPLE})
    came = doing(maker, add_line, plan=plan, **NEW_LINE | proofs | {"measure": Measure.ATTENDANCE})

    with open_scope(NATION):
        kept = PlanProof.objects.values_list("line", "category", "seminar").order_by("pk")
        assert list(kept) == [(people.pk, "informal_workers", None), (came.pk, "", seminar.pk)]


def begin(by, source=Source.EMPTY, fiscal_year=YEAR):
    return doing(by, begin_plan, province=by.province_id, fiscal_year=fiscal_year, source=source)


@pytest.mark.parametrize("state", [None, DirectionState.DRAFT, DirectionState.CLOSED])
def test_a_plan_begins_in_an_open_year_only(state, maker):
    if state:
        DirectionFactory(fiscal_year=YEAR, state=state)

    with pytest.raises(RuleViolation, match="ยังไม่เปิด หรือปิด"):
        begin(maker)


@pytest.mark.parametrize(
    ("state", "words"), [(PlanState.APPROVED, "ปรับแผน"), (PlanState.SENT, "ยังทำไม่เสร็จ")]
)
def test_a_plan_does_not_begin_beside_another(state, words, made, maker):
    DirectionFactory(fiscal_year=YEAR)
    made(state)

    with pytest.raises(RuleViolation, match=words):
        begin(maker)


def test_without_a_plan_of_last_year_none_begins_from_it(maker, songkhla, songkhla_officer):
    DirectionFactory(fiscal_year=YEAR)
    plan_in(
        PlanState.APPROVED, songkhla, maker=songkhla_officer,
        head=UserFactory(role=Role.PROVINCIAL_HEAD, province=songkhla), fiscal_year=YEAR - 1,
    )  # fmt: skip

    with pytest.raises(RuleViolation, match="ไม่มีแผนปีก่อน"):
        begin(maker, Source.LAST_YEAR)


def test_a_mentor_who_has_left_is_not_responsible_for_the_new_year(made, maker, chiang_mai):
    DirectionFactory(fiscal_year=YEAR)
    left = MentorFactory(
        province=chiang_mai,
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 1, 1),
        end_reason=next(iter(MentorEnd)),
    )
    stays = MentorFactory(province=chiang_mai)
    former = made(PlanState.APPROVED, fiscal_year=YEAR - 1)
    for mentor in (left, stays):
        PlanLineFactory(plan=former, responsible=mentor)

    plan = begin(maker, Source.LAST_YEAR)

    with open_scope(NATION):
        kept = PlanLine.objects.filter(plan=plan).values_list("responsible", flat=True)
        assert list(kept.order_by("pk")) == [None, None, stays.pk]


def test_a_second_revision_waits_for_the_first(made, maker):
    plan = made(PlanState.APPROVED)
    doing(maker, revise_plan, plan=plan, reason="ปรับกลางปี")

    with pytest.raises(RuleViolation, match="ฉบับใหม่ของปีนี้ที่ยังทำไม่เสร็จ"):
        doing(maker, revise_plan, plan=plan, reason="ปรับกลางปี")


def test_a_category_of_two_projects_proves_the_line_of_the_first(maker):
    direction = DirectionFactory(fiscal_year=YEAR)
    for place in (1, 2):
        StandingProjectFactory(
            direction=direction, place=place, measure=Measure.PEOPLE,
            categories=[Category.INFORMAL_WORKERS],
        )  # fmt: skip

    plan = begin(maker, Source.STANDING)

    with open_scope(NATION):
        assert PlanProof.objects.get(plan=plan).line.place == 1


def test_a_remark_that_was_settled_opens_nothing(returned, maker, head):
    plan, _asked, other = returned
    PlanCommentFactory(
        plan=plan, line=other, returns=True, by=head, at=timezone.now(), settled_at=timezone.now()
    )

    with pytest.raises(RuleViolation, match="แก้ไม่ได้ในรอบนี้"):
        doing(
            maker, type_cells, plan=plan, typed=plan_lines.TypedLine(other.pk, 1, {"target_1": 5})
        )


def noted(line, **typed):
    nothing = {"actual": None, "disbursed": Decimal(0), "committed": Decimal(0)}
    words = {"problems": "น้ำท่วม", "suggestions": ""}
    return Noted(**({"line": line.pk, "version": 0} | nothing | words | typed))


@pytest.fixture
def in_november(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: date(2026, 11, 26))


def test_progress_is_kept_of_the_plan_in_force_only(made, maker, in_november):
    plan = made(PlanState.SENT)

    with pytest.raises(RuleViolation, match="อนุมัติแผนแล้ว"):
        doing(maker, note_quarter, plan=plan, quarter=1, noted=[noted(line_of(plan))])


def test_progress_of_a_closed_year_stays(made, maker, in_november):
    plan = made(PlanState.APPROVED)
    DirectionFactory(fiscal_year=YEAR, state=DirectionState.CLOSED)

    with pytest.raises(RuleViolation, match="ปิดปีงบประมาณ 2570 แล้ว"):
        doing(maker, note_quarter, plan=plan, quarter=1, noted=[noted(line_of(plan))])


def test_progress_of_a_quarter_to_come_is_refused(made, maker, in_november):
    plan = made(PlanState.APPROVED)

    with pytest.raises(RuleViolation, match="ยังไม่เริ่ม"):
        doing(maker, note_quarter, plan=plan, quarter=2, noted=[noted(line_of(plan))])


def test_money_of_all_quarters_together_stays_below_the_allotted(made, maker, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: date(2027, 2, 1))
    plan = made(PlanState.APPROVED)
    spent = noted(line_of(plan), disbursed=Decimal(25_000), committed=Decimal(5_000))
    doing(maker, note_quarter, plan=plan, quarter=1, noted=[spent])

    with pytest.raises(RuleViolation, match="เกินงบจัดสรร 20,000 บาท"):
        doing(maker, note_quarter, plan=plan, quarter=2, noted=[spent])


def test_a_result_that_is_counted_is_not_typed(made, maker, in_november):
    plan = made(PlanState.APPROVED)
    line = PlanLineFactory(plan=plan, measure=Measure.PEOPLE)

    doing(
        maker, note_quarter, plan=plan, quarter=1,
        noted=[noted(line, actual=9999, disbursed=Decimal(1))],
    )  # fmt: skip

    with open_scope(NATION):
        assert PlanProgress.objects.get().actual is None


def test_a_weak_quarter_wants_no_reason_while_it_runs(made, maker, in_november):
    plan = made(PlanState.APPROVED)
    weak = noted(line_of(plan), actual=1, problems="")

    assert doing(maker, note_quarter, plan=plan, quarter=1, noted=[weak]) == 1


@pytest.mark.parametrize(("state", "version"), [(PlanState.DRAFT, 2), (PlanState.RETURNED, 3)])
def test_tying_a_category_is_a_change_of_the_line(state, version, made, maker):
    """After a return the history first keeps the line as it came back: that is a version too."""
    plan = made(state)
    line = PlanLineFactory(plan=plan, measure=Measure.PEOPLE)

    doing(maker, tie_category, plan=plan, line=line, category=Category.INFORMAL_WORKERS)

    with open_scope(NATION):
        assert PlanLine.objects.get(pk=line.pk).version == version


def test_progress_of_a_line_of_another_plan_is_passed_over(made, maker, in_november):
    plan = made(PlanState.APPROVED)
    other = PlanLineFactory(plan=PlanFactory(fiscal_year=YEAR - 1, made_by=maker))

    spent = noted(other, disbursed=Decimal(1))
    changed = doing(maker, note_quarter, plan=plan, quarter=1, noted=[spent])

    assert changed == 0


def test_the_plan_of_a_closed_year_is_not_revised(made, maker):
    plan = made(PlanState.APPROVED)
    DirectionFactory(fiscal_year=YEAR, state=DirectionState.CLOSED)

    with pytest.raises(RuleViolation, match="ปิดปีงบประมาณ 2570 แล้ว"):
        doing(maker, revise_plan, plan=plan, reason="ปรับกลางปี")


def test_a_step_itself_looks_at_the_table_of_moves(made, maker):
    plan = made(PlanState.SENT)

    with open_scope(maker.scope), pytest.raises(RuleViolation, match="ส่งส่วนกลาง"):
        take_step(lock_plan(plan.pk, by=maker), PlanAction.PROPOSE, by=maker)
