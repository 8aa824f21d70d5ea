"""Editorial pages: the front page and pages of text."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from common.blocks import BodyBlocks
from common.city_pages import CityPageMixin, children_tag
from common.models import Picture
from common.parts import Link
from common.renditions import TAG as RENDITIONS
from pages.blocks import HomeBlocks
from pages.links import linked_pages


class HomePage(CityPageMixin, Page):
    body = StreamField(HomeBlocks(), verbose_name=_("sections"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.StandardPage", "news.NewsIndexPage", "partners.PartnerIndexPage"]
    shows = ("news", "partners")
    template = "pages/home.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def locale_links(self) -> list[str]:
        """Tags of the pages that its sections link to: a translation of one changes the link."""
        chosen = linked_pages(list(self.body.raw_data))
        keys = Page.objects.filter(pk__in=chosen).values_list("translation_key", flat=True) if chosen else ()
        return [f"translation:{key}" for key in keys]

    def cache_tags(self) -> tuple[str, ...]:
        return (*super().cache_tags(), *self.locale_links, RENDITIONS)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from pages.home import home_context

        return super().get_context(request, *args, **kwargs) | home_context(self, request)


class StandardPage(CityPageMixin, Page):
    lead = models.TextField(_("lead"), max_length=400, blank=True)
    picture = models.ForeignKey(
        Picture, verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField(BodyBlocks(), verbose_name=_("text"), blank=True)

    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body")]

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    template = "pages/standard.html"
    shown_with = ("picture",)

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")

    def cache_tags(self) -> tuple[str, ...]:
        return (*super().cache_tags(), children_tag(self.pk))

    @property
    def share_picture(self) -> Picture | None:
        return self.picture

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        below = self.get_children().live().public().in_menu() if self.pk else []
        return super().get_context(request, *args, **kwargs) | {
            "below": [Link(page.title, page.get_url(request) or "") for page in below]
        }
