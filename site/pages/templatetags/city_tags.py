"""What every page shows of the city itself: name, logo, menus, footer, languages.

Templates rely on the shapes below, not on where the values come from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from common.page_cache import depends_on
from pages import languages
from pages.languages import LanguageLink

register = template.Library()


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False
    language: str = ""  # set where the target is in another language than the page


@dataclass(frozen=True)
class Column:
    title: str
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class City:
    name: str
    tagline: str = ""
    description: str = ""  # one sentence for search engines and shared links
    home_url: str = "/"
    search_url: str = ""
    logo_url: str = ""  # a picture in place of the drawn mark, at least 40 px high
    hero_url: str = ""
    styles_url: str = ""  # the stylesheet with the city's own accent; empty while the house colours are in use
    share_image_url: str = ""  # 1200 × 630, for shared links
    address: str = ""
    hours: str = ""
    phone: str = ""
    phone_url: str = ""
    email: str = ""
    licence: str = ""
    call: Link | None = None  # the one button beside the menu
    networks: Sequence[Link] = ()
    end_links: Sequence[Link] = ()  # the last line of the footer


@register.simple_tag(takes_context=True)
def city(context: Context) -> City:
    _depends(context, "settings")
    language = get_language() or settings.LANGUAGE_CODE
    return City(
        name=_("Learning City"),
        tagline=_("a city that teaches and learns"),
        description=_("Courses, events and people to learn from, in one search."),
        home_url=f"/{language}/",
        search_url=f"/{language}/search/",
        hero_url=static("pictures/hero.svg"),
    )


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> list[Link]:
    _depends(context, "menu")
    return _marked(context, [Link(_("Search"), f"/{get_language()}/search/")])


@register.simple_tag(takes_context=True)
def footer_columns(context: Context) -> list[Column]:
    _depends(context, "menu")
    return []


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """Empty where there is no request, as on the page for a broken server."""
    request, page = context.get("request"), context.get("page")
    if request is None:
        return []
    return languages.language_links(request, page if isinstance(page, Page) and page.pk else None)


def _depends(context: Context, tag: str) -> None:
    if request := context.get("request"):
        depends_on(request, tag)


def _marked(context: Context, links: list[Link]) -> list[Link]:
    """The entry under which the reader stands is the current one."""
    path = getattr(context.get("request"), "path", "")
    return [replace(link, current=path.startswith(link.url)) for link in links]
