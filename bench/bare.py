"""What a page would cost if it cost nothing: a bare Django view of as many bytes, and one with a query."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.env import parse_database

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    SECRET_KEY="bench",
    LOGGING_CONFIG=None,
    DATABASES={
        "default": parse_database(os.environ["BARE_DATABASE_URL"])
        | {"OPTIONS": {"pool": {"min_size": 1, "max_size": 8}}}
    },
)


def bare(request: HttpRequest, size: int) -> HttpResponse:
    return HttpResponse(b"x" * size)


def with_query(request: HttpRequest, size: int) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(b"x" * size)


urlpatterns = [path("<int:size>", bare), path("query/<int:size>", with_query)]
application = get_wsgi_application()
