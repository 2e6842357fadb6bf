"""The standing projects of a year: added, changed, put in order, taken out."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from reports.enums import LOG_MEASURES, Measure
from reports.models import Direction, PlanLine, StandingProject
from reports.services.directions import lock_direction
from volunteer_network import audit
from volunteer_network.enums import Category
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.services.edits import refuse_stale


@transaction.atomic
def add_project(*, direction: Direction, by: User, **details: Any) -> StandingProject:
    """Add a project at the end; `details` are its fields."""
    direction = lock_direction(direction)
    _refuse_shared_categories(direction, details, None)
    last = direction.projects.aggregate(last=Max("place"))["last"] or 0
    project = StandingProject.objects.create(direction=direction, place=last + 1, **details)
    _record("added", project, by)
    return project


@transaction.atomic
def change_project(
    *, project: StandingProject, version: int, by: User, **details: Any
) -> StandingProject:
    """Change fields of a project; lines that provinces have begun from it stay as they are.

    Refuses when a colleague saved since `version`.
    """
    direction = lock_direction(project.direction)
    project = direction.projects.get(pk=project.pk)
    refuse_stale(project, version)
    _refuse_shared_categories(direction, details, project.pk)
    changed = [name for name, value in details.items() if getattr(project, name) != value]
    for name in changed:
        setattr(project, name, details[name])
    if changed:
        project.version += 1
        project.save(update_fields=[*changed, "version"])
        _record("changed", project, by, fields=changed)
    return project


@transaction.atomic
def move_project(*, project: StandingProject, up: bool, by: User) -> StandingProject:
    """Let a project change places with its neighbour; the first stays first."""
    direction = lock_direction(project.direction)
    order = list(direction.projects.order_by("place", "pk"))
    here = next(place for place, one in enumerate(order) if one.pk == project.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        for place, one in enumerate(order, start=1):
            one.place = place
        StandingProject.objects.bulk_update(order, ["place"])
        _record("moved", project, by)
    return project


@transaction.atomic
def remove_project(*, project: StandingProject, by: User) -> None:
    """Take a project out of the year, while no plan has a line from it."""
    direction = lock_direction(project.direction)
    project = direction.projects.get(pk=project.pk)
    if count := lines_from(project, by=by):
        raise RuleViolation(
            _("มี %(count)d งานในแผนของจังหวัดที่เริ่มจากโครงการนี้ เอาออกไม่ได้ ปลด “ทุกจังหวัดต้องมี” แทนได้")
            % {"count": count}
        )
    _record("removed", project, by)
    # Django would first empty the references in lines, which are the provinces' to write.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_standingproject WHERE id = %s", [project.pk])


def lines_from(project: StandingProject, *, by: User) -> int:
    """How many lines of plans began from a project."""
    return PlanLine.objects.visible_to(by).filter(standing=project).count()


def _refuse_shared_categories(
    direction: Direction, details: dict[str, Any], own: int | None
) -> None:
    """An activity counts for one line only, so a category belongs to one project of the year."""
    wanted = set(details.get("categories", ()))
    if details.get("measure") not in LOG_MEASURES:
        if wanted:
            raise RuleViolation(
                _("เลือกประเภทงานได้เมื่อผลนับจากบันทึกกิจกรรม เปลี่ยน “ผลนับจาก” หรือเอาประเภทงานออก"),
                field="categories",
            )
        return
    if not wanted:
        raise RuleViolation(
            _("เลือกประเภทงานอย่างน้อยหนึ่งประเภท ผลของ “%(measure)s” นับจากกิจกรรมประเภทนั้น")
            % {"measure": Measure(details["measure"]).label},
            field="categories",
        )
    for other in direction.projects.all():
        if other.pk != own and (shared := wanted & set(other.categories)):
            raise RuleViolation(
                _("“%(category)s” เป็นผลของ “%(project)s” แล้ว กิจกรรมหนึ่งนับได้งานเดียว")
                % {"category": Category(min(shared)).label, "project": other.title},
                field="categories",
            )


def _record(verb: str, project: StandingProject, by: User, **detail: Any) -> None:
    detail["fiscal_year"] = project.direction.fiscal_year
    audit.record(f"standing_project.{verb}", by=by, target=project, detail=detail)
