from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from common.city_pages import LAYOUT
from common.page_cache import depends_on, fresh_until
from search import listing, queries, rules
from search.actions import CACHE_TAG
from search.choosing import split_order
from search.days import midnight
from search.explain import explained
from search.otherwise import others, ways_on
from search.picked import picked_for
from search.query import FACETS, Query, chosen_days, chosen_facets, chosen_order, tidy
from search.query_log import noting

MOST_AUTHORS = 5
LONGEST_PLACE = 80


@require_safe
def results_page(request: HttpRequest) -> HttpResponse:
    depends_on(request, CACHE_TAG, *LAYOUT)
    fresh_until(request, midnight())  # then today is another day
    query = read_query(request.GET)
    results = queries.find(query)
    noting.note(request, query, results.total)
    picked = picked_for(request, results.query)
    if results.unfiltered:
        context = listing.context(results) | picked | (others(results) if results.total else ways_on(results))
        if request.GET.get("explain") == "1" and rules.can_see_scores(request.user):
            context |= explained(results, context["items"])
        return TemplateResponse(request, "search/search.html", context)
    offer = queries.find(Query(language=query.language))
    context = listing.empty_context(results, offer) | ways_on(results) | picked
    return TemplateResponse(request, "search/nothing.html", context)


def read_query(said: QueryDict) -> Query:
    """What the address asks for; whatever makes no sense in it counts as not said."""
    query = Query(
        text=tidy(said.get("q", "")),
        language=get_language() or "ru",
        chosen=chosen_facets({name: said.getlist(name) for name in FACETS}),
        authors=tuple(dict.fromkeys(said.getlist("author")))[:MOST_AUTHORS],
        page=page_number(said.get("page", "")),
        when=said.get("when", ""),
        days=chosen_days(said.get("from", ""), said.get("to", "")),
        near=said.get("near", "")[:LONGEST_PLACE],
        order=chosen_order(said.get("sort", "")),
        exact=said.get("exact") == "1",
    )
    return split_order(query, said.get("sort", ""))


def page_number(text: str) -> int:
    return min(queries.LAST_PAGE, max(1, int(text))) if text.isascii() and text.isdigit() and len(text) < 4 else 1
