"""Follow, be told, open, have read: with a real browser, with and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions import watching
from forum.enums import Mode
from forum.models import Topic, Watch
from notices.actions import Happening, tell
from notices.models import Notice, Preferences
from tests.browser.conftest import LONG, walk
from tests.browser.test_accounts import PASSWORD, sign_in
from tests.factories import make_board, make_reply, make_talk, make_user

pytestmark = pytest.mark.browser


@pytest.fixture
def anna(live_server, city) -> User:
    return make_user(password=PASSWORD, display_name="Anna", language="en")


@pytest.fixture
def topic(anna) -> Topic:
    return make_talk(make_board(f"Ремесло {LONG}", slug="crafts"), title=f"Где чинить {LONG}?", tags=("bikes",))


def test_followed_topic_is_told_of_opened_and_read(page: Page, topic, anna):
    sign_in(page, anna)
    page.goto(f"/en/forum/topics/{topic.pk}/")
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_role("button", name="Follow")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".account .badge")).to_have_count(0)

    make_reply(topic, by=make_user(display_name="Boris"), text="In the **workshop**")
    page.goto("/en/")
    expect(page.locator(".account summary .badge")).to_contain_text("1")
    page.locator(".account summary").click()
    page.locator(".account nav").get_by_role("link", name="Notices").click()
    notice = page.locator("article").first
    expect(notice).to_contain_text("Boris replies in")
    expect(notice).to_contain_text("In the workshop")
    notice.get_by_role("link").click()

    expect(page).to_have_url(f"/en/forum/topics/{topic.pk}/#post-2")
    expect(page.locator(".account .badge")).to_have_count(0)
    assert Notice.objects.get(person=anna).read_at is not None


def test_everything_works_without_scripts(plain: Page, topic, anna):
    sign_in(plain, anna)
    plain.goto("/en/forum/crafts/?tag=bikes")
    plain.get_by_role("button", name="Follow bikes").click()
    expect(plain).to_have_url("/en/forum/crafts/?tag=bikes")
    for number in range(2):
        tell(
            [anna.pk], Happening("forum.reply", f"post:{number}", "topic:0", "/forum/", {"post": topic.posts.get().pk})
        )

    plain.goto("/en/notices/")
    plain.get_by_role("button", name="Mark all as read").click()
    expect(plain.get_by_text("Nothing new")).to_be_visible()
    expect(plain.get_by_role("heading", name="Earlier")).to_be_visible()

    plain.get_by_role("link", name="I follow", exact=True).click()
    plain.get_by_role("button", name="Remove bikes").click()
    expect(plain.get_by_text("You follow nothing yet")).to_be_visible()

    plain.get_by_role("link", name="Letters", exact=True).click()
    plain.get_by_label("What I follow").select_option("weekly")
    plain.get_by_label("From").fill("22:00")
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_role("alert")).to_contain_text("Say when they begin and when they end.")
    plain.get_by_label("Until").fill("07:00")
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(plain.get_by_label("What I follow")).to_have_value("weekly")

    chosen = Preferences.objects.get(person=anna)
    assert (chosen.followed, str(chosen.quiet_from)) == ("weekly", "22:00:00")
    assert not Watch.objects.filter(person=anna).exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_accessibility_faults_and_fit_a_phone(page: Page, topic, anna, scheme):
    watching.set_watch(anna, "topic", topic.pk, Mode.WATCH)
    watching.set_watch(anna, "board", topic.board_id, Mode.MUTE)
    make_reply(topic, by=make_user(display_name=LONG[:80]), text=LONG)
    read = make_talk(by=anna)
    make_reply(read)
    Notice.objects.filter(thread=f"topic:{read.pk}").update(read_at=Notice.objects.first().made_at)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, anna)

    walk(page, ["/en/notices/", "/en/notices/settings/", "/en/forum/following/"])
