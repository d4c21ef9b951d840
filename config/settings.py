"""Settings. Every value that differs between machines comes from the environment (or `.env`).

`docs/operations.md` lists the variables.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Put a long random text in the environment variable SECRET_KEY "
        "or in the file .env; `make setup` writes one for you."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "segments_app.apps.SegmentsConfig",
    "interactions.apps.InteractionsConfig",
    "contacts.apps.ContactsConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_tasks_db",
    "auditlog",
]

AUTHENTICATION_BACKENDS = ["contacts.permissions.OneQuestionBackend"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "contacts.middleware.SignInAgainMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "contacts.middleware.UserLanguageMiddleware",
    "contacts.middleware.PlainTextMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "contacts.middleware.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
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
                "django.template.context_processors.i18n",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA cache_size=-65536; PRAGMA journal_size_limit=67108864;"
    ),
}
# An empty DATABASE_URL means the default, too.
DATABASE_URL = env.str("DATABASE_URL", default="")
DATABASE_URL = DATABASE_URL or f"sqlite:///{BASE_DIR / 'var' / 'malgruppe.db'}"
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

AUTH_USER_MODEL = "contacts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", _("English")), ("da", _("Danish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Copenhagen")
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
# Shown beside amounts of money.
CURRENCY = env.str("CURRENCY", default="DKK")

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/bootstrap", BASE_DIR / "node_modules/bootstrap/dist"),
    ("vendor/bootstrap-icons", BASE_DIR / "node_modules/bootstrap-icons/font"),
    ("vendor/inter", BASE_DIR / "node_modules/@fontsource-variable/inter"),
    ("vendor/docx-preview", BASE_DIR / "node_modules/docx-preview/dist"),
    ("vendor/jszip", BASE_DIR / "node_modules/jszip/dist"),
]
MEDIA_ROOT = Path(env.str("DOCUMENT_ROOT", default=str(BASE_DIR / "var" / "documents")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Largest Word document and largest import file that are accepted, in bytes.
MAX_DOCUMENT_SIZE = env.int("MAX_DOCUMENT_SIZE", default=10 * 2**20)
MAX_IMPORT_SIZE = env.int("MAX_IMPORT_SIZE", default=50 * 2**20)
# Largest size that a workbook may unpack to, and days that the files of an import are kept.
MAX_IMPORT_UNPACKED = env.int("MAX_IMPORT_UNPACKED", default=1000 * 2**20)
IMPORT_KEPT_DAYS = env.int("IMPORT_KEPT_DAYS", default=30)

# Channels (letter, email, phone) that a contact must have allowed; elsewhere it is enough that
# nobody forbade it.
CONSENT_REQUIRED = env.list("CONSENT_REQUIRED", default=[])

# The change history: in our own table, with names instead of keys, without addresses of people.
AUDITLOG_LOGENTRY_MODEL = "contacts.Change"
# Its own table would stay empty, and keep PostgreSQL from emptying the tables it refers to.
MIGRATION_MODULES = {"auditlog": None}
AUDITLOG_USE_FK_STRING_REPRESENTATION = True
AUDITLOG_DISABLE_REMOTE_ADDR = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

# Where letters are made and kept for a while; web server and task worker share it.
LETTER_ROOT = Path(env.str("LETTER_ROOT", default=str(BASE_DIR / "var" / "letters")))
LETTERS_KEPT_DAYS = env.int("LETTERS_KEPT_DAYS", default=14)
# More letters than this are made by the task worker, fewer while the person waits.
LETTERS_AT_ONCE = env.int("LETTERS_AT_ONCE", default=50)
# LibreOffice: a path or a name; empty means the first of `soffice` and `libreoffice` on the path.
SOFFICE = env.str("SOFFICE", default="")
SOFFICE_SECONDS = env.int("SOFFICE_SECONDS", default=300)

# A preview that the database needs longer for is given up.
PREVIEW_SECONDS = env.float("PREVIEW_SECONDS", default=10)

# --- e-mail ---
# Where those who get e-mails find this application: the links in them begin with it.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
# Who e-mails are from, such as "Fjord A/S <post@fjord.example>"; empty means our company.
EMAIL_FROM = env.str("EMAIL_FROM", default="")
# Where e-mails come back to that cannot be delivered; empty means who they are from.
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
# The mailbox of that address: imaps://user:password@host:993/INBOX
BOUNCE_MAILBOX = env.str("BOUNCE_MAILBOX", default="")
# At most so many e-mails a minute, all workers together; 0 means as many as possible.
EMAILS_PER_MINUTE = env.int("EMAILS_PER_MINUTE", default=120)
# The mail server. Without one, e-mails are files in a folder and reach nobody.
MAIL_SERVER = env.str("EMAIL_HOST", default="")
MAIL_FOLDER = Path(env.str("MAIL_FOLDER", default=str(BASE_DIR / "var" / "mail")))
MAILERS = {
    "default": {
        "BACKEND": "interactions.delivery.smtp.EmailBackend",
        "OPTIONS": {
            "host": MAIL_SERVER,
            "port": env.int("EMAIL_PORT", default=587),
            "username": env.str("EMAIL_USER", default=""),
            "password": env.str("EMAIL_PASSWORD", default=""),
            # starttls, tls or none
            "use_tls": env.str("EMAIL_SECURITY", default="starttls") == "starttls",
            "use_ssl": env.str("EMAIL_SECURITY", default="starttls") == "tls",
            "timeout": env.int("EMAIL_SECONDS", default=30),
        },
    }
    if MAIL_SERVER
    else {
        "BACKEND": "interactions.delivery.files.EmailBackend",
        "OPTIONS": {"folder": MAIL_FOLDER},
    }
}

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

# --- safety ---
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
HTTPS = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
