"""One id per request, in the answer's X-Request-ID and in every log line written while it is served."""

import contextvars
import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

current: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
logger = logging.getLogger("learning_city.request")
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = name_request(request.headers.get("X-Request-ID", ""))
        token = current.set(request_id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            _log(request, response, time.perf_counter() - started)
            return response
        finally:
            current.reset(token)


def name_request(given: str) -> str:
    """The proxy's name for it where there is a usable one."""
    return given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex


def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """The route's pattern, not the path: addresses hold reset keys, queries hold what people look for."""
    match = getattr(request, "resolver_match", None)
    if match is None and response.status_code < 400:
        return  # served from the page cache or by a middleware: nothing happened worth a line
    logger.info(
        "request",
        extra={
            "method": request.method,
            "route": match.route if match else "",
            "status": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
        },
    )
