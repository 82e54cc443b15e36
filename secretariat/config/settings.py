"""Settings: from the environment, with values for the demo where nothing is said.

SECRETARIAT_MODE is ``demo`` (the default), ``test`` or ``production``; the last demands its secrets.
docs/reference/settings.md lists every variable; a test keeps the list true.
"""

import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from secretariat.config import identities
from secretariat.config.cluster import Cluster

env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]

MODE = env.str("SECRETARIAT_MODE", default="test" if "pytest" in sys.modules else "demo")
if MODE not in {"demo", "test", "production"}:
    raise ImproperlyConfigured(f"SECRETARIAT_MODE is '{MODE}'; it must be demo, test or production.")
PRODUCTION = MODE == "production"
VAR = Path(env.str("SECRETARIAT_VAR", default=str(ROOT / "var")))
PROFILE = Path(env.str("SECRETARIAT_PROFILE", default=str(ROOT / "profiles" / "wic")))
SITE_URL = env.str("SECRETARIAT_URL", default="http://localhost:8000")
# Whom to tell of a weakness, as security.txt says it: a mail or web address; nobody is named by default.
SECURITY_CONTACT = env.str(
    "SECRETARIAT_SECURITY_CONTACT", default="mailto:security@example.org" if MODE == "demo" else ""
)
# How long a stranger may be shown a public page that was made for another one; tests see every change at once.
PUBLIC_SECONDS = env.int("SECRETARIAT_PUBLIC_SECONDS", default=0 if MODE == "test" else 10)
# Where browsers find the stream of live events: a path behind a proxy, an address of its own without one.
LIVE_URL = env.str("SECRETARIAT_LIVE_URL", default="/events")

DEBUG = env.bool("SECRETARIAT_DEBUG", default=False)
SECRET_KEY = (
    env.str("SECRETARIAT_SECRET_KEY")
    if PRODUCTION
    else env.str("SECRETARIAT_SECRET_KEY", default="not-secret-for-demo-and-tests-only")
)
ALLOWED_HOSTS = env.list(
    "SECRETARIAT_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)

# The database: the embedded server under var/, or DATABASE_URL. The owner changes the schema; the app works;
# the sealer alone writes the log.
CLUSTER = Cluster(VAR / "pg")
DATABASE_URL = env.str("DATABASE_URL", default="")
if PRODUCTION and not DATABASE_URL:
    raise ImproperlyConfigured("SECRETARIAT_MODE=production needs DATABASE_URL.")


def _database(role: str) -> dict:
    url = env.str(f"DATABASE_URL_{role.upper()}", default=DATABASE_URL) or CLUSTER.url(role)
    parts = env.db_url_config(url)
    if (
        role != "owner"
        and MODE != "test"
        and not env.str(f"DATABASE_URL_{role.upper()}", default="")
        and DATABASE_URL
    ):
        # One address for all: its user takes the role, and with it no more than the role's rights.
        parts.setdefault("OPTIONS", {})["options"] = f"-c role={role}"
    # How often a statement of foundation/audit/prepared.py is asked before its plan is kept with the connection.
    parts.setdefault("OPTIONS", {}).setdefault("prepare_threshold", 2)
    return {
        **parts,
        "HOST": unquote(parts.get("HOST") or ""),  # a socket's folder is written %2F…
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


DATABASES = {"default": _database("app"), "owner": _database("owner"), "sealer": _database("sealer")}
if (_kept := env.int("SECRETARIAT_POOL", default=0)) and MODE != "test":
    # The pages borrow from connections that stay open; commands and the worker hold the one they have.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": _kept, "timeout": 10}
if MODE == "test":
    # One database, made by its owner; the tests take the app's role, and the sealer's where they seal.
    DATABASES = {"default": _database("owner")}
LOG_KEY = Path(env.str("SECRETARIAT_LOG_KEY", default=str(VAR / "keys" / "log.pem")))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

WINGS = [
    "secretariat.foundation.languages",
    "secretariat.foundation.audit",
    "secretariat.foundation.ui",
    "secretariat.foundation.jobs",
    "secretariat.foundation.files",
    "secretariat.foundation.accounts",
    "secretariat.foundation.tokens",
    "secretariat.foundation.live",
    "secretariat.foundation.privacy",
    "secretariat.foundation.preferences",
    "secretariat.foundation.notices",
    "secretariat.registry.refs",
    "secretariat.registry.imports",
    "secretariat.registry.capacities",
    "secretariat.registry.conflicts",
    "secretariat.registry.entitlements",
    "secretariat.registry.engagements",
    "secretariat.registry.places",
    "secretariat.registry.topics",
    "secretariat.registry.organisations",
    "secretariat.registry.people",
    "secretariat.registry.relations",
    "secretariat.registry.editions",
    "secretariat.registry.identity",
    "secretariat.record.tasks",
    "secretariat.record.correspondence",
    "secretariat.record.mailings",
    "secretariat.record.search",
    "secretariat.record.publications",
    "secretariat.governance.bodies",
    "secretariat.governance.powers",
    "secretariat.governance.ballots",
    "secretariat.governance.advice",
    "secretariat.governance.meetings",
    "secretariat.governance.motions",
    "secretariat.governance.minutes",
    "secretariat.governance.membership",
    "secretariat.governance.admissions",
    "secretariat.summit.calls",
    "secretariat.summit.review",
    "secretariat.summit.honours",
    "secretariat.doors.operations",
    "secretariat.doors.site",
    "secretariat.doors.my",
    "secretariat.doors.desk",
    "secretariat.doors.api",
    "secretariat.simulation",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_cotton",
    "django_htmx",
    "procrastinate.contrib.django",
    *WINGS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
]
AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/my/"
ROOT_URLCONF = "secretariat.config.urls"
WSGI_APPLICATION = "secretariat.config.wsgi.application"

MIDDLEWARE = [
    "secretariat.doors.operations.probes.probe_middleware",
    "secretariat.doors.serving.requests.log_middleware",
    "django.middleware.security.SecurityMiddleware",
    *(["whitenoise.middleware.WhiteNoiseMiddleware"] if MODE != "test" else []),
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "secretariat.doors.site.addresses.address_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "secretariat.foundation.accounts.backends.SessionOwnerMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "secretariat.foundation.accounts.middleware.account_middleware",
    "secretariat.doors.acting.actor_middleware",
    "secretariat.doors.refusing.RefusalMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
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
                "secretariat.doors.site.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [ROOT / "secretariat" / "foundation" / "languages" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# The page's files are found in place: no collecting before the first page.
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {"bucket_name": env.str("SECRETARIAT_S3_BUCKET"), "default_acl": "private"},
        }
        if env.str("SECRETARIAT_S3_BUCKET", default="")
        else {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(VAR / "files")},
        }
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# What is private stays so on the disk too.
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_SIZE_LIMIT = env.int("SECRETARIAT_FILE_SIZE_LIMIT", default=50 * 1024 * 1024)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
# Mail: a server by EMAIL_URL (smtp+tls://USER:PASSWORD@HOST:587); the demo writes files and sends nothing.
vars().update(
    env.email_url("EMAIL_URL", default="smtp://localhost:25" if PRODUCTION else f"filemail:///{VAR / 'mail'}")
)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "SECRETARIAT_MAIL_FROM", default=f"secretariat@{urlsplit(SITE_URL).hostname}"
)
# The sender of the envelope: what cannot be delivered comes back to it (see "secretariat bounce").
MAIL_BOUNCES = env.str("SECRETARIAT_MAIL_BOUNCES", default=DEFAULT_FROM_EMAIL)
# A mailing to more readers wants a second person; news reaches nobody twice within so many days.
MAILING_ALONE = env.int("SECRETARIAT_MAILING_ALONE", default=20)
MAILING_GAP_DAYS = env.int("SECRETARIAT_MAILING_GAP_DAYS", default=7)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", *([LIVE_URL] if "://" in LIVE_URL else [])],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# Sign-in: a code by mail, a passkey, a password for who wants one; docs/howto/sign-in.md says how to connect others.
SIGN_UP = env.str("SECRETARIAT_SIGN_UP", default="invitation")
if SIGN_UP not in {"invitation", "open"}:
    raise ImproperlyConfigured(f"SECRETARIAT_SIGN_UP is '{SIGN_UP}'; it must be invitation or open.")
SESSION_ENGINE = "secretariat.foundation.accounts.sessions"
AUTHENTICATION_BACKENDS = [
    "secretariat.foundation.accounts.backends.Passwords",
    "secretariat.foundation.accounts.backends.Codes",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if MODE == "test"
    else "django.contrib.auth.hashers.Argon2PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("SECRETARIAT_PROXIES", default=0)
ACCOUNT_ADAPTER = "secretariat.foundation.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
# Counted exactly by accounts.actions.limits instead of in a cache.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "secretariat.foundation.accounts.second_steps.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
SOCIALACCOUNT_ADAPTER = "secretariat.foundation.accounts.elsewhere.ElsewhereAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# Identities kept elsewhere; none unless their address is set.
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_URL := env.str("SECRETARIAT_OIDC_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("SECRETARIAT_OIDC_NAME", default="OpenID Connect"),
                "client_id": env.str("SECRETARIAT_OIDC_CLIENT"),
                "secret": env.str("SECRETARIAT_OIDC_SECRET", default=""),
                "settings": {"server_url": OIDC_URL},
            }
        ],
    }
if SAML_METADATA := env.str("SECRETARIAT_SAML_METADATA", default=""):
    SOCIALACCOUNT_PROVIDERS["saml"] = identities.saml(
        entity=env.str("SECRETARIAT_SAML_ENTITY"),
        metadata=SAML_METADATA,
        name=env.str("SECRETARIAT_SAML_NAME", default="SAML"),
        uid=env.str("SECRETARIAT_SAML_UID", default=identities.SUBJECT_ID),
        email=env.str("SECRETARIAT_SAML_EMAIL", default=identities.MAIL),
    )

LOG_FORMAT = env.str("SECRETARIAT_LOG", default="json" if PRODUCTION else "line")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "secretariat.doors.serving.logs.JsonFormatter"},
        "line": {"()": "secretariat.doors.serving.logs.LineFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Who is told in lines reads them on a terminal, where each request is too much.
        "secretariat": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        # Our own line about each request says what Django's warnings would repeat; errors bring their trace.
        "django.request": {"level": "ERROR"},
    },
}
