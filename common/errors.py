"""What a reader sees when something broke here."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views import defaults


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that is locked by another writer, or away, is no fault of the page: 503, and please try again."""
    if isinstance(sys.exc_info()[1], OperationalError):
        answer = TemplateResponse(request, "503.html", status=503, headers={"Retry-After": "10"})
        return answer.render()
    return defaults.server_error(request)
