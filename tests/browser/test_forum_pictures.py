"""Pictures in posts, with a real browser: by button, by paste, dropped, without scripts."""

import base64

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Picture, Post, Topic
from tests.browser.conftest import look
from tests.browser.test_accounts import PASSWORD, sign_in
from tests.factories import make_board, make_photo, make_reply, make_talk, make_user, photo

pytestmark = pytest.mark.browser
BRIDGE = {"name": "bridge.jpg", "mimeType": "image/jpeg", "buffer": photo(size=(1200, 800))}
TALL = {"name": "tower.png", "mimeType": "image/png", "buffer": photo("PNG", size=(900, 1600))}
# What a browser does when a file is pasted or dropped: with the file, and without any words beside it.
GIVE = """(field, [kind, content]) => {
  const bytes = Uint8Array.from(atob(content), sign => sign.charCodeAt(0))
  const given = new DataTransfer()
  given.items.add(new File([bytes], "photo.jpg", { type: "image/jpeg" }))
  const options = { bubbles: true, cancelable: true }
  field.dispatchEvent(kind === "paste"
    ? new ClipboardEvent("paste", { ...options, clipboardData: given })
    : new DragEvent("drop", { ...options, dataTransfer: given }))
}"""


@pytest.fixture
def anna(live_server, city) -> User:
    return make_user(password=PASSWORD, display_name="Anna", language="en")


@pytest.fixture
def topic(anna) -> Topic:
    return make_talk(make_board("Ремесло", slug="crafts"), by=anna, title="Мосты")


@pytest.fixture(autouse=True)
def _nobody_is_new(settings) -> None:
    settings.FORUM_NEWCOMER_POSTS = 0


def opened(page: Page, person: User, topic: Topic) -> None:
    sign_in(page, person)
    page.goto(f"/en/forum/topics/{topic.pk}/")


def is_drawn(page: Page, number: int) -> bool:
    image = page.locator(f"#post-{number} .post__body img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    return image.evaluate("image => image.naturalWidth > 0")


def test_picture_comes_by_the_button_and_is_described_in_the_text(page, topic, anna):
    opened(page, anna, topic)
    words = page.get_by_label("Your words")
    words.fill("Look at it")

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Picture").click()
    chooser.value.set_files(BRIDGE)
    expect(page.locator(".pictures [role=status]")).to_contain_text("Say between the square brackets")
    expect(words).to_be_focused()
    page.keyboard.type("The bridge")
    page.get_by_role("button", name="Reply", exact=True).click()

    expect(page.locator("#post-2 img")).to_have_attribute("alt", "The bridge")
    assert is_drawn(page, 2)
    assert Post.objects.get(number=2).source == (
        f"Look at it\n\n![The bridge](/forum/pictures/{Picture.objects.get().key}.webp)"
    )


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_picture_comes_with_the_text_it_is_put_into(page, topic, anna, kind):
    opened(page, anna, topic)
    words = page.get_by_label("Your words")

    words.evaluate(GIVE, [kind, base64.b64encode(photo()).decode()])
    expect(words).to_have_value(r"![](/forum/pictures/x.webp)".replace("x", str(_key(page))) + "\n\n")
    page.get_by_role("button", name="Reply", exact=True).click()

    expect(page.locator("#post-2 img")).to_have_attribute("alt", "Картинка без описания")


def _key(page: Page) -> object:
    expect(page.locator(".pictures [role=status]")).to_contain_text("The picture stands in your text")
    return Picture.objects.get().key


def test_what_is_wrong_with_a_file_is_said_and_the_words_stay(page, topic, anna, problems, settings):
    opened(page, anna, topic)
    page.get_by_label("Your words").fill("Look at it")

    page.locator("input[name=picture]").set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": b"<svg/>"})
    expect(page.locator(".pictures .error")).to_have_text(
        "This is no picture, or a damaged one. Save it anew and try again."
    )

    expect(page.get_by_label("Your words")).to_have_value("Look at it")
    problems[:] = [one for one in problems if "400" not in one]


def test_picture_comes_with_a_plain_form(plain, topic, anna):
    opened(plain, anna, topic)
    expect(plain.get_by_role("button", name="Picture")).to_be_hidden()
    plain.get_by_label("Your words").fill("Look at it")
    plain.get_by_text("Add a picture").click()
    plain.locator("input[name=picture]").set_input_files(TALL)
    plain.get_by_label("What the picture shows").fill("The tower")
    plain.get_by_role("button", name="Look at it first").click()

    expect(plain.locator(".post__body img")).to_have_attribute("alt", "The tower")
    plain.get_by_role("button", name="Reply", exact=True).click()

    assert is_drawn(plain, 2)
    assert Picture.objects.get().post == Post.objects.get(number=2)


def test_pages_with_pictures_are_clean(seen, topic, anna):
    for size in ((1600, 700), (600, 1600), (40, 30)):
        make_reply(topic, by=anna, text=f"Смотрите\n\n{make_photo(anna, size=size, description='Мост').source}")
    opened(seen, anna, topic)
    seen.locator(".pictures details").evaluate("details => { details.hidden = false; details.open = true }")
    seen.wait_for_load_state("networkidle")

    assert look(seen) == {}


def test_with_pictures_off_their_words_stand_there(page, topic, anna, live_server):
    make_reply(topic, by=anna, text=make_photo(anna, description="Мост").source)
    page.context.add_cookies([{"name": "reading", "value": "images:off", "url": live_server.url}])

    page.goto(f"/en/forum/topics/{topic.pk}/")

    expect(page.locator("#post-2 img")).to_be_hidden()
    assert page.locator("#post-2 .picture").evaluate("link => getComputedStyle(link, '::before').content") == '"Мост"'
    expect(page.get_by_role("link", name="Мост", exact=True)).to_be_visible()
