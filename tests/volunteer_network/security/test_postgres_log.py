"""PostgreSQL's own log: a refused statement holds what somebody typed."""

import pytest
from django.db import DatabaseError, connection, transaction

from volunteer_network.startup.places import DataDir


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 / length(substr('canary of a note', 1, 0))",
        "INSERT INTO volunteer_network_user (username) VALUES ('canary of a name')",
    ],
)
def test_a_refused_statement_leaves_nothing_typed_in_the_log_of_postgresql(db, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    written = (DataDir.from_environment().logs / "postgres.log").read_text()
    assert "ERROR" in written
    assert "canary" not in written
