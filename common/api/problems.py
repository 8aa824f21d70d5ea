"""What the API says when it has no answer: RFC 9457, whatever went wrong and wherever."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import HttpError, ValidationError

from common import request_id
from common.api.addresses import REFERENCE

MEDIA_TYPE = "application/problem+json"
Errors = Sequence[Mapping[str, str]]

# Kinds of our own, each explained in the reference under its name. All else is plain HTTP: about:blank.
KINDS: dict[str, Promise] = {
    "bad-parameter": gettext_lazy("A parameter has a value that it cannot have"),
    "bad-cursor": gettext_lazy("This cursor leads nowhere"),
    "too-many-requests": gettext_lazy("Too many requests"),
}
DETAILS: dict[int, Promise] = {
    400: gettext_lazy("The request cannot be understood."),
    404: gettext_lazy("There is nothing at this address. The reference says what there is: %(reference)s"),
    405: gettext_lazy("Here one only reads: GET, HEAD or OPTIONS."),
    412: gettext_lazy("It is not as the request supposes any more."),
    500: gettext_lazy("Something broke on our side. Tell us the request's id and we shall find it."),
    503: gettext_lazy("The city is very busy just now. Try again in a little while."),
}
# Kinds of pydantic's, in the words of whoever sent the value.
FAULTS: dict[str, Promise] = {
    "enum": gettext_lazy("Expected one of: %(expected)s."),
    "literal_error": gettext_lazy("Expected one of: %(expected)s."),
    "int_parsing": gettext_lazy("Expected a whole number."),
    "greater_than_equal": gettext_lazy("Expected %(ge)s or more."),
    "less_than_equal": gettext_lazy("Expected %(le)s or less."),
    "string_pattern_mismatch": gettext_lazy("Expected a short name: letters, digits, - and _."),
}


class ProblemError(Exception):
    """Raised by an operation that has to say no."""

    def __init__(self, status: int, kind: str = "", detail: str = "", errors: Errors = ()) -> None:
        self.status, self.kind, self.detail, self.errors = status, kind, detail, errors
        super().__init__(status, kind, detail)


def problem(
    request: HttpRequest,
    status: int,
    *,
    kind: str = "",
    detail: str = "",
    errors: Errors = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    said: dict[str, Any] = {
        "type": f"{settings.BASE_URL}{REFERENCE}#{kind}" if kind else "about:blank",
        "title": str(KINDS[kind]) if kind else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or _default_detail(status),
        "instance": request.path,
        "requestId": request_id.current.get(),
        "errors": list(errors),
    }
    body = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def refused(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(request, error.status, kind=error.kind, detail=error.detail, errors=error.errors)


def misunderstood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A parameter whose value is none of those it can have, each named."""
    faults = [{"parameter": str(fault["loc"][-1]), "detail": _fault(fault)} for fault in error.errors]
    detail = "; ".join(f"{fault['parameter']}: {fault['detail']}" for fault in faults)
    return problem(request, 422, kind="bad-parameter", detail=detail, errors=faults)


def plain_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, detail=error.message)


def as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same refusal in our form, if somebody else made it. What its headers say is kept."""
    if response.status_code < 400 or response.get("Content-Type", "") == MEDIA_TYPE:
        return response
    kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
    return problem(request, response.status_code, headers=kept)


def _default_detail(status: int) -> str:
    known = DETAILS.get(status)
    return str(known) % {"reference": f"{settings.BASE_URL}{REFERENCE}"} if known else ""


def _fault(fault: Mapping[str, Any]) -> str:
    known = FAULTS.get(fault["type"])
    return str(known) % fault.get("ctx", {}) if known else _("This value cannot be used.")
