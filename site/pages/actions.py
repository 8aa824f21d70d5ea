"""Laying out a new city: the pages that everything else stands below."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Locale, Page, Site

from news.models import NewsIndexPage
from pages.models import HomePage
from pages.staff_groups import set_up_staff_groups
from partners.models import PartnerIndexPage

LANGUAGES = ("ru", "en", "be")


@transaction.atomic
def lay_out_city(hostname: str = "localhost", port: int = 80) -> HomePage:
    """Languages, a home page with news and directory in each, and the site. Safe to repeat.

    Returns the Russian home page.
    """
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    set_up_staff_groups()
    home = HomePage.objects.filter(locale=locales["ru"]).first() or _first_home(locales["ru"])
    _site(home, hostname, port)
    indexes = [_index(home, NewsIndexPage, "news"), _index(home, PartnerIndexPage, "partners")]
    for code in LANGUAGES[1:]:
        for page in (home, *indexes):
            _translate(page, locales[code])
    return home


def _first_home(locale: Locale) -> HomePage:
    root = Page.get_first_root_node()
    home = HomePage(title="Главная", slug="home-ru", locale=locale)
    return _published(root, home)


def _site(home: HomePage, hostname: str, port: int) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname=hostname, port=port, root_page=home, is_default_site=True)
    elif not isinstance(site.root_page.specific, HomePage):
        welcome = site.root_page
        site.root_page = home.page_ptr
        site.save()
        welcome.delete()


def _index(home: HomePage, model: type[NewsIndexPage] | type[PartnerIndexPage], slug: str) -> Page:
    found = model.objects.child_of(home).first()
    if found:
        return found
    with translation.override("ru"):
        title = gettext("News") if model is NewsIndexPage else gettext("Partners")
    return _published(home, model(title=title, slug=slug, locale=home.locale, show_in_menus=True))


def _translate(page: Page, locale: Locale) -> None:
    if page.get_translation_or_none(locale):
        return
    copy = page.copy_for_translation(locale)
    with translation.override(locale.language_code):
        copy.title = {HomePage: gettext("Home"), NewsIndexPage: gettext("News")}.get(type(page), gettext("Partners"))
    copy.slug = page.slug if not isinstance(page, HomePage) else f"home-{locale.language_code}"
    copy.live = False
    copy.save_revision().publish()


def _published(parent: Page, page: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
