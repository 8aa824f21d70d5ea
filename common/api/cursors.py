"""Where a list goes on: opaque to whoever gets it, signed, and good for the question it was given for alone.

No moment is part of it, so the same answer has the same cursor and the same ETag.
"""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.translation import gettext as _

from common.api.problems import ProblemError

LONGEST = 500


def seal(place: str | int, question: str) -> str:
    return _signer(question).sign_object(place)


def unseal(cursor: str, question: str) -> Any:
    """What was sealed for this question; None for no cursor."""
    if not cursor:
        return None
    try:
        return _signer(question).unsign_object(cursor[:LONGEST])
    except (BadSignature, ValueError):
        detail = _("Take a cursor as it came, with the question it came for; or begin again without one.")
        raise ProblemError(400, "bad-cursor", detail) from None


def next_address(request: HttpRequest, cursor: str) -> str:
    asked = request.GET.copy()
    asked["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


def _signer(question: str) -> Signer:
    return Signer(sep=".", salt=f"api.cursor:{question}")
