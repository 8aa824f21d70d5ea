"""Reads of the feeds. A reader sees each item once: in the own language, else the original, marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Locale

from news.enums import CityFeed
from news.models import FeedItem, NewsPage
from partners.models import PartnerPage

PAGE_SIZE = 20
KEY_FORMAT = "%Y%m%dT%H%M%S.%f"


@dataclass(frozen=True)
class FeedFilter:
    """What a reader chose; an empty text means no choice."""

    category: str = ""
    partner: str = ""
    district: str = ""
    year: int = 0
    month: int = 0


@dataclass(frozen=True)
class FeedPage:
    items: Sequence[FeedItem]
    older: str
    newer: str


def items_for(locale: Locale) -> QuerySet[FeedItem]:
    """Live items for readers of this language, one per translation."""
    translated = FeedItem.objects.filter(translation_key=OuterRef("translation_key"), locale=locale, live=True)
    return FeedItem.objects.filter(Q(locale=locale) | (Q(original=True) & ~Exists(translated)), live=True)


def city_items(locale: Locale, chosen: FeedFilter | None = None) -> QuerySet[FeedItem]:
    return _narrow(items_for(locale).filter(city=CityFeed.SHOWN), chosen or FeedFilter())


def partner_items(locale: Locale, partner_id: int) -> QuerySet[FeedItem]:
    return items_for(locale).filter(partner_id=partner_id)


def pinned_items(locale: Locale, most: int = 3) -> list[FeedItem]:
    return list(with_pages(city_items(locale).filter(pinned_until__gt=timezone.now()))[:most])


def latest_news(locale: Locale, most: int, partner_id: int | None = None) -> list[FeedItem]:
    """Pinned first, then the newest. On a partner's page the whole of its own news counts."""
    if partner_id is not None:
        return list(with_pages(partner_items(locale, partner_id))[:most])
    pinned = pinned_items(locale, most)
    rest = city_items(locale).exclude(pk__in=[item.pk for item in pinned])
    return [*pinned, *with_pages(rest)[: most - len(pinned)]]


def with_pages(items: QuerySet[FeedItem]) -> QuerySet[FeedItem]:
    return (
        items.order_by("-published_at", "-id")
        .select_related("page__cover", "page__locale", "locale", "partner")
        .prefetch_related("page__cover__renditions")
    )


def more_news(page: NewsPage, most: int = 3) -> list[FeedItem]:
    """To read after this one: newer and older items of the city's feed, without it."""
    others = city_items(page.locale).exclude(translation_key=page.translation_key)
    return list(with_pages(others)[:most])


def feed_page(items: QuerySet[FeedItem], *, before: str = "", after: str = "", size: int = PAGE_SIZE) -> FeedPage:
    """One page by key; `before` and `after` are the keys that an earlier page gave, others count as none."""
    ordered = with_pages(items)
    key = _parse_key(after)
    if key:
        rows = list(reversed(_newer(ordered, key).order_by("published_at", "id")[: size + 1]))
        more_newer, found = len(rows) > size, rows[-size:]
        return FeedPage(found, _key(found[-1]) if found else "", _key(found[0]) if more_newer and found else "")
    key = _parse_key(before)
    rows = list((_older(ordered, key) if key else ordered)[: size + 1])
    found = rows[:size]
    return FeedPage(found, _key(found[-1]) if len(rows) > size else "", _key(found[0]) if key and found else "")


def archive_months(locale: Locale) -> list[datetime]:
    """The months that have items, newest first."""
    return list(city_items(locale).order_by().datetimes("published_at", "month", order="DESC"))


def waiting_for_city() -> QuerySet[FeedItem]:
    """What the media team still has to look at, oldest first."""
    return (
        FeedItem.objects.filter(city=CityFeed.PENDING, live=True, original=True)
        .select_related("page", "partner", "locale")
        .order_by("published_at", "id")
    )


def _narrow(items: QuerySet[FeedItem], chosen: FeedFilter) -> QuerySet[FeedItem]:
    if chosen.category:
        items = items.filter(page__categories__slug=chosen.category)
    if chosen.partner:
        items = items.filter(partner__slug=chosen.partner)
    if chosen.district:
        there = PartnerPage.objects.filter(district__slug=chosen.district, live=True)
        items = items.filter(partner__in=there.values("partner"))
    if chosen.year:
        items = items.filter(published_at__year=chosen.year)
    if chosen.month:
        items = items.filter(published_at__month=chosen.month)
    return items


def _key(item: FeedItem) -> str:
    return f"{item.published_at.astimezone(UTC):{KEY_FORMAT}}-{item.pk}"


def _parse_key(text: str) -> tuple[datetime, int] | None:
    moment, _, pk = text.partition("-")
    try:
        return datetime.strptime(moment, KEY_FORMAT).replace(tzinfo=UTC), int(pk)
    except ValueError:
        return None


def _older(items: QuerySet[FeedItem], key: tuple[datetime, int]) -> QuerySet[FeedItem]:
    return items.filter(Q(published_at__lt=key[0]) | Q(published_at=key[0], pk__lt=key[1]))


def _newer(items: QuerySet[FeedItem], key: tuple[datetime, int]) -> QuerySet[FeedItem]:
    return items.filter(Q(published_at__gt=key[0]) | Q(published_at=key[0], pk__gt=key[1]))
