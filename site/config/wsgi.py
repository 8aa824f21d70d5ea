import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django_application = get_wsgi_application()

from common.stored_pages import front  # noqa: E402  needs the settings

application = front(django_application)
