"""What a search finds, on somebody else's page: a frame without a script, and the page where its code is copied."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

from common.city_pages import LAYOUT
from common.page_cache import depends_on
from search import listing, queries, subscriptions
from search.actions import CACHE_TAG
from search.query import Query
from search.views import read_query

THEMES = ("", "light", "dark")
MOST_ITEMS = queries.PAGE_SIZE
USUAL = 5
SCRIPT = "js/embed.js"
FOR_OTHERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=3600",
}
POLICY: dict[str, Any] = {
    "default-src": [NONE],
    "style-src": [SELF],
    "font-src": [SELF],
    "img-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}
WITH_SCRIPT = '<div data-learning-city="{}" data-title="{}"></div>\n<script src="{}" async></script>'
WITHOUT_SCRIPT = '<iframe src="{}" title="{}" width="100%" height="480" loading="lazy"></iframe>'
POLICY_OF_FITTING = POLICY | {"script-src": [SELF]}


@dataclass(frozen=True)
class Look:
    """``theme``: empty follows the reader's system. ``fits``: the page around it asks for its height."""

    count: int = USUAL
    theme: str = ""
    fits: bool = False


def read_look(said: QueryDict) -> Look:
    """What makes no sense counts as not said; too many are as many as there may be."""
    count, theme = said.get("count", ""), said.get("theme", "")
    number = int(count) if count.isascii() and count.isdigit() and len(count) < 6 else USUAL
    return Look(max(1, min(MOST_ITEMS, number)), theme if theme in THEMES else "", said.get("fit") == "1")


@require_safe
@xframe_options_exempt
def frame(request: HttpRequest) -> HttpResponseBase:
    fits = read_look(request.GET).fits
    response = csp(POLICY_OF_FITTING if fits else POLICY)(_frame)(request)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _frame(request: HttpRequest) -> HttpResponse:
    depends_on(request, CACHE_TAG, *LAYOUT)
    query, look = read_query(request.GET), read_look(request.GET)
    hits = queries.find(query).hits[: look.count]
    shown = {
        "title": subscriptions.title(query),
        "items": [listing.card_of(hit.entry) for hit in hits],
        "look": look,
        "results_url": listing.address(query),
    }
    return TemplateResponse(request, "search/embed.html", shown)


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """Where one chooses how it looks, sees it, and copies what makes it."""
    depends_on(request, CACHE_TAG, *LAYOUT)
    query, look = read_query(request.GET), read_look(request.GET)
    address, title = frame_address(query, look), subscriptions.title(query)
    shown = {
        "title": title,
        "look": look,
        "most": MOST_ITEMS,
        "kept": listing.parameters(query),
        "frame_url": address,
        "with_script": format_html(WITH_SCRIPT, address, title, settings.BASE_URL + reverse("embed_script")),
        "without_script": format_html(WITHOUT_SCRIPT, settings.BASE_URL + address, title),
        "action": reverse("search:embed_code"),
        "results_url": listing.address(query),
    }
    return TemplateResponse(request, "search/embed_code.html", shown)


@require_safe
@conditional_page
def script(request: HttpRequest) -> HttpResponse:
    """At an address that never changes: it stands on other people's pages."""
    body = Path(str(finders.find(SCRIPT))).read_bytes()
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=FOR_OTHERS)


def frame_address(query: Query, look: Look) -> str:
    chosen = [("count", str(look.count))] if look.count != USUAL else []
    chosen += [("theme", look.theme)] if look.theme else []
    asked = urlencode([*listing.parameters(query), *chosen])
    return reverse("embed") + (f"?{asked}" if asked else "")
