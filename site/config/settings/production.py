"""A city's server behind a TLS proxy. Nothing here has a default that would be unsafe."""

from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES, env

SECRET_KEY = env.text("LC_SECRET_KEY", shortest=50)
ALLOWED_HOSTS = env.words("LC_ALLOWED_HOSTS")
BASE_URL = WAGTAILADMIN_BASE_URL = env.url("LC_BASE_URL", schemes=("https",))
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DEMO_ALLOWED = env.flag("LC_ALLOW_DEMO", False)

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

SECURE_SSL_REDIRECT = env.flag("LC_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.number("LC_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.flag("LC_HSTS_SUBDOMAINS", True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("LC_TRUSTED_PROXIES", 1, high=9)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

env.refuse_unknown()
