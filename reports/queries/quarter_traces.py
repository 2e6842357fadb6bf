"""When and by whom a record changed since a moment, as far as the history and the viewer know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.enums import LedgerKind
from reports.models import Plan, PlanProgress
from seminars.models import CheckIn
from volunteer_network.access.scope import HasScope
from volunteer_network.models import Activity, AuditEvent, User
from volunteer_network.thai_calendar import short_date

PROGRESS_NOTED = "plan.progress_noted"


@dataclass(frozen=True, slots=True)
class Trace:
    """What happened to a record last."""

    kind: LedgerKind
    at: datetime | None
    who: str
    label: str = ""
    href: str = ""


Traces = dict[tuple[str, object], Trace]


def activity_traces(pks: Sequence[int], *, since: datetime, user: HasScope) -> Traces:
    """Of activities: those added, changed, removed or put back since. Four queries."""
    if not pks:
        return {}
    rows = Activity.objects.visible_to(user).in_bulk(pks)
    events = _history(Activity, pks, since, user)
    restored = _restored(pks, since, user)
    acting = {
        *(_actor(event) for event in events.values()),
        *(row.recorded_by_id for row in rows.values()),
        *(event.actor for event in restored.values()),
    }
    people = User.objects.in_bulk([pk for pk in acting if pk])
    found: Traces = {}
    for pk in pks:
        if trace := _activity(rows.get(pk), events.get(pk), restored.get(pk), since, people):
            found["activity", pk] = trace
    return found


def visit_traces(registrations: Sequence[int], *, since: datetime, user: HasScope) -> Traces:
    """Of people who came to a seminar, or of whom that was taken back. One query."""
    if not registrations:
        return {}
    rows = CheckIn.objects.visible_to(user).filter(registration__in=registrations)
    found: Traces = {}
    for row in rows.select_related("seminar", "noted_by").order_by("first_at"):
        at = max(row.first_at, row.undone_at or row.first_at)
        if at > since:
            found["visit", row.registration_id] = Trace(
                LedgerKind.REMOVED if row.undone_at else LedgerKind.ADDED,
                at,
                str(row.noted_by or row.door),
                row.seminar.title,
                reverse("seminars:registrations", args=[row.seminar_id]),
            )
    return found


def progress_traces(
    plan: Plan, quarter: int, lineages: Iterable[UUID], *, since: datetime, user: HasScope
) -> Traces:
    """Of what is typed of a quarter: the last change, or the first writing. Five queries."""
    rows = PlanProgress.objects.visible_to(user).filter(
        province=plan.province_id,
        fiscal_year=plan.fiscal_year,
        quarter=quarter,
        lineage__in=list(lineages),
    )
    pks = dict(rows.values_list("pk", "lineage"))
    if not pks:
        return {}
    events = _history(PlanProgress, list(pks), since, user)
    editions = Plan.objects.visible_to(user).of_year(plan.fiscal_year)
    keys = editions.filter(province=plan.province_id).values_list("pk", flat=True)
    written = (
        AuditEvent.objects.visible_to(user)
        .filter(
            verb=PROGRESS_NOTED,
            target_type="plan",
            target__in=[str(key) for key in keys],
            detail__quarter=quarter,
            at__gt=since,
        )
        .order_by("at")
        .first()
    )
    acting = {*(_actor(event) for event in events.values()), written.actor if written else None}
    people = User.objects.in_bulk([pk for pk in acting if pk])
    found: Traces = {}
    for pk, lineage in pks.items():
        if event := events.get(pk):
            at, actor = event.pgh_created_at, _actor(event)
        elif written:  # a row has no entry of its birth: the first writing since is known
            at, actor = written.at, written.actor
        else:
            continue
        found["progress", lineage] = Trace(LedgerKind.TYPED, at, str(people.get(actor or 0, "")))
    return found


def _activity(
    row: Activity | None,
    event: Any,
    restored: AuditEvent | None,
    since: datetime,
    people: dict[int, User],
) -> Trace | None:
    kept = row or event
    if kept is None:
        return None
    actor: int | None
    if row and row.recorded_at > since:
        kind, at, actor = LedgerKind.ADDED, row.recorded_at, row.recorded_by_id
    elif row and restored and (event is None or restored.at >= event.pgh_created_at):
        kind, at, actor = LedgerKind.ADDED, restored.at, restored.actor
    elif event:
        kind = LedgerKind.CHANGED if row else LedgerKind.REMOVED
        at, actor = event.pgh_created_at, _actor(event)
    else:
        return None
    label = _("กิจกรรม %(day)s") % {"day": short_date(kept.on_date)}
    pk = row.pk if row else event.pgh_obj_id
    href = reverse("activities:detail" if row else "activities:removed", args=[pk])
    return Trace(kind, at, str(people.get(actor or 0, "")), label, href)


def _history(model: Any, pks: Sequence[int], since: datetime, user: HasScope) -> dict[int, Any]:
    """Record → the last entry of its history since; the wall of the history is its table's."""
    entries = model.pgh_event_model.objects.filter(pgh_obj_id__in=pks, pgh_created_at__gt=since)
    if not user.scope.nationwide:
        entries = entries.filter(province__in=user.scope.provinces)
    return {entry.pgh_obj_id: entry for entry in entries.order_by("pgh_id")}


def _restored(pks: Sequence[int], since: datetime, user: HasScope) -> dict[int, AuditEvent]:
    events = AuditEvent.objects.visible_to(user).filter(
        verb="activity.restored",
        target_type="activity",
        target__in=[str(pk) for pk in pks],
        at__gt=since,
    )
    return {int(event.target): event for event in events.order_by("at")}


def _actor(entry: Any) -> int | None:
    actor: int | None = (entry.pgh_context or {}).get("user")
    return actor
