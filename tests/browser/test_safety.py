"""Reports, the desk, appeals, with a real browser: with and without scripts, by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum import actions
from forum.enums import Held, Penalty
from forum.models import Case, Post, Topic
from tests.browser.conftest import walk
from tests.browser.test_accounts import PASSWORD, sign_in
from tests.factories import make_board, make_moderator, make_removal, make_reply, make_report, make_talk, make_user

pytestmark = pytest.mark.browser


@pytest.fixture
def anna(live_server, city) -> User:
    return make_user(password=PASSWORD, display_name="Anna", language="en")


@pytest.fixture
def boris(live_server, city) -> User:
    return make_user(password=PASSWORD, display_name="Boris", language="en")


@pytest.fixture
def judges(live_server, city) -> list[User]:
    return [make_moderator(password=PASSWORD, display_name=f"Judge {n}", language="en") for n in (1, 2)]


@pytest.fixture
def topic(boris) -> Topic:
    topic = make_talk(make_board("Crafts", slug="crafts"), title="Where to mend bicycles")
    make_reply(topic, by=boris, text="You are all fools")
    return topic


def change_to(page: Page, person: User) -> None:
    page.context.clear_cookies()
    sign_in(page, person)


def test_report_is_decided_appealed_and_overturned_without_scripts(plain, topic, anna, boris, judges):
    sign_in(plain, anna)
    plain.goto(f"/en/forum/topics/{topic.pk}/")
    plain.get_by_role("link", name="Report post 2").click()
    plain.get_by_label("Insult or hatred").check()
    plain.get_by_role("button", name="Report").click()
    expect(plain.get_by_role("status").filter(has_text="A moderator looks at it")).to_be_visible()

    change_to(plain, judges[0])
    plain.goto("/en/forum/desk/")
    plain.get_by_text("Remove…").click()
    plain.get_by_label("Which rule").select_option("insult")
    plain.get_by_label("In your words").fill("No insults here")
    plain.get_by_role("button", name="Remove", exact=True).click()
    expect(plain.get_by_role("status").filter(has_text="Decided: Removed.")).to_be_visible()

    change_to(plain, anna)
    plain.goto("/en/forum/reports/")
    expect(plain.get_by_role("main")).to_contain_text("Removed")

    change_to(plain, boris)
    plain.goto(f"/en/forum/topics/{topic.pk}/")
    plain.get_by_role("link", name="Read the decision, or appeal").click()
    expect(plain.get_by_role("main")).to_contain_text("No insults here")
    plain.get_by_label("Why the decision is wrong").fill("It was a song")
    plain.get_by_role("button", name="Appeal").click()
    expect(plain.get_by_role("status").filter(has_text="Your appeal is on its way")).to_be_visible()

    change_to(plain, judges[0])
    plain.goto("/en/forum/desk/")
    expect(plain.get_by_role("article")).to_contain_text("Another moderator decides this")
    change_to(plain, judges[1])
    plain.goto("/en/forum/desk/")
    plain.get_by_label("In your words").fill("Indeed a song")
    plain.get_by_role("button", name="Take the decision back").click()

    plain.goto(f"/en/forum/topics/{topic.pk}/")
    expect(plain.locator("#post-2")).to_contain_text("You are all fools")


def test_desk_works_by_keyboard(page, judges, boris):
    board = make_board(held=Held.ALL)
    first, second = (make_talk(board, by=boris, title=f"Topic {number}") for number in (1, 2))
    sign_in(page, judges[0])
    page.goto("/en/forum/desk/")
    expect(page.get_by_role("heading", name="By keyboard")).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(f"#case-{Case.objects.get(post__topic=first).pk}")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("status").filter(has_text="Decided: Shown to everybody.")).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.press("A")
    page.keyboard.press("Tab")
    page.keyboard.type("jar of spam")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Decided: Removed.")).to_be_visible()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.standing, second.standing) == ("shown", "removed")
    assert Post.objects.get(topic=second).reason == "jar of spam"


def test_keys_can_be_switched_off(page, judges, boris):
    make_talk(make_board(held=Held.ALL), by=boris)
    sign_in(page, judges[0])
    page.goto("/en/forum/desk/")
    page.get_by_label("Keys work").uncheck()
    page.reload()

    page.keyboard.press("j")
    page.keyboard.press("a")

    expect(page.get_by_label("Keys work")).not_to_be_checked()
    assert Case.objects.get().closed_at is None


@pytest.fixture
def paths(topic, anna, boris, judges) -> dict[str, str]:
    reply = topic.posts.get(number=2)
    make_report(reply, by=anna, words="Rude")
    removed = make_reply(topic, by=judges[1], text="Removed")
    decision = make_removal(removed, by=judges[0])
    actions.appeal(decision, "Why?", by=judges[1])
    make_talk(make_board(held=Held.ALL), by=anna, title="Waiting")
    actions.sanction(boris, Penalty.SILENCE, by=judges[1], reason="Rude", ground="insult", days=3)
    actions.write_note(boris, "Look out", by=judges[1])
    actions.block(boris, by=judges[1])
    return {
        "desk": "/en/forum/desk/",
        "desk in Russian": "/ru/forum/desk/?matter=report",
        "case": f"/en/forum/desk/{Case.objects.filter(matter='report').get().pk}/",
        "person": f"/en/forum/desk/people/{boris.pk}/",
        "decisions": "/en/forum/decisions/",
        "decision": f"/en/forum/decisions/{decision.pk}/",
        "reports": "/en/forum/reports/",
        "blocked": "/en/forum/blocked/",
        "report": f"/en/forum/posts/{reply.pk}/report/",
        "folded": f"/en/forum/topics/{topic.pk}/",
    }


def test_axe_finds_nothing_and_nothing_hangs_over(seen, paths, judges):
    sign_in(seen, judges[1])

    walk(seen, paths.values())


def test_moderator_splits_merges_and_moves_by_keyboard_without_scripts(plain, topic, judges, boris):
    make_reply(topic, by=boris, text="And who plays chess?")
    board = make_board("Games", slug="games")
    sign_in(plain, judges[0])

    def press(role: str, name: str, key: str = "Enter") -> None:
        plain.get_by_role(role, name=name).focus()
        plain.keyboard.press(key)

    plain.goto(f"/en/forum/topics/{topic.pk}/")
    press("link", "Split")
    press("checkbox", "And who plays chess?", "Space")
    plain.get_by_label("Title of the new topic").focus()
    plain.keyboard.type("Chess")
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("heading", name="Chess", level=1)).to_be_visible()
    expect(plain.locator("#post-1")).to_contain_text("And who plays chess?")

    plain.get_by_label("Move to").focus()
    plain.keyboard.type("Games")
    press("button", "Move")
    expect(plain.get_by_role("status").filter(has_text="Done.")).to_be_visible()
    new = Topic.objects.get(title="Chess")
    assert new.board == board

    plain.goto(f"/en/forum/topics/{topic.pk}/")
    expect(plain.locator("#post-3")).to_contain_text("A moderator has moved this post to another topic.")
    press("link", "Read it there")
    expect(plain.get_by_role("heading", name="Chess", level=1)).to_be_visible()

    press("link", "Merge with another topic")
    plain.get_by_label("The other topic").focus()
    plain.keyboard.type(str(topic.pk))
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("main")).to_contain_text("whoever reads that board reads these posts then")
    press("button", "Merge the topics")
    expect(plain.locator("#post-4")).to_contain_text("And who plays chess?")
    plain.goto(f"/en/forum/topics/{new.pk}/")
    expect(plain).to_have_url(re.compile(rf"/en/forum/topics/{topic.pk}/#main$"))
