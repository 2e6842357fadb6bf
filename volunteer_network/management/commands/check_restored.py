"""Brings a database that a restore has just filled up to date, and checks what it holds."""

from datetime import date
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.models import Max, Min

from volunteer_network.access import row_security
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.demo.country import refresh_statistics
from volunteer_network.models import Activity
from volunteer_network.services.audit_seal import verify_chain
from volunteer_network.services.figures import check_month
from volunteer_network.services.resealing import keys_fit_the_register
from volunteer_network.thai_calendar import fiscal_months, fiscal_year


class Command(BaseCommand):
    help = "Used by `make restore`: migrate, build the walls, check keys, audit chain and figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("database", help="name of the restored database")

    def handle(self, *args: Any, **options: Any) -> None:
        connection.close()
        connection.settings_dict["NAME"] = options["database"]
        with as_owner():
            call_command("migrate", verbosity=0)
            with transaction.atomic():
                row_security.build()
            call_command("load_places", verbosity=0, stdout=StringIO())
            refresh_statistics()
            if not keys_fit_the_register():
                raise CommandError(
                    f"กุญแจใน {settings.KEYS_DIR} ไม่ใช่ชุดที่ปิดผนึกข้อมูลนี้ · "
                    f"the keys in {settings.KEYS_DIR} are not those that sealed these data."
                )
        self._say_whether_it_holds()

    def _say_whether_it_holds(self) -> None:
        """As the login `app`. What was wrong when the copy was made is told, and not refused."""
        chain = verify_chain()
        if chain.broken_at is None:
            head = chain.head.hex()[:16]
            self._say(f"ร่องรอยต่อเนื่องครบ · the audit chain holds: {chain.sealed:,} ({head}…)")
        else:
            self._say(f"ร่องรอยขาดที่ลำดับ · the audit chain is broken at {chain.broken_at}")
        months = _months()
        wrong = [month.isoformat() for month in months if check_month(month)]
        if wrong:
            self._say(f"ตัวเลขไม่ตรงกับการนับใหม่ · figures differ from a recount: {', '.join(wrong)}")
        else:
            self._say(f"ตัวเลขตรงกับการนับใหม่ · figures equal a recount: {len(months)} months")

    def _say(self, words: str) -> None:
        self.stdout.write(f"  {words}")


def _months() -> list[date]:
    """First days of all months from the first activity to the last."""
    with open_scope(NATION):
        days = Activity.objects.aggregate(first=Min("on_date"), last=Max("on_date"))
    if days["first"] is None:
        return []
    years = range(fiscal_year(days["first"]), fiscal_year(days["last"]) + 1)
    first = days["first"].replace(day=1)
    months = [month for year in years for month in fiscal_months(year)]
    return [month for month in months if first <= month <= days["last"]]
