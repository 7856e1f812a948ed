"""Django settings: assembled from the environment (config/environment.py), nothing else."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = (BASE_DIR / environment.read("DATA_DIR")).resolve()

DEBUG = environment.flag("DEBUG")
GABARE_DEMO = environment.flag("DEMO")
GABARE_TODAY = environment.day("TODAY")
PUBLIC_URL = environment.read("PUBLIC_URL").rstrip("/") or (
    f"http://127.0.0.1:{environment.read('PORT')}"
)
LOGO = Path(environment.read("LOGO")).resolve() if environment.read("LOGO") else None
SECRET_KEY = environment.read("SECRET_KEY") or environment.kept_secret(
    DATA_DIR / "secret-key", get_random_secret_key
)
_public = urlsplit(PUBLIC_URL)
_hosts = [_public.hostname or "", *environment.read("ALLOWED_HOSTS").split(",")]
ALLOWED_HOSTS = [host for host in [*_hosts, "127.0.0.1", "localhost", "[::1]"] if host]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    # ours, upstairs first: their templates win
    "gabare.web.visitors",
    "gabare.web.carriers",
    "gabare.web.desk",
    "gabare.journeys",
    "gabare.review",
    "gabare.labels",
    "gabare.agenda",
    "gabare.initiatives",
    "gabare.calls",
    "gabare.questionnaires",
    "gabare.mail",
    "gabare.people",
    "gabare.territory",
    "gabare.ui",
    "gabare.foundation",
    # editorial pages
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    # sign-in
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules.apps.AutodiscoverRulesConfig",
    "csp",
    # background work
    "django_tasks",
    "django_tasks_db",
    # Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
    "config",  # the commands of the installation
]

MIDDLEWARE = [
    "gabare.web.visitors.caching.PublicCache",  # first: an answer that is kept stops here
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gabare.people.middleware.ClosedByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gabare.calls.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        environment.read("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'gabare.sqlite3'}",
        conn_max_age=600,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Write-ahead log and immediate transactions: readers never wait, writers queue in order.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_cache = environment.read("CACHE_URL")
_redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _cache}
_here = {"LOCATION": "gabare", "OPTIONS": {"MAX_ENTRIES": 10_000}}
CACHES = {
    "default": _redis
    if _cache
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", **_here},
    # What processes share of the public pages; each one has its own shelf (kept_pages.py) besides.
    "pages": _redis if _cache else {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# "simple": words are folded and stemmed by us (gabare/agenda/stemming.py), the same on each engine.
MODELSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "simple"}
}
WAGTAILSEARCH_BACKENDS = MODELSEARCH_BACKENDS

# People
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "carriers:mine"
ACCOUNT_ADAPTER = "gabare.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code that signs in is the proof
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_TIMEOUT = 24 * 60 * 60  # an expired code is remembered, to offer another
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = int(environment.read("PROXIES"))
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,12/h/key",
    "resume_link": "30/h/ip",
    "verify_credential": "30/m/ip",
}
MFA_ADAPTER = "gabare.people.adapter.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _public.scheme == "http"

# Letters: every e-mail goes through the outbox, in the transaction of the change it tells of
EMAIL_BACKEND = "gabare.mail.backend.OutboxBackend"
SMTP_URL = environment.read("SMTP_URL")
MAIL_DIR = DATA_DIR / "mail"
MAIL_FROM = environment.read("MAIL_FROM")
DEFAULT_FROM_EMAIL = MAIL_FROM or "gabare@localhost"

# Language and time
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "gabare" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Wagtail
WAGTAIL_SITE_NAME = "Gabare"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is fetched from a third party

# Security: nothing from elsewhere, nothing inline. Wagtail's admin needs the second policy.
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
        "manifest-src": [SELF],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
_https = _public.scheme == "https"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
