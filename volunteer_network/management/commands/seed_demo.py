"""Fills an empty database with an invented country, the same for the same seed and day."""

import argparse
import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from volunteer_network.access.owner import as_owner
from volunteer_network.demo.country import (
    NoPlaces,
    NotEmpty,
    Plan,
    fill_country,
    refresh_statistics,
)


class Command(BaseCommand):
    help = "Fill an empty database with the demo country; sign-ins only where DEMO=1."

    def add_arguments(self, parser: CommandParser) -> None:
        plan = Plan(today=timezone.localdate())
        parser.add_argument("--volunteers", type=_above_zero, default=plan.leads, metavar="N")
        parser.add_argument("--months", type=_above_zero, default=plan.months, metavar="M")
        parser.add_argument("--activities", type=int, default=plan.activities, metavar="N")
        parser.add_argument("--seed", type=int, default=plan.seed, metavar="S")
        parser.add_argument("--today", type=date.fromisoformat, default=plan.today)

    def handle(self, *args: Any, **options: Any) -> None:
        plan = Plan(
            today=options["today"],
            leads=options["volunteers"],
            months=options["months"],
            activities=options["activities"],
            seed=options["seed"],
            with_passwords=settings.DEMO,
        )
        began = time.monotonic()
        with as_owner():
            counts = self._fill(plan)
        made = ", ".join(f"{name}: {count:,}" for name, count in counts.items())
        self.stdout.write(f"{made} in {time.monotonic() - began:.1f} s")
        if not plan.with_passwords:
            self.stdout.write("DEMO is not 1, so the accounts have no passwords.")

    def _fill(self, plan: Plan) -> dict[str, int]:
        try:
            counts = fill_country(plan)
        except NotEmpty as full:
            raise CommandError(
                f"The database is not empty (there is at least one {full}), and the demo country "
                "is never mixed with other data. Use an empty database, e.g. another DATA_DIR."
            ) from None
        except NoPlaces:
            raise CommandError(
                "Provinces and offices are not loaded yet: run `manage.py prepare` first."
            ) from None
        refresh_statistics()
        return counts


def _above_zero(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number
