"""Somebody looks for something: with wrong letters and keys, by filters, in vain, in a feed reader, without scripts."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import feedparser
import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Page, expect

from search.models import Entry
from search.understanding import lexicon
from tests.browser.conftest import LONG, walk
from tests.browser.test_accounts import sign_in
from tests.factories import make_board, make_district, make_news, make_partner, make_talk, make_topic, make_user

pytestmark = pytest.mark.browser


@pytest.fixture
def found(live_server, city) -> None:
    """Nine things about bicycles by two organisations, one of them to come; a board to ask on."""
    crafts = make_topic("crafts", "Ремёсла")
    left = make_district("left", "Левобережный")
    library = make_partner("Библиотека «Роща»", slug="grove", kind="library", topics=[crafts])
    workshop = make_partner("Мастерская «Верстак»", slug="bench", kind="business", district=left, topics=[crafts])
    for number in range(4):
        make_news(f"Ремонт велосипеда, урок {number}", partner=workshop)
    make_news(f"Велосипеды в библиотеке {LONG}", partner=library)
    make_talk(make_board("Вопросы", slug="questions"), title="Где починить велосипед зимой?")
    make_news("Расписание трамвая", partner=library)
    Entry.objects.update(published=timezone.now() - timedelta(days=40))
    Entry.objects.filter(title__contains="урок 3").update(starts=timezone.now())
    lexicon.learn_new()


def look_for(page: Page, text: str, **asked: str) -> None:
    page.goto(f"/ru/search/?{urlencode({'q': text, **asked})}")


def names(page: Page):
    return page.locator(".results article h3")


def test_wrong_letters_are_understood_and_may_be_insisted_on(page, found):
    page.goto("/ru/")
    page.locator("header input[name=q]").fill("ремонт велосепеда")
    page.keyboard.press("Enter")

    expect(page.locator(".page-head")).to_contain_text("ремонт велосипеда")
    expect(names(page).first).to_contain_text("Ремонт велосипеда")
    expect(page.locator(".results mark").first).to_be_visible()

    page.get_by_role("link", name="Искать «ремонт велосепеда» как написано").click()
    expect(page.locator("h1")).to_contain_text("ремонт велосепеда")
    expect(page.get_by_text("Показано найденное по запросу")).to_have_count(0)


def test_the_other_keyboard_is_understood(page, found):
    look_for(page, "dtkjcbgtl")

    expect(page.locator(".page-head")).to_contain_text("велосипед")
    expect(names(page)).to_have_count(6)


def test_filters_narrow_widen_and_are_taken_back(page, found):
    look_for(page, "велосипед")
    expect(names(page)).to_have_count(6)

    partners = page.locator("details", has=page.locator("summary", has_text="Организация"))
    partners.locator("summary").click()
    partners.get_by_label("Мастерская «Верстак»").check()
    page.locator(".facets__head button").click()
    expect(names(page)).to_have_count(4)
    assert "partner=bench" in page.url

    page.locator("details", has=page.locator("summary", has_text="Организация")).get_by_label(
        "Библиотека «Роща»"
    ).check()
    page.locator(".facets__head button").click()
    expect(names(page)).to_have_count(5)

    page.locator(".chip", has_text="Верстак").click()
    expect(names(page)).to_have_count(1)
    page.go_back()
    expect(names(page)).to_have_count(5)


def test_what_takes_place_today_is_chosen_by_keyboard(page, found):
    look_for(page, "велосипед")

    days = page.locator("details", has=page.locator("summary", has_text="Когда"))
    days.locator("summary").focus()
    page.keyboard.press("Enter")
    days.get_by_label("Сегодня").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("when=today"))
    expect(page.locator(".chip")).to_contain_text("Сегодня")


def test_in_vain_leads_on(page, found):
    look_for(page, "велосипед", district="left", partner="grove")
    expect(page.locator(".results")).to_contain_text("Под все условия ничего не подошло")

    page.get_by_role("link", name="без условия: Левобережный").click()
    expect(names(page)).to_have_count(1)


def test_what_nobody_offers_is_asked_on_the_board_without_typing_it_again(page, found):
    citizen = make_user(email="anna@example.org", display_name="Анна")
    sign_in(page, citizen)
    look_for(page, "фагот для начинающих")
    expect(page.locator("h1")).to_contain_text("Фагот для начинающих")

    page.get_by_role("link", name="Спросить город").click()

    expect(page.get_by_label("Заголовок")).to_have_value("Фагот для начинающих")


def test_all_of_it_works_without_scripts(plain, found):
    plain.goto("/ru/")
    plain.locator("header input[name=q]").fill("htvjyn dtkjcbgtlf")
    plain.locator("header form[role=search] button[type=submit]").click()
    expect(names(plain).first).to_contain_text("Ремонт велосипеда")

    plain.locator("details", has=plain.locator("summary", has_text="Район")).get_by_label("Левобережный").check()
    plain.locator(".facets__head button").click()
    expect(names(plain)).to_have_count(4)
    plain.locator(".listbar select").select_option("date")
    plain.locator(".listbar button").click()
    assert "sort=date" in plain.url


def test_feed_readers_and_calendars_follow_what_was_found(page, found):
    look_for(page, "велосипед", partner="bench")
    doors = {link.get_attribute("type"): link.get_attribute("href") for link in page.locator("a[type]").all()}

    feed = feedparser.parse(page.request.get(doors["application/atom+xml"]).body())
    calendar = Calendar.from_ical(page.request.get(doors["text/calendar"]).body())

    assert (feed.bozo, feed.version, len(feed.entries)) == (False, "atom10", 4)
    assert feed.entries[0].link.startswith("http")
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["Ремонт велосипеда, урок 3"]


def test_pages_of_results_are_sound_for_everybody(seen, found):
    walk(
        seen,
        [
            "/ru/search/",
            f"/ru/search/?{urlencode({'q': 'велосепед'})}",
            f"/en/search/?{urlencode({'q': 'велосипед', 'when': 'today', 'sort': 'date'})}",
            f"/ru/search/?{urlencode({'q': 'велосипед', 'district': 'left', 'partner': 'grove'})}",
            f"/ru/search/?{urlencode({'q': LONG})}",
            f"/be/search/?{urlencode({'q': 'фагот', 'topic': 'crafts'})}",
        ],
    )
