"""How gunicorn serves the site: two processes of threads, log lines as JSON.

Settings of gunicorn are names of this module; see its documentation for each.
"""

import os
from typing import Any

from gunicorn.glogging import Logger

bind = f"{os.environ.get('BIND') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES") or 2)
threads = 4
preload_app = True  # nothing connects at import, so the processes share the memory of the code
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  # only a heartbeat
control_socket_disable = True
accesslog = "-"
_to_stderr = {"handlers": ["stderr"], "level": "INFO", "propagate": False}
logconfig_dict: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "volunteer_network.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"gunicorn.error": _to_stderr, "gunicorn.access": _to_stderr},
}


class logger_class(Logger):  # type: ignore[misc]  # gunicorn has no types
    """One line per request: what and how long, with the request's id and without its query."""

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        headers = {name.lower(): value for name, value in resp.headers}
        self.access_log.info(
            "request",
            extra={
                "request": headers.get("x-request-id", ""),
                "method": req.method,
                "path": req.path,
                "status": resp.status_code,
                "milliseconds": round(request_time.total_seconds() * 1000),
            },
        )
