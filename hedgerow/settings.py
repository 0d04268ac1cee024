"""Settings, from the environment. README says what each variable does."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from hedgerow.core.database import databases
from hedgerow.core.outbox_settings import mail_settings
from hedgerow.core.secret import secret_key

PROJECT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("HEDGEROW_HOME") or PROJECT / "var").resolve()
if not (os.environ.get("PORT") or "8000").isdecimal():
    raise ImproperlyConfigured("PORT is a number, such as 8000.")
PORT = int(os.environ.get("PORT") or 8000)
PUBLIC_URL = (os.environ.get("HEDGEROW_URL") or f"http://localhost:{PORT}").rstrip("/")
_public = urlsplit(PUBLIC_URL)
if _public.scheme not in ("http", "https") or not _public.hostname or _public.path:
    raise ImproperlyConfigured("HEDGEROW_URL is an address such as https://hedgerow.example.org")
IS_HTTPS = _public.scheme == "https"
if os.environ.get("HEDGEROW_ENV", "") not in ("", "production"):
    raise ImproperlyConfigured("HEDGEROW_ENV is “production”, or not set at all.")
# Where strangers can reach it, `serve` refuses whatever is unsafe (core/guard.py).
IS_PRODUCTION = IS_HTTPS or os.environ.get("HEDGEROW_ENV") == "production"
DEBUG = os.environ.get("HEDGEROW_DEBUG") == "1"

SECRET_KEY = os.environ.get("HEDGEROW_SECRET_KEY") or secret_key(HOME)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", _public.hostname]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

DATABASES = databases(os.environ, HOME)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "hedgerow.core.static.Static",
    "django_htmx",
    "hedgerow.core",
    "hedgerow.look",
    "hedgerow.people",
    "hedgerow.journeys",
    "hedgerow.agreements",
    "hedgerow.ledger",
    "hedgerow.charter",
    "hedgerow.diagnostics",
    "hedgerow.focus",
    "hedgerow.workplans",
    "hedgerow.grants",
    "hedgerow.front",
]
MIDDLEWARE = [
    "hedgerow.core.middleware.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hedgerow.core.middleware.Bounds",
    "hedgerow.people.gate.Gate",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hedgerow.core.middleware.SentOnce",
]
ROOT_URLCONF = "hedgerow.urls"
WSGI_APPLICATION = "hedgerow.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["hedgerow.look.templatetags.look"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "hedgerow.front.frame.frame",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "people:sign_in"
SESSION_COOKIE_NAME = "__Host-hedgerow" if IS_HTTPS else "hedgerow"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_USE_SESSIONS = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# What stands in front and speaks https says so. Believed only where it is meant to stand there.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
# What these two ask for is in core/middleware.py: Headers, on files and faults too.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]

globals().update(mail_settings(os.environ, HOME))
PASSPHRASE_FILE = os.environ.get("HEDGEROW_PASSPHRASE_FILE", "")  # backups are sealed with it
ERASED_FILE = os.environ.get("HEDGEROW_ERASED_FILE", "")  # instead of the one in the home

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
# Named by what is in them, so that a browser asks for each only once.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = HOME / "uploads"  # handed out by views behind doors, never by their address
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
MOST_FROM_STRANGERS = 1024 * 1024
MOST_SENT = 21 * 1024 * 1024  # a spreadsheet of 20 MB, and the form around it

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "hedgerow.core.logs.Plain"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},  # its own would mail what it logs
        "hedgerow": {"level": "INFO"},
    },
}
