"""News: published through revisions, oldest first, so that feeds, index and history are written as by editors."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from wagtail.models import Locale, Page, Revision

from accounts.models import User
from common.models import Picture
from news.actions import approve_for_city, decline_for_city, pin
from news.enums import CityFeed
from news.models import FeedItem, NewsIndexPage, NewsPage, RelatedLink
from pages.demo import dates, pictures, vocabulary
from pages.demo.paintings import Studio
from pages.demo.publishing import publish, publish_translation
from pages.demo.reading import LANGUAGES, content
from pages.demo.streams import blocks, no_pages
from partners.models import PartnerPage

DECLINED = "Скидки и цены показываем на вашей странице, в ленту города берём то, чему учат."


def load(*, desk: User, studio: Studio) -> None:
    """`desk` is the media team's editor, who decides what enters the city's feed."""
    now = timezone.localtime()
    categories = vocabulary.words("category")
    written = set(NewsPage.objects.filter(locale=Locale.get_default()).values_list("slug", flat=True))
    for entry in sorted(content("news")["news"], key=lambda entry: dates.moment_of(entry, now)):
        if entry["slug"] not in written:
            _load_item(entry, dates.moment_of(entry, now), categories, desk=desk, studio=studio)
    for entry in content("news")["draft"]:
        if entry["slug"] not in written:
            _load_draft(entry, now, categories)


def _load_item(
    entry: dict[str, Any], moment: datetime, categories: dict[str, Any], *, desk: User, studio: Studio
) -> None:
    page, parent = _page(entry, moment, "ru"), _parent(entry)
    page.first_published_at = moment
    page.categories = [categories[slug] for slug in entry["categories"]]
    page.tags.add(*entry["tags"])
    page.cover = _cover(entry, parent, studio)
    related = NewsPage.objects.filter(locale=parent.locale, slug__in=entry.get("related", []))
    page.related_links = [RelatedLink(target=target) for target in related]
    publish(page, below=parent, by=desk)
    for language in LANGUAGES[1:]:
        if language in entry:
            copy = _page(entry, moment, language)
            copy.first_published_at, copy.cover = moment, page.cover
            copy.categories = [categories[slug] for slug in entry["categories"]]
            publish_translation(copy, page, language, by=desk)
    _place_in_feed(page, entry, desk=desk)
    _date_back(page)


def _load_draft(entry: dict[str, Any], now: datetime, categories: dict[str, Any]) -> None:
    page = _page(entry, now, "ru")
    page.live, page.owner = False, User.objects.get(email=entry["by"])
    page.categories = [categories[slug] for slug in entry["categories"]]
    page.tags.add(*entry["tags"])
    _parent(entry).add_child(instance=page)
    page.save_revision(user=page.owner)
    if entry.get("submitted"):
        page.get_workflow().start(page, page.owner)


def _page(entry: dict[str, Any], moment: datetime, language: str) -> NewsPage:
    text = {key: dates.fill(value, moment.date(), language) for key, value in entry[language].items()}
    source = entry.get("source", {"title": "", "url": ""})
    return NewsPage(
        title=text["title"],
        slug=entry["slug"],
        lead=text["lead"],
        body=blocks(text["body"], no_pages),
        cover_alt=pictures.alt(entry["picture"], language) if "picture" in entry else "",
        author_line=entry["author"],
        source_name=source["title"],
        source_url=source["url"],
        locale=Locale.objects.get(language_code=language),
    )


def _parent(entry: dict[str, Any]) -> Page:
    if "partner" in entry:
        return PartnerPage.objects.get(slug=entry["partner"], locale=Locale.get_default())
    return NewsIndexPage.objects.get(locale=Locale.get_default())


def _cover(entry: dict[str, Any], parent: Page, studio: Studio) -> Picture | None:
    if "picture" not in entry:
        return None
    collection = parent.partner.collection if isinstance(parent, PartnerPage) else None
    return studio.picture(entry["picture"], entry["slug"], collection)


def _place_in_feed(page: NewsPage, entry: dict[str, Any], *, desk: User) -> None:
    item = FeedItem.objects.get(page=page)
    wanted = entry.get("city", "city")
    if wanted == "declined":
        decline_for_city(item, by=desk, reason=DECLINED)
    elif wanted == "city" and item.city != CityFeed.SHOWN:
        approve_for_city(item, by=desk)
    if "pinned_days" in entry:
        pin(item, until=timezone.now() + timedelta(days=entry["pinned_days"]), by=desk)


def _date_back(page: NewsPage) -> None:
    """The history says when the item came out, not when the demo was loaded."""
    family = Page.objects.filter(translation_key=page.translation_key)
    family.update(last_published_at=F("first_published_at"), latest_revision_created_at=F("first_published_at"))
    published = Page.objects.filter(latest_revision=OuterRef("pk")).values("first_published_at")
    Revision.objects.filter(pk__in=family.values("latest_revision")).update(created_at=Subquery(published))
