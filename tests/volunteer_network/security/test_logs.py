"""What must never stand in a log: the token of a link, what somebody searched for."""

import json
import logging

import pytest
from django.db import DatabaseError, connection, transaction

from volunteer_network.logs import JsonFormatter

SOMEBODY = "สมชาย ใจดี"


def line(message: str, **extra: object) -> dict[str, object]:
    record = logging.makeLogRecord({"name": "any", "msg": message, **extra})
    return json.loads(JsonFormatter().format(record))


@pytest.mark.parametrize(
    "message", ["Unprocessable Entity: /invitations/s3cret/", "GET /invitations/s3cret"]
)
def test_a_log_line_keeps_the_token_of_an_invitation_to_itself(message):
    written = line(message)

    assert "s3cret" not in json.dumps(written)
    assert "/invitations/" in str(written["message"])


def test_the_line_of_a_request_keeps_the_token_of_an_invitation_to_itself():
    written = line("request", path="/invitations/s3cret/", status=200)

    assert written["path"] == "/invitations/…/"


def test_a_log_line_leaves_out_what_was_searched_for():
    written = line("Error handling request /volunteers/?q=0812345678&sort=name")

    assert written["message"] == "Error handling request /volunteers/?…"


def test_a_log_line_leaves_out_what_was_searched_for_in_the_whole_site():
    written = line("Not Found: /search?q=สมชาย", path="/search?q=%E0%B8%AA")

    assert (written["message"], written["path"]) == ("Not Found: /search?…", "/search?…")


@pytest.mark.parametrize(
    "statement", ["INSERT INTO refused VALUES (%s)", "SELECT %s::jsonb", "SELECT %s::date"]
)
def test_a_fault_of_the_database_leaves_no_value_of_a_row_in_the_log(db, statement):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE refused (name text CHECK (name = ''))")
        with pytest.raises(DatabaseError) as fault, transaction.atomic():
            cursor.execute(statement, [SOMEBODY])

    written = line("job failed", exc_info=(fault.type, fault.value, fault.tb))

    assert SOMEBODY[:5] in str(fault.value)
    assert "Error" in str(written["exc_info"])
    assert SOMEBODY[:5] not in json.dumps(written, ensure_ascii=False)
