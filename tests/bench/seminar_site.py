"""The two applications that gunicorn serves to the benchmark of registrations."""

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def _bare() -> WSGIHandler:
    from tests.bench.visitor import bare_application  # needs the models that are ready only now

    return bare_application()


ours = get_wsgi_application()
bare = _bare()
