"""Who sees a case: each wall alone, for the office, for other provinces, for the cleared."""

import pytest
from django.db import DatabaseError, connection

from tests.factories import CaseClientFactory, CaseFactory, UserFactory, VolunteerFactory
from volunteer_network import audit
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import (
    Scope,
    ScopeRole,
    cleared_for_a_moment,
    open_scope,
)
from volunteer_network.case_steps import FINISHED
from volunteer_network.enums import CaseAction, CaseState, Category, Escalation
from volunteer_network.models import (
    AuditEvent,
    Case,
    CaseClient,
    CaseEvent,
    Notice,
    Office,
    OutgoingMail,
)

MODELS = (Case, CaseEvent, CaseClient, AuditEvent)


@pytest.fixture
def officer(chiang_mai):
    office = Office.objects.get(province=chiang_mai, agency="DOE")
    return UserFactory(role=Role.PARTNER_OFFICER, province=chiang_mai, office=office)


def a_case(topic=Category.JOB_PLACEMENT, state=CaseState.ACCEPTED, **details):
    """With a client, a line of its timeline, and a trail."""
    case = CaseFactory(topic=topic, state=state, **details)
    CaseClientFactory(case=case)
    with open_scope(Scope(ScopeRole.PROVINCE, (case.province_id,), cleared=True)):
        CaseEvent.of(case, CaseAction.REFER, actor=case.opened_by, text="").save()
        restricted = {"restricted": True} if case.is_restricted else {}
        audit.record(
            "case.refer",
            by=case.opened_by,
            target=case,
            province_code=case.province_id,
            detail=restricted,
        )
    return case


def first_wall(model, user):
    """What the filter lets through on a connection that is held to nothing but the nation."""
    whole = Scope(ScopeRole.NATION, cleared=True)
    if model is CaseClient:  # of which the nation may not read all
        whole = Scope(ScopeRole.PROVINCE, (50,), cleared=True)
    with open_scope(whole):
        return set(model.objects.visible_to(user).values_list("pk", flat=True))


def second_wall(model, user):
    """What the connection itself shows when the filter is forgotten."""
    with open_scope(user.scope):
        return set(model.objects.values_list("pk", flat=True))


WALLS = pytest.mark.parametrize("wall", [first_wall, second_wall])


def rows_about(model, *cases):
    with open_scope(Scope(ScopeRole.PROVINCE, (50,), cleared=True)):
        pks = [case.pk for case in cases]
        if model is AuditEvent:
            found = model.objects.filter(target_type="case", target__in=[str(pk) for pk in pks])
        else:
            found = model.objects.filter(**{"pk__in" if model is Case else "case__in": pks})
        return set(found.values_list("pk", flat=True))


@WALLS
@pytest.mark.parametrize("model", [Case, CaseEvent, CaseClient])
def test_an_office_sees_the_cases_referred_to_it_and_nothing_else(wall, model, officer, songkhla):
    ours = a_case()
    a_case(Category.SOCIAL_SECURITY)
    a_case(state=CaseState.OPENED)
    abroad = VolunteerFactory(province=songkhla)
    CaseFactory(volunteer=abroad)

    assert wall(model, officer) == rows_about(model, ours)


@WALLS
def test_an_office_learns_whom_to_call_only_while_it_works_on_the_case(wall, officer):
    cases = {state: a_case(state=state) for state in CaseState}

    seen = wall(CaseClient, officer)

    assert seen == rows_about(CaseClient, cases[CaseState.ACCEPTED], cases[CaseState.IN_PROGRESS])


@WALLS
def test_the_centre_learns_whom_to_call_only_of_what_climbed_to_it(wall, central_officer):
    climbed = {state: a_case(state=state, escalated_to=Escalation.CENTRE) for state in CaseState}
    a_case(escalated_to=Escalation.HEAD)
    a_case()

    seen = wall(CaseClient, central_officer)

    unfinished = [case for state, case in climbed.items() if state not in FINISHED]
    assert seen == rows_about(CaseClient, *unfinished)


@WALLS
def test_an_office_keeps_sight_of_what_it_declined_until_another_has_it(wall, officer):
    case = a_case(state=CaseState.DECLINED)
    assert wall(Case, officer) == {case.pk}

    with open_scope(Scope(ScopeRole.PROVINCE, (50,))):
        other = Office.objects.get(province=50, agency="OPS")
        Case.objects.filter(pk=case.pk).update(office=other, state="referred", decline_reason="")

    assert wall(Case, officer) == wall(CaseEvent, officer) == set()


@WALLS
def test_an_officer_of_no_office_sees_nothing(wall, chiang_mai):
    a_case()

    stray = UserFactory(role=Role.PARTNER_OFFICER, province=chiang_mai, office=None)

    assert wall(Case, stray) == set()


@WALLS
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", [Role.MENTOR, Role.PARTNER_OFFICER, Role.INSPECTOR])
def test_a_case_of_trafficking_exists_for_the_cleared_alone(wall, model, role, chiang_mai):
    ops = Office.objects.get(province=chiang_mai, agency="OPS")
    provincial = role is not Role.INSPECTOR
    user = UserFactory(
        role=role,
        province=chiang_mai if provincial else None,
        office=ops if provincial else None,
        inspection_regions=[] if provincial else [15],
    )
    case = a_case(Category.TRAFFICKING, **({"opened_by": user} if role is Role.MENTOR else {}))

    if model is CaseClient and role is Role.INSPECTOR and wall is second_wall:
        with pytest.raises(DatabaseError, match="permission denied"):
            wall(model, user)
        return
    assert wall(model, user) & rows_about(model, case) == set()


@WALLS
@pytest.mark.parametrize("model", [Case, CaseEvent, AuditEvent])
@pytest.mark.parametrize("role", [Role.PROVINCIAL_HEAD, Role.CENTRAL_OFFICER])
def test_the_cleared_see_it(wall, model, role, chiang_mai):
    case = a_case(Category.TRAFFICKING)
    user = UserFactory(role=role, province=chiang_mai if role is Role.PROVINCIAL_HEAD else None)

    assert wall(model, user) >= rows_about(model, case)


@WALLS
def test_a_head_sees_no_case_of_another_province(wall, chiang_mai_head, songkhla):
    abroad = VolunteerFactory(province=songkhla)
    theirs = CaseFactory(volunteer=abroad, topic=Category.TRAFFICKING)

    assert theirs.pk not in wall(Case, chiang_mai_head)


def test_an_office_cannot_give_a_case_away_or_take_another(officer):
    ours, theirs = a_case(), a_case(Category.SOCIAL_SECURITY)

    with open_scope(officer.scope):
        assert Case.objects.filter(pk=theirs.pk).update(office=officer.office) == 0
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        open_scope(officer.scope),
    ):
        Case.objects.filter(pk=ours.pk).update(office=theirs.office)


def test_an_office_writes_on_the_timelines_of_its_own_cases_only(officer):
    theirs = a_case(Category.SOCIAL_SECURITY)

    with (
        pytest.raises(DatabaseError, match="row-level security"),
        open_scope(officer.scope),
    ):
        CaseEvent.of(theirs, CaseAction.CLOSE, actor=officer, text="").save()


@pytest.mark.parametrize("model", [Notice, OutgoingMail, AuditEvent])
def test_an_office_sees_what_is_its_officers_own(model, officer, chiang_mai_officer):
    with open_scope(chiang_mai_officer.scope):
        Notice.objects.create(
            province_id=50, recipient=chiang_mai_officer, kind="case", text="x", href="/"
        )
        OutgoingMail.objects.create(province_id=50, recipient=chiang_mai_officer, subject="x")
        audit.record("volunteer.viewed", by=chiang_mai_officer, province_code=50)

    assert second_wall(model, officer) == set()


def test_a_moment_of_clearance_ends_with_the_block(chiang_mai_officer):
    case = a_case(Category.TRAFFICKING)

    with open_scope(chiang_mai_officer.scope):
        with cleared_for_a_moment():
            assert Case.objects.filter(pk=case.pk).exists()
        assert not Case.objects.filter(pk=case.pk).exists()


def test_the_timeline_can_be_neither_changed_nor_taken_back(chiang_mai_head):
    a_case()

    for sql in (
        "UPDATE volunteer_network_caseevent SET text = ''",
        "DELETE FROM volunteer_network_caseevent",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            open_scope(chiang_mai_head.scope),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_case_cannot_point_into_another_province(chiang_mai_officer, songkhla):
    case, stranger = a_case(), VolunteerFactory(province=songkhla)

    with (
        pytest.raises(DatabaseError, match="case_volunteer_id_same_province"),
        open_scope(chiang_mai_officer.scope),
    ):
        point_at(case, stranger)


def point_at(case, stranger):
    Case.objects.filter(pk=case.pk).update(volunteer=stranger)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
