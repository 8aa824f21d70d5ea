"""The city around the content: its words and contacts, pages of text, the home page, menus."""

from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, Site

from accounts.models import User
from news.models import NewsIndexPage
from pages.demo import dates
from pages.demo.paintings import Studio, Wish
from pages.demo.publishing import publish, publish_translation
from pages.demo.reading import LANGUAGES, content
from pages.demo.streams import Blocks, blocks
from pages.enums import MenuPlace
from pages.models import CitySettings, CityWords, HomePage, Menu, MenuItem, StandardPage
from partners.models import PartnerIndexPage, PartnerPage

HOME_PICTURE: Wish = ("choir", "home")
VIEWS = {"forum", "search"}  # what a menu leads to that is no page of the CMS
CONTACTS = ("phone", "email", "vk", "telegram")


def load_words(site: Site) -> None:
    settings = CitySettings.for_site(site)
    if not settings.phone:
        for name in CONTACTS:
            setattr(settings, name, content("pages")["city"][name])
        settings.save()
    original = CityWords.objects.filter(locale=Locale.get_default()).first()
    for language in LANGUAGES:
        if CityWords.objects.filter(locale__language_code=language).exists():
            continue
        words = _city_words(language)
        if original:
            words.translation_key = original.translation_key
        words.save()
        original = original or words


def load_pages(home: HomePage, *, by: User) -> None:
    """All of them first as empty drafts, because their texts link to each other."""
    entries = content("pages")["page"]
    made = {entry["slug"]: _draft_of(entry, home) for entry in entries}
    for entry in entries:
        if not made[entry["slug"]].live:
            _publish(made[entry["slug"]], entry, by=by)


def load_home(home: HomePage, *, by: User, studio: Studio) -> None:
    picture = studio.picture(*HOME_PICTURE)
    for page in HomePage.objects.filter(translation_key=home.translation_key).select_related("locale"):
        if not page.body:
            words = content("pages")["home"][page.locale.language_code]
            page.seo_title, page.search_description = words["title"], words["note"]
            page.body = _sections(page.locale.language_code, picture)
            publish(page, by=by)


def load_menus() -> None:
    if Menu.objects.exists():
        return
    texts = content("pages")
    main = [*texts["menu"], texts["menu_call"] | {"button": True}]
    _menu(MenuPlace.MAIN, {"ru": "Разделы", "en": "Sections", "be": "Раздзелы"}, main, 0)
    for order, column in enumerate(texts["footer"]):
        _menu(MenuPlace.FOOTER, column, column["links"], order)


def _city_words(language: str) -> CityWords:
    words = content("pages")["city"][language]
    return CityWords(
        locale=Locale.objects.get(language_code=language),
        city_name=words["name"],
        tagline=words["tagline"],
        description=words["description"],
        address=f"{words['address']}. {words['hours']}.",
        licence=words["licence"],
    )


# --- pages of text ----------------------------------------------------------------------------------------------------
def _draft_of(entry: dict[str, Any], home: HomePage) -> StandardPage:
    found = StandardPage.objects.child_of(home).filter(slug=entry["slug"]).first()
    if found:
        return found
    page = StandardPage(title=entry["ru"]["title"], slug=entry["slug"], locale=home.locale, live=False)
    return home.add_child(instance=page)


def _publish(page: StandardPage, entry: dict[str, Any], *, by: User) -> None:
    _write(page, entry, "ru")
    publish(page, by=by)
    for language in LANGUAGES[1:]:
        if language in entry:
            copy = StandardPage()
            _write(copy, entry, language)
            publish_translation(copy, page, language, by=by)


def _write(page: StandardPage, entry: dict[str, Any], language: str) -> None:
    text = {key: dates.fill(value, timezone.localdate(), language) for key, value in entry[language].items()}
    page.title, page.lead, page.search_description = text["title"], text["lead"], text["lead"][:160]
    page.body = blocks(text["body"], page_id)


def page_id(slug: str) -> int:
    """The original page: a reader is led on to the translation by the address of the language."""
    return StandardPage.objects.get(slug=slug, locale=Locale.get_default()).pk


# --- home page --------------------------------------------------------------------------------------------------------
def _sections(language: str, picture: object) -> Blocks:
    home = content("pages")["home"]
    words = home[language]
    links = [_link(link[language], _address(link, language)) for link in home["quick_links"]]
    figures = [
        {
            "number": figure[f"value_{language}"],
            "label": figure[language],
            "source": figure[f"source_{language}"],
        }
        for figure in home["figure"]
    ]
    call = {
        "label": "",
        "title": words["call_title"],
        "text": words["call_text"],
        "links": [_link(words["call_button"], page=_standard("join", language))],
        "picture": picture,
    }
    return [
        ("hero", {"title": words["hero"], "placeholder": words["placeholder"], "links": links, "note": words["note"]}),
        ("whats_on", {"title": words["week"], "slots": [_slot(slot, language) for slot in home["slot"]]}),
        ("news", {"title": words["news"]}),
        ("call_to_action", call),
        ("partners", {"title": words["partners"], "text": words["partners_text"]}),
        (
            "figures",
            {
                "title": words["figures"],
                "figures": figures,
                "link": _link(words["figures_note"], page=_standard("open-data", language)),
            },
        ),
    ]


def _slot(slot: dict[str, Any], language: str) -> dict[str, Any]:
    page = _in_language(PartnerPage.objects.filter(slug=slot["partner"]), language)
    own_name = page.locale.language_code == language  # else the slot says how the place is called here
    return {
        "weekday": slot["day"],
        "time": slot["time"],
        "title": slot[language],
        "place": page.short_name or page.title if own_name else slot["place"][language],
        "price": slot.get("price", {}).get(language, ""),
        "page": page,
    }


def _link(label: str, address: str = "", page: Page | None = None) -> dict[str, Any]:
    return {"label": label, "address": address, "page": page}


def _address(link: dict[str, Any], language: str) -> str:
    return link.get("address") or f"/search/?q={link['search'][language]}"


def _standard(slug: str, language: str) -> StandardPage:
    return _in_language(StandardPage.objects.filter(slug=slug), language)


def _in_language(pages: Any, language: str) -> Any:
    """The page in this language, else in the original's."""
    return pages.filter(locale__language_code=language).first() or pages.get(locale=Locale.get_default())


# --- menus ------------------------------------------------------------------------------------------------------------
def _menu(place: MenuPlace, titles: dict[str, str], links: list[dict[str, Any]], order: int) -> None:
    original: Menu | None = None
    for language in LANGUAGES:
        locale = Locale.objects.get(language_code=language)
        menu = Menu(place=place, title=titles[language], sort_order=order, locale=locale)
        menu.items = [_item(link, language, locale) for link in links]
        if original:
            menu.translation_key = original.translation_key
            for item, first in zip(menu.items.all(), original.items.all(), strict=True):
                item.translation_key = first.translation_key
        menu.save()
        original = original or menu


def _item(link: dict[str, Any], language: str, locale: Locale) -> MenuItem:
    item = MenuItem(label=link[language], locale=locale, button=link.get("button", False))
    models: dict[str, type[Page]] = {"news": NewsIndexPage, "partners": PartnerIndexPage}
    if link["to"] in VIEWS:
        item.address = f"/{link['to']}/"
    elif link["to"] in models:
        item.page = models[link["to"]].objects.get(locale__language_code=language)
    else:
        item.page = _standard(link["to"], language)
    return item
