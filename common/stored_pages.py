"""Whole public pages, kept until something they show changes (common.page_cache), and handed out again.

A page is kept in the cache that all processes share and, once asked for, in this process's memory; one look at the
shared clock says whether anything at all was dropped since it was last found true.

Readers who are not signed in get a page as it was sent. Those who are get it with their own menu in it: the page is
rendered with a mark where the menu belongs and is kept only if nothing else in it asked who is reading.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.cookie import parse_cookie
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import has_vary_header
from django.utils.functional import SimpleLazyObject
from django.utils.http import parse_etags

from common import page_cache, release
from common.counting import Noted, count
from common.reading import COOKIE as READING_COOKIE
from common.reading import as_cookie, parse_reading
from common.request_id import name_request

LONGEST_QUERY = 300
NEAR_BYTES = 32_000_000
KEPT_HEADERS_EXCEPT = {"x-request-id", "set-cookie", "content-length", "vary", "etag"}
MENU_MARK = "<!--the reader's own menu-->"
METHODS = {"GET", "HEAD"}
PASSED = "learning_city.page_is_not_stored"

Environ = dict[str, Any]  # as WSGI gives it; Django's request.META


@dataclass
class StoredPage:
    body: bytes
    packed: bytes
    headers: list[tuple[str, str]]
    etag: str
    versions: dict[str, str]
    until: datetime
    counted: Noted | None = None
    found_true_at: str | None = field(default=None, compare=False)  # page_cache.clock()

    def is_true(self, clock: str) -> bool:
        if self.until <= timezone.now():
            return False
        if self.found_true_at != clock:
            if not page_cache.unchanged(self.versions):
                return False
            self.found_true_at = clock
        return True


class Near:
    """This process's own copies, the least recently used out first."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.pages: OrderedDict[str, StoredPage] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: str) -> StoredPage | None:
        return self.pages.get(key)

    def put(self, key: str, page: StoredPage) -> None:
        with self.lock:
            self._forget(key)
            self.pages[key] = page
            self.size += len(page.body) + len(page.packed)
            while self.size > self.most:
                self._forget(next(iter(self.pages)))

    def _forget(self, key: str) -> None:
        if old := self.pages.pop(key, None):
            self.size -= len(old.body) + len(old.packed)


near = Near(NEAR_BYTES)


def front(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """A WSGI application that hands out stored pages itself and leaves all else to this one."""

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = key_for_all(environ)
        page = find(key) if key else None
        if page is None:
            environ[PASSED] = True
            return application(environ, start_response)
        count(page.counted, environ)
        status, headers, body = answer_with(page, environ)
        headers.append(("X-Request-ID", name_request(environ.get("HTTP_X_REQUEST_ID", ""))))
        start_response("200 OK" if status == 200 else "304 Not Modified", headers)
        return [body]

    return answer


class StoredPagesMiddleware:
    """For readers who are not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_for_all(request.META)
        if key is None or settings.SESSION_COOKIE_NAME in request.COOKIES or _is_preview(request):
            return self.get_response(request)
        page = None if request.META.get(PASSED) else find(key)
        if page is None:
            page_cache.watch(request)
            response = self.get_response(request)
            # Whoever already has a token's cookie may get it into a form.
            if settings.CSRF_COOKIE_NAME in request.COOKIES or not may_be_kept(request, response):
                return response
            page = keep(key, request, response)
        else:
            count(page.counted, request.META)
        status, headers, body = answer_with(page, request.META)
        if status == 304:
            return HttpResponseNotModified(headers=dict(headers))
        return HttpResponse(body, headers=dict(headers))


class MemberPagesMiddleware:
    """For readers who are signed in. The innermost: whatever asks who is reading outside of it is asked each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_for_members(request.META)
        if key is None or _is_preview(request) or not request.user.is_authenticated or len(get_messages(request)):
            return self.get_response(request)
        page = find(key)
        if page:
            count(page.counted, request.META)
            response = HttpResponse(page.body, headers=dict(page.headers))
        else:
            response, personal = self._watched(request)
            if not personal and may_be_kept(request, response):
                keep(key, request, response)
        return _with_own_menu(request, response)

    def _watched(self, request: HttpRequest) -> tuple[HttpResponse, bool]:
        """The answer, and whether anything in it asked for the reader, the session or a form token."""
        reader, asked = request.user, []

        def tell() -> Any:
            asked.append(True)
            return reader

        page_cache.watch(request)
        request.user = SimpleLazyObject(tell)  # type: ignore[assignment]
        request.session.accessed = False
        request.leaves_menu_open = True  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            return response, bool(asked or request.session.accessed or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"))
        finally:
            request.user, request.session.accessed = reader, True
            request.leaves_menu_open = False  # type: ignore[attr-defined]


def _is_preview(request: HttpRequest) -> bool:
    """Wagtail renders drafts by a made-up request for the page's real address."""
    return getattr(request, "is_dummy", False)


def _with_own_menu(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    mark = MENU_MARK.encode()
    if not response.streaming and mark in response.content:
        menu = render_to_string("components/account_menu.html", {}, request)
        response.content = response.content.replace(mark, menu.encode(), 1)
    return response


def key_for_all(environ: Environ) -> str | None:
    """None where the answer may be for one reader only."""
    if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
        return None
    return _key(environ, "page")


def key_for_members(environ: Environ) -> str | None:
    return _key(environ, "member")


def key_for_the_like(environ: Environ, *facts: object) -> str | None:
    """Of a page that is the same for all members about whom these facts hold (common.alike)."""
    return _key(environ, "/".join(map(str, ("alike", *facts))))


def _key(environ: Environ, kind: str) -> str | None:
    query, cookies = environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", "")
    if (
        environ["REQUEST_METHOD"] not in METHODS
        or len(query) > LONGEST_QUERY
        or "messages" in cookies
        or "HTTP_HX_REQUEST" in environ
    ):
        return None
    reading = parse_cookie(cookies).get(READING_COOKIE, "") if READING_COOKIE in cookies else ""
    seen = (
        release.fingerprint(),
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        environ.get("HTTP_HOST") or f"{environ.get('SERVER_NAME')}:{environ.get('SERVER_PORT')}",
        environ.get("PATH_INFO", ""),
        query,
        as_cookie(parse_reading(reading)) if reading else "",
    )
    return f"{kind}:" + hashlib.sha256("\n".join(seen).encode(errors="surrogateescape")).hexdigest()


def find(key: str) -> StoredPage | None:
    clock = page_cache.clock()
    if clock is None:
        return None
    page = near.get(key)
    if page and page.is_true(clock):
        return page
    page = cache.get(key)
    if page and page.is_true(clock):
        near.put(key, page)
        return page
    return None


def keep(key: str, request: HttpRequest, response: HttpResponse) -> StoredPage:
    now = timezone.now()
    longest = now + page_cache.LIFETIME
    page = StoredPage(
        body=response.content,
        packed=gzip.compress(response.content, 6, mtime=0),
        headers=[(name, value) for name, value in response.items() if name.lower() not in KEPT_HEADERS_EXCEPT],
        etag=f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"',
        versions=request.page_cache_versions,  # type: ignore[attr-defined]
        until=min(getattr(request, "page_cache_until", None) or longest, longest),
        counted=getattr(request, "counted", None),
    )
    cache.set(key, page, timeout=max(1, int((page.until - now).total_seconds())))
    return page


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Nothing made for one reader: no cookie, form token or script nonce, no choice by the browser's language."""
    return bool(
        request.method == "GET"
        and request.page_cache_versions  # type: ignore[attr-defined]
        and not getattr(request, "page_cache_late", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not getattr(request, "_csp_nonce", None)
        and not has_vary_header(response, "Accept-Language")
        and "no-store" not in response.get("Cache-Control", "")
        and "private" not in response.get("Cache-Control", "")
    )


def answer_with(page: StoredPage, environ: Environ) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and body for this request: nothing where the browser has it already, packed where it may be."""
    headers = [("ETag", page.etag), ("Vary", "Accept-Encoding, Cookie")]
    if (known := environ.get("HTTP_IF_NONE_MATCH")) and _is_known(known, page.etag):
        headers += [(name, value) for name, value in page.headers if name.lower() == "cache-control"]
        status, body = 304, b""
    else:
        headers += page.headers
        status, body = 200, page.body
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            headers.append(("Content-Encoding", "gzip"))
            body = page.packed
        headers.append(("Content-Length", str(len(body))))
    if not any(name.lower() == "cache-control" for name, value in headers):
        headers.append(("Cache-Control", "no-cache"))
    return status, headers, body


def _is_known(known: str, etag: str) -> bool:
    etags = parse_etags(known)
    return etag in etags or "*" in etags
