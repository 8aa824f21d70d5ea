"""Suggestions in a real browser: by keyboard, by pointer, without scripts; and what a browser keeps of searches."""

import pytest
from playwright.sync_api import Browser, Page, expect

from common.reading import Reading
from tests.browser.conftest import LONG, look, read_with, watch
from tests.browser.test_accounts import sign_in, sign_out
from tests.factories import make_news, make_partner, make_topic, make_user

pytestmark = pytest.mark.browser
KEPT = """() => Object.entries(localStorage).filter(([key]) => key.startsWith("searches:"))
  .flatMap(([, said]) => JSON.parse(said))"""


@pytest.fixture
def found(live_server, city) -> None:
    make_partner("Школа танцев", slug="dance")
    make_news("Школьный музей открыт")
    make_topic("schools", "Школы и кружки")


def field(page: Page):
    return page.locator("form.search").get_by_role("combobox")


def options(page: Page) -> list[str]:
    return page.locator("[role=option] > .icon + span").all_text_contents()


def typed(page: Page, text: str) -> None:
    """One waits for what comes of it."""
    with page.expect_response("**/search/suggest/**"):
        field(page).press_sequentially(text)
    expect(page.get_by_role("listbox")).to_be_visible()


def test_typing_arrow_and_enter_lead_to_the_page(page: Page, found):
    page.goto("/ru/news/")
    typed(page, "шко")

    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form.search [role=status]")).to_have_text("4 подсказки")
    assert options(page) == ["школа", "Школы и кружки", "Школа танцев", "Школьный музей открыт"]

    field(page).press("ArrowDown")
    field(page).press("ArrowDown")
    field(page).press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    expect(chosen).to_have_text("Школа танцевОрганизация")
    assert field(page).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    field(page).press("Enter")

    expect(page.locator("h1")).to_have_text("Школа танцев")


def test_keys_go_round_and_to_both_ends(page: Page, found):
    page.goto("/ru/news/")
    typed(page, "шко")
    chosen = page.locator("[aria-selected=true] > .icon + span")

    for key, there in [
        ("ArrowUp", "Школьный музей открыт"),
        ("Home", "школа"),
        ("End", "Школьный музей открыт"),
        ("ArrowUp", "Школа танцев"),
    ]:
        field(page).press(key)
        expect(chosen).to_have_text(there)
    field(page).press("End")
    field(page).press("ArrowDown")
    expect(chosen).to_have_count(0)
    assert field(page).get_attribute("aria-activedescendant") is None


def test_escape_closes_and_keeps_what_was_typed(page: Page, found):
    page.goto("/ru/news/")
    typed(page, "шко")

    field(page).press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value("шко")
    field(page).press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()


def test_pointer_chooses_and_leaving_closes(page: Page, found):
    page.goto("/ru/news/")
    typed(page, "шко")
    page.locator("h1").click()
    expect(page.get_by_role("listbox")).to_be_hidden()

    field(page).press("ArrowDown")
    page.get_by_role("option", name="Школы и кружки").click()

    page.wait_for_url("**/ru/search/?topic=schools")


def test_enter_without_a_choice_searches_as_ever(page: Page, found):
    page.goto("/ru/")
    typed(page, "музеи")
    field(page).press("Enter")

    expect(page.locator("h1")).to_contain_text("музеи")


def test_nothing_moves_when_the_list_opens(page: Page, found):
    page.goto("/ru/news/")
    before = page.locator("h1").bounding_box()

    typed(page, "шко")

    assert page.locator("h1").bounding_box() == before


def test_the_field_works_without_scripts(plain: Page, found):
    plain.goto("/ru/news/")
    assert plain.locator("[role=combobox], [role=option]").count() == 0
    expect(plain.locator(".suggest")).to_be_hidden()

    plain.get_by_role("searchbox").fill("музей")
    plain.get_by_role("searchbox").press("Enter")

    expect(plain.locator("h1")).to_contain_text("музей")


def test_own_searches_are_shown_forgotten_one_by_one_and_all(page: Page, found):
    for text in ("танцы", "музей", "школа", "кружок", "лекция", "танцы"):
        page.goto("/ru/news/")
        field(page).fill(text)
        field(page).press("Enter")
        page.wait_for_url("**/search/?q=*")
    page.goto("/ru/news/")
    field(page).focus()
    assert options(page) == ["танцы", "лекция", "кружок", "школа", "музей"]

    field(page).press("ArrowDown")
    field(page).press("Delete")
    assert options(page) == ["лекция", "кружок", "школа", "музей"]
    page.locator(".suggest__forget").nth(1).click()
    assert options(page) == ["лекция", "школа", "музей"]
    assert page.evaluate(KEPT) == ["лекция", "школа", "музей"]

    page.locator(".suggest__own button").click()
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert page.evaluate(KEPT) == []


def test_own_search_is_made_again(page: Page, found):
    page.goto("/ru/news/")
    field(page).fill("музей")
    field(page).press("Enter")
    page.wait_for_url("**/search/?q=*")
    page.goto("/ru/news/")
    field(page).focus()
    field(page).press("ArrowDown")
    field(page).press("Enter")

    expect(page.locator("h1")).to_contain_text("музей")


def test_own_searches_go_when_their_person_signs_out(page: Page, found):
    sign_in(page, make_user(language="ru"))
    page.wait_for_url(lambda url: "login" not in url)
    page.goto("/ru/news/")
    field(page).fill("музей")
    field(page).press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.evaluate(KEPT) == ["музей"]

    sign_out(page)
    page.wait_for_url(lambda url: "logout" not in url)

    assert page.evaluate(KEPT) == []


@pytest.mark.parametrize("contrast", ["", "wb"])
@pytest.mark.parametrize(("width", "scheme", "size"), [(1280, "light", ""), (390, "dark", ""), (320, "light", "200")])
def test_axe_finds_nothing_in_the_open_list(
    browser: Browser, live_server, found, problems, width, scheme, size, contrast
):
    make_news(f"Школа {LONG}")
    context = browser.new_context(
        base_url=live_server.url, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    read_with(context, Reading(size=size, contrast=contrast), live_server.url)
    page = context.new_page()
    watch(page, problems)

    page.goto("/ru/")
    typed(page, "шко")
    field(page).press("ArrowDown")
    assert look(page) == {}
    field(page).press("Enter")
    page.goto("/ru/news/")
    page.evaluate("localStorage.setItem('searches:', JSON.stringify(['музей', 'танцы']))")
    field(page).focus()
    assert look(page) == {}
    context.close()
    assert problems == []
