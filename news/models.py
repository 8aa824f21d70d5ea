"""News of the network: written by the media team under the index, by partners under their own page."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from common.blocks import BodyBlocks
from common.city_pages import CityPageMixin, page_tag
from common.models import Picture, Word
from news.enums import CityFeed
from news.feed_routes import FeedRoutes
from news.forms import NewsPageForm
from partners.models import Partner, PartnerPage, partner_tag


class NewsCategory(Word):
    class Meta(Word.Meta):
        verbose_name = _("news category")
        verbose_name_plural = _("news categories")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="news_category_slug_per_locale")]


class NewsTag(TaggedItemBase):
    content_object = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")


class NewsIndexPage(CityPageMixin, FeedRoutes, RoutablePageMixin, Page):
    """The city's feed, its archive by month, and the same as Atom and RSS."""

    lead = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1
    shows = ("news", "partners")
    template = "news/index.html"

    class Meta:
        verbose_name = _("news feed")
        verbose_name_plural = _("news feeds")


class NewsPage(CityPageMixin, Page):
    lead = models.TextField(_("lead"), max_length=400, help_text=_("Two sentences that say what happened."))
    cover = models.ForeignKey(
        Picture, verbose_name=_("cover picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cover_alt = models.CharField(
        _("what the picture shows"), max_length=200, blank=True, help_text=_("For people who do not see it.")
    )
    body = StreamField(BodyBlocks(), verbose_name=_("text"), blank=True)
    categories = ParentalManyToManyField(NewsCategory, verbose_name=_("categories"), blank=True)
    tags = ClusterTaggableManager(through=NewsTag, blank=True, verbose_name=_("tags"))
    author_line = models.CharField(_("author"), max_length=120, blank=True)
    source_name = models.CharField(_("name of the source"), max_length=120, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)

    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("categories", overridable=False),
        SynchronizedField("source_url", overridable=False),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("cover"), FieldPanel("cover_alt")]),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("categories"), FieldPanel("tags")], heading=_("Where it belongs")),
        MultiFieldPanel(
            [FieldPanel("author_line"), FieldPanel("source_name"), FieldPanel("source_url")],
            heading=_("Author and source"),
        ),
        InlinePanel("related_links", heading=_("Read also"), label=_("page"), max_num=5),
    ]

    base_form_class = NewsPageForm
    parent_page_types = ["news.NewsIndexPage", "partners.PartnerPage"]
    subpage_types: list[str] = []
    template = "news/item.html"
    kind_of_thing = "news"
    shown_with = ("cover",)

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    @cached_property
    def partner_page(self) -> PartnerPage | None:
        """The page of the partner whose news this is; None for the media team's, and while that page is offline."""
        parent = self.above[-1] if self.above else None
        return parent.specific if parent and parent.live and parent.specific_class is PartnerPage else None

    def cache_tags(self) -> tuple[str, ...]:
        """Other news stands beside it, so all of it counts; so does whatever the editor links to."""
        targets = self.related_links.values_list("target_id", "target__translation_key")
        linked = (tag for pk, key in targets for tag in (page_tag(pk), f"translation:{key}"))
        partner = (partner_tag(self.partner_page.partner_id),) if self.partner_page else ()
        return (*super().cache_tags(), "news", "partners", *partner, *linked)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from news.context import item_context

        return super().get_context(request, *args, **kwargs) | item_context(self, request)

    @property
    def share_picture(self) -> Picture | None:
        return self.cover


class RelatedLink(Orderable):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_links")
    target = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("target")]

    def __str__(self) -> str:
        return str(self.target)


class FeedItem(models.Model):
    """A published news page as the feeds list it.

    Kept apart from the page, because a page's columns come back from an old revision when it is published again, and
    what the media team decided must not.
    """

    page = models.OneToOneField(NewsPage, on_delete=models.CASCADE, related_name="feed_item")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    translation_key = models.UUIDField()
    partner = models.ForeignKey(Partner, null=True, on_delete=models.CASCADE, related_name="+")
    live = models.BooleanField(default=True)
    original = models.BooleanField(default=True, help_text="Shown to readers whose language the item lacks.")
    published_at = models.DateTimeField()
    city = models.CharField(max_length=8, choices=CityFeed.choices, default=CityFeed.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    pinned_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        permissions = [("run_desk", _("Approve news for the city feed, pin them"))]
        constraints = [models.UniqueConstraint(fields=["translation_key", "locale"], name="feed_item_per_locale")]
        indexes = [
            models.Index(fields=["live", "city", "-published_at", "-id"], name="feed_city"),
            models.Index(fields=["partner", "live", "-published_at", "-id"], name="feed_partner"),
            models.Index(fields=["pinned_until"], name="feed_pinned"),
        ]

    def __str__(self) -> str:
        return str(self.page)

    @property
    def pinned(self) -> bool:
        return self.pinned_until is not None and self.pinned_until > timezone.now()


def feed_tags(partner_id: int | None) -> tuple[str, ...]:
    return ("news", partner_tag(partner_id)) if partner_id else ("news",)
