"""What every environment shares. Values that differ by machine come from LC_… variables through config.env."""

from datetime import time
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from common.videos import FRAME_HOSTS
from config.env import Environment

ROOT = Path(__file__).resolve().parents[3]
env = Environment()

DATA_DIR = env.folder("LC_DATA_DIR", ROOT / "var")
BASE_URL = env.url("LC_BASE_URL", "http://localhost:8000")
SECRET_KEY = env.text("LC_SECRET_KEY", "insecure-only-for-development-and-tests")
DEBUG = False
ALLOWED_HOSTS = env.words("LC_ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))

INSTALLED_APPS = [
    "pages",
    "news",
    "forum",
    "partners",
    "notices",
    "search",
    "accounts",
    "common",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.CmsUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.vk",
    "allauth.socialaccount.providers.yandex",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "common.request_id.RequestIdMiddleware",
    "common.health.HealthMiddleware",
    "common.stored_pages.StoredPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.security.SecurityHeadersMiddleware",
    "common.security.PolicyMiddleware",
    "common.api.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.CmsDoorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "partners.isolation.gate.PartnerGateMiddleware",
    "common.stored_pages.MemberPagesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
FORM_RENDERER = "common.forms.SiteRenderer"

# --- data ---------------------------------------------------------------------------------------------------------
DATABASE_POOL = env.number("LC_DATABASE_POOL", 8, low=1, high=200)
DATABASES = {
    "default": env.database(
        "LC_DATABASE_URL", {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "city.sqlite3"}
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One writer at a time, readers never wait: the lock is asked for at the start of a transaction, not in its middle.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=2147418112;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a restarted server costs nobody a broken page
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5} | DATABASES["default"]["OPTIONS"]
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": DATABASE_POOL,
        "timeout": 10,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.url("LC_REDIS_URL", "", schemes=("redis", "rediss", "unix"))
if REDIS_URL:
    CACHES: dict[str, Any] = {
        "default": {
            "BACKEND": "common.patient_cache.PatientRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "lc",
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
    }
else:
    # Web and worker are two processes: a memory cache would leave one of them with yesterday's page.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": DATA_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = env.folder("LC_STATIC_ROOT", DATA_DIR / "static")
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
S3_BUCKET = env.text("LC_S3_BUCKET", "")
S3_OPTIONS = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": env.url("LC_S3_ENDPOINT_URL", "") or None,
    "access_key": env.text("LC_S3_ACCESS_KEY", ""),
    "secret_key": env.text("LC_S3_SECRET_KEY", ""),
    "region_name": env.text("LC_S3_REGION", "") or None,
    "custom_domain": env.text("LC_S3_DOMAIN", "") or None,
    "file_overwrite": False,
    "querystring_auth": False,
}
MEDIA_HOSTS: list[str] = []
if S3_BUCKET:
    domain, endpoint = S3_OPTIONS["custom_domain"], S3_OPTIONS["endpoint_url"]
    MEDIA_HOSTS = [f"https://{domain}" if domain else str(endpoint or "https://*.amazonaws.com")]
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": S3_OPTIONS}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- languages ----------------------------------------------------------------------------------------------------
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = env.text("LC_TIME_ZONE", "Asia/Irkutsk")
LANGUAGE_CODE = "ru"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("ru", _("Russian")), ("en", _("English")), ("be", _("Belarusian"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ru", "Русский"), ("en", "English"), ("be", "Беларуская")]
LOCALE_PATHS = [ROOT / "locale"]

# --- accounts -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.signup_fields.SignupFields"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "signup": "accounts.forms.SignupForm",
}
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a code that ran out while it was typed still counts
MFA_FORMS = {
    "activate_totp": "accounts.forms.ActivateCodesForm",
    "add_webauthn": "accounts.forms.AddKeyForm",
    "authenticate": "accounts.forms.CodeForm",
    "authenticate_webauthn": "accounts.forms.KeyForm",
    "edit_webauthn": "accounts.forms.EditKeyForm",
    "login_webauthn": "accounts.forms.LoginKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateCodeForm",
    "reauthenticate_webauthn": "accounts.forms.ReauthenticateKeyForm",
}
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False  # consent is asked of everybody
SOCIALACCOUNT_FORMS = {"signup": "accounts.forms.SocialSignupForm"}
SOCIALACCOUNT_PROVIDERS = {}
for provider in ("vk", "yandex", "google"):
    client_id = env.text(f"LC_SOCIAL_{provider.upper()}_ID", "")
    secret = env.text(f"LC_SOCIAL_{provider.upper()}_SECRET", None if client_id else "")
    if client_id:
        SOCIALACCOUNT_PROVIDERS[provider] = {"APPS": [{"client_id": client_id, "secret": secret}]}
# Proxies between the reader and this process: limits by address count the reader's, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("LC_TRUSTED_PROXIES", 0, high=9)
EDITORS_NEED_MFA = env.flag("LC_EDITORS_NEED_MFA", False)

# --- discussions --------------------------------------------------------------------------------------------------
FORUM_EDIT_HOURS = env.number("LC_FORUM_EDIT_HOURS", 24, high=87_600)
# Posts in a minute, an hour and a day; 0 sets no limit.
FORUM_PACE = env.numbers("LC_FORUM_PACE", (6, 60, 200), high=10_000)
FORUM_NEWCOMER_PACE = env.numbers("LC_FORUM_NEWCOMER_PACE", (2, 10, 20), high=10_000)
# Who has fewer posts shown is new, unless they have read for some days; their posts with links are looked at first.
FORUM_NEWCOMER_POSTS = env.number("LC_FORUM_NEWCOMER_POSTS", 3, high=1000)
FORUM_NEWCOMER_DAYS = env.number("LC_FORUM_NEWCOMER_DAYS", 14, high=3650)
FORUM_REPEAT_HOURS = env.number("LC_FORUM_REPEAT_HOURS", 24, high=8760)
FORUM_SHORTEST_WRITING = env.number("LC_FORUM_SHORTEST_WRITING", 3, high=60)
FORUM_DRAFT_DAYS = env.number("LC_FORUM_DRAFT_DAYS", 60, low=1, high=3_650)
# Pictures: megabytes of one file, how many in a post (0: none at all), how many of one person in a day (0: no limit).
FORUM_PICTURE_MB = env.number("LC_FORUM_PICTURE_MB", 10, low=1, high=35)
FORUM_PICTURES_IN_POST = env.number("LC_FORUM_PICTURES_IN_POST", 10, high=100)
FORUM_PICTURES_A_DAY = env.number("LC_FORUM_PICTURES_A_DAY", 50, high=10_000)
FORUM_ANSWER_DAYS = env.number("LC_FORUM_ANSWER_DAYS", 30, high=3_650)

# --- for programs -------------------------------------------------------------------------------------------------
API_A_MINUTE = env.number("LC_API_A_MINUTE", 120, high=100_000)  # requests of one client; 0 sets no limit

# --- notices ------------------------------------------------------------------------------------------------------
QUIET_HOURS = env.hours("LC_QUIET_HOURS", (time(22), time(7)))
DIGEST_HOUR = env.number("LC_DIGEST_HOUR", 8, high=23)
NOTICES_KEPT_DAYS = env.number("LC_NOTICES_KEPT_DAYS", 180, low=1, high=36_500)

# --- search -------------------------------------------------------------------------------------------------------
# Searches that one network address and one mailbox may ask to follow by letter without an account.
SEARCH_FOLLOW_RATES = {"follow": "10/h/ip", "letter": "5/d/key"}
SEARCH_LOG_SECONDS = 5  # what people look for is counted in memory and written down so often; 0: only when asked to
SEARCH_ENGINE = env.text("LC_SEARCH_ENGINE", "database", choices=("database", "elasticsearch"))
ELASTICSEARCH_URL = env.url("LC_ELASTICSEARCH_URL", None if SEARCH_ENGINE == "elasticsearch" else "")
ELASTICSEARCH_API_KEY = env.text("LC_ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_CA = env.file("LC_ELASTICSEARCH_CA", "")
ELASTICSEARCH_PREFIX = env.slug("LC_ELASTICSEARCH_PREFIX", "learning-city")
ELASTICSEARCH_SHARDS = env.number("LC_ELASTICSEARCH_SHARDS", 1, low=1, high=100)
ELASTICSEARCH_TIMEOUT = env.number("LC_ELASTICSEARCH_TIMEOUT_MS", 800, low=50, high=60_000) / 1000

# --- CMS ----------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Learning City"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "common.Picture"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 12 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # every document is a download: nothing in it runs under our name
WAGTAILDOCS_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "common.upload_forms.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "common.upload_forms.PictureForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False  # everybody chooses their own, by a link in a letter
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
TAGGIT_CASE_INSENSITIVE = True

# --- mail ---------------------------------------------------------------------------------------------------------
EMAIL_URL = env.mail("LC_EMAIL_URL", {})
if EMAIL_URL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(EMAIL_URL)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("LC_FROM_EMAIL", "Learning City <no-reply@localhost>")

# --- security -----------------------------------------------------------------------------------------------------
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # the previews of the CMS say otherwise for themselves
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *MEDIA_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF, *FRAME_HOSTS],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],  # also for a sign-in elsewhere: accounts.social_urls leaves by a page, not by a redirect
        "frame-ancestors": [SELF],
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # long StreamFields pass Django's default of 1,000

# --- logs ---------------------------------------------------------------------------------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "common.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "common.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request_id"]}},
    "root": {
        "handlers": ["console"],
        "level": env.text("LC_LOG_LEVEL", "INFO", choices=("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {"django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
