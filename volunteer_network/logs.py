"""Log lines as JSON, each with the request it belongs to, none with personal data."""

import re
from typing import Any

from pythonjsonlogger.json import JsonFormatter as BaseFormatter

from volunteer_network.access.context import actor_id, request_id

# The token of a link opens an account, and a query may hold a name.
_KEPT_OUT = re.compile(r"(?<=/invitations/)[^/\s]+|(?<=/\?)\S+|(?<=/search\?)\S+")
# PostgreSQL names the values of a row that it refused, and quotes the statement with them.
_OF_THE_ROW = re.compile(
    r"^(DETAIL:|CONTEXT:|LINE \d+:).*(?:\n[^\S\n]+\^)?|(?<=: )\"[^\"\n]*\"$", re.MULTILINE
)


class JsonFormatter(BaseFormatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", json_ensure_ascii=False)

    def add_fields(
        self, log_data: dict[str, Any], record: Any, message_dict: dict[str, Any]
    ) -> None:
        super().add_fields(log_data, record, message_dict)
        if not isinstance(log_data.get("request"), str):  # Django puts the request itself here,
            log_data["request"] = request_id.get()  # whose address may hold a searched name
        for name in ("message", "path"):
            if isinstance(written := log_data.get(name), str):
                log_data[name] = _KEPT_OUT.sub("…", written)
        log_data.setdefault("actor", actor_id.get())

    def formatException(self, exc_info: Any) -> Any:
        """Where it went wrong, without what stood in the row."""
        return _OF_THE_ROW.sub("…", str(super().formatException(exc_info)))
