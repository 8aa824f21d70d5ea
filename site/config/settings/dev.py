"""The laptop: everything embedded, mail written to files."""

from config.settings.base import *  # noqa: F403
from config.settings.base import env

DEBUG = env.flag("LC_DEBUG", False)
DEMO_ALLOWED = True

env.refuse_unknown()
