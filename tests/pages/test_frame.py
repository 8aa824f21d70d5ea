import pytest
from wagtail.models import Locale, Page, Site

from news.models import NewsIndexPage
from pages.enums import MenuPlace
from pages.models import CitySettings, CityWords, Menu, MenuItem
from tests.factories import make_news

pytestmark = pytest.mark.django_db


def make_menu(
    page: Page | None = None, *, place: MenuPlace = MenuPlace.MAIN, language: str = "ru", **item: object
) -> Menu:
    locale = Locale.objects.get(language_code=language)
    menu = Menu(place=place, title="Разделы", locale=locale)
    menu.items = [MenuItem(label="Новости", page=page, locale=locale, **item)]
    menu.save()
    return menu


def frame(client, url: str = "/ru/") -> str:
    return client.get(url).content.decode()


def test_new_city_has_a_name_before_anybody_wrote_one(city, client):
    assert "<title>" in frame(client)
    assert client.get("/ru/").status_code == 200


def test_menu_leads_to_the_page_in_the_readers_language(city, client):
    make_menu(NewsIndexPage.objects.get(locale__language_code="ru"))

    assert '<a href="/en/news/">Новости</a>' in frame(client, "/en/")


def test_menu_leads_to_the_original_and_says_so_while_there_is_no_translation(city, client):
    page = make_news()
    make_menu(page)

    assert f'<a href="{page.url}" lang="ru" hreflang="ru">Новости</a>' in frame(client, "/en/")


def test_menu_hides_what_a_reader_cannot_open(city, client):
    page = make_news()
    make_menu(page)
    page.unpublish()

    assert "Новости</a>" not in frame(client)


def test_address_in_a_menu_gets_the_readers_language(city, client):
    make_menu(address="/search/?q=шить")

    assert 'href="/be/search/?q=шить"' in frame(client, "/be/")


def test_button_of_the_menu_stands_beside_it(city, client):
    make_menu(address="/join/", button=True)

    assert 'href="/ru/join/"' in frame(client)


def test_footer_has_a_column_per_menu(city, client):
    make_menu(address="/search/", place=MenuPlace.FOOTER)

    assert '<h2 id="footer-1">Разделы</h2>' in frame(client)


def test_words_fall_back_to_the_original(city, client):
    CityWords.objects.create(city_name="Иркутск учится", locale=Locale.get_default())

    assert "Иркутск учится" in frame(client, "/be/")


def test_accent_of_the_city_is_a_style_sheet_of_its_own(city, client):
    settings = CitySettings.for_site(Site.objects.get())
    settings.accent_light = "#1d5c2f"
    settings.save()

    styles = client.get("/city.css").content.decode()

    assert "--accent: #1d5c2f" in styles
    assert styles.startswith("@layer tokens")
    assert 'href="/city.css?v=' in frame(client)


def test_accent_too_pale_to_read_is_refused_at_its_field(city):
    settings = CitySettings.for_site(Site.objects.get())
    settings.accent_light = "#ffcc88"

    with pytest.raises(Exception, match="accent_light"):
        settings.full_clean()


def test_menu_change_shows_on_the_next_request(city, client, django_capture_on_commit_callbacks):
    menu = make_menu(address="/search/")
    assert "Новости" in frame(client)

    with django_capture_on_commit_callbacks(execute=True):
        item = menu.items.get()
        item.label = "Найти занятие"
        item.save()

    assert "Найти занятие" in frame(client)


def test_frame_asks_nothing_the_second_time(city, rf, django_assert_num_queries):
    from pages.frame import frame_for

    make_menu(NewsIndexPage.objects.get(locale__language_code="ru"))
    request = rf.get("/ru/", headers={"host": "testserver"})
    frame_for(request, "ru")

    with django_assert_num_queries(0):
        frame_for(request, "ru")
