"""The web application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "volunteer_network.settings.base")
application = get_wsgi_application()

from volunteer_network.ui.lean import compile_templates  # noqa: E402  # needs the settings

compile_templates()  # before gunicorn forks: its processes share them
