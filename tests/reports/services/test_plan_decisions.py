"""The centre decides: what changes, who hears of it, and what taking it back restores."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from reports.enums import PlanAction, PlanState, ReturnReason
from reports.models import Plan, PlanComment, PlanLine, PlanStep
from reports.services.plan_decisions import Question, approve_plan, approve_plans, return_plan
from reports.services.plan_undoing import recent_decisions, undo_decisions
from tests.factories import UserFactory
from tests.factories.issued_documents import IssuedDocumentFactory
from tests.factories.plans import PlanFactory
from tests.reports.sending import sent_plan, step
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.enums import DocumentState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Notice, OutgoingMail
from volunteer_network.services.issued_documents import withdraw_document
from volunteer_network.services.outgoing_mail import ring_again, send_mail

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=2, seconds=1)


@pytest.fixture
def plan(db):
    return sent_plan()


def do(service, *, by, **details):
    with open_scope(by.scope):
        return service(by=by, **details)


def fresh(plan):
    with open_scope(NATION):
        return Plan.objects.get(pk=plan.pk)


def lines_of(plan):
    with open_scope(NATION):
        return list(PlanLine.objects.filter(plan=plan).order_by("pk"))


def fields_of(plan):
    """All that is written of a plan, without the number that only ever grows."""
    with open_scope(NATION):
        return Plan.objects.filter(pk=plan.pk).values().get() | {"version": None}


def told(user):
    with open_scope(user.scope):
        return list(Notice.objects.visible_to(user).values_list("text", flat=True))


def mails():
    with open_scope(SYSTEM):
        return list(OutgoingMail.objects.order_by("pk"))


def valid(document):
    document.refresh_from_db()
    return document.state == DocumentState.VALID


def give_back(plan, *, by, line=None, text="ขอเหตุผล", reason=ReturnReason.TARGET):
    line = line or lines_of(plan)[0]
    return do(
        return_plan,
        plan=plan,
        version=fresh(plan).version,
        questions=[Question(line.pk, reason, text)],
        by=by,
    )


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


def test_the_papers_of_an_edition_hold_as_long_as_it_does(plan, central_officer):
    """And no longer than that: whoever asks /verify/ hears of the newer edition."""
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    about = {"province_id": plan.province_id, "fiscal_year": plan.fiscal_year}
    paper = IssuedDocumentFactory(edition=1, **about)
    elsewhere = IssuedDocumentFactory(edition=1, province_id=90, fiscal_year=plan.fiscal_year)
    report = IssuedDocumentFactory(kind="PRG", edition=1, **about)
    second = sent_plan(edition=2)

    do(approve_plan, plan=second, version=second.version, by=central_officer)
    assert [valid(one) for one in (paper, elsewhere, report)] == [False, True, True]

    do(undo_decisions, plans=[second.pk], by=central_officer)
    assert valid(paper)


def paper_of(plan, **values):
    about = {"province_id": plan.province_id, "fiscal_year": plan.fiscal_year, "edition": 1}
    return IssuedDocumentFactory(**about, **values)


def state_of(paper):
    paper.refresh_from_db()
    return paper.state


def send_back(plan, by):
    question = Question(lines_of(plan)[0].pk, ReturnReason.TARGET, "ขอเหตุผล")
    return do(return_plan, plan=plan, version=plan.version, questions=[question], by=by)


def test_a_paper_of_a_plan_that_is_sent_back_is_recalled(plan, central_officer):
    about = {"province_id": plan.province_id, "fiscal_year": plan.fiscal_year}
    paper = paper_of(plan)
    others = [
        IssuedDocumentFactory(edition=2, **about),
        IssuedDocumentFactory(kind="PRG", edition=1, **about),
        IssuedDocumentFactory(edition=1, province_id=90, fiscal_year=plan.fiscal_year),
    ]

    send_back(plan, central_officer)

    assert state_of(paper) == DocumentState.RECALLED
    assert all(valid(one) for one in others)


def test_a_return_that_is_taken_back_lets_the_paper_hold_again(plan, central_officer):
    older = paper_of(plan, state=DocumentState.RECALLED, serial="PLN-50-2570-1-AAAA")
    paper = paper_of(plan)
    send_back(plan, central_officer)

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert [state_of(one) for one in (older, paper)] == [
        DocumentState.RECALLED,
        DocumentState.VALID,
    ]


def test_a_recalled_paper_that_was_withdrawn_stays_so(plan, central_officer):
    paper = paper_of(plan)
    send_back(plan, central_officer)
    with open_scope(central_officer.scope):
        withdraw_document(document=paper, reason="wrong", by=central_officer)

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert state_of(paper) == DocumentState.WITHDRAWN


def test_a_paper_that_says_approved_is_recalled_with_the_approval(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    paper = paper_of(plan)

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert state_of(paper) == DocumentState.RECALLED


def test_a_paper_from_before_the_approval_is_still_right(plan, central_officer):
    paper = paper_of(plan)
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert valid(paper)


def test_a_paper_printed_anew_stays_the_one_that_holds(plan, central_officer):
    """As when the return is taken back just after the worker kept another file."""
    paper = paper_of(plan)
    send_back(plan, central_officer)
    anew = paper_of(plan, serial="PLN-50-2570-1-BBBB")

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert [state_of(one) for one in (paper, anew)] == [
        DocumentState.RECALLED,
        DocumentState.VALID,
    ]


def test_a_paper_that_was_withdrawn_stays_so(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    about = {"province_id": plan.province_id, "fiscal_year": plan.fiscal_year, "edition": 1}
    paper = IssuedDocumentFactory(state=DocumentState.WITHDRAWN, **about)
    second = sent_plan(edition=2)

    do(approve_plan, plan=second, version=second.version, by=central_officer)
    do(undo_decisions, plans=[second.pk], by=central_officer)

    paper.refresh_from_db()
    assert paper.state == DocumentState.WITHDRAWN


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


# Taking back


def test_an_approval_is_taken_back_to_the_last_field(plan, central_officer):
    before = fields_of(plan)
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert fields_of(plan) == before
    assert fresh(plan).version > plan.version


def test_a_return_is_taken_back_to_the_last_field_and_its_questions_go(plan, central_officer):
    before = fields_of(plan)
    give_back(plan, by=central_officer)

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert fields_of(plan) == before
    with open_scope(NATION):
        assert not PlanComment.objects.filter(plan=plan).exists()


def test_a_second_return_taken_back_keeps_the_first_and_its_question(plan, central_officer):
    give_back(plan, by=central_officer, text="ครั้งแรก")
    for action, who in (
        (PlanAction.PROPOSE, plan.made_by),
        (PlanAction.AGREE, plan.sent_by),
        (PlanAction.SEND, plan.sent_by),
    ):
        step(plan, action, by=who)
    before = fields_of(plan)
    assert before["returned_because"]
    give_back(plan, by=central_officer, text="ครั้งที่สอง")

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert fields_of(plan) == before
    with open_scope(NATION):
        assert [one.text for one in PlanComment.objects.filter(plan=plan)] == ["ครั้งแรก"]


def test_the_edition_before_holds_again(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    second = sent_plan(edition=2)
    do(approve_plan, plan=second, version=second.version, by=central_officer)

    do(undo_decisions, plans=[second.pk], by=central_officer)

    assert [fresh(one).state for one in (plan, second)] == [PlanState.APPROVED, PlanState.SENT]


def test_a_group_is_taken_back_as_one(central_officer):
    plans = [sent_plan(50), sent_plan(51)]
    versions = {one.pk: one.version for one in plans}
    do(approve_plans, versions=versions, by=central_officer)
    [recent] = do(recent_decisions, by=central_officer)

    do(undo_decisions, plans=[one.pk for one in recent.plans], by=central_officer)

    assert {fresh(one).state for one in plans} == {PlanState.SENT}
    assert do(recent_decisions, by=central_officer) == []


def test_one_that_cannot_be_taken_back_keeps_the_others_as_they_are(central_officer):
    good, gone = sent_plan(50), sent_plan(51)
    versions = {good.pk: good.version, gone.pk: gone.version}
    do(approve_plans, versions=versions, by=central_officer)
    PlanFactory(province=gone.province, fiscal_year=gone.fiscal_year, edition=2)

    with pytest.raises(RuleViolation, match="จังหวัดเริ่มแก้แผนแล้ว"):
        do(undo_decisions, plans=[good.pk, gone.pk], by=central_officer)

    assert {fresh(one).state for one in (good, gone)} == {PlanState.APPROVED}


def test_two_minutes_and_no_longer(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)

    with time_machine.travel(timezone.now() + LATER, tick=True):
        assert do(recent_decisions, by=central_officer) == []
        with pytest.raises(RuleViolation, match="2 นาที"):
            do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert fresh(plan).state == PlanState.APPROVED


def test_what_was_read_before_a_decision_was_taken_back_is_read_again(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    approved = fresh(plan).version
    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert plan.version < approved < fresh(plan).version
    with pytest.raises(RuleViolation, match="แผนเปลี่ยนหลังจากที่เปิดหน้านี้"):
        do(approve_plan, plan=plan, version=approved, by=central_officer)
    with pytest.raises(RuleViolation, match="ผู้ทำขั้นตอนต่อไปแล้ว"):
        do(undo_decisions, plans=[plan.pk], by=central_officer)


def test_taking_nothing_back_is_told(central_officer):
    with pytest.raises(RuleViolation, match="ไม่มีแผนที่เรียกคืนได้"):
        do(undo_decisions, plans=[], by=central_officer)


def test_only_the_own_decision_is_taken_back(plan, central_officer):
    colleague = UserFactory(role=Role.CENTRAL_OFFICER, province=None)
    do(approve_plan, plan=plan, version=plan.version, by=colleague)

    assert do(recent_decisions, by=central_officer) == []
    with pytest.raises(RuleViolation, match="ขั้นตอนต่อไปแล้ว"):
        do(undo_decisions, plans=[plan.pk], by=central_officer)


def test_a_head_s_return_is_not_the_centre_s_to_take_back(chiang_mai, central_officer):
    plan = sent_plan()
    with open_scope(NATION):
        Plan.objects.filter(pk=plan.pk).update(state=PlanState.PROPOSED)
    step(plan, PlanAction.RETURN_BY_HEAD, by=plan.sent_by, reason="แก้ก่อน")

    with pytest.raises(RuleViolation, match="ขั้นตอนต่อไปแล้ว"):
        do(undo_decisions, plans=[plan.pk], by=central_officer)


@pytest.mark.parametrize("how", ["changed", "removed", "added"])
def test_a_return_stays_once_the_province_works_on_it(plan, central_officer, how):
    give_back(plan, by=central_officer)
    first = lines_of(plan)[0]
    with open_scope(plan.made_by.scope):
        own = PlanLine.objects.filter(plan=plan)
        if how == "changed":
            own.filter(pk=first.pk).update(target=9, version=2)
        elif how == "removed":
            own.exclude(pk=first.pk).delete()
        else:
            copy = own.get(pk=first.pk)
            copy.pk, copy.lineage = None, own.model._meta.get_field("lineage").get_default()
            copy.save()

    with pytest.raises(RuleViolation, match="จังหวัดเริ่มแก้แผนแล้ว"):
        do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert fresh(plan).state == PlanState.RETURNED


def test_the_story_tells_both_the_decision_and_its_end(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    do(undo_decisions, plans=[plan.pk], by=central_officer)

    with open_scope(NATION):
        steps = PlanStep.objects.filter(plan=plan).values_list("action", "state")
        assert list(steps)[-2:] == [
            (PlanAction.APPROVE, PlanState.APPROVED),
            (PlanAction.UNDO, PlanState.SENT),
        ]


# Notices and mails


def test_mails_wait_two_minutes_and_then_go(plan, central_officer, mailoutbox):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    waiting = mails()
    assert len(waiting) == 2

    for one in waiting:
        send_mail(one.pk)
    assert mailoutbox == []

    with time_machine.travel(timezone.now() + LATER, tick=True):
        for one in waiting:
            send_mail(one.pk)
    assert len(mailoutbox) == 2


def test_what_was_taken_back_is_never_mailed_nor_seen(plan, central_officer, mailoutbox):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    do(undo_decisions, plans=[plan.pk], by=central_officer)

    with time_machine.travel(timezone.now() + LATER, tick=True):
        ring_again()
    assert (mails(), mailoutbox) == ([], [])
    assert (told(plan.made_by), told(plan.sent_by)) == ([], [])


def test_who_has_read_it_is_told_that_it_does_not_hold(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    with open_scope(plan.made_by.scope):
        Notice.objects.visible_to(plan.made_by).update(read_at=timezone.now())

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert "เรียกคืนการพิจารณา" in told(plan.made_by)[0]
    assert told(plan.sent_by) == []


def test_taking_one_back_leaves_the_mails_of_another(central_officer):
    first, second = sent_plan(50), sent_plan(51)
    for one in (first, second):
        do(approve_plan, plan=one, version=one.version, by=central_officer)

    do(undo_decisions, plans=[first.pk], by=central_officer)

    assert {mail.province_id for mail in mails()} == {51}
    assert told(second.made_by)
    assert told(first.made_by) == []
