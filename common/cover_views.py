from django.http import Http404, HttpRequest, HttpResponse

from common.covers import draw
from common.covers.shapes import PALETTES

YEAR = 60 * 60 * 24 * 365


def cover(request: HttpRequest, kind: str, seed: str) -> HttpResponse:
    """The same address always shows the same drawing, so nobody needs to ask twice."""
    if kind not in PALETTES:
        raise Http404
    response = HttpResponse(draw(seed, kind), content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
