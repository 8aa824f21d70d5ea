import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django_application = get_wsgi_application()

from common.stored_pages import front  # noqa: E402  needs the settings

application = front(django_application)
get_resolver().url_patterns  # noqa: B018  loads all views
gc.collect()
gc.freeze()  # what is loaded by now stays: to look through it again and again costs some request a tenth of a second
