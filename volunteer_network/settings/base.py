"""Settings of a production site; every environment variable is read here and nowhere else."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from volunteer_network.settings.services import database, redis_urls
from volunteer_network.startup.places import BASE_DIR, DataDir

django_stubs_ext.monkeypatch()  # so that forms.ModelChoiceField[Volunteer] also works at run time

env = environ.Env()
data_dir = DataDir.from_environment()

# What this site is
DEMO = env.bool("DEMO", False)
DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="") or (data_dir.keys / "secret.key").read_text().strip()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env("SITE_URL", default="http://localhost:8000")
KEYS_DIR: Path = data_dir.keys
FILES_DIR: Path = data_dir.files
MAIL_DIR: Path = data_dir.mail

INSTALLED_APPS = [
    "volunteer_network",
    "mentors",
    "seminars",
    "reports",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "template_partials",
]

MIDDLEWARE = [
    "volunteer_network.access.context.RequestContextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "volunteer_network.access.permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "volunteer_network.access.sessions.SessionLimitsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "volunteer_network.accounts.SecondFactorMiddleware",
    "volunteer_network.ui.not_allowed.NotAllowedPageMiddleware",
    "volunteer_network.ui.waiting.WaitingMiddleware",
    "volunteer_network.access.middleware.ScopeMiddleware",  # must stay last: see its docstring
]

ROOT_URLCONF = "volunteer_network.urls"
WSGI_APPLICATION = "volunteer_network.wsgi.application"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["volunteer_network.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "volunteer_network.ui.page_context.page_context",
            ],
        },
    },
]
FORM_RENDERER = "volunteer_network.ui.form_renderer.LeanRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Data. Web processes keep their connection; Celery closes a worker's after each task.
DATABASES = {"default": database(env, data_dir)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ()
REDIS = redis_urls(env, data_dir)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS.cache},
    # Parts of pages that equal readers see alike, in the memory of each process.
    "drawn": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "drawn"},
}

# Rules that an office may set
TERM_YEARS = env.int("TERM_YEARS", 3)
DOCUMENT_KEPT_DAYS = env.int("DOCUMENT_KEPT_DAYS", 7)  # files of jobs, after they are made
VOLUNTEER_MIN_AGE = env.int("VOLUNTEER_MIN_AGE", 18)
IMPORT_KEPT_DAYS = env.int("IMPORT_KEPT_DAYS", 30)  # after an import is over
IMPORT_IDLE_DAYS = env.int("IMPORT_IDLE_DAYS", 60)  # more, when nobody went on with it
CASE_CONTACT_DAYS = env.int("CASE_CONTACT_DAYS", 730)  # after a case was answered or withdrawn
MONTH_DUE_DAY = env.int("MONTH_DUE_DAY", 5)
if not 0 <= MONTH_DUE_DAY <= 28:
    raise ImproperlyConfigured("MONTH_DUE_DAY is a day of every month, 1 to 28, or 0.")
# From how many percent of a plan on it is reached, near, or behind; below that it is far behind.
PLAN_BANDS = env.list("PLAN_BANDS", int, [100, 80, 50])
if len(PLAN_BANDS) != 3 or sorted(PLAN_BANDS, reverse=True) != PLAN_BANDS:
    raise ImproperlyConfigured("PLAN_BANDS are three percentages, the highest first.")

# Sign-in
AUTH_USER_MODEL = "volunteer_network.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "volunteer_network.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_RATE_LIMITS = False  # django-axes counts failures, by user and address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "volunteer_network.forms.accounts.SignInForm",
    "reauthenticate": "volunteer_network.forms.accounts.PasswordAgainForm",
    "change_password": "volunteer_network.forms.accounts.NewPasswordForm",
}
MFA_ADAPTER = "volunteer_network.accounts.MFAAdapter"
MFA_FORMS = {
    "authenticate": "volunteer_network.forms.accounts.CodeForm",
    "reauthenticate": "volunteer_network.forms.accounts.CodeAgainForm",
    "activate_totp": "volunteer_network.forms.accounts.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "เครือข่าย อสร."
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "volunteer_network.accounts.attempted_username"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "volunteer_network.accounts.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_IPWARE_PROXY_COUNT = env.int("PROXY_HOPS", 0) or None
AXES_VERBOSE = False
SESSION_IDLE = timedelta(minutes=30)
SESSION_AT_MOST = timedelta(hours=8)
SESSION_COOKIE_AGE = int(SESSION_AT_MOST.total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "vn_session", "vn_csrf"
# Not in a cookie: a message names a person and would wait there for whoever signs in next.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "volunteer_network.views.errors.csrf_failure"

# Security
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER: tuple[str, str] | None = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "volunteer_network.uploads.RefuseGiants",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Language and time
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("ไทย"))]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Bangkok"
LOCALE_PATHS = [BASE_DIR / "locale"]

# Files for browsers
STATIC_URL = "/static/"
STATIC_ROOT = data_dir.path / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "volunteer_network.ui.browser_packages.BrowserPackagesFinder",
    "volunteer_network.ui.browser_packages.MadeFilesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "volunteer_network.ui.browser_packages.HashedStaticFiles"},
}

# Mail
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds; mail goes out after the answer is certain, never before
EMAIL_FILE_PATH = str(MAIL_DIR)
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="no-reply@localhost")

# Background work
CELERY_BROKER_URL = REDIS.broker

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "volunteer_network.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "ERROR"},  # its lines carry user names and addresses
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
