"""Filling an empty database with the demo country, as the owner of its tables."""

from dataclasses import dataclass
from datetime import date

from django.core.management.color import no_style
from django.db import connection, models, transaction

from volunteer_network.demo.accounts import make_accounts
from volunteer_network.demo.activities import copy_activities
from volunteer_network.demo.copying import keys_checked_at_the_end, triggers_asleep
from volunteer_network.demo.places import read_country
from volunteer_network.demo.registry import demo_makers
from volunteer_network.demo.volunteers import make_volunteers
from volunteer_network.models import Activity, Province, Term, User, Volunteer
from volunteer_network.services.figures import rebuild_figures

_FILLED: tuple[type[models.Model], ...] = (User, Volunteer, Term, Activity)


class NotEmpty(Exception):
    """There is somebody's work in the database; the demo must not be mixed into it."""


class NoPlaces(Exception):
    """Provinces and offices are missing; `manage.py prepare` loads them."""


@dataclass(frozen=True)
class Plan:
    """What to make; the same plan gives the same country."""

    today: date
    leads: int = 7_256
    months: int = 24
    activities: int = 230_000
    seed: int = 1
    with_passwords: bool = True


@transaction.atomic
def fill_country(plan: Plan) -> dict[str, int]:
    """Make everything, or nothing; return the number of rows by kind.

    Raises NotEmpty or NoPlaces before anything is written.
    """
    _refuse_unless_empty()
    country = read_country()
    staff = make_accounts(
        country, today=plan.today, seed=plan.seed, with_passwords=plan.with_passwords
    )
    workers = make_volunteers(country, leads=plan.leads, today=plan.today, seed=plan.seed)
    _check_keys_now()  # nobody may change a table on which checks are waiting
    with triggers_asleep(Activity), keys_checked_at_the_end(Activity):
        copy_activities(
            country,
            staff,
            workers,
            count=plan.activities,
            months=plan.months,
            today=plan.today,
            seed=plan.seed,
        )
    rebuild_figures()
    _restart_numbering(_FILLED)
    for maker in demo_makers():
        maker.make(plan)
        _restart_numbering(maker.models())
    return {model.__name__: model._default_manager.count() for model in _all_filled()}


def refresh_statistics() -> None:
    """Tell the planner what the tables hold now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _all_filled() -> list[type[models.Model]]:
    return [*_FILLED, *(model for maker in demo_makers() for model in maker.models())]


def _refuse_unless_empty() -> None:
    for model in _all_filled():
        if model._default_manager.exists():
            raise NotEmpty(model.__name__)
    if not Province.objects.filter(has_office=True).exists():
        raise NoPlaces


def _check_keys_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _restart_numbering(filled: tuple[type[models.Model], ...]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(filled)):
            cursor.execute(statement)
