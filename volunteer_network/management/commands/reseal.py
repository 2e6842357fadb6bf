"""Changes the sealing key: adds a new one, seals everything with it, says which one may go."""

from math import ceil
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from volunteer_network import sealing
from volunteer_network.access.owner import as_owner
from volunteer_network.services.resealing import PLACES, seconds_until_settled, values_by_key


class Command(BaseCommand):
    help = (
        "Seal anew, with the newest key, whatever lies sealed; --new-key adds a key first. "
        "Run it again until it says that the older key may be removed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new-key", action="store_true", help="make a new sealing key first")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["new_key"]:
                number = sealing.add_sealing_key(settings.KEYS_DIR)
                self.stdout.write(f"Sealing key {number} is the current one.")
            with as_owner():
                self._reseal()
                counted = values_by_key()
        except sealing.KeyFault as fault:
            raise CommandError(str(fault)) from None
        for key_id in sorted({*counted, *sealing.older_key_ids()} - {sealing.current_key_id()}):
            self.stdout.write(_verdict(key_id, counted.get(key_id, {})))

    def _reseal(self) -> None:
        for place in PLACES:
            done = place.reseal()
            left = f", {done.unopened} could not be opened" if done.unopened else ""
            self.stdout.write(f"{place.word}: {done.seen} seen, {done.changed} sealed anew{left}.")


def _verdict(key_id: int, borne: dict[str, int]) -> str:
    """Whether an older key may go, in words: what bears it is lost without it."""
    file = sealing.name_of_key(key_id)
    if key_id not in sealing.older_key_ids():
        return f"{_listed(borne)} need {file}, which is not there: bring it back, run reseal again."
    if borne:
        return f"Keep {file}: {_listed(borne)} still need it. Run reseal again."
    if seconds := seconds_until_settled():
        return (
            f"Keep {file} for now: nothing bears it, but work that began before the newest key "
            f"came may still be using it. Run reseal again in {ceil(seconds / 60)} minutes."
        )
    return (
        f"Nothing bears {file} any more: it may be removed from {settings.KEYS_DIR}. "
        "Keep it beside the backups that were made until now; they need it."
    )


def _listed(borne: dict[str, int]) -> str:
    return ", ".join(f"{word} ({count})" for word, count in borne.items())
