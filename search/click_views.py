"""Where a results page tells which result was opened (static/js/search.js)."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search import queries
from search.query_log import noting, visits
from search.views import read_query

LONGEST_BODY = 4_096
MOST_A_MINUTE = 30
FORM = "application/x-www-form-urlencoded"


# Pages of results come from the store and hold no token. Nothing can be gained by a forged request either: it adds one
# to a count, at most once for each visit, search and result.
@csrf_exempt
@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """204 whether it was counted or not; 400 for what no page of ours sends."""
    if request.content_type != FORM or not _length(request) <= LONGEST_BODY:
        return HttpResponseBadRequest()
    rank = _rank(request.POST.get("rank", ""))
    if rank is None or not request.POST.get("q"):
        return HttpResponseBadRequest()
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin" and not _is_too_quick(request):
        noting.clicked(read_query(request.POST), rank, request.META)
    return HttpResponse(status=204)


def _length(request: HttpRequest) -> int:
    """More than any limit where it isn't said."""
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdigit() else LONGEST_BODY + 1


def _rank(said: str) -> int | None:
    rank = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    return rank if 0 < rank <= queries.PAGE_SIZE * queries.LAST_PAGE else None


def _is_too_quick(request: HttpRequest) -> bool:
    """Counted by visit, as everything here: no address is kept for it."""
    now = timezone.localtime()
    key = f"clicks:{now:%H%M}:{visits.visit_of(request.META, 'clicks', day=now.date()).hex()}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) > MOST_A_MINUTE
    except ValueError:  # it ended between the two
        return False
