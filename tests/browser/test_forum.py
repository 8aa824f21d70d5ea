"""People talk, with a real browser: with and without scripts, on a phone, by keyboard."""

import pytest
from django.contrib.auth.models import Permission
from playwright.sync_api import expect

from accounts.models import User
from forum.enums import Held, Kind
from forum.models import Post, Reaction, Topic
from tests.browser.conftest import LONG, walk
from tests.browser.test_accounts import PASSWORD, sign_in
from tests.factories import make_board, make_reply, make_talk, make_user

pytestmark = pytest.mark.browser
EVERYTHING = f"""# Title

**bold**, *italic*, ~~no~~, `code {"x" * 80}`, https://example.org/{"long/" * 40}

> quoted

- [x] done
- [ ] {LONG}

| {" | ".join("abcdefgh")} |
|{"---|" * 8}
| {" | ".join([LONG] * 8)} |

```
{"long line " * 30}
```
"""


@pytest.fixture
def anna(live_server, city) -> User:
    return make_user(password=PASSWORD, display_name="Anna", language="en")


@pytest.fixture
def keeper(live_server, city) -> User:
    user = make_user(password=PASSWORD, display_name="Keeper", language="en")
    user.user_permissions.add(Permission.objects.get(codename="moderate"))
    return user


@pytest.fixture
def topic(anna) -> Topic:
    board = make_board(f"Ремесло {LONG}", slug="crafts")
    topic = make_talk(board, by=anna, title=f"Где чинить {LONG}?", kind=Kind.QUESTION, text=EVERYTHING, tags=("bikes",))
    for number in range(24):
        make_reply(topic, text=f"Reply {number}")
    return topic


def test_reader_signs_in_and_replies(page, topic):
    person = make_user(password=PASSWORD, display_name="Boris", language="en")

    page.goto(f"/en/forum/topics/{topic.pk}/")
    page.get_by_role("link", name="Sign in to reply").click()
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"/en/forum/topics/{topic.pk}/?page=2#reply")
    page.get_by_label("Your words").fill("It works")
    page.get_by_label("Your words").select_text()
    page.get_by_role("button", name="Bold").click()
    page.get_by_role("button", name="Reply", exact=True).click()

    expect(page).to_have_url(f"/en/forum/topics/{topic.pk}/?page=2#post-26")
    expect(page.locator("#post-26 strong")).to_have_text("It works")


def test_topic_is_started_looked_at_and_corrected_without_scripts(plain, topic, anna):
    sign_in(plain, anna)
    plain.goto("/en/forum/")
    plain.get_by_role("link", name="Start a topic").click()
    expect(plain).to_have_url("/en/forum/crafts/new/")
    plain.get_by_label("Experience").check()
    plain.get_by_label("Your words").fill("*Slowly*")
    plain.get_by_role("button", name="Publish").click()

    expect(plain.get_by_role("alert")).to_contain_text("Give your topic a title.")
    expect(plain.get_by_label("Your words")).to_have_value("*Slowly*")
    expect(plain.get_by_label("Experience")).to_be_checked()
    plain.get_by_label("Title").fill("How I learned")
    plain.get_by_role("button", name="Look at it first").click()
    expect(plain.locator(".post__body em")).to_have_text("Slowly")
    plain.get_by_role("button", name="Publish").click()

    expect(plain.get_by_role("heading", level=1)).to_have_text("How I learned")
    plain.get_by_role("link", name="Change", exact=True).click()
    plain.get_by_label("Your words").fill("Quickly")
    plain.get_by_role("button", name="Save", exact=True).click()
    plain.get_by_role("link", name="changed", exact=True).click()
    expect(plain.locator(".post__body em")).to_have_text("Slowly")


def test_pages_reactions_and_answers_work_without_scripts(plain, topic, anna):
    sign_in(plain, anna)
    plain.goto(f"/en/forum/topics/{topic.pk}/")
    plain.get_by_role("link", name="Next").click()
    expect(plain.locator(".unread")).to_be_visible()
    expect(plain.locator(".editor__bar").first).to_be_hidden()

    plain.locator("#post-22").get_by_role("button", name="Useful").click()
    expect(plain).to_have_url(f"/en/forum/topics/{topic.pk}/?page=2#post-22")
    expect(plain.locator("#post-22").get_by_role("button", name="Useful")).to_have_attribute("aria-pressed", "true")
    plain.locator("#post-23").get_by_role("button", name="This helped").click()
    expect(plain.locator(".post--answer")).to_have_attribute("id", "post-23")
    expect(plain.get_by_role("link", name="№ 23").first).to_be_visible()


def test_script_reacts_without_a_new_page(page, topic, anna):
    sign_in(page, anna)
    page.goto(f"/en/forum/topics/{topic.pk}/?page=2")
    page.evaluate("window.here = true")
    button = page.locator("#post-22").get_by_role("button", name="Thank you")

    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button.locator(".num")).to_have_text("1")
    assert Reaction.objects.filter(person=anna).count() == 1
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")

    assert page.evaluate("window.here") is True
    assert Reaction.objects.count() == 0


def test_first_post_waits_and_is_let_through(page, topic, anna, keeper):
    make_board(slug="held", held=Held.FIRST)
    newcomer = make_user(password=PASSWORD, language="en")
    sign_in(page, newcomer)
    page.goto("/en/forum/held/new/")
    page.get_by_label("Title").fill("Am I here?")
    page.get_by_label("Your words").fill("Hello")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status").filter(has_text="A moderator looks at it first")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, keeper)
    page.goto("/en/forum/")
    page.get_by_role("link", name="Moderators’ desk").click()
    page.get_by_role("link", name="Am I here?").click()
    page.get_by_role("button", name="Show it to everybody").click()
    expect(page.locator("#post-1")).to_contain_text("Hello")

    page.context.clear_cookies()
    page.goto("/en/search/?q=am+i+here")
    expect(page.get_by_role("link", name="Am I here?")).to_be_visible()
    assert Post.objects.get(author=newcomer).number == 1


@pytest.fixture
def paths(topic, keeper) -> dict[str, str]:
    """Each kind of page, as a moderator gets it: with everything there is."""
    held = make_board(slug="held", held=Held.ALL)
    make_talk(held, title="Waiting")
    reply = make_reply(topic, text="Mine", by=keeper)
    first = topic.posts.get(number=1)
    return {
        "all boards": "/en/forum/",
        "a board": "/en/forum/crafts/",
        "nothing": "/en/forum/crafts/?tag=no",
        "a topic": f"/en/forum/topics/{topic.pk}/",
        "its end": f"/ru/forum/topics/{topic.pk}/?page=2&quote=22",
        "where": "/en/forum/new/",
        "a form": "/ru/forum/crafts/new/",
        "a change": f"/en/forum/posts/{first.pk}/edit/",
        "a removal": f"/en/forum/posts/{reply.pk}/remove/",
    }


def test_axe_finds_nothing_and_nothing_hangs_over(seen, paths, keeper):
    walk(seen, ["/en/forum/", paths["a topic"]])

    sign_in(seen, keeper)

    walk(seen, paths.values())
