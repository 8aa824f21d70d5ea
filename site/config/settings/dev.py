"""The laptop: everything embedded, mail written to files."""

from config.settings.base import *  # noqa: F403
from config.settings.base import env

DEBUG = env.flag("LC_DEBUG", False)
DEMO_ALLOWED = True

# Static files straight from their folders: nothing to collect, and a changed stylesheet shows at once with LC_DEBUG.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STATIC_ROOT = None  # type: ignore[assignment]

env.refuse_unknown()
