"""Silence climbs one step: an overdue case is made known to the head, then to the centre."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network.access.scope import SYSTEM_CLEARED, open_scope
from volunteer_network.case_steps import DAYS_BEFORE_THE_CENTRE, OWNER
from volunteer_network.enums import CaseAction, CaseState, Escalation
from volunteer_network.models import Case, CaseEvent, User
from volunteer_network.models.cases import CaseQuerySet
from volunteer_network.services.case_clients import record
from volunteer_network.services.case_notices import tell
from volunteer_network.services.case_routes import centre, cleared_in, people_of


def escalate_overdue_cases() -> int:
    """Let every overdue case climb at most one step; return how many did. Opens its own scopes.

    Runs every morning and may run twice: the second time nothing is due. Each case is a transaction
    of its own, so that one that fails keeps nobody else waiting.
    """
    with open_scope(SYSTEM_CLEARED):
        waiting = list(_due_to_climb().order_by("pk").values_list("pk", flat=True))
    return sum(_climb(pk) for pk in waiting)


def _due_to_climb() -> CaseQuerySet:
    today = timezone.localdate()
    overdue = Case.objects.overdue(today)
    long_overdue = Case.objects.overdue(today - timedelta(days=DAYS_BEFORE_THE_CENTRE))
    return overdue.filter(escalated_to=Escalation.NONE) | long_overdue.filter(
        escalated_to=Escalation.HEAD
    )


def _climb(pk: int) -> bool:
    """Look again under the lock: it may have been answered, or have climbed, a moment ago."""
    with open_scope(SYSTEM_CLEARED):
        case = (
            Case.objects.select_for_update(of=("self",))
            .select_related("office__agency", "office__province", "keeper")
            .get(pk=pk)
        )
        if not _due_to_climb().filter(pk=pk).exists():
            return False
        step = Escalation(case.escalated_to + 1)
        case.escalated_to = step
        case.save(update_fields=["escalated_to"])
        text = _("แจ้ง%(who)s") % {"who": step.label}
        CaseEvent.of(case, CaseAction.ESCALATE, actor=None, text=text).save()
        record("case.escalated", case, by=None)
        tell(_people(case, step), case, CaseAction.ESCALATE, by=None)
    return True


def _people(case: Case, step: Escalation) -> list[User]:
    """Whoever is late, and the next above; each once."""
    above = centre() if step is Escalation.CENTRE else cleared_in(case.province_id)
    late = people_of(case, OWNER[CaseState(case.state)])
    return list({person.pk: person for person in [*late, *above]}.values())
