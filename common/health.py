"""Whether this process and what it leans on are there. Answered before everything else: probes come by address, not by
the site's name, and must work when sessions or languages do not."""

import logging
import uuid
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from common import heartbeat

logger = logging.getLogger("learning_city.health")
CHECKS: dict[str, Callable[[], None]] = {}


class AwayError(Exception):
    """A part answers, but not as it should."""


def check(name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Registers a check: it returns when the part is there and raises whatever it raises when it is not."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        CHECKS[name] = function
        return function

    return register


class HealthMiddleware:
    """/healthz: the process answers; a restart would not mend more. /readyz: every part by name, 503 if one is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
        if request.path_info == "/readyz":
            return _readiness()
        return self.get_response(request)


def components() -> dict[str, str]:
    return {name: _state(name, function) for name, function in CHECKS.items()}


def _readiness() -> HttpResponse:
    states = components()
    ready = all(state == "ok" for state in states.values())
    return JsonResponse(
        {"status": "ok" if ready else "away", "components": states},
        status=200 if ready else 503,
        headers={"Cache-Control": "no-store"},
    )


def _state(name: str, function: Callable[[], None]) -> str:
    """Never the error's text, which may hold addresses and passwords."""
    try:
        function()
    except Exception as error:  # noqa: BLE001  whatever a driver raises means the same here
        logger.warning("%s is away: %s", name, type(error).__name__)
        return "away"
    return "ok"


@check("database")
def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@check("cache")
def _cache() -> None:
    key, written = f"health:{uuid.uuid4().hex}", uuid.uuid4().hex
    cache.set(key, written, timeout=10)
    read = cache.get(key)
    cache.delete(key)
    if read != written:
        raise AwayError


@check("worker")
def _worker() -> None:
    if not heartbeat.somebody_alive():
        raise AwayError
