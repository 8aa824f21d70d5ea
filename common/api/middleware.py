"""The API's own way in. It answers before anything asks for a session, a reader's language or a form token: it knows no
reader, so nothing that only some may see can come out of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.api import limits
from common.api.addresses import is_api, language_of
from common.api.problems import as_problem, problem

METHODS = "GET, HEAD, OPTIONS"
KEPT_FOR = "public, max-age=60"
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, RateLimit, RateLimit-Policy, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, "
        "X-Request-ID"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class ApiMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.call: Callable[[HttpRequest], Any] = convert_exception_to_response(_call)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_api(request.path_info):
            return self.get_response(request)
        language = language_of(request)
        with override(language):
            response = as_problem(request, self._answer(request))
        if response.status_code >= 400:
            response["Cache-Control"] = "no-store"
        response["Content-Language"] = language
        return _with(OPEN_TO_ALL, response)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        if request.method not in {"GET", "HEAD"}:
            return problem(request, 405, headers={"Allow": METHODS})
        allowance = limits.spend(request)
        if allowance and allowance.exceeded:
            return _too_many(request, allowance)
        return _with(allowance.headers if allowance else {}, _unless_known(request, self.call(request)))


def _call(request: HttpRequest) -> HttpResponse:
    """As Django's own handler, without what stands between it and the views."""
    request.get_host()  # refuses names that are not ours
    try:
        match = resolve(request.path_info)
    except Http404:
        return problem(request, 404)
    request.resolver_match = match
    asked, request.method = request.method, "GET"  # a HEAD is a GET whose body the server keeps to itself
    try:
        return match.func(request, *match.args, **match.kwargs)
    finally:
        request.method = asked


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200:
        return response
    response.headers.setdefault("Cache-Control", KEPT_FOR)
    response["Content-Length"] = str(len(response.content))
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _too_many(request: HttpRequest, allowance: limits.Allowance) -> HttpResponse:
    detail = _("At most %(limit)d requests a minute. Go on in %(seconds)d s.") % {
        "limit": allowance.limit,
        "seconds": allowance.resets_in,
    }
    return problem(request, 429, kind="too-many-requests", detail=detail, headers=allowance.headers)


def _with(headers: Mapping[str, str], response: HttpResponse) -> HttpResponse:
    for name, value in headers.items():
        response[name] = value
    return response
