"""The bare site as gunicorn serves it: the middleware of `startproject` and nothing of ours."""

import django

django.setup()

from tests.bench.visitor import bare_application  # noqa: E402  # needs the models

application = bare_application()
