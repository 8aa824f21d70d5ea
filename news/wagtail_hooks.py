"""News in the CMS: the desk of the media team, what partners find on their start page, the categories."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Locale
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from common.models import Audience, District, Topic
from news import queries, rules, views
from news.enums import CityFeed
from news.models import FeedItem, NewsCategory, NewsIndexPage
from partners.models import Partner
from partners.start import Button, Number, Row, RowList

FIRST = 5


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("news.shown", _("Let into the city feed"), _("Let into the city feed"))
    actions.register_action("news.declined", _("Keep out of the city feed"), _("Kept out of the city feed"))
    actions.register_action("news.pin", _("Pin"), _("Changed how long it stays on top"))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("news-desk/", include("news.urls")), path("write-news/", views.write_news, name="write_news")]


class DeskMenuItem(MenuItem):
    """Says how many items wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_run_desk(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        waiting = queries.waiting_for_city().count()
        if waiting:
            component.label = f"{self.label} ({waiting})"
        return component


@hooks.register("register_admin_menu_item")
def register_desk() -> MenuItem:
    return DeskMenuItem(
        _("City feed"), reverse("news_desk:index"), name="city-feed", icon_name="clipboard-list", order=50
    )


@hooks.register("partner_start_buttons")
def offer_writing(request: HttpRequest) -> Iterator[Button]:
    yield Button(_("Write news"), reverse("write_news"), "edit")


@hooks.register("network_start_buttons", order=10)
def offer_desk(request: HttpRequest) -> Iterator[Button]:
    if rules.can_run_desk(request.user):
        index = NewsIndexPage.objects.filter(locale=Locale.get_active()).first()
        if index and index.permissions_for_user(request.user).can_add_subpage():
            yield Button(
                _("Write news"), reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk]), "edit"
            )
        yield Button(_("City feed"), reverse("news_desk:index"), "clipboard-list")


@hooks.register("network_start_lists")
def list_what_waits(request: HttpRequest) -> Iterator[RowList]:
    if rules.can_run_desk(request.user):
        waiting = queries.waiting_on_desk()
        rows = [
            Row(item.page.title, item.page.get_url(request) or "", _partner_name(item), item.published_at)
            for item in waiting[:FIRST]
        ]
        yield RowList(_("News waiting for the city feed"), rows, waiting.count(), reverse("news_desk:index"))


def _partner_name(item: FeedItem) -> str:
    return str(item.partner.pages.all()[0].title) if item.partner else ""


@hooks.register("partner_start_numbers")
def count_news(partner: Partner) -> Iterator[Number]:
    items = FeedItem.objects.filter(partner=partner, live=True, original=True)
    yield Number(_("published news"), items.count())
    yield Number(_("waiting for the city feed"), items.filter(city=CityFeed.PENDING).count())


# --- the city's words ------------------------------------------------------------------------------------------------


class WordViews(SnippetViewSet):
    list_display = ["name", "slug", "sort_order"]
    search_fields = ["name", "slug"]


class CategoryViews(WordViews):
    model = NewsCategory
    icon = "doc-full"


class TopicViews(WordViews):
    model = Topic
    icon = "tag"


class AudienceViews(WordViews):
    model = Audience
    icon = "user"


class DistrictViews(WordViews):
    model = District
    icon = "site"


@register_snippet
class Vocabulary(SnippetViewSetGroup):
    """Shown to those who may change at least one kind of word."""

    items = (CategoryViews, TopicViews, AudienceViews, DistrictViews)
    menu_label = _("Vocabulary")
    menu_name = "vocabulary"
    menu_icon = "list-ul"
    menu_order = 300
