"""Drafts with a real browser: after a reload, on another device, for another person, without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from forum.actions import unsent
from forum.enums import Kind, Writing
from forum.models import Post, Topic, Unsent
from forum.places import Place
from tests.browser.conftest import look, walk, watch
from tests.browser.test_accounts import PASSWORD, sign_in, sign_out
from tests.factories import make_board, make_talk, make_user

pytestmark = pytest.mark.browser
COPIES = "() => Object.keys(localStorage).filter(key => key.startsWith('draft:'))"


@pytest.fixture
def anna(live_server, city) -> User:
    return make_user(password=PASSWORD, display_name="Anna", language="en")


@pytest.fixture
def boris(live_server, city) -> User:
    return make_user(password=PASSWORD, display_name="Boris", language="en")


@pytest.fixture
def topic(boris) -> Topic:
    board = make_board("Crafts", slug="crafts", kinds=[Kind.DISCUSSION, Kind.PROPOSAL])
    return make_talk(board, by=boris, title="Where to mend bicycles")


@pytest.fixture
def path(topic) -> str:
    return f"/en/forum/topics/{topic.pk}/"


@pytest.fixture
def phone(browser: Browser, live_server, problems) -> Iterator[Page]:
    """Another device."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB", viewport={"width": 390, "height": 800})
    page = context.new_page()
    watch(page, problems)
    yield page
    context.close()


def field(page: Page):
    return page.get_by_label("Your words")


def write(page: Page, text: str) -> None:
    """By key, so that the browser's copy is made; then until the server has it."""
    field(page).press_sequentially(text)
    expect(page.locator(".draft")).to_contain_text("Saved ", timeout=10_000)


def test_words_are_there_after_a_reload_and_gone_when_posted(page, anna, path, topic):
    sign_in(page, anna)
    page.goto(path)
    field(page).press_sequentially("In the yard")

    page.reload()
    expect(field(page)).to_have_value("In the yard")
    expect(page.locator(".draft")).to_contain_text("Brought back from this browser.")
    write(page, " of the library")
    assert Unsent.objects.get().words == {"text": "In the yard of the library"}

    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator("#post-2")).to_contain_text("In the yard of the library")
    expect(field(page)).to_have_value("")
    assert page.evaluate(COPIES) == []
    assert Unsent.objects.count() == 0


def test_other_device_offers_to_go_on(page, phone, anna, path, topic):
    sign_in(page, anna)
    page.goto(path)
    write(page, "Begun at home")

    sign_in(phone, anna)
    phone.goto(path)
    field(phone).focus()
    expect(phone.locator(".draft__offer")).to_contain_text("You began to write this on")
    phone.get_by_role("button", name="Go on with it").click()
    expect(field(phone)).to_have_value("Begun at home")
    write(phone, ", ended on the bus")
    phone.get_by_role("button", name="Reply", exact=True).click()

    expect(phone.locator("#post-2")).to_contain_text("Begun at home, ended on the bus")
    assert Unsent.objects.count() == 0


def test_words_of_two_devices_are_never_written_over(page, phone, anna, path, topic):
    sign_in(page, anna)
    page.goto(path)
    sign_in(phone, anna)
    phone.goto(path)
    field(phone).focus()
    write(page, "At home")

    field(phone).press_sequentially("On the bus")
    expect(phone.locator(".draft__offer")).to_be_visible(timeout=10_000)
    expect(phone.locator(".draft")).to_contain_text("Kept in this browser.")
    assert Unsent.objects.get().words == {"text": "At home"}
    phone.get_by_role("button", name="Go on with it").click()

    expect(field(phone)).to_have_value("At home\n\nOn the bus")
    expect(phone.locator(".draft")).to_contain_text("Saved ", timeout=10_000)
    assert Unsent.objects.get().words == {"text": "At home\n\nOn the bus"}


def test_signing_out_takes_it_from_the_browser(page, anna, path):
    sign_in(page, anna)
    page.goto(path)
    write(page, "Mine alone")
    assert len(page.evaluate(COPIES)) == 1

    sign_out(page)
    page.wait_for_load_state("load")

    assert page.evaluate(COPIES) == []
    sign_in(page, anna)
    page.goto("/en/forum/drafts/")
    expect(page.get_by_role("main")).to_contain_text("Mine alone")


def test_another_person_in_the_same_browser_sees_nothing(page, anna, boris, path):
    sign_in(page, anna)
    page.goto(path)
    write(page, "Mine alone")

    page.context.clear_cookies()  # the session ended: nobody has signed out
    sign_in(page, boris)
    page.goto(path)
    field(page).focus()
    page.wait_for_load_state("networkidle")
    expect(field(page)).to_have_value("")
    expect(page.locator("body")).not_to_contain_text("Mine alone")
    page.goto("/en/forum/drafts/")
    expect(page.get_by_role("main")).to_contain_text("You have begun nothing")

    page.context.clear_cookies()
    sign_in(page, anna)
    page.goto(path)
    expect(field(page)).to_have_value("Mine alone")


def test_words_survive_a_session_that_ended_while_writing(page, anna, path):
    sign_in(page, anna)
    page.goto(path)
    field(page).press_sequentially("A long text")
    page.context.clear_cookies()
    page.context.add_cookies([])

    page.goto(path)
    page.get_by_role("link", name="Sign in to reply").click()
    page.get_by_label("E-mail").fill(anna.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(field(page)).to_have_value("A long text")


def test_without_a_connection_the_browser_keeps_it(page, anna, path, problems):
    sign_in(page, anna)
    page.goto(path)
    page.context.set_offline(True)
    field(page).press_sequentially("In a tunnel")
    expect(page.locator(".draft")).to_contain_text("Kept in this browser.", timeout=10_000)
    page.context.set_offline(False)

    page.reload()
    expect(field(page)).to_have_value("In a tunnel")
    expect(page.locator(".draft")).to_contain_text("Saved ", timeout=10_000)

    assert Unsent.objects.get().words == {"text": "In a tunnel"}
    assert [problem for problem in problems if "ERR_INTERNET_DISCONNECTED" not in problem] == []
    problems.clear()


def test_thrown_away_words_can_be_brought_back(page, anna, path):
    sign_in(page, anna)
    page.goto(path)
    write(page, "Not sure")

    page.locator("[data-throw]").click()
    expect(page.locator(".draft")).to_contain_text("Thrown away.")
    expect(field(page)).to_have_value("")
    assert Unsent.objects.count() == 0
    assert page.evaluate(COPIES) == []
    page.get_by_role("button", name="Bring it back").click()

    expect(field(page)).to_have_value("Not sure")
    expect(page.locator(".draft")).to_contain_text("Saved ", timeout=10_000)


def test_a_quotation_comes_after_the_words_before(page, anna, path):
    sign_in(page, anna)
    page.goto(path)
    field(page).press_sequentially("First of all")

    page.get_by_role("link", name="Reply to post 1").click()

    expect(field(page)).not_to_have_value("First of all")
    assert field(page).input_value().startswith("First of all\n\n> [Boris, № 1]")


def test_a_proposal_is_kept_with_all_its_fields(page, phone, anna, topic):
    sign_in(page, anna)
    page.goto("/en/forum/crafts/propose/")
    page.get_by_label("Title").press_sequentially("A place to mend things")
    page.get_by_label("What is wrong now").press_sequentially("Nowhere to go")
    expect(page.locator(".draft")).to_contain_text("Saved ", timeout=10_000)

    sign_in(phone, anna)
    phone.goto("/en/forum/drafts/")
    phone.get_by_role("link", name="A place to mend things").click()

    expect(phone.get_by_role("main")).to_contain_text("You began to write this on")
    expect(phone.get_by_label("What is wrong now")).to_have_value("Nowhere to go")
    phone.get_by_role("main").locator("form[data-throws] button").click()
    expect(phone.get_by_label("Title")).to_have_value("")
    assert Unsent.objects.count() == 0


def test_without_scripts(plain, anna, path, topic):
    sign_in(plain, anna)
    plain.goto(path)
    field(plain).fill("Later")
    plain.get_by_role("button", name="Save for later").click()
    saved = plain.get_by_role("status").filter(has_text="Saved for later, here and among your drafts.")
    expect(saved).to_be_visible()
    expect(field(plain)).to_have_value("Later")

    plain.goto(path)
    plain.get_by_role("link", name="Go on with what you saved for later").click()
    expect(field(plain)).to_have_value("Later")
    field(plain).fill("Later, indeed")
    plain.get_by_role("button", name="Reply", exact=True).click()
    expect(plain.locator("#post-2")).to_contain_text("Later, indeed")
    assert Unsent.objects.count() == 0

    plain.goto("/en/forum/crafts/new/")
    plain.get_by_label("Title").fill("Half a")
    plain.get_by_role("button", name="Save for later").click()
    plain.goto("/en/forum/drafts/")
    expect(plain.get_by_role("link", name="Half a", exact=True)).to_be_visible()
    plain.get_by_role("button", name="Throw it away").click()
    expect(plain.get_by_role("main")).to_contain_text("You have begun nothing")
    assert Post.objects.count() == 2


def test_axe_finds_nothing_and_nothing_hangs_over(seen, topic, path, anna):
    board = topic.board_id
    for place in (Place(Writing.REPLY, topic.pk), Place(Writing.TOPIC, board), Place(Writing.PROPOSAL, board)):
        unsent.keep(anna, place, {"text": "Words " * 80, "title": "W" * 160}, ticket=None, seen=None)
    sign_in(seen, anna)
    walk(seen, ["/en/forum/drafts/", f"{path}reply/", "/ru/forum/crafts/new/", "/en/forum/crafts/propose/"])

    seen.goto(path)
    field(seen).focus()
    expect(seen.locator(".draft__offer")).to_be_visible()
    assert look(seen) == {}
