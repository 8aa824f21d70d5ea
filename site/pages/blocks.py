"""Sections of the home page. They gather their own contents, so an editor only puts them in order."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Locale

from common.blocks import BodyBlocks
from partners.enums import Weekday


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=60, label=pgettext_lazy("link", "Words"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    address = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Or an address"),
        help_text=_("Of this site, without the language: /search/?q=…"),
    )

    class Meta:
        icon = "link"
        label = _("Link")


class HeroBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Question"))
    placeholder = blocks.CharBlock(max_length=60, required=False, label=_("Example in the search field"))
    links = blocks.ListBlock(LinkBlock(), max_num=6, label=_("Quick links"))
    note = blocks.TextBlock(max_length=300, required=False, label=_("Note"))

    class Meta:
        icon = "search"
        label = _("First screen with search")
        template = "blocks/home/hero.html"


class SlotBlock(blocks.StructBlock):
    """Something that takes place every week."""

    weekday = blocks.ChoiceBlock(choices=Weekday.choices, label=_("Day of the week"))
    time = blocks.TimeBlock(label=_("Time"))
    title = blocks.CharBlock(max_length=120, label=_("What"))
    place = blocks.CharBlock(max_length=120, label=_("Where"))
    price = blocks.CharBlock(max_length=40, required=False, label=_("Price"), help_text=_("Empty: free."))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))

    class Meta:
        icon = "date"
        label = _("Weekly meeting")


class WhatsOnBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Title"))
    slots = blocks.ListBlock(SlotBlock(), label=_("Every week"))

    class Meta:
        icon = "date"
        label = _("What's on")
        template = "blocks/home/whats_on.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        today = timezone.localdate()
        names = list(Weekday)
        by_day = {
            day.value: sorted((s for s in value["slots"] if s["weekday"] == day), key=lambda s: s["time"])
            for day in names
        }
        week = [
            {"day": day, "slots": by_day[day.value], "today": index == today.weekday()}
            for index, day in enumerate(names)
        ]
        return super().get_context(value, parent_context) | {
            "today": today,
            "tonight": by_day[names[today.weekday()].value],
            "week": week,
        }


class NewsBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Title"))

    class Meta:
        icon = "doc-full"
        label = _("Latest news")
        template = "blocks/home/news.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from news.queries import latest_news

        return super().get_context(value, parent_context) | {"items": latest_news(_locale(), 7)}


class PartnersBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Title"))
    text = blocks.TextBlock(max_length=300, required=False, label=_("Text"))

    class Meta:
        icon = "group"
        label = _("Partners")
        template = "blocks/home/partners.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from partners.queries import count_listed, some_partners

        locale = _locale()
        return super().get_context(value, parent_context) | {
            "entries": some_partners(locale, 12),
            "total": count_listed(locale),
        }


class CallToActionBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=60, required=False, label=_("Line above"))
    title = blocks.CharBlock(max_length=100, label=_("Title"))
    text = blocks.TextBlock(max_length=400, label=_("Text"))
    links = blocks.ListBlock(LinkBlock(), min_num=1, max_num=2, label=_("Buttons"))
    picture = ImageChooserBlock(required=False, label=_("Picture"))

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "blocks/home/call_to_action.html"


class FigureBlock(blocks.StructBlock):
    number = blocks.CharBlock(max_length=20, label=_("Figure"))
    label = blocks.CharBlock(max_length=80, label=_("Of what"))
    source = blocks.CharBlock(max_length=160, label=_("Source and date"), help_text=_("No number without a source."))

    class Meta:
        icon = "order"
        label = _("Figure")


class FiguresBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Title"))
    figures = blocks.ListBlock(FigureBlock(), min_num=1, max_num=6, label=_("Figures"))
    link = LinkBlock(required=False, label=_("Where they come from"))

    class Meta:
        icon = "table"
        label = _("Figures")
        template = "blocks/home/figures.html"


class HomeBlocks(blocks.StreamBlock):
    hero = HeroBlock(group=_("Home page"))
    whats_on = WhatsOnBlock(group=_("Home page"))
    news = NewsBlock(group=_("Home page"))
    partners = PartnersBlock(group=_("Home page"))
    call_to_action = CallToActionBlock(group=_("Home page"))
    figures = FiguresBlock(group=_("Home page"))
    body = BodyBlocks(group=_("Home page"), label=_("Text and pictures"), template="blocks/home/body.html")

    class Meta:
        block_counts = {"hero": {"max_num": 1}, "whats_on": {"max_num": 1}}


def _locale() -> Locale:
    """The language the page is being shown in; unknown ones read as the default."""
    found = Locale.objects.filter(language_code=get_language()).first()
    return found or Locale.get_default()
