"""Settings. What an installation may choose comes from the environment or from `gongkai.toml` in the home."""

from __future__ import annotations

import os
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from gongkai.project import home as homes

HOME = homes.current()
_config = HOME.config()


def text(name: str, default: str) -> str:
    """The setting `GONGKAI_<NAME>` of the environment, else `<name>` of gongkai.toml, else the default."""
    value = os.environ.get(f"GONGKAI_{name}", _config.get(name.lower(), default))
    if not isinstance(value, str):
        raise ImproperlyConfigured(f"{name.lower()} in gongkai.toml must be a text")
    return value


def flag(name: str) -> bool:
    """A yes-or-no setting; anything but 1 and 0 is refused."""
    value = text(name, "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"GONGKAI_{name} must be 0 or 1")
    return value == "1"


def database(url: str) -> dict[str, Any]:
    """The connection for a database address; without one, SQLite in the home.

    SQLite writes take the lock when they begin (IMMEDIATE), so that what an act reads is what it changes.
    """
    if url:
        parsed = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    else:
        parsed = {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME.database}
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        parsed["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        }
    elif parsed["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("GONGKAI_DATABASE_URL must name SQLite or PostgreSQL")
    return parsed


DEBUG = flag("DEBUG")
SECRET_KEY = HOME.secret_key()
ALLOWED_HOSTS = [host.strip() for host in text("HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host.strip()]

INSTALLED_APPS = [
    "gongkai.accounts",
    "gongkai.audit",
    "gongkai.ui",
    "gongkai.search",
    "gongkai.files",
    "gongkai.agencies",
    "gongkai.periods",
    "gongkai.lawbook",
    "gongkai.review",
    "gongkai.publishing",
    "gongkai.inforequests",
    "gongkai.enquiries",
    "gongkai.resources",
    "gongkai.figures",
    "gongkai.reports",
    "gongkai.exchange",
    "gongkai.portal",
    "gongkai.backoffice",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_filters",
    "django_prose_editor",
    "tree_queries",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.files.uploads.UploadLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongkai.ui.middleware.StaffOnlyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "gongkai.project.urls"
WSGI_APPLICATION = "gongkai.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "gongkai.ui.context.installation",
            ],
            "builtins": ["gongkai.ui.templatetags.ui"],
        },
    },
]

DATABASES = {"default": database(text("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "gongkai.accounts.passwords.MinimumLength", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
]
LOGIN_URL = "/staff/sign-in/"
LOGIN_REDIRECT_URL = "/staff/"
LOGOUT_REDIRECT_URL = "/staff/sign-in/"
SESSION_COOKIE_NAME = "gongkai_session"
SESSION_COOKIE_PATH = "/staff/"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "gongkai_csrf"
CSRF_COOKIE_PATH = "/staff/"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "gongkai.ui.errors.csrf_failure"

# A cookie of its own would go to public pages as well.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "gongkai.ui.fonts.Finder"]
# Static files are served from the packages themselves; nothing has to be collected.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Stored files lie in the home, by hash, written once. `GONGKAI_STORAGE_URL` is kept for an object store.
STORAGES = {
    "stored": {
        "BACKEND": "gongkai.files.folder.WriteOnceFolder",
        "OPTIONS": {"location": HOME.path / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Uploads stay in memory: nothing that may be classified is written before it was looked at.
# 50 MB a file: `gongkai.files.door`. What an error page or log says of a request with files holds nothing of them.
FILE_UPLOAD_HANDLERS = ["gongkai.files.uploads.MemoryOnlyUploadHandler"]
DEFAULT_EXCEPTION_REPORTER = "gongkai.files.reporting.Reporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "gongkai.files.reporting.NoUploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# `https = true` in gongkai.toml: nginx in front speaks HTTPS and sets X-Forwarded-Proto (docs/how-to/install.md).
HTTPS = _config.get("https", False)
if not isinstance(HTTPS, bool):
    raise ImproperlyConfigured("https in gongkai.toml must be true or false")
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

FORM_RENDERER = "gongkai.ui.forms.Renderer"
DJANGO_TABLES2_TEMPLATE = "ui/list/table.html"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
