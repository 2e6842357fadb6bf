"""An endless search is ended, so that a few of them cannot hold every thread of the site."""

from django.db import connection

from volunteer_network.access.owner import as_owner


def longest_statement() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


def test_the_application_waits_for_no_statement_longer_than_a_minute(committed):
    assert longest_statement() == "1min"


def test_the_owner_may_take_all_the_time_a_migration_needs(committed):
    with as_owner():
        assert longest_statement() == "0"
