"""Django's settings. What an installation may choose comes from the environment; docs/how-to/run.md lists it."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from .alarm_webhook import alarm_webhook
from .connection import databases, is_embedded
from .dkim_key import dkim_key
from .mail_doors import mail_doors
from .places import var
from .secret_key import secret_key
from .smtp_server import SmtpServer


def _words(name: str) -> list[str]:
    return os.environ.get(name, "").replace(",", " ").split()


WATCHKEEPER_VAR = var()
WATCHKEEPER_BASE_URL = os.environ.get("WATCHKEEPER_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
WATCHKEEPER_MAIL_FROM = os.environ.get("WATCHKEEPER_MAIL_FROM", "Watchkeeper <desk@localhost>")
WATCHKEEPER_MAIL_DOORS = mail_doors(os.environ)
# Where answers to mails come in; empty where no mail does, and then they are asked for on the pages alone.
WATCHKEEPER_MAIL_ADDRESS = (
    WATCHKEEPER_MAIL_DOORS.addresses.main
    if WATCHKEEPER_MAIL_DOORS.are_open or os.environ.get("WATCHKEEPER_MAIL_ADDRESS")
    else ""
)
ANYMAIL = WATCHKEEPER_MAIL_DOORS.secrets
WATCHKEEPER_MAIL_AUTHSERV_IDS = frozenset(_words("WATCHKEEPER_MAIL_AUTHSERV_ID"))
WATCHKEEPER_SMTP = (
    SmtpServer.from_url(os.environ["WATCHKEEPER_SMTP_URL"]) if os.environ.get("WATCHKEEPER_SMTP_URL") else None
)
WATCHKEEPER_DKIM = dkim_key(os.environ)
WATCHKEEPER_ALARM_WEBHOOK = alarm_webhook(os.environ)
# `serve --demo` says so to the processes it starts. Only there does the desk show mails with links to sign in.
WATCHKEEPER_DEMO = is_embedded(os.environ) and os.environ.get("WATCHKEEPER_DEMO") == "1"

SECRET_KEY = secret_key(os.environ, WATCHKEEPER_VAR)
DEBUG = False

# The proxy in front says so in a header, believed from WATCHKEEPER_TRUSTED_PROXIES only (see web.py).
IS_SERVED_BY_HTTPS = WATCHKEEPER_BASE_URL.startswith("https://")
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    urlsplit(WATCHKEEPER_BASE_URL).hostname or "",
    *_words("WATCHKEEPER_ALLOWED_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [WATCHKEEPER_BASE_URL, *_words("WATCHKEEPER_TRUSTED_ORIGINS")]
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = IS_SERVED_BY_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_SERVED_BY_HTTPS else 0
SESSION_COOKIE_NAME = "watchkeeper_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ROOT_URLCONF = "watchkeeper.config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = databases(os.environ, WATCHKEEPER_VAR)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "watchkeeper.ui",
    "watchkeeper.people",
    "watchkeeper.policies",
    "watchkeeper.notify",
    "watchkeeper.clocks",
    "watchkeeper.incidents",
    "watchkeeper.intake",
    "watchkeeper.premium",
    "watchkeeper.office",
    "watchkeeper.reports",
]

MIDDLEWARE = [
    "watchkeeper.ui.headers.Headers",
    "watchkeeper.ui.uploads.Uploads",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "watchkeeper.people.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "watchkeeper.office.setup.closed.ClosedUntilSetUp",
    "watchkeeper.people.doorkeeper.Doorkeeper",
    "watchkeeper.people.wall.Wall",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "watchkeeper.people.navigation.navigation",
            ],
        },
    },
]

AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [Path(__file__).parents[1] / "core" / "locale"]  # each other room has its own

# `web` collects them at its start, under names that hold a digest of the content: they never change, and are kept
# by browsers for years.
STATIC_URL = "/static/"
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
STATIC_ROOT = WATCHKEEPER_VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "watchkeeper.config.log_lines.LogLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("WATCHKEEPER_LOG_LEVEL", "WARNING").upper()},
    "loggers": {"django": {"handlers": [], "level": "NOTSET", "propagate": True}},
}
