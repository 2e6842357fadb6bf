"""What `make run` uses: production without TLS, for one machine."""

from volunteer_network.settings.base import *  # noqa: F403

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
SECURE_PROXY_SSL_HEADER = None
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
