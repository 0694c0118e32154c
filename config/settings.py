"""The one settings module. Everything that differs between places comes from the environment through `env`."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from config import env
from config.logs import DJANGO_GUID, LOGGING  # noqa: F401 – settings of their own
from config.valkey import socket_path

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
VERSION = "0.1.0"

DEBUG = env.flag("DEBUG", False)
DEMO = env.flag("DEMO", False)
SITE_URL = env.address("SITE_URL", ["http", "https"], f"http://127.0.0.1:{env.number('PORT', 8000, 1, 65535)}").rstrip(
    "/"
)
SECURE = SITE_URL.startswith("https://")

SECRET_KEY = env.secret_key(VAR_DIR / "secret_key")
SECRET_KEY_FALLBACKS = [key for key in [env.secret("SECRET_KEY_OLD")] if key]
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0, 0, 10)
if DEMO:
    env.refuse_public_demo([urlsplit(SITE_URL).hostname, *ALLOWED_HOSTS], TRUSTED_PROXIES)

INSTALLED_APPS = [
    "units",
    "plans",
    "directives",
    "assignments",
    "notices",
    "reports",
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_guid",
    "django_htmx",
]

MIDDLEWARE = [
    "django_guid.middleware.guid_middleware",
    "config.headers.Headers",
    "config.watch.Watch",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its answers against BREACH
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "units.guard.IdleOut",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "units.guard.SecondFactor",
    "config.rights.gate.Gate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "units.acting.Acting",
    "allauth.account.middleware.AccountMiddleware",
    "config.doorbell.Doorbell",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.context.frame",
            ],
            "builtins": ["units.templatetags.ui", "units.templatetags.acts"],
        },
    }
]

# --- data -------------------------------------------------------------------------------------------------------------

database = env.address("DATABASE_URL", ["postgresql", "postgres", "sqlite"], f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(database, conn_max_age=60, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # REPLACE deletes: only with recursive triggers do ours refuse it.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
    }
else:  # a server that does not answer is told within two seconds, or /healthz itself would hang
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 2)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts attempts at the door, so it lives where the data lives, and no flood of names may push a count out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["config.memory.InMemory"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# A form refuses more than ten files with a sentence; a request with many more is cut off here.
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640

BACKUP_DIR = env.folder("BACKUP_DIR", VAR_DIR / "backup")
BACKUP_HOUR = env.number("BACKUP_HOUR", 2, 0, 23)
PERSONAL_DATA_DAYS = env.number("PERSONAL_DATA_DAYS", 90, 1, 3650)  # after which numbers nobody needs any more go
BACKUP_KEEP = env.number("BACKUP_KEEP", 14, 1, 1000)

# --- time and language ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]

# --- people -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "units.passwords.NotGuessed"},
]
ACCOUNT_ADAPTER = "notices.account.OutboxAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_DISPLAY = "units.account.user_display"
# A whole province may come through one address of the state's network: what guards an account is counted by its name.
ACCOUNT_RATE_LIMITS = {
    "login": "150/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_REQUIRED = env.choice("MFA_REQUIRED", ["staff", "all", "none"], "none" if DEMO else "staff")
IDLE_MINUTES = env.number("IDLE_MINUTES", 15, 1, 480)
IDLE_MINUTES_ADMIN = env.number("IDLE_MINUTES_ADMIN", 5, 1, 480)
UNUSED_DAYS = env.number("UNUSED_DAYS", 45, 0, 3650)
MFA_ADAPTER = "units.account.SealedMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are entered by administrators or proven by the invitation's link
MFA_TOTP_ISSUER = "Thông Suốt"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "units.forms.account.CodeStepForm",
    "reauthenticate": "units.forms.account.CodeAgainForm",
    "authenticate_webauthn": "units.forms.account.PasskeyStepForm",
    "login_webauthn": "units.forms.account.PasskeyLoginForm",
    "reauthenticate_webauthn": "units.forms.account.PasskeyAgainForm",
    "add_webauthn": "units.forms.account.PasskeyForm",
    "edit_webauthn": "units.forms.account.PasskeyNameForm",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=2).total_seconds())

# --- the browser ------------------------------------------------------------------------------------------------------

SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
# Under this prefix a browser takes a cookie from this very host over TLS only: no neighbour can plant one.
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrftoken"
# What was said to a person needs no third cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "var" / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
PAPER_FONTS = BASE_DIR / "var" / "assets" / "paper" / "fonts"

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- mail -------------------------------------------------------------------------------------------------------------

EMAIL_HOST = env.text("SMTP_HOST", "")
EMAIL_PORT = env.number("SMTP_PORT", 25, 1, 65535)
EMAIL_HOST_USER = env.text("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.secret("SMTP_PASSWORD", "")
SMTP_SECURITY = env.choice("SMTP_SECURITY", ["none", "starttls", "tls"], "none")
EMAIL_USE_TLS = SMTP_SECURITY == "starttls"
EMAIL_USE_SSL = SMTP_SECURITY == "tls"
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "notices.mailbox.FileMailbox"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "Thông Suốt <thongsuot@localhost>")

# --- background work --------------------------------------------------------------------------------------------------

BROKER_URL = env.address("REDIS_URL", ["redis", "rediss", "redis+socket"], f"redis+socket://{socket_path(VAR_DIR)}")
DOORBELL = True
BEAT_SCHEDULE = {
    name: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
    for name, task, seconds in [
        ("read-history", "notices.tasks.read_history", 20.0),
        ("tell-people", "notices.tasks.tell_people", 20.0),
        ("remind-assignments", "notices.tasks.remind_assignments", 30.0),
        ("remind-duty", "notices.tasks.remind_duty", 60.0),
        ("send-pending-notices", "notices.tasks.send_pending_notices", 15.0),
        ("file-pdfs", "directives.tasks.file_pdfs", 15.0),
        ("forget-unsaved", "directives.tasks.forget_unsaved", 3600.0),
        ("forget-sessions", "units.tasks.forget_sessions", 60.0),
        ("lock-unused-accounts", "units.tasks.lock_unused_accounts", 3600.0),
        ("seal-history", "units.tasks.seal_history", 300.0),
        ("check-history", "units.tasks.check_history", 3600.0),
        ("mask-personal-data", "notices.tasks.mask_personal_data", 3600.0),
        ("refresh-unit-names", "units.tasks.refresh_unit_names", 3600.0),
        *([] if DEMO else [("keep-backups", "config.tasks.keep_backups", 600.0)]),
    ]
}
