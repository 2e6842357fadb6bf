"""The web application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "volunteer_network.settings.base")
application = get_wsgi_application()
import_string("volunteer_network.ui.lean.compile_templates")()  # once, before gunicorn forks
