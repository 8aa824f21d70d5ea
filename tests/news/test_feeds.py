"""Atom and RSS as a feed reader gets them."""

from datetime import timedelta

import feedparser
import pytest
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from news import actions
from news.feed_text import plain_html, without_control_characters
from news.models import FeedItem, NewsCategory
from partners.enums import Trust
from tests.factories import make_news, make_partner, make_picture, make_user

pytestmark = pytest.mark.django_db
FORMATS = ["atom", "rss"]


def read(client, path: str) -> feedparser.FeedParserDict:
    answer = client.get(path)
    assert answer.status_code == 200
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.bozo_exception
    return feed


@pytest.mark.parametrize("form", FORMATS)
def test_feed_of_an_empty_city_is_valid(city, client, form):
    feed = read(client, f"/ru/news/{form}/")

    assert feed.entries == []
    assert feed.feed.language == "ru"


@pytest.mark.parametrize("form", FORMATS)
def test_item_has_its_full_text_and_whole_addresses(city, client, form):
    body = [{"type": "text", "value": '<p>Верстаки <a href="/ru/partners/">у соседей</a>.</p>'}]
    page = make_news("Открыли мастерскую", lead="Прийти можно без записи.", body=body, author_line="Вера Бронская")

    (entry,) = read(client, f"/ru/news/{form}/").entries

    assert entry.title == "Открыли мастерскую"
    assert entry.link == f"http://testserver{page.url}"
    assert entry.author == "Вера Бронская"
    assert entry.content[0].value == ('<p>Верстаки <a href="http://testserver/ru/partners/">у\u00a0соседей</a>.</p>')
    assert entry.summary == "Прийти можно без записи."


@pytest.mark.parametrize("form", FORMATS)
def test_cover_is_enclosed_and_stands_in_the_text(city, client, form):
    make_news(cover=make_picture(), cover_alt="Верстак")

    (entry,) = read(client, f"/ru/news/{form}/").entries

    (enclosure,) = entry.enclosures
    assert enclosure.href.startswith("http://testserver/media/images/")
    assert (enclosure.type, int(enclosure.length) > 100) == ("image/jpeg", True)
    assert f'src="{enclosure.href}"' in entry.content[0].value
    assert 'alt="Верстак"' in entry.content[0].value


@pytest.mark.parametrize("form", FORMATS)
def test_item_whose_picture_was_lost_from_the_disk_comes_without_one(city, client, form):
    cover = make_picture()
    make_news("Мастерская", cover=cover)
    cover.file.storage.delete(cover.file.name)

    (entry,) = read(client, f"/ru/news/{form}/").entries

    assert (entry.title, entry.get("enclosures", [])) == ("Мастерская", [])


@pytest.mark.parametrize("form", FORMATS)
def test_what_xml_cannot_hold_is_left_out(city, client, form):
    make_news("Звонок\x08 \x0bна урок", lead="Тихо\x1f", body=[{"type": "text", "value": "<p>Текст\x0c</p>"}])

    (entry,) = read(client, f"/ru/news/{form}/").entries

    assert (entry.title, entry.summary) == ("Звонок на урок", "Тихо")


def test_item_tells_when_it_was_changed(city, client):
    page = make_news()
    FeedItem.objects.filter(page=page).update(published_at=timezone.now() - timedelta(days=30))
    page.save_revision().publish()

    (entry,) = read(client, "/ru/news/atom/").entries

    assert entry.updated_parsed > entry.published_parsed


def test_city_feed_waits_for_the_media_team_and_a_partners_feed_does_not(city, client):
    partner = make_partner("Библиотека", slug="library", trust=Trust.NEW)
    make_news("Ждёт", partner=partner)
    declined = make_news("Только у партнёра", partner=partner)
    actions.decline_for_city(declined.feed_item, by=make_user(), reason="Реклама")

    assert read(client, "/ru/news/atom/").entries == []
    feed = read(client, "/ru/news/atom/?partner=library")
    assert [entry.title for entry in feed.entries] == ["Только у партнёра", "Ждёт"]
    assert feed.feed.title.endswith(": Библиотека")


def test_category_has_a_feed_of_its_own(city, client):
    category = NewsCategory.objects.create(slug="places", name="Места", locale=Locale.get_default())
    make_news("Здание", categories=[category])
    make_news("Люди")

    feed = read(client, "/ru/news/rss/?category=places")

    assert [entry.title for entry in feed.entries] == ["Здание"]
    assert [tag.term for tag in feed.entries[0].tags] == ["Места"]
    assert feed.feed.title.endswith(": Места")


@pytest.mark.parametrize("query", ["partner=nobody", "category=nothing", "partner=%3Cscript%3E"])
def test_feed_of_nobody_is_not_found(city, client, query):
    assert client.get(f"/ru/news/atom/?{query}").status_code == 404


def test_original_tells_its_language_in_a_feed_of_another(city, client):
    make_news("Мастерская")

    answer = client.get("/en/news/atom/").content.decode()

    assert '<feed xml:lang="en" xmlns="http://www.w3.org/2005/Atom">' in answer
    assert '<entry xml:lang="ru">' in answer


def test_feed_tells_nothing_of_drafts_and_closed_pages(city, client):
    make_news("Черновик", publish=False)
    closed = make_news("За паролем")
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="x")
    hidden = make_news("Снято")
    hidden.unpublish()

    assert client.get(closed.url).status_code == 200  # asks for the password
    for path in ("/ru/news/atom/", "/ru/news/rss/", "/en/news/atom/"):
        text = client.get(path).content.decode()
        assert [word for word in ("Черновик", "За паролем", "Снято") if word in text] == []


def test_opened_page_comes_back_to_the_feed(city, client):
    page = make_news("Открыто снова")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert read(client, "/ru/news/atom/").entries == []

    restriction.delete()

    assert [entry.title for entry in read(client, "/ru/news/rss/").entries] == ["Открыто снова"]


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_a_feed_do_not_grow(city, client, django_assert_num_queries, number):
    partners = [make_partner() for _ in range(2)]
    for index in range(number):
        make_news(partner=partners[index % 2], body=[{"type": "text", "value": "<p>Слово.</p>"}])
    client.get("/ru/news/rss/")

    with django_assert_num_queries(8):
        client.get("/ru/news/rss/?fresh=1")


def test_unchanged_feed_is_not_sent_twice(city, client):
    make_news()
    first = client.get("/ru/news/atom/")

    again = client.get("/ru/news/atom/", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_plain_html_drops_what_a_feed_reader_cannot_use():
    html = (
        '<div class="notice"><svg class="icon"><use href="#i"/></svg><p class="x" onclick="y">Слово</p></div>'
        '<script>alert(1)</script><span aria-hidden="true">Г</span>'
        '<a href="mailto:a@b.example">письмо</a><picture><source srcset="/a.avif"><img src="/a.jpg" alt=""></picture>'
    )

    assert plain_html(html, lambda url: f"https://city.example{url}") == (
        '<p>Слово</p><a href="mailto:a@b.example">письмо</a><img alt="" src="https://city.example/a.jpg"/>'
    )


def test_control_characters_go_and_line_breaks_stay():
    assert without_control_characters("a\x00b\tc\nd\x1fe\ufffe") == "ab\tc\nde"
