"""What every page shows of the city itself: name, logo, menus, footer, languages.

Templates rely on the shapes below, not on where the values come from.
"""

from collections.abc import Sequence
from dataclasses import replace

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from common.page_cache import depends_on
from common.stored_pages import MENU_MARK
from pages import languages
from pages.frame import TAGS, City, Column, Frame, Link, frame_for
from pages.languages import LanguageLink

register = template.Library()


@register.simple_tag(takes_context=True)
def city(context: Context) -> City:
    return _frame(context).city


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> list[Link]:
    """The entry under which the reader stands is the current one."""
    path = getattr(context.get("request"), "path", "")
    return [replace(link, current=path.startswith(link.url)) for link in _frame(context).menu]


@register.simple_tag(takes_context=True)
def footer_columns(context: Context) -> Sequence[Column]:
    return _frame(context).columns


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """Empty where there is no request, as on the page for a broken server."""
    request, page = context.get("request"), context.get("page")
    if request is None:
        return []
    return languages.language_links(request, page if isinstance(page, Page) and page.pk else None)


@register.simple_tag(takes_context=True)
def account_menu(context: Context) -> SafeString:
    """The way in, or one's own menu: a mark where the page is rendered for all who are signed in."""
    request = context.get("request")
    if getattr(request, "leaves_menu_open", False):
        return mark_safe(MENU_MARK)
    return render_to_string("components/account_menu.html", {}, request)


def _frame(context: Context) -> Frame:
    """Made once while a page is rendered."""
    request = context.get("request")
    language = get_language() or settings.LANGUAGE_CODE
    made: dict[str, Frame] = context.render_context.setdefault("city_frame", {}) if request is None else _kept(request)  # type: ignore
    if language not in made:
        if request is not None:
            depends_on(request, *TAGS)
        made[language] = frame_for(request, language)
    return made[language]


def _kept(request: HttpRequest) -> dict[str, Frame]:
    if not hasattr(request, "city_frames"):
        request.city_frames = {}  # type: ignore[attr-defined]
    return request.city_frames  # type: ignore[attr-defined]
