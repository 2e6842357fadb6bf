"""Settings of the tests: development with a demo site, quick passwords and loud templates."""

import os

from volunteer_network.settings.development import *  # noqa: F403

DEMO = True
# Workers share one Redis: the marks and counts that one keeps there are not the other’s.
CACHES["default"]["KEY_PREFIX"] = os.environ.get("PYTEST_XDIST_WORKER", "")  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True  # no STATIC_ROOT in tests: look for files when asked


class UnknownVariable(str):
    """What a template shows for a name that it was not given: an error with that name."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:
        raise LookupError(f"template variable {name} is unknown")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")  # noqa: F405
