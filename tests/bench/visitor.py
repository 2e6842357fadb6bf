"""A signed-in person who asks the application for pages, in this process and without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, override_settings

from volunteer_network.models import User

STARTPROJECT_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def our_application() -> WSGIHandler:
    return WSGIHandler()


def bare_application() -> WSGIHandler:
    """Django with the middleware of `startproject` and nothing of ours."""
    with override_settings(MIDDLEWARE=STARTPROJECT_MIDDLEWARE):
        return WSGIHandler()


def cookie_of(username: str) -> str:
    """Sign a person in and return the header that says so."""
    client = Client()
    client.force_login(
        User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
    )
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


class Visitor:
    """Asks for pages as gunicorn would hand the requests over."""

    def __init__(self, application: WSGIHandler, username: str) -> None:
        self.application = application
        self.cookie = cookie_of(username)

    def get(self, address: str) -> bytes:
        """Return the page; anything but 200 is an error of the benchmark."""
        path, _, query = address.partition("?")
        answered: list[str] = []
        response = self.application(
            self._environ(path, query), lambda status, headers: answered.append(status)
        )
        try:
            page = b"".join(response)
        finally:
            response.close()
        if not answered[0].startswith("200"):
            raise RuntimeError(f"{address} answered {answered[0]}")
        return page

    def _environ(self, path: str, query: str) -> dict[str, object]:
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self.cookie,
            "HTTP_ACCEPT": "text/html",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            "wsgi.version": (1, 0),
        }


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Collect every statement, those that open and close the scope too."""
    statements: list[str] = []

    def note(execute, sql, params, many, context):
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements
