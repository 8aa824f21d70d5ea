"""What people open among results is counted from a real browser, and without scripts nothing is missing."""

import pytest
from playwright.sync_api import Browser, Page, expect

from search.models import AskedFor, Pick, PickedPlace
from search.query_log import noting
from tests.browser.conftest import LONG, walk, watch
from tests.factories import make_news

pytestmark = pytest.mark.browser
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.fixture(autouse=True)
def _nothing_counted():
    noting.buffer.rows.clear()
    noting.buffer.clicks.clear()


@pytest.fixture
def person(browser: Browser, live_server, city, problems: list[str]):
    """A browser that doesn't say that it has no head."""
    context = browser.new_context(base_url=live_server.url, user_agent=AGENT)
    page = context.new_page()
    watch(page, problems)
    yield page
    context.close()
    assert problems == []


@pytest.fixture
def found(live_server, city) -> None:
    for number in range(3):
        make_news(f"Школа танцев {number}")


def test_opened_result_is_counted_with_its_place_once(person: Page, found):
    person.goto("/ru/search/?q=школа")
    second = person.locator("a[data-rank='2']")
    with person.expect_response("**/search/clicked/") as told:
        second.click(modifiers=["Control"])
    second.click()
    expect(person.locator("h1")).to_contain_text("Школа танцев")

    noting.buffer.flush()

    assert told.value.status == 204
    assert list(AskedFor.objects.values_list("text", "hits", "asked", "visits", "clicks", "rank_sum")) == [
        ("школа", 3, 1, 1, 1, 2)
    ]


@pytest.fixture
def picked(found) -> None:
    pick = Pick.objects.create(language="ru", phrases="школа, флейта")
    page = make_news(f"Сначала сюда {LONG}", lead=f"Тут учат {LONG}.")
    PickedPlace.objects.create(pick=pick, page=page, key=f"page:{page.pk}", sort_order=0)


def test_picks_lead_on_by_keyboard_without_scripts(plain: Page, picked):
    plain.goto("/ru/search/?q=школы")
    plain.get_by_role("region", name="Выбор редакции").get_by_role("link").press("Enter")

    expect(plain.locator("h1")).to_contain_text("Сначала сюда")


def test_axe_finds_nothing_in_picks_and_nothing_hangs_over(seen: Page, picked):
    walk(seen, ["/ru/search/?q=школа", "/ru/search/?q=флейта"])
