"""What a reader sees when something broke. These pages ask nothing of the database: it may be what broke."""

import sys

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override

from common import request_id


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that is locked by another writer, or away, is no fault of the page: 503, and please try again."""
    if isinstance(sys.exc_info()[1], OperationalError):
        answer = _page(request, "503.html", 503)
        answer["Retry-After"] = "10"
        return answer
    return _page(request, "500.html", 500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "400.html", 400)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """In the language of the address: nothing else is sure to be known."""
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with override(language):
        body = render_to_string(template, {"path": request.path, "request_id": request_id.current.get()})
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store", "Content-Language": language})
