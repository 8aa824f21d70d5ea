"""What the results page shows beside its results because editors said so."""

from typing import Any

from django.http import HttpRequest

from common.page_cache import fresh_until
from search.picks import next_change, picks_for
from search.queries import PAGE_SIZE
from search.query import Query


def picked_for(request: HttpRequest, query: Query) -> dict[str, Any]:
    """Picks stand on the first page of a search that nothing narrows. A stored page ends when one begins or ends."""
    context = {"skipped": (query.page - 1) * PAGE_SIZE}
    if query.page > 1 or query.narrows:
        return context
    if moment := next_change(query.text, query.language):
        fresh_until(request, moment)
    return context | {"picks": picks_for(query.text, query.language)}
