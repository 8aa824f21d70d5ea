"""Whole pages for readers who are not signed in, kept until something they show changes.

A page names what it shows: ``depends_on(request, "news", "partner:5")``, before it asks the database. A writer calls
``drop("partner:5")`` after its commit. A stored page carries the versions that its tags had before it was rendered and
is served only while all of them still stand, so a page rendered beside a write is never served after it. A tag that
the cache has forgotten counts as changed.

What a page shows is often known only after its row was read (which page stands at this address?). So each drop also
moves a clock: a tag that is declared after the clock has moved may come too late, and that answer isn't kept.
"""

import gzip
import hashlib
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import has_vary_header
from django.utils.http import parse_etags

from common import release
from common.reading import COOKIE as READING_COOKIE

T = TypeVar("T")
CLOCK = "clock"
LIFETIME = timedelta(hours=1)
LONGEST_QUERY = 300
KEPT_HEADERS_EXCEPT = {"x-request-id", "set-cookie", "content-length", "vary", "etag"}


def depends_on(request: HttpRequest, *tags: str) -> None:
    """Declare what the answer shows. Call it before the queries that the tags stand for."""
    shown: dict[str, str] | None = getattr(request, "page_cache_versions", None)
    if shown is None:
        return
    found = _versions([*(tag for tag in tags if tag not in shown), CLOCK])
    if found.pop(CLOCK) != request.page_cache_clock:  # type: ignore[attr-defined]
        request.page_cache_late = True  # type: ignore[attr-defined]
    shown.update(found)


def fresh_until(request: HttpRequest, moment: datetime) -> None:
    """The answer turns untrue at this moment by itself, e.g. at midnight."""
    known = getattr(request, "page_cache_until", None)
    request.page_cache_until = min(known, moment) if known else moment  # type: ignore[attr-defined]


def drop(*tags: str) -> None:
    """Forget every page that shows one of these, once the running transaction is committed.

    What was written stays written when the cache cannot be reached: the error is logged, and stored pages live out
    their hour.
    """
    transaction.on_commit(lambda: drop_now(tags), robust=True)


def drop_now(tags: Iterable[str]) -> None:
    # The clock first: who reads a new version of a tag then reads the new clock too.
    cache.set_many({_tag_key(tag): uuid.uuid4().hex for tag in (CLOCK, *tags)}, timeout=None)


def remember(key: str, tags: Iterable[str], make: Callable[[], T]) -> T:
    """What `make` gives, kept until one of the tags is dropped. For parts that signed-in readers see too."""
    versions = _versions(tags)
    key = f"part:{release.fingerprint()}:{key}"
    kept = cache.get(key)
    if kept and kept[0] == versions:
        return kept[1]
    made = make()
    cache.set(key, (versions, made), timeout=int(LIFETIME.total_seconds()))
    return made


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_shared(request):
            return self.get_response(request)
        key = _key(request)
        entry = cache.get(key)
        if entry and _still_true(entry):
            return _answer(request, entry)
        request.page_cache_clock = _versions([CLOCK])[CLOCK]  # type: ignore[attr-defined]
        request.page_cache_versions = {}  # type: ignore[attr-defined]
        response = self.get_response(request)
        if _may_be_kept(request, response):
            entry = _entry(request, response)
            cache.set(key, entry, timeout=max(1, int((entry["until"] - timezone.now()).total_seconds())))
            return _answer(request, entry)
        return response


def _may_be_shared(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HX-Request" not in request.headers
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Nothing made for one reader: no cookie set, no form token, no script nonce, no choice by the browser's language.

    Whoever already has a token's cookie gets it into a form without a new cookie, so their answers are not kept.
    """
    return bool(
        request.method == "GET"
        and request.page_cache_versions  # type: ignore[attr-defined]
        and not getattr(request, "page_cache_late", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and settings.CSRF_COOKIE_NAME not in request.COOKIES
        and not getattr(request, "_csp_nonce", None)
        and not has_vary_header(response, "Accept-Language")
        and "no-store" not in response.get("Cache-Control", "")
        and "private" not in response.get("Cache-Control", "")
    )


def _entry(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    until = min(getattr(request, "page_cache_until", None) or timezone.now() + LIFETIME, timezone.now() + LIFETIME)
    return {
        "body": response.content,
        "gzip": gzip.compress(response.content, 6, mtime=0),
        "headers": [(name, value) for name, value in response.items() if name.lower() not in KEPT_HEADERS_EXCEPT],
        "etag": f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"',
        "versions": request.page_cache_versions,  # type: ignore[attr-defined]
        "until": until,
    }


def _answer(request: HttpRequest, entry: dict[str, Any]) -> HttpResponse:
    response = _not_modified(entry) if _is_known(request, entry["etag"]) else _full(request, entry)
    response["ETag"] = entry["etag"]
    response["Vary"] = "Accept-Encoding, Cookie"
    response.setdefault("Cache-Control", "no-cache")
    return response


def _is_known(request: HttpRequest, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return etag in known or "*" in known


def _not_modified(entry: dict[str, Any]) -> HttpResponse:
    kept = {name: value for name, value in entry["headers"] if name.lower() == "cache-control"}
    return HttpResponseNotModified(headers=kept)


def _full(request: HttpRequest, entry: dict[str, Any]) -> HttpResponse:
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(entry["gzip"] if packed else entry["body"])
    for name, value in entry["headers"]:
        response[name] = value
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    return response


def _still_true(entry: dict[str, Any]) -> bool:
    versions: dict[str, str] = entry["versions"]
    current = cache.get_many([_tag_key(tag) for tag in versions])
    return entry["until"] > timezone.now() and all(
        current.get(_tag_key(tag)) == version for tag, version in versions.items()
    )


def _versions(tags: Iterable[str]) -> dict[str, str]:
    wanted = list(tags)
    found = cache.get_many([_tag_key(tag) for tag in wanted])
    for tag in wanted:
        if _tag_key(tag) not in found:
            cache.add(_tag_key(tag), uuid.uuid4().hex, timeout=None)
            found[_tag_key(tag)] = cache.get(_tag_key(tag))
    return {tag: found[_tag_key(tag)] for tag in wanted}


def _key(request: HttpRequest) -> str:
    seen = (
        release.fingerprint(),
        request.scheme or "",
        request.get_host(),
        request.get_full_path(),
        request.COOKIES.get(READING_COOKIE, ""),
    )
    return "page:" + hashlib.sha256("\n".join(seen).encode()).hexdigest()


def _tag_key(tag: str) -> str:
    return f"tag:{tag}"
