"""What the pages of the months show and take."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

MONTH = date(2026, 10, 1)
SHEET = "/months/2569-10/"
NOW = datetime(2026, 11, 3, 9, tzinfo=ZoneInfo("Asia/Bangkok"))


def names(response):
    return {line.name for line in response.context["lines"]}
