"""Look for something, follow it by letter, hear of what is new, end it: as people do it, with and without scripts."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import User
from search.enums import Pace
from search.models import SavedSearch, Subscriber
from search.query import Query
from search.saved import actions, tokens
from tests.browser.conftest import LONG, walk
from tests.browser.test_accounts import PASSWORD, sign_in
from tests.factories import make_news, make_user
from tests.search.saved.conftest import a_week_later

pytestmark = pytest.mark.browser


@pytest.fixture
def anna(live_server, city) -> User:
    return make_user("anna@example.org", password=PASSWORD, display_name="Anna", language="en")


def link(kind: str, text: str) -> str:
    return re.search(rf"http://testserver(/\w\w/search/{kind}\S+)", text)[1]


def go_all_the_way(page: Page) -> None:
    page.goto("/en/search/?q=молния")
    expect(page.get_by_role("heading", level=1)).to_contain_text("nobody offers this yet")
    page.get_by_role("group", name="Follow this search").get_by_role("link", name="By e-mail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow this search")
    page.get_by_label("E-mail").fill("not an address")
    page.get_by_role("button", name="Follow by e-mail").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("E-mail").fill("clara@example.org")
    page.get_by_label("Once a week, on Mondays").check()
    page.get_by_role("button", name="Follow by e-mail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")

    page.goto(link("follow/confirm/", mail.outbox[0].body))
    page.get_by_role("button", name="Yes, write to me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You follow this search")
    page.get_by_role("link", name="All that I follow").click()
    page.get_by_label("How often: “молния”").select_option("daily")
    page.get_by_role("button", name="Save “молния”").click()
    expect(page.get_by_label("How often: “молния”")).to_have_value("daily")

    make_news("Шаровая молния")
    [letter] = a_week_later()
    page.goto(link("", letter))
    expect(page.locator("article h3")).to_have_text("Шаровая молния")

    page.goto(link("follow/stop/", letter))
    expect(page.get_by_role("heading", level=1)).to_have_text("Stop these letters?")
    page.get_by_role("button", name="Stop them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No more such letters")
    assert mail.outbox[1].to == ["clara@example.org"]
    assert (Subscriber.objects.count(), a_week_later()) == (0, [])


def test_search_is_followed_confirmed_told_and_ended(page: Page):
    go_all_the_way(page)


def test_search_is_followed_confirmed_told_and_ended_without_scripts(plain: Page):
    go_all_the_way(plain)


def test_signed_in_one_press_follows_and_the_menu_leads_to_the_list(page: Page, anna):
    make_news("Шаровая молния")
    sign_in(page, anna)
    page.goto("/en/search/?q=молния")
    page.get_by_role("group", name="Follow this search").get_by_role("link", name="By e-mail").click()
    page.get_by_role("button", name="Follow by e-mail").click()
    expect(page.get_by_role("status").filter(has_text="You follow this search.")).to_be_visible()

    page.goto("/en/")
    page.locator(".account summary").click()
    page.locator(".account nav").get_by_role("link", name="My searches").click()
    expect(page.get_by_role("link", name="“молния”")).to_be_visible()
    page.get_by_role("button", name="Remove “молния”").click()

    expect(page.get_by_text("You follow no search yet")).to_be_visible()
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_accessibility_faults_and_fit_a_phone(page: Page, anna, scheme):
    for text in ("молния", LONG):
        actions.save(anna, Query(text, "en"), Pace.DAILY)
    actions.ask_to_confirm(f"{'clara' * 12}@example.org", Query(LONG), Pace.DAILY)
    waiting = SavedSearch.objects.get(confirmed_at=None)
    follower = Subscriber.objects.get(person=None).pk
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    follow = f"/en/search/follow/?q={LONG}"

    walk(page, [follow, "/en/search/follow/sent/", f"/en/search/follow/confirm/{_to_confirm(waiting)}/"])
    actions.confirm(waiting.pk, Pace.DAILY)
    walk(
        page,
        [
            f"/en/search/follow/{tokens.manage_token(follower)}/",
            f"/en/search/follow/agree/{tokens.agree_token(follower)}/",
            f"/en/search/follow/stop/{tokens.stop_token(follower, [waiting.pk])}/",
        ],
    )
    sign_in(page, anna)
    walk(page, [follow, "/en/search/follow/mine/"])


def _to_confirm(search: SavedSearch) -> str:
    return tokens.confirm_token(search.pk, Pace.DAILY)
