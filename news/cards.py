"""News as the lists draw them (templates/components/story.html, card_news.html)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest
from wagtail.models import Locale

from common import locales
from common.page_cache import remember
from common.parts import Card
from news import queries
from news.models import FeedItem, NewsPage
from partners import queries as partner_queries


def news_cards(items: Iterable[FeedItem], request: HttpRequest | None, *, pinned: bool = False) -> list[Card]:
    """`pinned` marks those that are kept on top; in an archive or under a partner that would say nothing."""
    shown = list(items)
    partners = partner_queries.names_of({item.partner_id for item in shown if item.partner_id}, locales.current())
    return [_card(item, partners, request, pinned=pinned and item.pinned) for item in shown]


def more_cards(page: NewsPage, request: HttpRequest, most: int = 3) -> list[Card]:
    """To read after this one: the newest of the city's feed, without it. Gathered once for all items of a language."""
    locale = page.locale
    tags = ("news", "partners", "tree", "vocabulary")
    latest = remember(f"latest:{locale.pk}:{request.get_host()}", tags, lambda: _latest(locale, request, most + 1))
    return [card for key, card in latest if key != page.translation_key][:most]


def _latest(locale: Locale, request: HttpRequest, most: int) -> list[tuple[UUID, Card]]:
    items = list(queries.with_pages(queries.city_items(locale))[:most])
    cards = [replace(card, image=None) for card in news_cards(items, request)]
    return [(item.translation_key, card) for item, card in zip(items, cards, strict=True)]


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
