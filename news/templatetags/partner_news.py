"""{% partner_news page as news %}: what an organisation publishes, for its page, which knows nothing of news."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django import template
from django.template import Context

from common import locales
from common.page_cache import depends_on
from common.parts import Card, Link
from news import queries
from news.cards import news_cards
from news.context import index_url
from partners.models import PartnerPage

register = template.Library()
SHOWN = 3


@dataclass(frozen=True)
class PartnerNews:
    cards: Sequence[Card]
    count: int
    url: str  # all of it; empty where the city has no feed in this language
    feeds: Sequence[Link]


@register.simple_tag(takes_context=True)
def partner_news(context: Context, page: PartnerPage) -> PartnerNews:
    """Gathered once for a page, however often its template asks."""
    if not hasattr(page, "gathered_news"):
        page.gathered_news = _gather(context, page)  # type: ignore[attr-defined]
    return page.gathered_news  # type: ignore[attr-defined]


def _gather(context: Context, page: PartnerPage) -> PartnerNews:
    request = context.get("request")
    if request:
        depends_on(request, "news")
    locale = locales.by_id(page.locale_id)
    cards = [
        replace(card, source="") for card in news_cards(queries.latest_news(locale, SHOWN, page.partner_id), request)
    ]
    feed = index_url(locale, request)
    narrow = urlencode({"partner": page.partner.slug})
    return PartnerNews(
        cards=cards,
        count=queries.count_of_partner(locale, page.partner_id) if cards else 0,
        url=f"{feed}?{narrow}" if feed else "",
        feeds=[Link("Atom", f"{feed}atom/?{narrow}"), Link("RSS", f"{feed}rss/?{narrow}")] if feed else [],
    )
