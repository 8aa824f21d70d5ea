"""Atom and RSS with full text and pictures: all, by category, by partner."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _

from common import city, locales
from common.feeds import AtomWithText, CleanText, without_control_characters
from common.parameters import parameter
from common.renditions import rendition_or_none
from common.vocabulary import names
from news import queries
from news.feed_text import plain_html
from news.models import FeedItem, NewsIndexPage
from partners import queries as partner_queries

LENGTH = 30
PICTURE = "max-1200x1200|format-jpeg"


class FullTextRss(CleanText, Rss201rev2Feed):
    """RSS with the whole text in content:encoded, the short one in description."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        # RSS wants a mail address for its author; Dublin Core takes a name.
        super().add_item_elements(handler, item | {"author_name": None})
        handler.addQuickElement("dc:creator", item["author_name"])
        handler.addQuickElement("dc:language", item["language"])
        handler.addQuickElement("content:encoded", item["content"])


class RssFeed(Feed):
    feed_type = FullTextRss
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, *, page: NewsIndexPage) -> "NewsChannel":
        return NewsChannel(page, request)

    def title(self, channel: "NewsChannel") -> str:
        return without_control_characters(channel.title)

    def link(self, channel: "NewsChannel") -> str:
        return channel.absolute(channel.page.get_url(channel.request) or "/")

    def feed_url(self, channel: "NewsChannel") -> str:
        return channel.request.build_absolute_uri()

    def author_name(self, channel: "NewsChannel") -> str:
        return city.name()

    def description(self, channel: "NewsChannel") -> str:
        return without_control_characters(channel.page.lead or channel.title)

    def items(self, channel: "NewsChannel") -> list["ChannelItem"]:
        return channel.items()

    def item_title(self, item: "ChannelItem") -> str:
        return item.page.title

    def item_description(self, item: "ChannelItem") -> str:
        return item.page.lead

    def item_link(self, item: "ChannelItem") -> str:
        return item.url

    def item_guid(self, item: "ChannelItem") -> str:
        """The same for every language, so that a reader of two feeds sees an original and its translation once."""
        return f"urn:uuid:{item.listed.translation_key}"

    def item_pubdate(self, item: "ChannelItem") -> datetime:
        return item.listed.published_at

    def item_updateddate(self, item: "ChannelItem") -> datetime:
        return max(item.listed.published_at, item.page.last_published_at or item.listed.published_at)

    def item_author_name(self, item: "ChannelItem") -> str:
        return item.page.author_line or item.partner or city.name()

    def item_categories(self, item: "ChannelItem") -> list[str]:
        known = names("news_category")
        return [known.get(word.slug, word.name) for word in item.page.categories.all()]

    def item_enclosures(self, item: "ChannelItem") -> list[Enclosure]:
        if item.picture is None:
            return []
        return [Enclosure(item.absolute(item.picture.url), str(item.picture.file.size), "image/jpeg")]

    def item_extra_kwargs(self, item: "ChannelItem") -> dict[str, Any]:
        return {"content": item.full_text, "language": locales.code_of(item.listed.locale_id)}


class AtomFeed(RssFeed):
    feed_type = AtomWithText  # type: ignore[assignment]

    def subtitle(self, channel: "NewsChannel") -> str:
        return self.description(channel)


class NewsChannel:
    """One feed of an index: its language, and what it is narrowed to. Nobody's and nothing's feed is not found."""

    def __init__(self, page: NewsIndexPage, request: HttpRequest) -> None:
        self.page, self.request = page, request
        self.absolute = request.build_absolute_uri
        self.chosen = queries.FeedFilter(category=parameter(request, "category"), partner=parameter(request, "partner"))
        self.title = self._title()

    def items(self) -> list["ChannelItem"]:
        rows = queries.with_pages(queries.chosen_items(self.page.locale, self.chosen))
        found = list(rows.defer(None).prefetch_related("page__categories")[:LENGTH])
        partners = partner_queries.names_of({row.partner_id for row in found if row.partner_id}, self.page.locale)
        return [ChannelItem(row, partners.get(row.partner_id or 0, ""), self) for row in found]

    def _title(self) -> str:
        narrowed = [word for word in (self._category(), self._partner()) if word]
        if not narrowed:
            return self.page.title
        return _("%(title)s: %(narrowed)s") % {"title": self.page.title, "narrowed": ", ".join(narrowed)}

    def _category(self) -> str:
        return _known(self.chosen.category, names("news_category").get(self.chosen.category, ""))

    def _partner(self) -> str:
        if not self.chosen.partner:
            return ""
        return _known(self.chosen.partner, partner_queries.name_of_slug(self.page.locale, self.chosen.partner))


class ChannelItem:
    def __init__(self, listed: FeedItem, partner: str, channel: NewsChannel) -> None:
        self.listed, self.page, self.partner = listed, listed.page, partner
        self.absolute = channel.absolute
        self.url = self.absolute(self.page.get_url(channel.request) or "/")
        self.picture = rendition_or_none(self.page.cover, PICTURE)

    @property
    def full_text(self) -> str:
        return plain_html(self._cover() + self.page.body.render_as_block(), self.absolute)

    def _cover(self) -> str:
        if self.picture is None:
            return ""
        return format_html('<p><img src="{}" alt="{}"></p>', self.picture.url, self.page.cover_alt)


def _known(asked: str, name: str) -> str:
    if asked and not name:
        raise Http404
    return name
