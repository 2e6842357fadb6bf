"""What becomes of the papers of a plan when it is decided on."""

import pytest

from reports.enums import ReturnReason
from reports.services.plan_decisions import Question, approve_plan, return_plan
from reports.services.plan_undoing import undo_decisions
from tests.factories.issued_documents import IssuedDocumentFactory
from tests.reports.sending import sent_plan
from tests.reports.services.plan_decisions.deciding import do, lines_of
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import DocumentState
from volunteer_network.services.issued_documents import withdraw_document

pytestmark = pytest.mark.django_db


def valid(document):
    document.refresh_from_db()
    return document.state == DocumentState.VALID


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
