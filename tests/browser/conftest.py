"""A real Chromium before a real server. An error on the console or a request to another host fails the test."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from common.reading import COOKIE, Reading, as_cookie

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread of the tests

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
OWN_SCHEMES = {"data", "blob", "about"}
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
LONG = "Рентгеноэлектрокардиографического-достопримечательностями"
OUTSIDE = """() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  return [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > width + 1)
    .map(one => `${one.tagName}.${one.className}: ${Math.round(one.getBoundingClientRect().right)}`)
}"""
EYES = {
    "wide": (1280, "light", Reading()),
    "phone in the dark": (390, "dark", Reading()),
    "large letters": (320, "light", Reading(size="200", contrast="bw")),
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)), playwright.chromium.executable_path)
        if not Path(path).exists():
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("No Chromium: run scripts/browser.")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def problems() -> list[str]:
    """What went wrong in the page. A test that expects something of the kind takes it out."""
    return []


@pytest.fixture
def page(browser: Browser, live_server, city, problems: list[str]) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    page = context.new_page()
    watch(page, problems)
    yield page
    context.close()
    assert problems == []


@pytest.fixture
def plain(browser: Browser, live_server, city, problems: list[str]) -> Iterator[Page]:
    """Without scripts."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    watch(page, problems)
    yield page
    context.close()
    assert problems == []


@pytest.fixture(params=EYES)
def seen(request, browser: Browser, live_server, city, problems: list[str]) -> Iterator[Page]:
    """As different people see the site: pages are walked with ``walk``."""
    width, scheme, reading = EYES[request.param]
    context = browser.new_context(
        base_url=live_server.url, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    read_with(context, reading, live_server.url)
    page = context.new_page()
    watch(page, problems)
    yield page
    context.close()
    assert problems == []


def read_with(context: BrowserContext, reading: Reading, url: str) -> None:
    """As chosen in the reading panel."""
    if chosen := as_cookie(reading):
        context.add_cookies([{"name": COOKIE, "value": chosen, "url": url}])


def walk(page: Page, paths: Iterable[str]) -> None:
    """Axe finds nothing there, and nothing hangs over the edge."""
    found: dict[str, list[str]] = {}
    for path in paths:
        page.goto(path, wait_until="load")
        found |= {f"{path}: {fault}": places for fault, places in look(page).items()}
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


def look(page: Page) -> dict[str, list[str]]:
    """What is wrong with the page as it stands: the fault, and where."""
    page.evaluate(AXE.read_text())
    violations = page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)["violations"]
    faults = {one["id"]: [_place(node) for node in one["nodes"]][:3] for one in violations}
    over = page.evaluate(OUTSIDE)
    return faults | ({"over the edge": over[:5]} if over else {})


def _place(node: dict[str, Any]) -> str:
    why = node["any"][0]["message"] if node.get("any") else ""
    return f"{node['html'][:160]} {why}".strip()


def watch(page: Page, problems: list[str]) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in OWN_SCHEMES and asked.hostname != "localhost":
            problems.append(f"asked another host: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.on("request", on_request)
