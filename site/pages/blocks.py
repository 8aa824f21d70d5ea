"""Sections of the home page. They gather their own contents, so an editor only puts them in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from common import locales
from common.blocks import BodyBlocks
from news.cards import news_cards
from news.models import NewsIndexPage
from news.queries import latest_news
from pages.links import local_address, readable
from partners.cards import partner_cards
from partners.enums import Weekday
from partners.models import PartnerIndexPage
from partners.queries import count_listed, some_partners

SLOTS_IN_HERO = 4
NEWS_SHOWN = 7  # one leads, two columns of three
PARTNERS_NAMED, PARTNERS_PICTURED = 12, 8


class LinkValue(blocks.StructValue):
    @cached_property
    def target(self) -> Page | None:
        page = self.get("page")
        return readable(page, get_language() or "") if page else None

    @property
    def url(self) -> str:
        """Empty where the page isn't to be read: the template then shows no link."""
        if self.get("page"):
            return (self.target.get_url() or "") if self.target else ""
        return local_address(self.get("address") or "")

    @property
    def language(self) -> str:
        return locales.code_of(self.target.locale_id) if self.target else ""


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=60, label=pgettext_lazy("link", "Words"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    address = blocks.CharBlock(
        required=False,
        default="",
        max_length=200,
        label=_("Or an address"),
        help_text=_("Of this site, without the language: /search/?q=…"),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue


class HeroBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Question"))
    placeholder = blocks.CharBlock(max_length=60, required=False, default="", label=_("Example in the search field"))
    links = blocks.ListBlock(LinkBlock(), max_num=6, label=_("Quick links"))
    note = blocks.TextBlock(max_length=300, required=False, default="", label=_("Note"))

    class Meta:
        icon = "search"
        label = _("First screen with search")
        template = "blocks/home/hero.html"
        description = _("The city's question with the search field. What's on today stands beside it.")
        preview_value = {
            "title": "Чему хотите научиться?",
            "placeholder": "Английский, шитьё…",
            "links": [{"label": "С детьми", "address": "/search/?q=дети"}, {"label": "Рядом", "address": "/search/"}],
            "note": "Библиотеки, вузы, мастерские и клубы города — в одном поиске.",
        }


class SlotBlock(blocks.StructBlock):
    """Something that takes place every week."""

    weekday = blocks.ChoiceBlock(choices=Weekday.choices, label=_("Day of the week"))
    time = blocks.TimeBlock(label=_("Time"))
    title = blocks.CharBlock(max_length=120, label=_("What"))
    place = blocks.CharBlock(max_length=120, label=_("Where"))
    price = blocks.CharBlock(max_length=40, required=False, default="", label=_("Price"), help_text=_("Empty: free."))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))

    class Meta:
        icon = "date"
        label = _("Weekly meeting")
        value_class = LinkValue


@dataclass(frozen=True)
class Day:
    date: date
    anchor: str
    slots: Sequence[Any]
    today: bool


class WhatsOnBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Title"))
    slots = blocks.ListBlock(SlotBlock(), label=_("Every week"))

    class Meta:
        icon = "date"
        label = _("What's on")
        template = "blocks/home/whats_on.html"
        description = _("What takes place every week: the next seven days, and today's in the first screen.")
        preview_value = {
            "title": "На этой неделе",
            "slots": [
                {"weekday": day, "time": time, "title": title, "place": place, "price": price}
                for day, time, title, place, price in (
                    ("mon", "18:00", "Английский: просто говорим", "Дом соседей", ""),
                    ("wed", "18:30", "Ремонт велосипеда: колесо", "Мастерская «Верстак»", "300 ₽"),
                    ("sat", "11:00", "Прогулка с натуралистом", "Кайская роща", ""),
                )
            ],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"week": week_from(timezone.localdate(), value["slots"])}


def week_from(today: date, slots: Sequence[Any]) -> list[Day]:
    """Seven days beginning with today: what repeats every week has no yesterday worth showing."""
    days = [today + timedelta(days=ahead) for ahead in range(7)]
    codes = Weekday.values
    return [
        Day(
            date=day,
            anchor=f"day-{codes[day.weekday()]}",
            slots=sorted((s for s in slots if s["weekday"] == codes[day.weekday()]), key=lambda s: s["time"]),
            today=day == today,
        )
        for day in days
    ]


@dataclass(frozen=True)
class Tonight:
    """What the first screen shows of today; where nothing is on, the next day that has something."""

    today: Day
    slots: Sequence[Any]
    more: int
    next_day: Day | None


def tonight(slots: Sequence[Any]) -> Tonight | None:
    week = week_from(timezone.localdate(), slots)
    if not any(day.slots for day in week):
        return None
    shown = week[0].slots[:SLOTS_IN_HERO]
    following = None if shown else next(day for day in week if day.slots)
    return Tonight(today=week[0], slots=shown, more=len(week[0].slots) - len(shown), next_day=following)


class NewsBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Title"))

    class Meta:
        icon = "doc-full"
        label = _("Latest news")
        template = "blocks/home/news.html"
        description = _("Pinned news first, then the newest of the city's feed.")
        preview_value = {"title": "Новости сети"}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        cards = news_cards(latest_news(locales.current(), NEWS_SHOWN), context.get("request"), pinned=True)
        return context | {
            "lead": cards[0] if cards else None,
            "columns": [column for column in (cards[1:4], cards[4:]) if column],
            "index_url": _index_url(NewsIndexPage),
        }


class PartnersBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Title"))
    text = blocks.TextBlock(max_length=300, required=False, default="", label=_("Text"))

    class Meta:
        icon = "group"
        label = _("Partners")
        template = "blocks/home/partners.html"
        description = _("Who teaches in the city: those that joined last, and the way to all of them.")
        preview_value = {"title": "Кто учит", "text": ""}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        locale = locales.current()
        cards = partner_cards(some_partners(locale, PARTNERS_NAMED), context.get("request"))
        return context | {
            "cards": sorted(cards, key=lambda card: card.title.strip('«»"').casefold()),
            "pictured": cards[:PARTNERS_PICTURED],
            "total": count_listed(locale),
            "index_url": _index_url(PartnerIndexPage),
        }


class CallToActionBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=60, required=False, default="", label=_("Line above"))
    title = blocks.CharBlock(max_length=100, label=_("Title"))
    text = blocks.TextBlock(max_length=400, label=_("Text"))
    links = blocks.ListBlock(LinkBlock(), min_num=1, max_num=2, label=_("Buttons"))
    picture = ImageChooserBlock(required=False, label=_("Picture"))

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "blocks/home/call_to_action.html"
        description = _("One coloured page in the magazine: a campaign, an invitation.")
        preview_value = {
            "label": "Кампания сети · 1–6 марта",
            "title": "Неделя неформального образования",
            "text": "Шесть дней, шесть направлений. Всё бесплатно.",
            "links": [{"label": "Открыть программу", "address": "/search/"}],
        }


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
        description = _("The city in figures, each with its source.")
        preview_value = {
            "title": "Город в цифрах",
            "figures": [
                {"number": "11 640", "label": "человек учились за год", "source": "Журналы организаций, 2026 год"},
                {"number": "71 %", "label": "занятий бесплатны", "source": "Каталог сети, сегодня"},
            ],
        }


class HomeBlocks(blocks.StreamBlock):
    hero = HeroBlock(group=_("Home page"))
    whats_on = WhatsOnBlock(group=_("Home page"))
    news = NewsBlock(group=_("Home page"))
    partners = PartnersBlock(group=_("Home page"))
    call_to_action = CallToActionBlock(group=_("Home page"))
    figures = FiguresBlock(group=_("Home page"))
    body = BodyBlocks(group=_("Home page"), label=_("Text and pictures"), template="blocks/home/body.html")

    class Meta:
        block_counts = {name: {"max_num": 1} for name in ("hero", "whats_on", "news", "partners")}


def _index_url(model: type[Page]) -> str:
    """The feed or the directory in the reader's language."""
    found = model.objects.live().filter(locale=locales.current()).first()
    return (found.get_url() or "") if found else ""
