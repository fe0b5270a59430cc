"""One settings file; everything that differs between machines comes from the environment."""

import secrets
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import django_stubs_ext
import pghistory
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

from cms import private_files
from cms.postgres import PORT as POSTGRES_PORT
from cms.postgres import SUPERUSER, EmbeddedServer

django_stubs_ext.monkeypatch()

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# Where things are

DATA_DIR = Path(env.str("DATA_DIR", "") or BASE_DIR / "var").resolve()
PORT = env.int("PORT", 8000, validate=validate.Range(1, 65535))
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "media/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "static/"
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

# What is followed

RELATIONSHIP = tuple(env.list("RELATIONSHIP", ["russia", "north-korea"]))
if len(set(RELATIONSHIP)) != 2:
    raise ImproperlyConfigured("RELATIONSHIP must be the slugs of two actors, such as RELATIONSHIP=one,other")
DEMO = env.bool("DEMO", True)

# Applications

INSTALLED_APPS = [
    "cms",
    "actors",
    "articles",
    "assertions",
    "cms.workplace.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django_filters",
    "django_prose_editor",
    "js_asset",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "taggit",
    "csp",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "cms.statement_timeout.StatementTimeout",
    "axes.middleware.AxesMiddleware",  # the last, as it replaces the answer to a refused sign-in
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context_processors.site",
            ],
        },
    }
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The database: PostgreSQL, ours unless an address is given

DATABASE_POOL = env.int("DATABASE_POOL", 0)  # connections that a process keeps; `serve` gives one a thread
EMBEDDED_POSTGRES: EmbeddedServer | None = None
if env.str("DATABASE_URL", ""):
    database: dict[str, Any] = dict(env.dj_db_url("DATABASE_URL"))
    if database.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "DATABASE_URL must be the address of a PostgreSQL, such as postgresql://user:password@host:5432/name"
        )
else:
    EMBEDDED_POSTGRES = EmbeddedServer(DATA_DIR)
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": SUPERUSER,
        "HOST": str(EMBEDDED_POSTGRES.sockets),
        "PORT": POSTGRES_PORT,
    }
database |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
if DATABASE_POOL:
    pool = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 10}
    database["OPTIONS"] = {**database.get("OPTIONS", {}), "pool": pool}
# Seconds that a statement of a request may take, so that none keeps a reader waiting, or the database busy, for ever;
# 0 is no limit. Jobs, commands and migrations have none. Which process answers requests is said by cms/wsgi.py.
STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", 30, validate=validate.Range(0, 24 * 3600))
if STATEMENT_TIMEOUT and env.bool("ANSWERS_REQUESTS", False):
    options = database.setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c statement_timeout={STATEMENT_TIMEOUT}s".strip()
DATABASES = {"default": database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Valkey speaks the protocol of Redis, and its addresses differ in the scheme alone.
CACHES = {
    "default": env.dj_cache_url("CACHE_URL", "locmem://")
    if not env.str("CACHE_URL", "").startswith("valkey")
    else {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.str("CACHE_URL").replace("valkey", "redis", 1),
    }
}

# History is written with who asked for it; a request that only reads needs no look at the session.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# Accounts

AUTH_USER_MODEL = "cms.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
# An account is closed for an address after ten wrong passwords, and opens again by itself.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False

# Jobs: one at a time, and none is kept that succeeded; on a stop, seconds that a job has to end. What does not end in
# them is begun again by the next worker.

WORKER_GRACE = 20
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 1,
    "delete_jobs": "successful",
    "shutdown_graceful_timeout": WORKER_GRACE,
}

# Pictures: what is taken of an upload. At these limits one takes some seconds and 500 MB of memory.

IMAGE_MAX_MEGABYTES = env.int("IMAGE_MAX_MEGABYTES", 30, validate=validate.Range(1))
IMAGE_MAX_MEGAPIXELS = env.int("IMAGE_MAX_MEGAPIXELS", 40, validate=validate.Range(1, 80))
IMAGE_MAX_SIDE = 12_000  # pixels; a longer strip would have renditions that WebP cannot hold

# Safety

try:
    SECRET_KEY = env.str("SECRET_KEY", "") or private_files.read_or_make(
        DATA_DIR / "secret_key", secrets.token_urlsafe(50)
    )
except OSError as error:
    raise ImproperlyConfigured(f"DATA_DIR must be a folder that can be written: {error}") from error
DEBUG = env.bool("DEBUG", False)
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", LOOPBACK) or LOOPBACK
# `serve` listens on loopback only, so a site with another name stands behind a proxy, which speaks https.
HTTPS = env.bool("HTTPS", not set(ALLOWED_HOSTS) <= set(LOOPBACK))
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "cms.views.stale_form"
# A text of 2,500,000 characters of three bytes each, every byte of them escaped in a form, and what stands beside it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The stylesheet that tiptap, the editor of django-prose-editor, puts into the page by itself.
TIPTAP_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE, TIPTAP_STYLE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

# History: triggers keep every insert, change and deletion, and what they keep cannot be changed.

PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_APPEND_ONLY = True

# Language and time

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
FORMAT_MODULE_PATH = "cms.formats"
USE_TZ = True
FORMS_URLFIELD_ASSUME_HTTPS = True  # "example.org" typed into a form; the default from Django 6.0 on
# Whether what a writer wrote has to be approved by somebody else before it can be published.
FOUR_EYES = env.bool("FOUR_EYES", False)
# Whether an assertion has to be accepted by somebody else than who proposed it.
REVIEW_FOUR_EYES = env.bool("REVIEW_FOUR_EYES", True)
# How long a reviewer has an assertion in hand before it is given to the next.
LEASE_MINUTES = env.int("LEASE_MINUTES", 15, validate=validate.Range(1))
# How many statements of one text are suggested at most, the first ones.
SUGGESTIONS_PER_ARTICLE = env.int("SUGGESTIONS_PER_ARTICLE", 500, validate=validate.Range(1))
STALE_DAYS = env.int(
    "STALE_DAYS", 14
)  # how long a text may lie in draft or in review before the board calls it stale

TIME_ZONE = env.str("TIME_ZONE", "UTC")  # the newsroom's
try:
    ZoneInfo(TIME_ZONE)
except (KeyError, ValueError) as error:
    raise ImproperlyConfigured(
        f"TIME_ZONE must be a name of the IANA database, such as Europe/Berlin, and is {TIME_ZONE!r}"
    ) from error

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},  # instead of Django's, which writes mail
        "axes": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}
