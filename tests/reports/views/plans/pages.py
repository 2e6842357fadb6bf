"""What the tests of the pages of plans share."""

from django.urls import reverse

YEAR = 2570


def address(name, *more, year=YEAR):
    return reverse(f"plans:{name}", args=[year, 50, *more])


def words(response):
    return " ".join(response.content.decode().split())
