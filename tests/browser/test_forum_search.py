"""Somebody looks for what was said in a topic, with a real browser."""

import pytest
from playwright.sync_api import expect

from forum.models import Topic
from tests.browser.conftest import LONG, walk
from tests.factories import make_board, make_news, make_reply, make_talk, make_user

pytestmark = pytest.mark.browser


@pytest.fixture
def topic(live_server, city) -> Topic:
    """About a news item, long, with something to find on its second page."""
    news = make_news(f"Мастерская открылась {LONG}")
    topic = make_talk(make_board("Ремесло", slug="crafts"), title=f"Где чинить {LONG}?", page=news)
    for number in range(22):
        make_reply(topic, text=f"Ответ {number} {LONG}")
    make_reply(topic, by=make_user(display_name="Марина Климова"), text=f"Велосипеды чинят по средам {LONG}")
    return topic


def test_other_forms_of_a_word_lead_to_the_post_by_keyboard(page, topic):
    page.goto(f"/en/forum/topics/{topic.pk}/")
    field = page.get_by_label("Search in the topic").last
    field.focus()
    page.keyboard.type("велосипедов")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="1 post found")).to_be_visible()
    expect(page.locator("article mark")).to_have_text("Велосипеды")
    expect(page.locator("article")).to_contain_text("Марина Климова")
    found = page.get_by_role("link", name="№ 24")
    found.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"/en/forum/topics/{topic.pk}/?page=2#post-24")


def test_search_goes_on_elsewhere_without_scripts(plain, topic):
    make_talk(make_board("Другой"), title="Слоны", text="Слон в зоопарке")
    plain.goto("/en/forum/crafts/")
    plain.locator("#find").fill("слонами")
    plain.locator("#find").press("Enter")

    expect(plain.get_by_role("heading", name="Nobody has written this here")).to_be_visible()
    expect(plain.locator("#find")).to_have_value("слонами")
    plain.get_by_role("link", name="In all discussions").click()
    expect(plain.locator("article mark").first).to_have_text("Слоны")


def test_page_shows_what_is_said_and_leads_there_without_scripts(plain, topic):
    plain.goto(topic.page.specific.url)

    plain.get_by_role("link", name="Велосипеды чинят").click()
    expect(plain).to_have_url(f"/ru/forum/topics/{topic.pk}/?page=2#post-24")
    plain.locator(".about").get_by_role("link", name="Мастерская открылась").click()
    expect(plain).to_have_url(topic.page.specific.url)


def test_axe_finds_nothing_and_nothing_hangs_over(seen, topic):
    walk(seen, places(topic).values())


def places(topic: Topic) -> dict[str, str]:
    return {
        "found in a topic": f"/ru/forum/search/?q=велосипедов&topic={topic.pk}",
        "found on a board": "/ru/forum/search/?q=чинить&board=crafts",
        "nothing found": f"/ru/forum/search/?q=слон&topic={topic.pk}",
        "nothing asked": "/ru/forum/search/",
        "a board": "/ru/forum/crafts/",
        "a topic with its card": topic.get_absolute_url(),
        "a page with its talk": topic.page.specific.url,
    }
