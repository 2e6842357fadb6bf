"""Changes the sealing key: adds a new one, then seals every row with it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from volunteer_network import sealing
from volunteer_network.access.owner import as_owner
from volunteer_network.services.outgoing_mail import reseal_links
from volunteer_network.services.resealing import reseal_clients, reseal_volunteers
from volunteer_network.services.second_factors import reseal_second_factors


class Command(BaseCommand):
    help = "Seal national IDs, account numbers and second factors anew; --new-key adds a key first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new-key", action="store_true", help="make a new sealing key first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            try:
                number = sealing.add_sealing_key(settings.KEYS_DIR)
            except sealing.KeyFault as fault:
                raise CommandError(str(fault)) from None
            self.stdout.write(f"Sealing key {number} is the current one.")
        with as_owner():
            done = reseal_volunteers()
            clients = reseal_clients()
            factors = reseal_second_factors()
            links = reseal_links()
        self.stdout.write(f"{done.seen} volunteers seen, {done.changed} sealed anew.")
        self.stdout.write(f"{clients.seen} clients seen, {clients.changed} sealed anew.")
        self.stdout.write(f"{factors} second factors sealed anew.")
        self.stdout.write(f"{links} links in waiting mail sealed anew.")
        self.stdout.write("When every site has restarted, older sealing keys may be removed.")
