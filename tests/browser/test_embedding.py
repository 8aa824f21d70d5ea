"""A list of the city's on another site's page, with a real browser; and the pages that lead there."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LONG, walk
from tests.factories import make_district, make_news, make_partner, make_talk

pytestmark = pytest.mark.browser
Stand = Callable[[Page, str], None]


@pytest.fixture
def paths(live_server, city) -> dict[str, str]:
    partner = make_partner("Роща", slug="grove", district=make_district())
    for number in range(4):
        make_news(f"Шьём вместе {number} {LONG}", partner=partner, lead=f"Нитки дадут. {LONG}")
    make_talk(title=f"Где шить {LONG}")
    return {
        "frame": "/ru/embed/?partner=grove",
        "dark frame": "/en/embed/?q=шить&theme=dark&fit=1",
        "empty frame": "/be/embed/?q=флейта",
        "code": "/ru/search/embed/?partner=grove&count=3",
        "reference": "/api/v1/docs?language=ru",
        "results": "/ru/search/?q=шить",
        "nothing": "/ru/search/?q=флейта",
    }


@pytest.fixture
def stand(live_server) -> Iterator[Stand]:
    """stand(page, html) opens a page of somebody else's: a server of its own on another port is another origin."""
    shown = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(shown[-1].encode())

        def log_message(self, *said) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()

    def open_page(page: Page, body: str) -> None:
        shown.append(f"<!doctype html><title>Сайт клуба</title><link rel=icon href=data:,><body>{body}")
        page.goto(f"http://localhost:{server.server_port}/")

    yield open_page
    server.shutdown()
    server.server_close()


def copied(page: Page, label: str) -> str:
    """What somebody copies, with the address under which this test reaches the city."""
    page.goto("/en/search/embed/?partner=grove&kind=news&count=3")
    code = page.get_by_label(label).input_value()
    return code.replace("http://testserver", page.url.partition("/en/")[0])


def test_the_script_makes_a_frame_as_tall_as_its_list(page, stand, paths):
    stand(page, copied(page, "As tall as the list"))

    frame = page.locator("iframe")
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("link", name="Шьём вместе 3")).to_be_visible()
    expect(inside.get_by_role("listitem")).to_have_count(3)
    expect(frame).not_to_have_attribute("height", "480")
    tall = inside.locator("body").evaluate("body => body.offsetHeight")
    assert frame.evaluate("frame => frame.offsetHeight") == tall

    page.set_viewport_size({"width": 420, "height": 800})
    expect(frame).not_to_have_attribute("height", str(tall))
    assert inside.locator("html").evaluate("root => root.scrollHeight <= innerHeight")
    assert page.context.cookies() == []


def test_the_frame_listens_to_nobody_else(page, stand, paths):
    stand(page, copied(page, "As tall as the list"))
    frame = page.locator("iframe")
    expect(frame).not_to_have_attribute("height", "480")
    before = frame.get_attribute("height")

    page.evaluate("""() => {
      window.postMessage({ learningCity: "height", height: 9999 }, "*");
      document.querySelector("iframe").contentWindow.postMessage({ learningCity: "height", height: 9999 }, "*");
    }""")
    page.wait_for_timeout(200)

    assert frame.get_attribute("height") == before


def test_a_link_opens_in_a_window_of_its_own(page, stand, paths):
    stand(page, copied(page, "As tall as the list"))

    with page.context.expect_page() as opened:
        page.frame_locator("iframe").get_by_role("link", name="Шьём вместе 3").click()

    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Шьём вместе 3")
    assert page.title() == "Сайт клуба"


def test_the_frame_shows_the_list_without_any_script(page, plain, stand, paths):
    stand(plain, copied(page, "Without a script"))

    expect(plain.frame_locator("iframe").get_by_role("link", name="Шьём вместе 3")).to_be_visible()


def test_a_feed_is_reached_from_the_results_by_keyboard(page, paths):
    page.goto("/en/search/?q=шить")
    link = page.get_by_role("group", name="Follow this search").get_by_role("link", name="Atom")

    link.focus()

    expect(link).to_be_focused()
    assert page.request.get(link.get_attribute("href")).headers["content-type"].startswith("application/atom+xml")


def test_a_question_is_asked_from_the_reference_without_a_script(plain, problems, paths):
    plain.goto("/api/v1/docs?language=en")
    form = plain.get_by_role("form", name="The organisations of the network, by name")

    form.get_by_label("kind").select_option("library")
    form.get_by_role("button", name="Ask").click()

    expect(plain.locator("body")).to_contain_text('"identifier":"grove"')
    plain.context.close()
    problems.clear()  # a browser that shows JSON may ask for an icon, which there is none of


def test_pages_are_sound_for_everybody(seen, paths):
    walk(seen, paths.values())
