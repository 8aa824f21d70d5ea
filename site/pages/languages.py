"""Where the language switcher leads: the same page in another language, or a page that says there is none yet."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, override
from wagtail.models import Page

from common import locales
from common.city_pages import page_tag, translation_tag
from common.page_cache import depends_on, remember


@dataclass(frozen=True)
class LanguageLink:
    code: str
    short: str
    label: str
    url: str
    current: bool
    translated: bool  # False: the address leads to a page that says so
    default: bool = False  # for readers of none of these languages


def language_links(request: HttpRequest, page: Page | None) -> list[LanguageLink]:
    urls = translations(request, page) if page else {code: _same_view(request, code) for code in codes()}
    current = get_language()
    return [
        LanguageLink(
            code=code,
            short=get_language_info(code)["name_local"][:2].title(),
            label=capfirst(get_language_info(code)["name_local"]),
            url=urls.get(code) or untranslated_url(page, code),
            current=code == current,
            translated=code in urls,
            default=code == next(iter(urls), ""),
        )
        for code in codes()
    ]


def translations(request: HttpRequest, page: Page) -> dict[str, str]:
    """code → address of every published translation that anybody may read; the page itself always."""
    tags = (page_tag(page.pk), translation_tag(page), "tree")
    depends_on(request, *tags)
    return remember(f"translations:{page.pk}:{request.get_host()}", tags, lambda: _translations(request, page))


def _translations(request: HttpRequest, page: Page) -> dict[str, str]:
    others = page.get_translations().live().public()
    urls = {locales.code_of(other.locale_id): other.get_url(request) for other in others}
    urls[locales.code_of(page.locale_id)] = page.get_url(request)
    return {code: urls[code] for code in codes() if urls.get(code)}


def untranslated_url(page: Page | None, code: str) -> str:
    with override(code):
        return reverse("untranslated", args=[page.pk]) if page else f"/{code}/"


def codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _same_view(request: HttpRequest, code: str) -> str:
    """The same address under another prefix; where nothing was found, the start page of that language."""
    match = request.resolver_match
    if match is None or match.url_name == "wagtail_serve":
        return f"/{code}/"
    if match.url_name == "api_reference":  # stands outside all prefixes, and is asked for its language
        return f"{request.path}?language={code}"
    return translate_url(request.get_full_path(), code)
