"""Django's settings. What differs from place to place is read in `environment`."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from jinja2 import FileSystemBytecodeCache

import livinglab
from livinglab.config.environment import (
    code_stamp,
    database,
    mail,
    openid_connect,
    read_environment,
    sign_in_origins,
)
from livinglab.config.logs import logging_config

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src" / "livinglab"
ENVIRONMENT = read_environment(os.environ, ROOT)
MODE = ENVIRONMENT.mode
#: part of every ETag
RELEASE = os.environ.get("LIVINGLAB_RELEASE") or f"{livinglab.__version__}-{code_stamp(PACKAGE)}"
DEMO = MODE == "demo"

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts) + (["testserver"] if MODE == "test" else [])
ROOT_URLCONF = "livinglab.config.urls"
WSGI_APPLICATION = "livinglab.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

REFERENCE_DIR = ROOT / "reference"
INSTRUMENTS_DIR = ROOT / "instruments"
VAR_DIR = ENVIRONMENT.var

_ALL_CONTEXTS = (
    "portal",
    "visits",
    "actions",
    "planning",
    "adoptions",
    "comparisons",
    "casework",
    "catalogue",
    "sandboxes",
    "releases",
    "evaluations",
    "assessments",
    "evidence",
    "signatures",
    "packages",
    "documents",
    "surveys",
    "organizations",
    "accounts",
    "audit",
    "ui",
    "kernel",
)
CONTEXTS = [name for name in _ALL_CONTEXTS if (PACKAGE / name / "apps.py").exists()]
INSTALLED_APPS = [
    *(f"livinglab.{name}" for name in CONTEXTS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "livinglab.kernel.web.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "livinglab.portal.web.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "livinglab.ui.web.errors.UnanswerableMiddleware",
    "livinglab.kernel.web.middleware.PrivateMiddleware",
    "livinglab.kernel.web.middleware.TenancyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "livinglab.ui.web.errors.UnstorableMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "livinglab.ui.web.kept_forms.KeptFormMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# --- database -------------------------------------------------------------------------------------
# `default` is the app role: neither superuser nor BYPASSRLS. `owner` migrates and loads; it is there only
# when its URL is given, which the web and worker processes never get.
DATABASES = {}
if ENVIRONMENT.database_url:
    DATABASES["default"] = database(
        ENVIRONMENT.database_url,
        **({} if MODE == "test" else {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}),
    )
if ENVIRONMENT.owner_url:
    DATABASES["owner"] = database(ENVIRONMENT.owner_url)
    DATABASES["owner"]["TEST"] = {"MIRROR": "default"}

# --- pages ----------------------------------------------------------------------------------------
TEMPLATE_CACHE = VAR_DIR / "templates"  # compiled templates: a later start reads them
TEMPLATE_CACHE.mkdir(parents=True, exist_ok=True)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / name / "templates" for name in CONTEXTS],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "livinglab.ui.jinja.environment",
            "context_processors": [
                "livinglab.config.navigation.navigation",
                "livinglab.accounts.web.context.account",
                "django.contrib.messages.context_processors.messages",
            ],
            "auto_reload": MODE == "test",
            "bytecode_cache": FileSystemBytecodeCache(str(TEMPLATE_CACHE)) if MODE != "test" else None,
        },
    },
    {
        # only allauth's pages, in our look
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "accounts" / "django_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if MODE == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
APPEND_SLASH = True

# --- evidence -------------------------------------------------------------------------------------
EVIDENCE_DIR = VAR_DIR / "evidence"
EVIDENCE_MAX_BYTES = ENVIRONMENT.evidence.most_bytes
ATTACHMENT_MAX_BYTES = ENVIRONMENT.evidence.most_attached
ATTACHMENTS_AN_HOUR = ENVIRONMENT.evidence.attached_an_hour
EVIDENCE_BUCKET = ENVIRONMENT.evidence.bucket
CLAMAV_ADDRESS = ENVIRONMENT.evidence.clamav

# --- signatures -----------------------------------------------------------------------------------
AUTHORITY_DIR = VAR_DIR / "authority"
SIGNATURE_ROOTS = ENVIRONMENT.signature_roots
LOCAL_AUTHORITY = not ENVIRONMENT.is_production  # its signatures mean nothing outside a demonstration
BSRE = ENVIRONMENT.signing
VERIFY_MAX_BYTES = 10 * 1024 * 1024

# --- messages to applicants ------------------------------------------------------------------------
MESSAGE_GATEWAYS = ENVIRONMENT.gateways
PAYMENTS = ENVIRONMENT.payments
REGISTERS = ENVIRONMENT.registers
PUBLIC_URL = ENVIRONMENT.public_url  # for links in messages, which leave without a request
KEEPS_OUTBOX = not ENVIRONMENT.is_production  # what has no gateway is shown instead of sent

# --- packages of other instances -------------------------------------------------------------------
FEDERATION_ALLOWED_HOSTS = ENVIRONMENT.federation_hosts

# --- languages and time ---------------------------------------------------------------------------
USE_I18N = True
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_TZ = True
TIME_ZONE = "UTC"

# --- sign-in --------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "livinglab.accounts.web.sign_in.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if ENVIRONMENT.is_production else "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Living Lab] "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENVIRONMENT.is_production else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.trusted_proxies
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "organizations:me"
MFA_ADAPTER = "livinglab.accounts.adapters.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Living Lab"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.is_production  # http://localhost in demo
SOCIALACCOUNT_ADAPTER = "livinglab.accounts.web.openid.people.LinkedSignInAdapter"
SOCIALACCOUNT_PROVIDERS = openid_connect(ENVIRONMENT.oidc)
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60  # "remember me"; otherwise the session ends with the browser
# A cookie holds the messages, so that a page cached by ETag knows whether there is one to show.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
# Counts tries of signing in. In the database, since every process and machine must count together; a cache in
# each process would multiply the limits and forget them at every restart. Nothing else is cached there.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_rate_limit",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
MAIL = mail(ENVIRONMENT.email_url)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "outbox"
if MAIL:
    EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.tls
    EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from

# --- safety ---------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_production
SECURE_SSL_REDIRECT = ENVIRONMENT.is_production
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.is_production else None
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.is_production else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "livinglab.portal.web.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [
            SELF,
            *sign_in_origins(ENVIRONMENT.oidc),
        ],  # browsers also check where a form redirects to
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = logging_config(json_lines=MODE != "test")
SILENCED_SYSTEM_CHECKS: list[str] = []
