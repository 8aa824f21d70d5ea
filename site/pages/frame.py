"""What stands around every page: the city's name and contacts, menus, footer. Made once, kept until it changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Site

from common import locales
from common.models import Picture
from common.page_cache import remember
from common.renditions import rendition_or_none
from pages import colours
from pages.enums import MenuPlace
from pages.links import readable
from pages.models import CitySettings, CityWords, Menu, MenuItem

TAGS = ("settings", "menu", "tree")


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
    phone: str = ""
    phone_url: str = ""
    email: str = ""
    licence: str = ""
    call: Link | None = None  # the one button beside the menu
    networks: Sequence[Link] = ()


@dataclass(frozen=True)
class Frame:
    city: City
    menu: Sequence[Link]
    columns: Sequence[Column]


def frame_for(request: HttpRequest | None, language: str) -> Frame:
    site = _site_of(request) if request else Site.objects.filter(is_default_site=True).first()
    host = site.pk if site else 0
    return remember(f"frame:{host}:{language}", TAGS, lambda: _make(site, language), near=True)


def _site_of(request: HttpRequest) -> Site | None:
    """Where Wagtail looks for it too: pages of the CMS have asked for it by then, all others have not."""
    if not hasattr(request, "_wagtail_site"):
        known = remember(f"site:{request.get_host()}", TAGS, lambda: Site.find_for_request(request), near=True)
        request._wagtail_site = known  # type: ignore[attr-defined]
    return request._wagtail_site  # type: ignore[attr-defined]


def city_name() -> str:
    """In the active language, where no page and no request is at hand: for letters."""
    return frame_for(None, get_language() or Locale.get_default().language_code).city.name


def accent_styles(settings: CitySettings) -> str:
    """The style sheet that sets a city's own accent, for light and for dark; empty while it has none."""
    rules = []
    if settings.accent_light:
        tokens = colours.accent_tokens(settings.accent_light, colours.PAPER_LIGHT)
        rules.append(f":root:not([data-contrast]):not([data-theme=dark]) {{ {tokens} }}")
    if settings.accent_dark or settings.accent_light:
        accent = settings.accent_dark or colours.readable_on(settings.accent_light, colours.PAPER_DARK)
        tokens = colours.accent_tokens(accent, colours.PAPER_DARK)
        wish = f":root:not([data-contrast]):not([data-theme=light]) {{ {tokens} }}"
        rules.append(f"@media (prefers-color-scheme: dark) {{ {wish} }}")
        rules.append(f":root:not([data-contrast])[data-theme=dark] {{ {tokens} }}")
    return "@layer tokens {\n" + "\n".join(rules) + "\n}\n" if rules else ""


def _make(site: Site | None, language: str) -> Frame:
    settings = CitySettings.for_site(site) if site else CitySettings()
    links = {place: _links(place, language) for place in MenuPlace}
    calls = [link for _menu, found in links[MenuPlace.MAIN] for link, button in found if button]
    return Frame(
        city=_city(settings, language, calls[0] if calls else None),
        menu=[link for _menu, found in links[MenuPlace.MAIN] for link, button in found if not button],
        columns=[Column(menu.title, [link for link, _b in found]) for menu, found in links[MenuPlace.FOOTER]],
    )


def _city(settings: CitySettings, language: str, call: Link | None) -> City:
    words = _words(language)
    styles = accent_styles(settings)
    networks = (
        ("VK", settings.vk),
        ("Telegram", settings.telegram),
        ("YouTube", settings.youtube),
        ("Rutube", settings.rutube),
    )
    return City(
        name=words.city_name,
        tagline=words.tagline,
        description=words.description,
        address=words.address,
        licence=words.licence,
        home_url=f"/{language}/",
        search_url=f"/{language}/search/",
        logo_url=_picture(settings.logo, "height-80"),
        hero_url=_picture(settings.hero, "fill-1600x700|format-webp") or static("pictures/hero.svg"),
        share_image_url=_picture(settings.share_picture, "fill-1200x630|format-jpeg"),
        styles_url=f"{reverse('city_styles')}?v={colours.fingerprint(styles)}" if styles else "",
        phone=settings.phone,
        phone_url="tel:" + "".join(sign for sign in settings.phone if sign in "+0123456789"),
        email=settings.email,
        call=call,
        networks=[Link(name, url) for name, url in networks if url],
    )


def _words(language: str) -> CityWords:
    """In the reader's language, else in the original's; a new site has a name too."""
    rows = {row.locale.language_code: row for row in CityWords.objects.select_related("locale").order_by("pk")}
    default = Locale.get_default().language_code
    return rows.get(language) or rows.get(default) or CityWords(city_name=_("Learning City"))


def _links(place: MenuPlace, language: str) -> list[tuple[Menu, list[tuple[Link, bool]]]]:
    menus = Menu.objects.filter(place=place).select_related("locale").prefetch_related("items__page__locale")
    found: dict[object, Menu] = {}
    for menu in menus.order_by("sort_order", "pk"):
        own = menu.locale.language_code == language
        if own or (menu.translation_key not in found and menu.locale_id == Locale.get_default().pk):
            found[menu.translation_key] = menu
    return [(menu, list(_shown(menu.items.all(), language))) for menu in found.values()]


def _shown(items: Iterable[MenuItem], language: str) -> Iterable[tuple[Link, bool]]:
    for item in items:
        if item.page is None:
            url = f"/{language}{item.address}" if item.address.startswith("/") else item.address
            yield Link(item.label, url), item.button
        elif page := readable(item.page, language):
            code = locales.code_of(page.locale_id)
            yield Link(item.label, page.get_url() or "", language="" if code == language else code), item.button


def _picture(picture: Picture | None, spec: str) -> str:
    found = rendition_or_none(picture, spec)
    return found.url if found else ""
