"""What is published shows on the next request, everywhere it should; and what has nothing to do with it stays kept.

Every test reads a page twice first, so that it is kept, and tells a kept answer by what stands in the cache.
"""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from common.models import District
from common.page_cache import depends_on, drop_now
from common.stored_pages import StoredPagesMiddleware
from news import actions
from news.models import NewsIndexPage, RelatedLink
from pages.enums import MenuPlace
from pages.home import _sections
from pages.models import CitySettings, CityWords, HomePage, Menu, MenuItem, StandardPage
from partners.actions import change_private_part
from partners.models import PartnerPage
from tests.factories import (
    fill_home,
    make_city,
    make_district,
    make_document,
    make_news,
    make_partner,
    make_picture,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)
FEED, HOME, DIRECTORY, ATOM = "/ru/news/", "/ru/", "/ru/partners/", "/ru/news/atom/"


@pytest.fixture(autouse=True)
def city() -> HomePage:
    home = make_city()
    CitySettings.for_site(Site.objects.get())  # made on the first request otherwise, which drops every page
    return fill_home(home, "hero", "news", "partners")


@pytest.fixture
def read(client):
    def text(path: str) -> str:
        answer = client.get(path)
        return answer.content.decode() if answer.status_code == 200 else f"status {answer.status_code}"

    return text


@pytest.fixture
def keep(client):
    """Reads pages so that they are kept, and gives a question: is this one still?"""

    def kept(*paths: str):
        for path in paths:
            assert client.get(path).status_code == 200, path
        return [path for path in paths if is_kept(path)]

    return kept


def is_kept(path: str) -> bool:
    """Whether the middleware answers without asking anybody."""
    from django.test import RequestFactory

    asked = []
    answer = StoredPagesMiddleware(lambda request: asked.append(1))(RequestFactory().get(path))
    return answer is not None and not asked


def make_text(title: str, parent: Page, *, publish: bool = True) -> StandardPage:
    page = StandardPage(title=title, slug=title.lower(), live=False, locale=parent.locale, show_in_menus=True)
    parent.add_child(instance=page)
    revision = page.save_revision()
    if publish:
        revision.publish()
    return StandardPage.objects.get(pk=page.pk)


def test_pages_are_kept_at_all(keep):
    item = make_news("Мастерская")

    assert keep(HOME, FEED, DIRECTORY, item.url, ATOM) == [HOME, FEED, DIRECTORY, item.url, ATOM]


def test_published_news_shows_in_feed_home_partner_and_syndication(keep, read):
    partner = make_partner("Роща", slug="grove")
    other = make_news("Старая новость")
    page = PartnerPage.objects.get(partner=partner)
    paths = (HOME, FEED, ATOM, page.url, other.url, "/en/news/", "/sitemap.xml")
    keep(*paths)

    item = make_news("Мастерская", partner=partner)

    shown = {path for path in paths if "Мастерская" in read(path) or item.url in read(path)}
    assert shown == set(paths)


def test_changed_news_shows_its_new_words(keep, read):
    item = make_news("Мастерская")
    keep(HOME, FEED, item.url, ATOM)

    item.title = "Лаборатория"
    item.save_revision().publish()

    assert [path for path in (HOME, FEED, item.url, ATOM) if "Лаборатория" not in read(path)] == []


def test_draft_changes_nothing(keep):
    item = make_news("Мастерская")
    keep(HOME, FEED, item.url)

    item.title = "Черновик"
    item.save_revision()

    assert all(map(is_kept, (HOME, FEED, item.url)))


def test_unpublished_news_is_gone(keep, read):
    item = make_news("Мастерская")
    keep(HOME, FEED, item.url, ATOM, "/sitemap.xml")

    item.unpublish()

    assert [path for path in (HOME, FEED, ATOM) if "Мастерская" in read(path)] == []
    assert read(item.url) == "status 404"
    assert item.url not in read("/sitemap.xml")


def test_deleted_news_is_gone(keep, read):
    item = make_news("Мастерская")
    keep(HOME, FEED, item.url, ATOM)
    url = item.url

    item.delete()

    assert [path for path in (HOME, FEED, ATOM) if "Мастерская" in read(path)] == []
    assert read(url) == "status 404"


def test_closed_news_is_shown_to_nobody_any_more(keep, read):
    item = make_news("Мастерская")
    keep(HOME, FEED, item.url, ATOM)

    PageViewRestriction.objects.create(page=item, restriction_type="login")

    assert [path for path in (HOME, FEED, ATOM) if "Мастерская" in read(path)] == []
    assert read(item.url) == "status 302"


def test_moved_address_leads_on_and_lists_know_it(keep, read, client):
    item = make_news("Мастерская")
    keep(HOME, FEED, item.url, ATOM)
    old = item.url

    item.slug = "novyi-adres"
    item.save_revision().publish()

    new = "/ru/news/novyi-adres/"
    assert [path for path in (HOME, FEED, ATOM) if new not in read(path)] == []
    moved = client.get(old)
    assert (moved.status_code, moved["Location"]) == (301, new)


def test_decision_and_pin_of_the_media_team_show_at_once(keep, read):
    item = make_news("Мастерская")
    keep(HOME, FEED)

    actions.pin(item.feed_item, until=timezone.now() + timedelta(days=1), by=make_user())
    assert "icons.svg#pin" in read(HOME)
    assert "icons.svg#pin" in read(FEED)

    actions.decline_for_city(item.feed_item, by=make_user(), reason="Реклама")
    assert [path for path in (HOME, FEED) if "Мастерская" in read(path)] == []


def test_pin_that_runs_out_lets_go_by_itself(keep, read, monkeypatch):
    item = make_news("Мастерская")
    actions.pin(item.feed_item, until=timezone.now() + timedelta(minutes=10), by=make_user())
    assert keep(HOME, FEED) == [HOME, FEED]
    assert "icons.svg#pin" in read(FEED)

    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert "icons.svg#pin" not in read(FEED)
    assert "icons.svg#pin" not in read(HOME)


def test_new_partner_shows_in_directory_and_home(keep, read):
    make_partner("Роща")
    keep(HOME, DIRECTORY, "/en/partners/")

    make_partner("Верстак")

    assert [path for path in (HOME, DIRECTORY, "/en/partners/") if "Верстак" not in read(path)] == []


def test_renamed_partner_is_renamed_wherever_it_is_named(keep, read):
    partner = make_partner("Роща", slug="grove")
    item = make_news("Мастерская", partner=partner)
    page = PartnerPage.objects.get(partner=partner)
    paths = (HOME, FEED, DIRECTORY, page.url, item.url, "/ru/news/rss/")
    keep(*paths)

    page.title = "Верстак"
    page.save_revision().publish()

    assert [path for path in paths if "Верстак" not in read(path)] == []


def test_partner_taken_off_is_gone(keep, read):
    page = PartnerPage.objects.get(partner=make_partner("Верстак"))
    keep(HOME, DIRECTORY, page.url)

    page.unpublish()

    assert [path for path in (HOME, DIRECTORY) if "Верстак" in read(path)] == []


def test_menu_and_settings_show_on_every_page(keep, read):
    ru = Locale.get_default()
    item = make_news("Мастерская")
    paths = (HOME, FEED, DIRECTORY, item.url)
    menu = Menu(place=MenuPlace.MAIN, title="Разделы", locale=ru)
    menu.items = [MenuItem(label="Помощь", address="/help/", locale=ru)]
    keep(*paths)

    menu.save()
    assert [path for path in paths if "Помощь" not in read(path)] == []

    CityWords.objects.create(city_name="Иркутск учится", locale=ru)
    assert [path for path in paths if "Иркутск учится" not in read(path)] == []

    settings = CitySettings.objects.get()
    settings.phone = "+7 (3952) 00-00-07"
    settings.save()
    assert [path for path in paths if "00-00-07" not in read(path)] == []


def test_translation_shows_in_the_switcher_and_takes_the_originals_place(keep, read):
    item = make_news("Мастерская")
    english = Locale.objects.get(language_code="en")
    keep(item.url, "/en/news/", HOME)
    assert f'href="/en/untranslated/{item.pk}/"' in read(item.url)

    copy = item.copy_for_translation(english)
    copy.title = "Workshop"
    copy.save_revision().publish()
    translated = item.get_translation(english)

    assert f'<a href="{translated.url}" lang="en"' in read(item.url)
    assert "Workshop" in read("/en/news/")
    assert "Мастерская" not in read("/en/news/")

    translated.unpublish()

    assert f'href="/en/untranslated/{item.pk}/"' in read(item.url)
    assert "Мастерская" in read("/en/news/")


def test_menu_leads_to_a_translation_as_soon_as_there_is_one(keep, read):
    ru, english = Locale.get_default(), Locale.objects.get(language_code="en")
    item = make_news("Мастерская")
    menu = Menu(place=MenuPlace.MAIN, title="Разделы", locale=ru)
    menu.items = [MenuItem(label="Главное", page=item, locale=ru)]
    menu.save()
    keep("/en/", "/en/partners/")

    item.copy_for_translation(english).save_revision().publish()

    assert item.get_translation(english).url in read("/en/partners/")


def test_word_of_the_vocabulary_changes_wherever_it_stands(keep, read):
    district = make_district()
    page = PartnerPage.objects.get(partner=make_partner("Роща", district=district))
    paths = (HOME, DIRECTORY, FEED, page.url)
    keep(*paths)

    District.objects.get(pk=district.pk)
    district.name = "Правый берег"
    district.save()

    assert [path for path in paths if "Правый берег" not in read(path)] == []


def test_cropped_picture_shows_its_new_crop(keep, read):
    picture = make_picture(size=(2000, 1500))
    item = make_news("Мастерская", cover=picture)
    keep(item.url, FEED)
    before = read(item.url)

    picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height = 90, 90, 50, 50
    picture.save()

    assert read(item.url) != before
    assert picture.get_rendition("fill-1600x533|format-jpeg").url in read(item.url)


def test_page_below_shows_in_its_section(keep, read, city):
    parent = make_text("Section", city)
    keep(parent.url)

    make_text("Below", parent)

    assert "Below" in read(parent.url)


def test_what_has_nothing_to_do_with_it_stays_kept(keep, city):
    text, other = make_text("About", city), PartnerPage.objects.get(partner=make_partner("Верстак"))
    partner = make_partner("Роща")
    item = make_news("Мастерская", partner=partner)
    keep(text.url, other.url, DIRECTORY, HOME, FEED)

    item.title = "Лаборатория"
    item.save_revision().publish()
    assert [is_kept(path) for path in (text.url, DIRECTORY, HOME, FEED)] == [True, True, False, False]

    keep(text.url, HOME)
    make_news("Другая", partner=partner)
    assert is_kept(text.url)

    keep(HOME, FEED, DIRECTORY)
    text.title = "О сети"
    text.save_revision().publish()
    assert [is_kept(path) for path in (text.url, HOME, FEED, DIRECTORY)] == [False, True, True, True]


def test_answer_begun_before_a_write_is_not_kept(rf):
    """The row was read, then the write came, and only then the tag was declared."""

    def slow_view(request):
        from django.http import HttpResponse

        drop_now(["page:1"])
        depends_on(request, "page:1")
        return HttpResponse("old")

    StoredPagesMiddleware(slow_view)(rf.get("/ru/slow/"))

    assert not is_kept("/ru/slow/")


def test_signed_in_reader_sees_the_same_news_at_once(client, read):
    client.force_login(make_user())
    read(HOME)
    read(HOME)

    make_news("Мастерская")

    assert "Мастерская" in read(HOME)


def test_forgotten_cache_shows_the_truth(keep, read):
    keep(HOME)
    cache.clear()

    make_news("Мастерская")

    assert "Мастерская" in read(HOME)
    assert NewsIndexPage.objects.filter(locale=Locale.get_default()).exists()


def test_page_below_shows_under_its_new_title_and_goes_out_of_the_list(keep, read, city):
    section = make_text("Section", city)
    child = make_text("Child", section)
    keep(section.url)

    child.title = "Renamed"
    child.save_revision().publish()
    assert "Renamed" in read(section.url)
    child.show_in_menus = False
    child.save_revision().publish()

    assert "Renamed" not in read(section.url)


def test_replaced_and_deleted_documents_leave_no_dead_links(keep, read, city):
    document = make_document("Paper")
    page = make_text("Docs", city)
    page.body = [("documents", {"files": [{"document": document, "title": ""}]})]
    page.save_revision().publish()
    keep(page.url)

    document.file.save("new-name.txt", ContentFile(b"hello"))
    document.save()
    assert document.url in read(page.url)
    document.delete()

    assert "/documents/" not in read(page.url)


def test_renamed_partner_shows_beside_other_news(keep, read):
    partner = make_partner("Oldname", slug="grove")
    make_news("One", partner=partner)
    item = make_news("Two")
    keep(item.url)

    page = partner.pages.get()
    page.title = "Newname"
    page.save_revision().publish()

    assert "Newname" in read(item.url)


def test_renamed_translation_shows_where_its_original_was_linked(keep, read):
    target = make_partner("Цель", slug="target").pages.get()
    translated = target.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    translated.title = "Target"
    translated.save_revision().publish()
    item = make_news("Item", language="en")
    RelatedLink.objects.create(page=item, target=target)
    keep(item.url)

    translated = PartnerPage.objects.get(pk=translated.pk)
    translated.title = "Renamed"
    translated.save_revision().publish()

    assert "Renamed" in read(item.url)


def test_changed_date_of_membership_shows(keep, read):
    partner = make_partner("Роща", slug="grove")
    url = partner.pages.get().url
    keep(url)

    change_private_part(partner, by=make_user(), member_since=date(2001, 2, 3))

    assert "2001" in read(url)


def test_home_page_read_before_a_change_is_not_kept_after_it(client, city):
    client.get(HOME)
    read_before = HomePage.objects.get(pk=city.pk)
    changed = HomePage.objects.get(pk=city.pk)
    raw = list(changed.body.raw_data)
    raw[0]["value"]["title"] = "Совсем новый заголовок"
    changed.body = changed.body.stream_block.to_python(raw)
    changed.save_revision().publish()

    request = RequestFactory().get(HOME, SERVER_NAME="testserver")
    _sections(read_before, request, [])

    assert "Совсем новый заголовок" in client.get(HOME).content.decode().replace("\u00a0", " ")


def test_preview_shows_the_draft_to_an_editor_who_has_read_the_page(client):
    site = Site.objects.get()
    item = make_news("Мастерская")
    client.force_login(make_user(is_superuser=True))
    host = {"SERVER_NAME": site.hostname, "SERVER_PORT": str(site.port)}
    assert client.get(item.url, **host).status_code == 200
    item.title = "Лаборатория"
    item.save_revision()

    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[item.pk]), **host).content.decode()

    assert "Лаборатория" in preview
    assert "Лаборатория" not in client.get(item.url, **host).content.decode()


def test_nobody_fills_the_cache_by_asking_for_pages_that_are_not_there(client):
    client.get("/ru/untranslated/1/")
    client.get("/ru/untranslated/2/")
    before = len(cache._cache)

    for number in range(5):
        client.get(f"/ru/untranslated/{10**9 + number}/")

    assert len(cache._cache) == before
