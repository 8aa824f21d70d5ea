"""The test suite: fast hashes, mail in memory, tasks at once, nothing kept on disk but in a throw-away folder."""

import atexit
import shutil
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, LOGGING, env

DEMO_ALLOWED = True
DATA_DIR = Path(tempfile.mkdtemp(prefix="learning-city-test-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()  # WhiteNoise warns of a missing folder
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = DATA_DIR / "city.sqlite3"  # tests/database.py puts a migrated copy beside it
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SOCIALACCOUNT_PROVIDERS = {
    provider: {"APPS": [{"client_id": f"{provider}-id", "secret": f"{provider}-secret"}]}
    for provider in ("yandex", "google")
}
SEARCH_LOG_SECONDS = 0  # no thread writes beside a test
QUIET_HOURS = None  # what is told does not hang on the hour at which the tests run
# Tests write as fast as they can; those of each limit set their own.
FORUM_PACE = FORUM_NEWCOMER_PACE = (0, 0, 0)
FORUM_NEWCOMER_POSTS = FORUM_REPEAT_HOURS = FORUM_SHORTEST_WRITING = 0
BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
LOGGING["root"]["level"] = "WARNING"

env.refuse_unknown()
