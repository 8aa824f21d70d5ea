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
Check = Callable[[], str | None]
CHECKS: dict[str, Check] = {}


OK, AWAY = "ok", "away"


class AwayError(Exception):
    """A part answers, but not as it should."""


def check(name: str) -> Callable[[Check], Check]:
    """Registers a check: it returns when the part is there and raises whatever it raises when it is not.

    Where the part does its work, but not in the way it should, it returns what is wrong in a few words.
    """

    def register(function: Check) -> Check:
        CHECKS[name] = function
        return function

    return register


class HealthMiddleware:
    """/healthz: the process answers; a restart would not mend more. /readyz: every part by name, 503 if one is away.

    A part that is impaired leaves the site ready: taking it out of service would not help anybody.
    """

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
    away = AWAY in states.values()
    impaired = any(state != OK for state in states.values())
    return JsonResponse(
        {"status": AWAY if away else "impaired" if impaired else OK, "components": states},
        status=503 if away else 200,
        headers={"Cache-Control": "no-store"},
    )


def _state(name: str, function: Check) -> str:
    """Never the error's text, which may hold addresses and passwords."""
    try:
        trouble = function()
    except Exception as error:  # noqa: BLE001  whatever a driver raises means the same here
        logger.warning("%s is away: %s", name, type(error).__name__)
        return AWAY
    return trouble or OK


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
