"""Which addresses are the API's, and in which language one of them is asked."""

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

ROOT = "/api/"
REFERENCE = "/api/v1/docs"  # a page of the site: read by people, in their session and language


def is_api(path: str) -> bool:
    return path.startswith(ROOT) and path != REFERENCE


def language_of(request: HttpRequest) -> str:
    """What ``?language=`` says; else the site's own. An address means the same to everybody, whatever the browser."""
    try:
        asked = request.GET.get("language", "")
    except SuspiciousOperation:  # too many parameters: whoever answers says so
        asked = ""
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
