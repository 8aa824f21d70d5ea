"""The home page as a reader sees it, and its blocks as an editor does."""

import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone

from news import actions
from pages.blocks import HomeBlocks, tonight, week_from
from pages.models import HomePage
from tests.factories import fill_home, make_news, make_partner, make_picture, make_user
from tests.factories.home import FIGURES, HERO, SECTIONS, WEEK

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def read(client, path: str = "/ru/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def freeze(monkeypatch, day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Asia/Irkutsk"))
    monkeypatch.setattr(timezone, "now", lambda: noon)


def test_page_without_sections_still_has_a_title_and_the_search(city, client):
    html = read(client)

    assert html.count("<h1") == 1
    assert 'role="search"' in html


def test_sections_stand_in_the_editors_order(city, client):
    fill_home(city)

    html = read(client)

    places = [html.index(f'id="{anchor}"') for anchor in ("hero-title", "week", "news", "partners")]
    assert places == sorted(places)
    assert html.count("<h1") == 1
    assert html.count('role="search"') == 1
    assert "Ещё несколько слов." in html


def test_today_stands_in_the_first_screen(city, client, monkeypatch):
    freeze(monkeypatch, MONDAY)
    fill_home(city)

    html = read(client)
    box = html[html.index('class="tonight"') : html.index("</section>", html.index('class="tonight"'))]

    assert "понедельник, 23\u00a0ноября" in box
    assert '<time datetime="2026-11-23T18:00">18:00</time>' in box
    assert "Занятие mon" in box
    assert "Занятие wed" not in box


def test_quiet_day_leads_to_the_next_one_that_has_something(city, client, monkeypatch):
    freeze(monkeypatch, MONDAY + timedelta(days=1))
    fill_home(city)

    html = read(client, "/ru/")
    box = html[html.index('class="tonight"') : html.index("</section>", html.index('class="tonight"'))]

    assert 'href="#day-wed"' in box
    assert "18:00" not in box


def test_week_begins_today_and_each_day_can_be_reached(city, client, monkeypatch):
    freeze(monkeypatch, MONDAY + timedelta(days=3))
    fill_home(city)

    html = read(client)

    anchors = re.findall(r'<li><a href="#(day-\w+)"', html)
    assert anchors == ["day-thu", "day-fri", "day-sat", "day-sun", "day-mon", "day-tue", "day-wed"]
    assert all(f'<div id="{anchor}"' in html for anchor in anchors)
    assert html.count('aria-current="date"') == 1


def test_first_screen_shows_four_meetings_and_counts_the_rest():
    slots = [WEEK["slots"][0] | {"time": f"1{hour}:00"} for hour in range(6)]
    today = timezone.localdate()
    slots = [slot | {"weekday": week_from(today, [])[0].anchor.removeprefix("day-")} for slot in slots]

    shown = tonight(slots)

    assert (len(shown.slots), shown.more, shown.next_day) == (4, 2, None)


def test_nothing_weekly_leaves_the_first_screen_alone():
    assert tonight([]) is None


def test_page_is_made_anew_at_midnight(city, client, monkeypatch):
    freeze(monkeypatch, MONDAY)
    fill_home(city)
    assert "понедельник, 23" in read(client)

    freeze(monkeypatch, MONDAY + timedelta(days=1))

    assert "вторник, 24" in read(client)


def test_pinned_news_leads_and_marks_itself(city, client):
    oldest = make_news("Закреплено давно")
    for number in range(3):
        make_news(f"Свежее {number}")
    actions.pin(oldest.feed_item, until=timezone.now() + timedelta(hours=1), by=make_user())
    fill_home(city, "news")

    html = read(client)

    assert re.search(r"story--lead.*?icons\.svg#pin.*?Закреплено давно", html, re.DOTALL)


def test_partners_are_named_counted_and_linked(city, client):
    for name in ("Роща", "Астра"):
        make_partner(name)
    fill_home(city, "partners")

    html = read(client)
    section = html[html.index('id="partners"') :]

    assert re.findall(r'<li><a href="[^"]*">([^<]*)</a>', section)[:2] == ["Астра", "Роща"]
    assert '<a href="/ru/partners/">' in section


def test_empty_city_says_what_will_stand_there(city, client, locales):
    english = HomePage.objects.get(locale=locales["en"])
    fill_home(english, "news", "partners")

    html = read(client, "/en/")

    assert "No news yet" in html
    assert "Nobody has joined yet" in html


def test_links_lead_to_the_page_in_the_readers_language_and_vanish_with_it(city, client, locales):
    page = make_news("Мастерская")
    call = SECTIONS["call_to_action"] | {"links": [{"label": "Читать", "page": page.pk, "address": ""}]}
    english = HomePage.objects.get(locale=locales["en"])
    fill_home(english, "call_to_action", call_to_action=call)
    assert f'<a class="btn" href="{page.url}" lang="ru">Читать</a>' in read(client, "/en/")

    page.copy_for_translation(locales["en"]).save_revision().publish()
    copy = page.get_translation(locales["en"])
    cache.clear()
    assert f'<a class="btn" href="{copy.url}">Читать</a>' in read(client, "/en/")

    copy.unpublish()
    page.unpublish()
    cache.clear()
    assert "Читать" not in read(client, "/en/")


def test_figures_never_stand_without_their_source(city, client):
    fill_home(city, "figures")

    html = read(client)

    assert "<dd>24</dd>" in html
    assert FIGURES["figures"][0]["source"] in html.replace("\u00a0", " ")


def test_words_of_an_editor_are_escaped(city, client):
    fill_home(city, "hero", hero=HERO | {"title": "<script>alert(1)</script>"})

    assert "<script>alert(1)" not in read(client)


def test_network_introduces_itself_to_search_engines(city, client):
    html = read(client)

    (said,) = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    assert (said["@type"], said["url"]) == ("Organization", "http://testserver/ru/")


@pytest.mark.parametrize("name", [name for name in SECTIONS if name != "body"])  # its blocks have tests of their own
def test_every_section_shows_itself_in_the_editor(city, name):
    block = HomeBlocks().child_blocks[name]
    value = block.get_preview_value()

    html = str(block.render(value, block.get_preview_context(value)))

    assert block.is_previewable
    assert block.get_description()
    assert len(re.sub(r"<[^>]*>|\s", "", html)) > 4


@pytest.mark.parametrize("number", [3, 30])
def test_queries_do_not_grow(city, client, django_assert_num_queries, number):
    for _ in range(number):
        make_partner(cover=make_picture(size=(90, 60)))
        make_news(cover=make_picture(size=(90, 60)))
    fill_home(city)
    client.get("/ru/")
    cache.delete_many([key.removeprefix(":1:") for key in list(cache._cache) if ":home:" in key])

    with django_assert_num_queries(13):
        client.get("/ru/?fresh=1")
