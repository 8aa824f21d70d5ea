"""What the feed and an item show, gathered from queries."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from common.page_cache import fresh_until
from common.vocabulary import names
from news import queries
from partners import queries as partner_queries
from partners.models import PartnerPage

if TYPE_CHECKING:
    from news.models import NewsIndexPage, NewsPage


def feed_context(page: "NewsIndexPage", request: HttpRequest, *, year: int = 0, month: int = 0) -> dict[str, Any]:
    chosen = queries.FeedFilter(
        **{name: request.GET.get(name, "")[:80] for name in ("category", "partner", "district")}, year=year, month=month
    )
    at = {name: request.GET.get(name, "")[:60] for name in ("before", "after")}
    first = not any(at.values())
    pinned = queries.pinned_items(page.locale) if chosen == queries.FeedFilter() and first else []
    for item in pinned:
        fresh_until(request, item.pinned_until)
    return {
        "chosen": chosen,
        "pinned": pinned,
        "found": queries.feed_page(queries.city_items(page.locale, chosen), **at),
        "months": queries.archive_months(page.locale),
        "month": date(year, month, 1) if year else None,
        "categories": names("news_category"),
        "districts": names("district"),
        "partner_names": partner_queries.names_by_slug(page.locale),
    }


def item_context(page: "NewsPage", request: HttpRequest) -> dict[str, Any]:
    parent = page.get_parent().specific
    partner_page = parent if isinstance(parent, PartnerPage) else None
    return {
        "partner_page": partner_page,
        "related": [link.target.specific for link in page.related_links.select_related("target") if link.target.live],
        "more": queries.more_news(page),
        "category_names": [
            (word.slug, names("news_category").get(word.slug, word.name)) for word in page.categories.all()
        ],
    }
