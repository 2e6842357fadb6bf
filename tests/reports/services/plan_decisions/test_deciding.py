"""What the centre decides on sent plans, and who hears of it."""

import pytest

from reports.enums import PlanState, ReturnReason
from reports.models import PlanComment
from reports.services.plan_decisions import Question, approve_plan, approve_plans, return_plan
from tests.reports.sending import sent_plan
from tests.reports.services.plan_decisions.deciding import do, fresh, give_back, lines_of, told
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_an_approved_plan_says_by_whom_and_both_sides_hear_of_it(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)

    now = fresh(plan)
    assert (now.state, now.approved_by_id) == (PlanState.APPROVED, central_officer.pk)
    assert "อนุมัติแผนปีงบประมาณ 2570" in told(plan.made_by)[0]
    assert "อนุมัติแผนปีงบประมาณ 2570" in told(plan.sent_by)[0]
    with open_scope(NATION):
        assert AuditEvent.objects.filter(verb="plan.approve", target=str(plan.pk)).count() == 1


def test_several_are_approved_and_the_others_say_why_not(central_officer):
    good, changed, gone = sent_plan(50), sent_plan(51), sent_plan(52)
    give_back(gone, by=central_officer)

    decided = do(
        approve_plans,
        versions={good.pk: good.version, changed.pk: changed.version - 1, gone.pk: gone.version},
        by=central_officer,
    )

    assert [one.pk for one in decided.approved] == [good.pk]
    reasons = {one.pk: reason for one, reason in decided.skipped}
    assert "แผนเปลี่ยนหลังจากที่เปิดหน้านี้" in reasons[changed.pk]
    assert "ส่งกลับแก้ไข" in reasons[gone.pk]
    assert [fresh(one).state for one in (changed, gone)] == [PlanState.SENT, PlanState.RETURNED]


def test_a_plan_that_changed_since_it_was_read_is_not_returned(plan, central_officer):
    question = Question(lines_of(plan)[0].pk, ReturnReason.TARGET, "ขอเหตุผล")

    with pytest.raises(RuleViolation, match="แผนเปลี่ยนหลังจากที่เปิดหน้านี้"):
        do(
            return_plan,
            plan=plan, version=plan.version - 1, questions=[question], by=central_officer,
        )  # fmt: skip


def test_a_new_edition_takes_the_place_of_the_approved_one(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    second = sent_plan(edition=2)

    do(approve_plan, plan=second, version=second.version, by=central_officer)

    assert [fresh(one).state for one in (plan, second)] == [
        PlanState.REPLACED,
        PlanState.APPROVED,
    ]


def test_a_returned_plan_carries_a_question_on_each_line(plan, central_officer):
    first, second = lines_of(plan)

    do(
        return_plan,
        plan=plan,
        version=plan.version,
        questions=[
            Question(first.pk, ReturnReason.TARGET, "เหตุใดเป้าจึงลดลง"),
            Question(second.pk, ReturnReason.COST, "ต้นทุนต่อคนสูงกว่าปีก่อน"),
            Question(None, ReturnReason.OTHER, "ขาดโครงการที่ต้องมี"),
        ],
        by=central_officer,
    )

    now = fresh(plan)
    assert (now.state, now.sent_at, now.agreed_at) == (PlanState.RETURNED, None, None)
    assert now.returned_because == ("ขอแก้ 2 งาน: ค่าเป้าหมายไม่สมเหตุผล, ต้นทุนต่อหน่วยสูงกว่าเกณฑ์, อื่น ๆ")
    with open_scope(NATION):
        asked = PlanComment.objects.filter(plan=plan).values_list("line", "text", "returns")
        assert list(asked) == [
            (first.pk, "เหตุใดเป้าจึงลดลง", True),
            (second.pk, "ต้นทุนต่อคนสูงกว่าปีก่อน", True),
            (None, "ขาดโครงการที่ต้องมี", True),
        ]
    assert "ถูกส่งกลับแก้ไข" in told(plan.made_by)[0]


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        (lambda line: [], "อย่างน้อยหนึ่งงาน"),
        (lambda line: [Question(line, ReturnReason.COST, "  ")], "หนึ่งประโยค"),
        (lambda line: [Question(10_000_000, ReturnReason.COST, "ขอเหตุผล")], "ไม่อยู่ในแผนแล้ว"),
    ],
)
def test_a_return_without_a_question_is_refused(plan, central_officer, questions, message):
    asked = questions(lines_of(plan)[0].pk)

    with pytest.raises(RuleViolation, match=message):
        do(return_plan, plan=plan, version=plan.version, questions=asked, by=central_officer)

    assert fresh(plan).state == PlanState.SENT


def test_the_line_of_another_plan_is_not_asked_about(plan, central_officer):
    [foreign, _other] = lines_of(sent_plan(51))

    with pytest.raises(RuleViolation, match="ไม่อยู่ในแผนแล้ว"):
        give_back(plan, by=central_officer, line=foreign)
