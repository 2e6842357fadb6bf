"""Cases of the demo country: at every step, and as the services would have left them."""

from django.db.models import Count, F, Q

from tests.volunteer_network.demo.seeds import TODAY
from volunteer_network import sealing
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.case_steps import FINISHED, WITH_KEEPER, WITH_OFFICE
from volunteer_network.enums import CaseAction, CaseState, Escalation
from volunteer_network.models import Case, CaseClient, CaseEvent, User

EVERYTHING = Scope(ScopeRole.NATION, cleared=True)


def test_the_demo_has_cases_as_the_services_leave_them(country):
    with open_scope(EVERYTHING):
        cases = Case.objects.all()
        assert cases.count() > 300
        assert cases.filter(topic="trafficking").exists()
        assert cases.filter(state__in=WITH_OFFICE).exists()
        assert cases.filter(state__in=WITH_KEEPER).exists()
        assert cases.filter(state__in=FINISHED).exists()
        assert cases.filter(waits_until__lt=TODAY).exists()
        wrong = cases.filter(
            Q(opened_on__gt=TODAY)
            | Q(answered_on__gt=TODAY)
            | Q(answered_on__lt=F("opened_on"))
            | ~Q(subdistrict__district=F("district"))
            | ~Q(keeper__province=F("province"))
            | ~Q(office__province=F("province"))
            | Q(activity__isnull=False) & ~Q(activity__volunteer=F("volunteer"))
            | Q(activity__isnull=False) & ~Q(activity__category=F("topic"))
        )
        assert not wrong.exclude(state=CaseState.OPENED).exists()
        late = cases.filter(waits_until__lt=TODAY)
        assert not late.filter(escalated_to=Escalation.NONE).exists()


def test_each_demo_case_tells_its_life_in_order(country):
    with open_scope(EVERYTHING):
        lives = Case.objects.annotate(lines=Count("events"))
        assert not lives.filter(lines=0).exists()
        for case in lives.order_by("pk")[:200]:
            events = list(CaseEvent.objects.filter(case=case).order_by("at", "pk"))
            assert events[0].action == CaseAction.OPEN
            assert events[-1].state == case.state
            moves = [event for event in events if event.action != CaseAction.ESCALATE]
            assert moves[-1].due_on == case.due_on


def test_every_partner_account_has_cases_of_its_own_office(country):
    with open_scope(EVERYTHING):
        officers = User.objects.filter(role="partner_officer")
        waiting = officers.annotate(cases=Count("office__cases")).filter(cases__gt=0)
        assert waiting.count() > officers.count() * 0.7


def test_the_contacts_of_the_demo_can_be_opened(country):
    province = User.objects.filter(username="mentor.chiangmai").get().province_id
    with open_scope(Scope(ScopeRole.PROVINCE, (province,))):
        clients = list(CaseClient.objects.all()[:3])
    for client in clients:
        sealing.unseal(bytes(client.sealed), table="case.client", row=str(client.reference))
