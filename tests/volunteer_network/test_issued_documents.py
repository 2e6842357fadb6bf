"""/verify/: valid, replaced or withdrawn, told to everybody who knows the serial; and no more."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from tests.factories.issued_documents import IssuedDocumentFactory
from tests.factories.jobs import JobFactory
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import SYSTEM, Scope, ScopeRole, open_scope
from volunteer_network.documents.serials import LETTERS, new_issue, read_serial
from volunteer_network.enums import DocumentState
from volunteer_network.errors import RuleViolation
from volunteer_network.guessing import MOST_MISSES
from volunteer_network.job_kinds import JobKind, Result, register_kind
from volunteer_network.models import AuditEvent, IssuedDocument
from volunteer_network.services import issued_documents, jobs


@pytest.fixture(autouse=True)
def nobody_has_guessed(request):
    request.getfixturevalue("committed" if "committed" in request.fixturenames else "db")
    cache.delete("verify:misses:127.0.0.1")


def an_issue(edition=2, province=50, kind="PLN"):
    return new_issue(
        kind=kind, province=province, fiscal_year=2570, edition=edition, as_of=timezone.now()
    )


def issue(edition=2, province=50, kind="PLN"):
    with open_scope(SYSTEM):
        return issued_documents.issue_document(
            issue=an_issue(edition, province, kind), job=0, digest="a" * 64
        )


def page(client, serial):
    response = client.get(reverse("verify:detail", args=[serial]))
    return response, response.content.decode()


def test_a_serial_names_kind_province_year_and_edition_and_cannot_be_guessed():
    serials = {an_issue().serial for _round in range(50)}

    assert len(serials) > 40
    for serial in serials:
        *known, letters = serial.split("-")
        assert known == ["PLN", "50", "2570", "2"]
        assert len(letters) == 4
        assert set(letters) <= set(LETTERS)


@pytest.mark.parametrize(
    "typed",
    [
        "PLN-50-2570-2-4K7Q",
        " pln-50-2570-2-4k7q ",
        "PLN 50 2570 2 4K7Q",
        "PLN–๕๐–๒๕๗๐–๒–4K7Q",
        "PLN-50-2570-2-4K7Q/",
    ],
)
def test_a_serial_is_understood_as_people_type_it(typed):
    assert read_serial(typed) == "PLN-50-2570-2-4K7Q"


def test_a_valid_document_says_which_and_of_which_office(client):
    document = issue()

    response, text = page(client, document.serial)

    assert response.status_code == 200
    assert "ใช้ได้" in text
    assert "แผนปฏิบัติงานประจำปี ปีงบประมาณ พ.ศ. 2570 ฉบับที่ 2" in text
    assert "สำนักงานแรงงานจังหวัดเชียงใหม่" in text
    assert "no-store" in response.headers["Cache-Control"]


def test_a_new_document_of_the_same_edition_replaces_the_former(client):
    former, other_edition, other_province = issue(), issue(edition=3), issue(province=90)

    latest = issue()

    former.refresh_from_db()
    assert (former.state, former.replaced_by) == (DocumentState.REPLACED, latest)
    assert "มีฉบับใหม่แทนแล้ว" in page(client, former.serial)[1]
    for document in (latest, other_edition, other_province):
        document.refresh_from_db()
        assert document.state == DocumentState.VALID


def test_the_page_of_a_replaced_document_does_not_tell_the_serial_of_the_new_one(client):
    former, latest = issue(), issue()

    assert latest.serial not in page(client, former.serial)[1]


def test_two_documents_made_at_once_leave_one_valid(committed):
    def make(_number):
        try:
            return issue().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as makers:
        list(makers.map(make, range(8)))

    assert IssuedDocument.objects.count() == 8
    assert IssuedDocument.objects.valid().count() == 1


def test_an_unknown_serial_is_answered_on_the_same_page_with_the_same_queries(
    client, django_assert_num_queries
):
    document = issue()

    with django_assert_num_queries(1):
        _known, text = page(client, document.serial)
    with django_assert_num_queries(1):
        unknown, other = page(client, "PLN-50-2570-2-XXXX")

    assert unknown.status_code == 404
    assert "ไม่พบเอกสาร" in other
    for words in ("ผลการตรวจ", "ตรวจอีกฉบับ"):
        assert words in text
        assert words in other


def test_guessing_is_stopped_and_says_so(client):
    document = issue()
    for number in range(MOST_MISSES):
        assert page(client, f"PLN-50-2570-2-XX{number:02d}")[0].status_code == 404

    response, text = page(client, document.serial)

    assert response.status_code == 429
    assert "10 นาที" in text
    assert document.title not in text


def test_checking_a_pile_of_documents_is_no_guessing(client):
    document = issue()

    answers = {page(client, document.serial)[0].status_code for _round in range(MOST_MISSES + 5)}

    assert answers == {200}


def test_a_serial_that_is_typed_leads_to_its_page(client):
    document = issue()

    response = client.get(reverse("verify:ask"), {"serial": document.serial.lower()})
    empty = client.get(reverse("verify:ask"), {"serial": " "})

    assert response.url == document.get_absolute_url()
    assert empty.status_code == 422


@pytest.fixture
def document_of(everywhere):
    def document_of(user):
        return IssuedDocumentFactory(job=JobFactory(requested_by=user).pk)

    return document_of


def test_whoever_made_it_withdraws_it_with_a_reason(
    client, chiang_mai_officer, document_of, everywhere
):
    document = document_of(chiang_mai_officer)
    client.force_login(chiang_mai_officer)
    address = reverse("verify:withdraw", args=[document.serial])

    without_reason = client.post(address, {"reason": ""})
    response = client.post(address, {"reason": "wrong"})

    document.refresh_from_db()
    assert without_reason.status_code == 422
    assert response.url == document.get_absolute_url()
    assert (document.state, document.withdrawal_reason) == (DocumentState.WITHDRAWN, "wrong")
    assert "ถูกเพิกถอนแล้ว" in page(client, document.serial)[1]
    with everywhere():
        event = AuditEvent.objects.get(verb="document.withdrawn")
    assert (event.actor, event.province_id) == (chiang_mai_officer.pk, 50)


def test_the_centre_withdraws_any_from_its_page(
    client, chiang_mai_officer, central_officer, document_of
):
    document = document_of(chiang_mai_officer)
    client.force_login(central_officer)
    address = reverse("verify:withdraw", args=[document.serial])

    assert address in page(client, document.serial)[1]
    client.post(address, {"reason": "leaked"})

    document.refresh_from_db()
    assert document.state == DocumentState.WITHDRAWN


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_colleague_or_another_province_finds_nothing_to_withdraw(
    client, chiang_mai_officer, chiang_mai_head, songkhla_officer, document_of, method
):
    document = document_of(chiang_mai_officer)
    address = reverse("verify:withdraw", args=[document.serial])

    for person in (chiang_mai_head, songkhla_officer):
        client.force_login(person)
        assert getattr(client, method)(address, {"reason": "wrong"}).status_code == 404


def test_a_withdrawn_document_stays_so(chiang_mai_officer):
    document = IssuedDocumentFactory(state=DocumentState.WITHDRAWN)

    with pytest.raises(RuleViolation, match="ถูกเพิกถอนแล้ว"), open_scope(chiang_mai_officer.scope):
        issued_documents.withdraw_document(document=document, reason="wrong", by=chiang_mai_officer)


def test_a_recalled_document_says_so_and_is_not_called_valid(client):
    document = issue()
    with open_scope(SYSTEM):
        about = {"kind": "PLN", "province": 50, "fiscal_year": 2570, "edition": 2}
        assert issued_documents.recall_documents(**about) == [document.pk]

    text = page(client, document.serial)[1]

    assert "ต้นฉบับถูกส่งกลับหรือเรียกคืนแล้ว" in text
    assert "ยังใช้อ้างอิงไม่ได้" in text
    assert "ใช้ได้<" not in text


# The wall: everybody reads, a province changes its own

THEIR_STATE = "UPDATE volunteer_network_issueddocument SET state = 'withdrawn' WHERE id = %s"
MAY_CHANGE = {
    ScopeRole.PROVINCE: (True, False),
    ScopeRole.NATION: (True, True),
    ScopeRole.SYSTEM: (True, True),
}


def changed(document):
    with connection.cursor() as cursor:
        cursor.execute(THEIR_STATE, [document.pk])
        return cursor.rowcount == 1


@pytest.fixture
def papers():
    """Of one's own province and of another."""
    return IssuedDocumentFactory(province_id=50), IssuedDocumentFactory(province_id=90)


@pytest.mark.parametrize("role", ScopeRole)
def test_what_each_scope_changes_of_the_documents(papers, role):
    may = MAY_CHANGE.get(role)

    for number, paper in enumerate(papers):
        if may is None:
            refused = pytest.raises(DatabaseError, match="permission denied")
            with refused, open_scope(Scope(role, (50,))):
                changed(paper)
        else:
            with open_scope(Scope(role, (50,))):
                assert changed(paper) == may[number]


def test_a_province_does_not_give_a_document_away_or_take_one(papers):
    own, _foreign = papers
    sql = "UPDATE volunteer_network_issueddocument SET province_id = 90 WHERE id = %s"

    with (
        pytest.raises(DatabaseError, match="row-level security"),
        open_scope(Scope(ScopeRole.PROVINCE, (50,))),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [own.pk])


@pytest.mark.parametrize("role", [ScopeRole.PROVINCE, ScopeRole.NATION, ScopeRole.REGIONS])
def test_every_document_is_read_in_the_scopes(papers, role):
    with open_scope(Scope(role, (50,))):
        assert IssuedDocument.objects.filter(pk__in=[one.pk for one in papers]).count() == 2


def test_without_the_policy_a_province_changes_those_of_another(committed, papers):
    """The twin: it shows that the test above can see what the policy prevents."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE volunteer_network_issueddocument DISABLE ROW LEVEL SECURITY")

    with open_scope(Scope(ScopeRole.PROVINCE, (50,))):
        assert [changed(paper) for paper in papers] == [True, True]


def test_a_job_that_ends_twice_issues_once(chiang_mai_officer):
    made = []

    def make(job):
        made.append(an_issue())
        return Result(content=b"x", extension="pdf", name="x", issue=made[-1])

    register_kind(JobKind(name="test_issue", title="ลอง", make=make))
    with open_scope(chiang_mai_officer.scope):
        job = jobs.ask_for_job(kind="test_issue", title="x", parameters={}, by=chiang_mai_officer)

    jobs.run_job(job.pk)
    jobs.run_job(job.pk)

    document = IssuedDocument.objects.get()
    assert (document.serial, document.job) == (made[0].serial, job.pk)


def test_a_job_stopped_at_the_last_moment_issues_nothing(chiang_mai_officer):
    def make(job):
        with open_scope(chiang_mai_officer.scope):
            jobs.stop_job(job=row, by=chiang_mai_officer)
        return Result(content=b"x", extension="pdf", name="x", issue=an_issue())

    register_kind(JobKind(name="test_issue", title="ลอง", make=make))
    with open_scope(chiang_mai_officer.scope):
        row = jobs.ask_for_job(kind="test_issue", title="x", parameters={}, by=chiang_mai_officer)

    jobs.run_job(row.pk)

    assert not IssuedDocument.objects.exists()
