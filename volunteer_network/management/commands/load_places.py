"""Loads provinces, districts, sub-districts, agencies and offices; may run again."""

from typing import Any

from django.core.management.base import BaseCommand

from volunteer_network.access.owner import as_owner
from volunteer_network.services.places import load_places


class Command(BaseCommand):
    help = "Load or refresh the reference data of places and agencies."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            counts = load_places()
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in counts.items()))
