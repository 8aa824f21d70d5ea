"""Atom and RSS with full text and pictures: all, by category, by partner."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.translation import gettext as _

from common.vocabulary import names
from news import queries
from news.models import FeedItem, NewsIndexPage

LENGTH = 30


class FullTextRss(Rss201rev2Feed):
    """RSS with the whole text in content:encoded, the short one in description."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class FullTextAtom(Atom1Feed):
    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class RssFeed(Feed):
    feed_type = FullTextRss

    def get_object(self, request: HttpRequest, *, page: NewsIndexPage) -> "NewsChannel":
        return NewsChannel(page, request)

    def title(self, channel: "NewsChannel") -> str:
        return channel.title

    def link(self, channel: "NewsChannel") -> str:
        return channel.page.full_url

    def feed_url(self, channel: "NewsChannel") -> str:
        return channel.url

    def description(self, channel: "NewsChannel") -> str:
        return channel.page.lead or channel.title

    def items(self, channel: "NewsChannel") -> list[FeedItem]:
        return channel.items()

    def item_title(self, item: FeedItem) -> str:
        return item.page.title

    def item_description(self, item: FeedItem) -> str:
        return item.page.lead

    def item_link(self, item: FeedItem) -> str:
        return item.page.full_url

    def item_guid(self, item: FeedItem) -> str:
        return f"urn:uuid:{item.translation_key}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: FeedItem) -> datetime:
        return item.published_at

    def item_updateddate(self, item: FeedItem) -> datetime:
        return max(item.published_at, item.page.last_published_at or item.published_at)

    def item_author_name(self, item: FeedItem) -> str:
        return item.page.author_line

    def item_categories(self, item: FeedItem) -> list[str]:
        known = names("news_category")
        return [known.get(word.slug, word.name) for word in item.page.categories.all()]

    def item_enclosures(self, item: FeedItem) -> list[Enclosure]:
        if not item.page.cover:
            return []
        picture = item.page.cover.get_rendition("width-1200|format-jpeg")
        return [Enclosure(absolute(picture.url), str(picture.file.size), "image/jpeg")]

    def item_extra_kwargs(self, item: FeedItem) -> dict[str, Any]:
        return {"content": full_text(item)}


class AtomFeed(RssFeed):
    feed_type = FullTextAtom

    def subtitle(self, channel: "NewsChannel") -> str:
        return self.description(channel)


class NewsChannel:
    """One feed of an index: its language, and what it is narrowed to."""

    def __init__(self, page: NewsIndexPage, request: HttpRequest) -> None:
        self.page = page
        self.category = request.GET.get("category", "")[:80]
        self.partner = request.GET.get("partner", "")[:80]
        self.url = absolute(request.get_full_path())

    @property
    def title(self) -> str:
        if self.category:
            return f"{self.page.title}: {names('news_category').get(self.category, self.category)}"
        if self.partner:
            return _("%(title)s: %(partner)s") % {"title": self.page.title, "partner": self._partner_name()}
        return self.page.title

    def items(self) -> list[FeedItem]:
        """A partner's feed has all it publishes, the city's only what the media team lets in."""
        if self.partner:
            rows = queries.items_for(self.page.locale).filter(partner__slug=self.partner)
        else:
            rows = queries.city_items(self.page.locale, queries.FeedFilter(category=self.category))
        return list(queries.with_pages(rows).prefetch_related("page__categories")[:LENGTH])

    def _partner_name(self) -> str:
        from partners.queries import names_by_slug

        return names_by_slug(self.page.locale).get(self.partner, self.partner)


def full_text(item: FeedItem) -> str:
    """The body as HTML for readers that know nothing of our style sheet, with whole addresses."""
    body = item.page.body.render_as_block()
    return str(body).replace('href="/', f'href="{settings.BASE_URL}/').replace('src="/', f'src="{settings.BASE_URL}/')


def absolute(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else f"{settings.BASE_URL}{url}"
