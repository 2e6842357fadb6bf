"""The two applications that gunicorn serves to the benchmark of registrations."""

from django.core.wsgi import get_wsgi_application

from tests.bench.visitor import bare_application

ours = get_wsgi_application()
bare = bare_application()
