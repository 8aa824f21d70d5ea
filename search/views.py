from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from common.city_pages import LAYOUT
from common.page_cache import depends_on
from search import listing, queries
from search.actions import CACHE_TAG
from search.query import FACETS, Query, chosen_facets, tidy


@require_safe
def results_page(request: HttpRequest) -> HttpResponse:
    depends_on(request, CACHE_TAG, *LAYOUT)
    query = read_query(request)
    results = queries.find(query)
    if results.unfiltered:
        return TemplateResponse(request, "search/search.html", listing.context(results))
    offer = queries.find(Query(language=query.language))
    return TemplateResponse(request, "search/nothing.html", listing.empty_context(results, offer))


def read_query(request: HttpRequest) -> Query:
    """What the address asks for; whatever makes no sense in it counts as not said."""
    return Query(
        text=tidy(request.GET.get("q", "")),
        language=get_language() or "ru",
        chosen=chosen_facets({name: request.GET.getlist(name) for name in FACETS}),
        page=page_number(request.GET.get("page", "")),
    )


def page_number(text: str) -> int:
    return min(queries.LAST_PAGE, max(1, int(text))) if text.isascii() and text.isdigit() and len(text) < 4 else 1
