"""What the feed and an item show, gathered from queries."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Locale, Page

from common import dates, locales
from common.page_cache import fresh_until, remember
from common.parameters import parameter
from common.parts import Card, Choice, Crumb, Link
from common.vocabulary import names
from news import queries
from news.cards import more_cards, news_cards
from news.structured_data import article
from partners import opening_hours
from partners import queries as partner_queries
from partners.models import PartnerPage

if TYPE_CHECKING:
    from news.models import NewsIndexPage, NewsPage

FILTERS = ("category", "partner", "district")


def feed_context(page: "NewsIndexPage", request: HttpRequest, *, year: int = 0, month: int = 0) -> dict[str, Any]:
    chosen = queries.FeedFilter(**{name: parameter(request, name) for name in FILTERS}, year=year, month=month)
    at = {name: parameter(request, name, longest=60) for name in ("before", "after")}
    pinned = _pinned(page, request) if chosen == queries.FeedFilter() and not any(at.values()) else []
    items = _unpinned(queries.chosen_items(page.locale, chosen), pinned)
    found = queries.feed_page(items, **at, size=queries.PAGE_SIZE - len(pinned))
    address = page.get_url(request) or ""
    months = [date(year, month, 1)] if year else []
    here = f"{address}{year}/{month}/" if year else address
    narrowed = [label for label in _labels(page, chosen) if label]
    stories = [*news_cards(pinned, request, pinned=True), *news_cards(found.items, request)]
    return {
        "chosen": chosen,
        "narrowed": narrowed,
        "crumbs": [Crumb(page.title, address), Crumb(", ".join([*narrowed, *map(dates.month_and_year, months)]))],
        "ways_out": [Link(gettext("Show all news"), address)] if narrowed or months else [],
        "lead": stories[:1],
        "columns": [column for column in (stories[1:4], stories[4:7]) if column],
        "cards": stories[7:],
        "newer_url": _address(here, chosen, after=found.newer),
        "older_url": _address(here, chosen, before=found.older),
        "canonical": _address(here, chosen, **at) or here,
        "index_url": address,
        "feeds": _feed_links(address, chosen),
        "filters": _filters(page, chosen),
        "archive": _archive(queries.archive_months(page.locale), address),
        "month": months[0] if months else None,
    }


def item_context(page: "NewsPage", request: HttpRequest) -> dict[str, Any]:
    item = getattr(page, "feed_item", None) if page.pk else None
    published = item.published_at if item else page.first_published_at or timezone.now()
    categories = names("news_category")
    return {
        "partner_page": page.partner_page,
        "open_until": _open_until(page.partner_page, request),
        "published": published,
        "updated": _updated(page, published),
        "related": _related(page, request),
        "more": more_cards(page, request),
        "crumbs": item_crumbs(page, request),
        "index_url": index_url(page.locale, request),
        "category_names": [(word.slug, categories.get(word.slug, word.name)) for word in page.categories.all()],
        "tag_links": sorted(tag.name for tag in page.tags.all()),
        "structured": article(page, request, published) if page.pk else None,
    }


def item_crumbs(page: "NewsPage", request: HttpRequest) -> list[Crumb]:
    """News, whose it is, the item: the way a reader came, whatever the tree says."""
    above = [parent for parent in page.above if parent.depth > 2 and parent.live]
    return [*(Crumb(parent.title, parent.get_url(request) or "") for parent in above), Crumb(page.title)]


def _pinned(page: "NewsIndexPage", request: HttpRequest) -> list[Any]:
    items = queries.pinned_items(page.locale)
    for item in items:
        if item.pinned_until:
            fresh_until(request, item.pinned_until)
    return items


def _unpinned(items: Any, pinned: Sequence[Any]) -> Any:
    return items.exclude(pk__in=[item.pk for item in pinned]) if pinned else items


def _labels(page: "NewsIndexPage", chosen: queries.FeedFilter) -> tuple[str, ...]:
    """What the list is narrowed to, in words."""
    return (
        names("news_category").get(chosen.category, chosen.category),
        partner_queries.name_of_slug(page.locale, chosen.partner) or chosen.partner if chosen.partner else "",
        names("district").get(chosen.district, chosen.district),
    )


def _filters(page: "NewsIndexPage", chosen: queries.FeedFilter) -> dict[str, list[Choice]]:
    partners = queries.partners_with_news(page.locale)
    if chosen.partner and chosen.partner not in partners:
        known = partner_queries.name_of_slug(page.locale, chosen.partner)
        partners = {**({chosen.partner: known} if known else {}), **partners}
    return {
        "categories": _choices(names("news_category"), chosen.category),
        "partners": _choices(partners, chosen.partner),
        "districts": _choices(names("district"), chosen.district),
    }


def _choices(words: Any, chosen: str) -> list[Choice]:
    return [Choice(slug, name, slug == chosen) for slug, name in words.items()]


def _address(here: str, chosen: queries.FeedFilter, **at: str) -> str:
    """The same list from another key; nothing where there is no key to go on from."""
    if at and not any(at.values()):
        return ""
    asked = {name: value for name, value in (asdict(chosen) | at).items() if value and name not in {"year", "month"}}
    return f"{here}?{urlencode(asked)}" if asked else here


def _feed_links(address: str, chosen: queries.FeedFilter) -> list[Link]:
    """A feed is narrowed to a partner or to a category; a district has none."""
    narrow = replace(queries.FeedFilter(), partner=chosen.partner, category="" if chosen.partner else chosen.category)
    return [Link("Atom", _address(f"{address}atom/", narrow)), Link("RSS", _address(f"{address}rss/", narrow))]


def _archive(months: Iterable[datetime], address: str) -> list[tuple[int, list[tuple[datetime, str]]]]:
    """Years with their months and addresses, newest first."""
    local = [timezone.localtime(month) for month in months]
    return [
        (year, [(month, f"{address}{month.year}/{month.month}/") for month in group])
        for year, group in groupby(local, key=lambda month: month.year)
    ]


def _open_until(partner_page: PartnerPage | None, request: HttpRequest) -> Any:
    if partner_page is None:
        return None
    now = timezone.localtime()
    fresh_until(request, opening_hours.next_change(partner_page.opening_hours, now))
    return opening_hours.closes_at(partner_page.opening_hours, now)


def _updated(page: "NewsPage", published: Any) -> Any:
    """When it was last changed, if that wasn't on the day it came out."""
    changed = page.last_published_at
    return changed if changed and timezone.localdate(changed) > timezone.localdate(published) else None


def _related(page: "NewsPage", request: HttpRequest) -> list[Card]:
    """What the editor put beside the item, in the reader's language where there is a translation."""
    wanted = [link.target_id for link in page.related_links.all()]
    if not wanted:
        return []
    readable = Page.objects.live().public()
    found = readable.in_bulk(wanted)
    family = [target.translation_key for target in found.values()]
    translated = {
        twin.translation_key: twin for twin in readable.filter(translation_key__in=family, locale=page.locale)
    }
    shown = [translated.get(found[pk].translation_key, found[pk]) for pk in wanted if pk in found]
    return [Card(one.title, one.get_url(request) or "", language=locales.code_of(one.locale_id)) for one in shown]


def index_url(locale: Locale, request: HttpRequest | None) -> str:
    """The city's feed in this language; empty where there is none."""
    from news.models import NewsIndexPage

    def find() -> str:
        index = NewsIndexPage.objects.filter(locale=locale, live=True).first()
        return (index.get_url(request) or "") if index else ""

    return remember(f"news_index:{locale.pk}", ("news", "tree"), find)
