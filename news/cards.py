"""News as the lists draw them (templates/components/story.html, card_news.html)."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest

from common import locales
from common.parts import Card
from news.models import FeedItem
from partners import queries as partner_queries


def news_cards(items: Iterable[FeedItem], request: HttpRequest | None, *, pinned: bool = False) -> list[Card]:
    """`pinned` marks those that are kept on top; in an archive or under a partner that would say nothing."""
    shown = list(items)
    partners = partner_queries.names_of({item.partner_id for item in shown if item.partner_id}, locales.current())
    return [_card(item, partners, request, pinned=pinned and item.pinned) for item in shown]


def _card(item: FeedItem, partners: Mapping[int, str], request: HttpRequest | None, *, pinned: bool) -> Card:
    return Card(
        kind="news",
        title=item.page.title,
        url=item.page.get_url(request) or "",
        image=item.page.cover,
        summary=item.page.lead,
        published=item.published_at,
        source=partners.get(item.partner_id or 0, ""),
        language=locales.code_of(item.locale_id),
        pinned=pinned,
    )
