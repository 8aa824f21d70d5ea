"""Reads of the feeds. A reader sees each item once: in the own language, else the original, marked."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Locale

from common.keyset import KeyPage, page_by_key
from common.page_cache import remember
from news.enums import CityFeed
from news.models import FeedItem
from partners import queries as partner_queries
from partners.models import PartnerPage

PAGE_SIZE = 19  # a leading story, two columns of three, and twelve cards
PARTNERS_TO_CHOOSE = 100


@dataclass(frozen=True)
class FeedFilter:
    """What a reader chose; an empty text means no choice."""

    category: str = ""
    partner: str = ""
    district: str = ""
    year: int = 0
    month: int = 0


def items_for(locale: Locale) -> QuerySet[FeedItem]:
    """Live items for readers of this language, one per translation."""
    translated = FeedItem.objects.filter(translation_key=OuterRef("translation_key"), locale=locale, live=True)
    return FeedItem.objects.filter(Q(locale=locale) | (Q(original=True) & ~Exists(translated)), live=True)


def city_items(locale: Locale) -> QuerySet[FeedItem]:
    return items_for(locale).filter(city=CityFeed.SHOWN)


def chosen_items(locale: Locale, chosen: FeedFilter) -> QuerySet[FeedItem]:
    """Who asks for a partner sees all it publishes, else only what the media team lets into the city's feed."""
    whole = items_for(locale).filter(partner__slug=chosen.partner) if chosen.partner else city_items(locale)
    return _narrow(whole, chosen)


def partner_items(locale: Locale, partner_id: int) -> QuerySet[FeedItem]:
    return items_for(locale).filter(partner_id=partner_id)


def pinned_items(locale: Locale, most: int = 3) -> list[FeedItem]:
    return list(with_pages(city_items(locale).filter(pinned_until__gt=timezone.now()))[:most])


def pins(locale: Locale) -> dict[int, datetime]:
    """What is kept on top just now, and until when."""
    items = city_items(locale).filter(pinned_until__gt=timezone.now()).order_by("pk")
    return {pk: until for pk, until in items.values_list("pk", "pinned_until") if until}


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
        .select_related("page__cover")
        .defer("page__body")
        .prefetch_related("page__cover__renditions")
    )


def feed_page(items: QuerySet[FeedItem], *, before: str = "", after: str = "", size: int = PAGE_SIZE) -> KeyPage:
    """`before` and `after` are the keys that an earlier page gave."""
    return page_by_key(with_pages(items), "published_at", size=size, before=before, after=after)


def archive_months(locale: Locale) -> list[datetime]:
    """The months that have items, newest first."""
    return remember(
        f"months:{locale.pk}",
        ("news",),
        lambda: list(city_items(locale).order_by().datetimes("published_at", "month", order="DESC")),
    )


def partners_with_news(locale: Locale) -> dict[str, str]:
    """Short address and name of those that published last, in the order of the directory."""
    return remember(f"partners_with_news:{locale.pk}", ("news", "partners"), lambda: _partners_with_news(locale))


def count_of_partner(locale: Locale, partner_id: int) -> int:
    return remember(f"news_of:{partner_id}:{locale.pk}", ("news",), lambda: partner_items(locale, partner_id).count())


def waiting_for_city() -> QuerySet[FeedItem]:
    """What the media team still has to look at, oldest first."""
    return (
        FeedItem.objects.filter(city=CityFeed.PENDING, live=True, original=True)
        .select_related("page", "partner", "locale")
        .order_by("published_at", "id")
    )


def waiting_on_desk() -> QuerySet[FeedItem]:
    """As waiting_for_city, with whatever the desk shows beside it."""
    return _for_desk(waiting_for_city())


def pinned_now() -> QuerySet[FeedItem]:
    """In every language once, the first to go first."""
    pinned = FeedItem.objects.filter(pinned_until__gt=timezone.now(), live=True, original=True)
    return _for_desk(pinned).order_by("pinned_until", "id")


def shown_in_city(title: str = "") -> QuerySet[FeedItem]:
    """What could be pinned: newest first, those whose title holds these words."""
    shown = FeedItem.objects.filter(city=CityFeed.SHOWN, live=True, original=True)
    if title:
        shown = shown.filter(page__title__icontains=title)
    return _for_desk(shown).order_by("-published_at", "-id")


def _for_desk(items: QuerySet[FeedItem]) -> QuerySet[FeedItem]:
    return items.select_related("page__owner", "partner", "locale").prefetch_related("partner__pages")


def _partners_with_news(locale: Locale) -> dict[str, str]:
    by_partner = items_for(locale).order_by().filter(partner__archived_at=None).values_list("partner")
    latest = by_partner.annotate(last=Max("published_at")).order_by("-last", "partner")[:PARTNERS_TO_CHOOSE]
    return partner_queries.names_by_slug(locale, [partner for partner, _last in latest if partner])


def _narrow(items: QuerySet[FeedItem], chosen: FeedFilter) -> QuerySet[FeedItem]:
    if chosen.category:
        items = items.filter(page__categories__slug=chosen.category)
    if chosen.district:
        there = PartnerPage.objects.filter(district__slug=chosen.district, live=True)
        items = items.filter(partner__in=there.values("partner"))
    if chosen.year:
        items = items.filter(published_at__year=chosen.year)
    if chosen.month:
        items = items.filter(published_at__month=chosen.month)
    return items
