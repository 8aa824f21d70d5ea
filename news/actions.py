"""Writes about the feeds. A page's own content is Wagtail's business; here is only where it is listed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from common.city_pages import is_public
from common.page_cache import drop
from news.enums import CityFeed
from news.models import FeedItem, NewsPage, feed_tags
from partners.enums import Trust
from partners.models import Partner, PartnerPage


@transaction.atomic
def list_in_feeds(page: NewsPage) -> None:
    """After publishing or moving: the row by which the feeds find the page. Safe to repeat."""
    if page.alias_of_id or not is_public(page):
        take_out_of_feeds(page)
        return
    partner = _partner_above(page)
    item = FeedItem.objects.select_for_update().filter(page=page).first() or _first_listing(page, partner)
    drop(*feed_tags(item.partner_id))
    item.locale_id, item.translation_key = page.locale_id, page.translation_key
    item.partner, item.live = partner, True
    item.original = False
    item.save()
    _mark_original(page)
    drop(*feed_tags(item.partner_id))


@transaction.atomic
def take_out_of_feeds(page: NewsPage) -> None:
    item = FeedItem.objects.filter(page=page).first()
    if item is None:
        return
    FeedItem.objects.filter(pk=item.pk).update(live=False)
    _mark_original(page)
    drop(*feed_tags(item.partner_id))


@transaction.atomic
def approve_for_city(item: FeedItem, *, by: User) -> None:
    """The item, in all its languages, enters the city's feed."""
    _decide(item, CityFeed.SHOWN, by=by, reason="")


@transaction.atomic
def decline_for_city(item: FeedItem, *, by: User, reason: str) -> None:
    """The item stays on its partner's page only."""
    _decide(item, CityFeed.DECLINED, by=by, reason=reason)


@transaction.atomic
def pin(item: FeedItem, *, until: datetime | None, by: User) -> None:
    """Keep the item on top of the city's feed until a moment; None lets it go."""
    family = FeedItem.objects.select_for_update().filter(translation_key=item.translation_key)
    family.update(pinned_until=until)
    log(instance=item.page, action="news.pin", user=by, data={"until": until.isoformat() if until else ""})
    drop(*feed_tags(item.partner_id))


def _decide(item: FeedItem, city: CityFeed, *, by: User, reason: str) -> None:
    family = FeedItem.objects.select_for_update().filter(translation_key=item.translation_key)
    family.update(city=city, decided_by=by, decided_at=timezone.now(), reason=reason)
    log(instance=item.page, action=f"news.{city.value}", user=by, data={"reason": reason})
    drop(*feed_tags(item.partner_id))


def _first_listing(page: NewsPage, partner: Partner | None) -> FeedItem:
    """A translation stands where and when its original stands; a new item where its partner's trust puts it."""
    published = page.first_published_at or timezone.now()
    sibling = FeedItem.objects.filter(translation_key=page.translation_key).order_by("page_id").first()
    if sibling:
        return FeedItem(
            page=page, published_at=sibling.published_at, city=sibling.city, pinned_until=sibling.pinned_until
        )
    at_once = partner is None or partner.trust == Trust.TRUSTED
    return FeedItem(page=page, published_at=published, city=CityFeed.SHOWN if at_once else CityFeed.PENDING)


def _partner_above(page: NewsPage) -> Partner | None:
    above = PartnerPage.objects.ancestor_of(page).select_related("partner").first()
    return above.partner if above else None


def _mark_original(page: NewsPage) -> None:
    items = FeedItem.objects.filter(translation_key=page.translation_key)
    first = items.filter(live=True).order_by("page_id").values_list("pk", flat=True).first() or 0
    items.exclude(pk=first).filter(original=True).update(original=False)
    items.filter(pk=first, original=False).update(original=True)
