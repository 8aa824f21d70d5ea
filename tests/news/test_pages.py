"""The city's feed and an item as a reader sees them."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale, PageViewRestriction

from news import actions, queries
from news.models import FeedItem, NewsCategory, NewsIndexPage
from partners.enums import Trust
from tests.factories import make_district, make_news, make_partner, make_picture, make_user

pytestmark = pytest.mark.django_db


def read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def titles(html: str) -> list[str]:
    """Of the stories and cards in the list, in their order."""
    main = html[html.index("<main") : html.index("</main>")]
    return [escape(title) for title in re.findall(r"<h3[^>]*><a [^>]*>([^<]*)</a></h3>", main)]


def publish_many(number: int, **fields: object) -> None:
    """Newest last: item 1 is the oldest."""
    now = timezone.now()
    for index in range(1, number + 1):
        page = make_news(f"Новость-{index}", **fields)
        FeedItem.objects.filter(page=page).update(published_at=now - timedelta(days=number - index))


def link(html: str, rel: str) -> str:
    found = re.search(rf'<a href="([^"]*)" rel="{rel}"', html)
    return found.group(1).replace("&amp;", "&") if found else ""


def test_empty_feed_says_what_will_stand_there(city, client):
    html = read(client, "/en/news/")

    assert "No news yet" in html


def test_paging_shows_every_item_once_and_leads_back(city, client):
    publish_many(queries.PAGE_SIZE * 2 + 3)
    seen: list[str] = []
    path = "/ru/news/"
    html = read(client, path)
    while True:
        seen += titles(html)
        if not link(html, "next"):
            break
        html = read(client, path + link(html, "next").removeprefix(path))

    assert seen == [f"Новость-{number}" for number in range(queries.PAGE_SIZE * 2 + 3, 0, -1)]
    before = read(client, path + link(html, "prev").removeprefix(path))
    assert titles(before) == seen[queries.PAGE_SIZE : 2 * queries.PAGE_SIZE]


def test_key_that_nobody_gave_shows_the_first_page(city, client):
    make_news("Мастерская")

    assert titles(read(client, "/ru/news/?before=rubbish&after=%00x-1")) == ["Мастерская"]


def test_pinned_item_leads_with_its_mark_and_stands_once(city, client):
    publish_many(3)
    oldest = FeedItem.objects.order_by("published_at").first()
    actions.pin(oldest, until=timezone.now() + timedelta(days=1), by=make_user())

    html = read(client, "/ru/news/")

    assert titles(html) == ["Новость-1", "Новость-3", "Новость-2"]
    assert html.count("icons.svg#pin") == 1


def test_pin_is_no_advantage_among_chosen_news(city, client):
    category = NewsCategory.objects.create(slug="places", name="Места", locale=Locale.get_default())
    publish_many(2, categories=[category])
    oldest = FeedItem.objects.order_by("published_at").first()
    actions.pin(oldest, until=timezone.now() + timedelta(days=1), by=make_user())

    html = read(client, "/ru/news/?category=places")

    assert titles(html) == ["Новость-2", "Новость-1"]
    assert "icons.svg#pin" not in html


def test_filters_narrow_by_category_partner_and_district(city, client):
    category = NewsCategory.objects.create(slug="places", name="Места", locale=Locale.get_default())
    here = make_partner("Роща", slug="grove", district=make_district())
    there = make_partner("Верстак", slug="bench", district=make_district("sverdlovsky", "Свердловский"))
    make_news("Читальный двор", partner=here, categories=[category])
    make_news("Шахматы", partner=here)
    make_news("Станок", partner=there, categories=[category])

    assert titles(read(client, "/ru/news/?category=places")) == ["Станок", "Читальный двор"]
    assert titles(read(client, "/ru/news/?partner=grove")) == ["Шахматы", "Читальный двор"]
    assert titles(read(client, "/ru/news/?district=sverdlovsky")) == ["Станок"]
    assert titles(read(client, "/ru/news/?partner=grove&category=places&district=oktyabrsky")) == ["Читальный двор"]


def test_chosen_filters_stay_chosen_and_named(city, client):
    NewsCategory.objects.create(slug="places", name="Места", locale=Locale.get_default())

    html = read(client, "/ru/news/?category=places")

    assert '<option value="places" selected>Места</option>' in html
    assert "<h1>Новости: Места</h1>" in html
    assert 'action="/ru/news/"' in html


def test_partner_filter_shows_all_it_publishes_the_feed_only_what_was_let_in(city, client):
    partner = make_partner("Новичок", slug="novice", trust=Trust.NEW)
    page = make_news("Первое занятие", partner=partner)

    assert titles(read(client, "/ru/news/")) == []
    assert titles(read(client, "/ru/news/?partner=novice")) == ["Первое занятие"]

    actions.approve_for_city(page.feed_item, by=make_user())

    assert titles(read(client, "/ru/news/?fresh=1")) == ["Первое занятие"]


def test_months_lead_to_an_archive(city, client):
    page = make_news("Весна")
    FeedItem.objects.filter(page=page).update(published_at=datetime(2025, 3, 8, 12, tzinfo=UTC))

    assert 'href="/ru/news/2025/3/"' in read(client, "/ru/news/")
    archive = read(client, "/ru/news/2025/3/")
    assert titles(archive) == ["Весна"]
    assert '<link rel="canonical" href="http://testserver/ru/news/2025/3/">' in archive
    assert titles(read(client, "/ru/news/2025/4/")) == []


@pytest.mark.parametrize("month", ["2025/13", "2025/0", "99999/1", "1/1"])
def test_month_that_never_was_is_not_found(city, client, month):
    assert client.get(f"/ru/news/{month}/").status_code == 404


def test_original_stands_in_other_languages_with_its_mark(city, client, locales):
    make_news("Мастерская")

    html = read(client, "/en/news/")

    assert '<h3 lang="ru">' in html
    assert '<span class="tag" lang="ru" title="Russian">Русский</span>' in html


def test_translation_takes_the_originals_place_and_date(city, client, locales):
    page = make_news("Мастерская")
    FeedItem.objects.filter(page=page).update(published_at=timezone.now() - timedelta(days=300))
    copy = page.copy_for_translation(locales["en"])
    copy.title = "Workshop"
    copy.save_revision().publish()

    assert titles(read(client, "/en/news/")) == ["Workshop"]
    assert titles(read(client, "/be/news/")) == ["Мастерская"]
    dates = FeedItem.objects.values_list("published_at", flat=True)
    assert len(set(dates)) == 1


def test_scheduled_item_counts_from_the_hour_it_appears(city, client):
    page = make_news("Завтра", publish=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert not FeedItem.objects.exists()

    page.refresh_from_db()
    page.go_live_at = None
    before = timezone.now()
    page.save_revision().publish()

    assert FeedItem.objects.get().published_at >= before


def test_head_names_the_feeds_of_what_is_chosen(city, client):
    make_partner("Роща", slug="grove")

    assert 'type="application/atom+xml" title="Новости (Atom)" href="http://testserver/ru/news/atom/"' in read(
        client, "/ru/news/"
    )
    assert 'href="http://testserver/ru/news/rss/?partner=grove"' in read(client, "/ru/news/?partner=grove")


def test_item_shows_whose_it_is_and_where_it_belongs(city, client):
    category = NewsCategory.objects.create(slug="places", name="Места", locale=Locale.get_default())
    partner = make_partner("Библиотека на Лисихе", slug="library")
    page = make_news(
        "Мастерская",
        partner=partner,
        categories=[category],
        author_line="Вера Бронская",
        source_name="Газета",
        source_url="https://paper.example/1",
    )
    page.tags.add("инструмент")
    page.save_revision().publish()

    html = read(client, page.url)

    assert '<a href="/ru/partners/library/">Библиотека на Лисихе</a>' in html
    assert "Вера Бронская" in html
    assert '<a class="tag" href="/ru/news/?category=places">Места</a>' in html
    assert unquote(re.search(r'class="tag" href="(/ru/search/[^"]*)"', html).group(1)) == "/ru/search/?q=инструмент"
    assert '<a href="https://paper.example/1" rel="noopener">Газета</a>' in html


def test_item_offers_related_pages_in_the_readers_language(city, client, locales):
    original = make_news("Первая встреча")
    copy = original.copy_for_translation(locales["en"])
    copy.title = "First meeting"
    copy.save_revision().publish()
    hidden = make_news("За паролем")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    draft = make_news("Черновик", publish=False)
    page = NewsIndexPage.objects.get(locale=locales["en"])
    item = make_news("Second meeting", language="en")
    assert page.pk == item.get_parent().pk
    for target in (original, hidden, draft):
        item.related_links.create(target=target)
    item.save_revision().publish()

    html = read(client, item.url)
    beside = html[html.index('id="related"') : html.index("</section>", html.index('id="related"'))]

    assert re.findall(r"<li><a [^>]*>([^<]*)</a>", beside) == ["First meeting"]


def test_item_without_a_picture_gets_a_drawn_cover_and_a_drawn_share_picture(city, client):
    page = make_news("Мастерская")

    html = read(client, page.url)

    assert '<img class="cover cover--wide" src="/covers/news/' in html
    picture = re.search(r'og:image" content="http://testserver(/share/[^"]+)"', html).group(1)
    answer = client.get(picture)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer.content[:3] == b"\xff\xd8\xff"


def test_item_with_a_picture_shows_and_shares_it(city, client):
    page = make_news("Мастерская", cover=make_picture(size=(2000, 1500)), cover_alt="Верстак")

    html = read(client, page.url)

    assert 'alt="Верстак" width="1600" height="533" fetchpriority="high"' in html
    assert ".fill-1200x630.format-jpeg.jpg" in re.search(r'og:image" content="([^"]+)"', html).group(1)


@pytest.mark.parametrize("path", ["/ru/news/", "item"])
def test_item_whose_picture_was_lost_from_the_disk_is_still_read(city, client, path):
    cover = make_picture(size=(2000, 1500))
    page = make_news("Мастерская", cover=cover, cover_alt="Верстак")
    cover.file.storage.delete(cover.file.name)

    html = read(client, page.url if path == "item" else path)

    assert "Мастерская" in html


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_the_feed_do_not_grow(city, client, django_assert_num_queries, number):
    partners = [make_partner() for _ in range(min(number, 5))]
    for index in range(number):
        make_news(partner=partners[index % len(partners)], cover=make_picture(size=(90, 60)))
    client.get("/ru/news/")

    with django_assert_num_queries(8):
        client.get("/ru/news/?fresh=1")


@pytest.mark.parametrize("number", [2, 30])
def test_queries_of_an_item_do_not_grow(city, client, django_assert_num_queries, number):
    partner = make_partner()
    for _ in range(number):
        page = make_news(partner=partner, cover=make_picture(size=(90, 60)))
    client.get(page.url)

    with django_assert_num_queries(11):
        client.get(f"{page.url}?fresh=1")
