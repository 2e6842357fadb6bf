"""The demo country as the tests seed it: small, and on the leap day."""

from datetime import date
from io import StringIO

from django.core.management import call_command

TODAY = date(2028, 2, 29)
MONTHS = [date(2027, 9 + month, 1) for month in range(4)] + [date(2028, 1, 1), date(2028, 2, 1)]
SMALL = {"volunteers": 160, "months": len(MONTHS), "activities": 4000, "today": TODAY}


def seed(**options):
    call_command("seed_demo", stdout=StringIO(), **{**SMALL, **options})
