"""From the first look to the first post that everybody reads; and how far one comes by keyboard alone."""

from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.models import User
from forum.actions import watching
from forum.enums import Held, Mode
from forum.models import Topic
from notices.enums import Pace
from notices.models import Preferences
from tests.browser.conftest import watch
from tests.browser.test_accounts import PASSWORD, link_in_letter, sign_in
from tests.factories import make_board, make_moderator, make_proposal, make_talk, make_user

pytestmark = pytest.mark.browser
WORDS = "The workshop on Pine street lends tools on Fridays"


@pytest.fixture
def arrive(browser: Browser, live_server, problems: list[str]) -> Iterator[Callable[[], Page]]:
    """One more visitor, at a computer of their own."""
    contexts = []

    def arrive() -> Page:
        contexts.append(browser.new_context(base_url=live_server.url, locale="en-GB"))
        page = contexts[-1].new_page()
        watch(page, problems)
        return page

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def judge(live_server, city) -> User:
    return make_moderator(password=PASSWORD, display_name="Judge", language="en")


@pytest.fixture
def topic(judge) -> Topic:
    board = make_board("Crafts", slug="crafts", held=Held.FIRST)
    return make_talk(board, by=judge, title="Where to mend bicycles", text="Mine creaks", language="en")


@pytest.fixture
def follower(topic) -> User:
    """Of the topic, who wants a letter at once, at any hour."""
    person = make_user(password=PASSWORD, display_name="Vera", language="en")
    Preferences.objects.create(person=person, followed=Pace.AT_ONCE, quiet_from=None, quiet_until=None)
    watching.set_watch(person, "topic", topic.pk, Mode.WATCH)
    return person


def sign_up(page: Page) -> None:
    """From the page that asks one to sign in, as far as a confirmed address."""
    page.get_by_role("main").get_by_role("link", name="Sign up").click()
    page.get_by_label("E-mail").fill("newcomer@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("What shall we call you?").fill("Nina")
    page.get_by_label("I agree that this site keeps my personal data").check()
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    page.goto(link_in_letter())
    page.get_by_role("button", name="Yes, confirm").click()


def test_newcomers_first_post_is_held_let_through_found_and_told_of(page: Page, arrive, topic, judge, follower):
    page.goto("/en/forum/")
    page.get_by_role("link", name="Where to mend bicycles").click()
    expect(page.locator("#post-1")).to_contain_text("Mine creaks")
    page.get_by_role("link", name="Sign in to reply").click()
    sign_up(page)
    page.goto(topic.get_absolute_url().replace("/ru/", "/en/"))
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="A moderator looks at it first")).to_be_visible()
    mail.outbox.clear()

    reader = arrive()
    reader.goto(page.url.partition("#")[0])
    expect(reader.locator("#post-1")).to_be_visible()
    expect(reader.get_by_text(WORDS)).to_have_count(0)

    moderator = arrive()
    sign_in(moderator, judge)
    moderator.goto("/en/forum/desk/")
    moderator.keyboard.press("j")
    moderator.keyboard.press("a")
    expect(moderator.get_by_role("status").filter(has_text="Decided: Shown to everybody.")).to_be_visible()

    reader.reload()
    expect(reader.locator("#post-2")).to_contain_text(WORDS)
    reader.goto("/en/")
    reader.locator("header input[name=q]").fill("lends tools on Fridays")
    reader.keyboard.press("Enter")
    reader.get_by_role("main").get_by_role("link", name="Where to mend bicycles").first.click()
    expect(reader.locator("#post-2")).to_be_visible()

    told = arrive()
    sign_in(told, follower)
    told.goto("/en/notices/")
    expect(told.locator("article").first).to_contain_text("Nina replies in")
    expect(told.locator("article").first).to_contain_text(WORDS)
    (letter,) = [letter for letter in mail.outbox if letter.to == [follower.email]]
    assert WORDS in letter.body
    page.goto("/en/notices/")
    expect(page.get_by_role("main")).to_contain_text("Where to mend bicycles")


def test_all_that_people_do_goes_by_keyboard(page: Page, judge):
    """Sign in, page, react, vote, write, look at it, publish: Tab, letters, Space and Enter, never a click."""
    board = make_board("Ideas", slug="ideas", kinds=["proposal", "discussion"])
    topic = make_talk(board, by=judge, title="Long talk", replies=24, language="en")
    proposal = make_proposal(board, title="Open the hall")
    person = make_user(password=PASSWORD, display_name="Vera", language="en")
    page.goto("/en/accounts/login/")
    tab_to(page, page.get_by_label("E-mail"))
    page.keyboard.type(person.email)
    tab_to(page, page.get_by_label("Password", exact=True))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/")

    page.goto(f"/en/forum/topics/{topic.pk}/")
    press(page, page.get_by_role("link", name="Next"))
    thanks = page.locator("#post-22").get_by_role("button", name="Thank you")
    press(page, thanks)
    expect(thanks).to_have_attribute("aria-pressed", "true")
    tab_to(page, page.get_by_label("Your words"))
    page.keyboard.type("**Here** I am")
    press(page, page.get_by_role("button", name="Look at it first"))
    expect(page.locator(".post__body strong")).to_have_text("Here")
    press(page, page.get_by_role("button", name="Reply", exact=True))
    expect(page.locator("#post-26 strong")).to_have_text("Here")

    page.goto(f"/en/forum/topics/{proposal.pk}/")
    press(page, page.get_by_role("button", name="Support", exact=True), "Space")
    expect(page.get_by_text("You support it", exact=True)).to_be_visible()


def tab_to(page: Page, target: Locator) -> None:
    """As far as it takes, and not for ever."""
    for _ in range(200):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)
