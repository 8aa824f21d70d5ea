"""What pages show, by tags: how a stored page (common.stored_pages) learns that it is not true any more.

A page names what it shows: ``depends_on(request, "news", "partner:5")``, before it asks the database. A writer calls
``drop("partner:5")`` after its commit. A stored page carries the versions that its tags had before it was rendered and
is served only while all of them still stand, so a page rendered beside a write is never served after it. A tag that
the cache has forgotten counts as changed. Parts of pages are kept by the same tags: ``remember``.

What a page shows is often known only after its row was read (which page stands at this address?). So each drop also
moves a clock: a tag that is declared after the clock has moved may come too late, and that answer isn't kept.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from common import release

T = TypeVar("T")
CLOCK = "clock"
LIFETIME = timedelta(hours=1)
MOST_NEAR = 200


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
    gathered = _gathered.get()
    if gathered is None:
        transaction.on_commit(lambda: drop_now(tags), robust=True)
    else:
        gathered.update(tags)


@contextmanager
def dropping_together() -> Iterator[None]:
    """For whoever writes much, or in haste: what is dropped inside is dropped once, at the end."""
    gathered: set[str] = set()
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
        if gathered:
            drop(*gathered)


_gathered: ContextVar[set[str] | None] = ContextVar("gathered_tags", default=None)


def drop_now(tags: Iterable[str]) -> None:
    # The clock first: who reads a new version of a tag then reads the new clock too. And once more at the end: who
    # reads the clock between the two, and old versions after it, must look again.
    cache.set_many({_tag_key(tag): uuid.uuid4().hex for tag in (CLOCK, *tags)}, timeout=None)
    cache.set(_tag_key(CLOCK), uuid.uuid4().hex, timeout=None)


def clock() -> str | None:
    """Another value after each drop of any tag; None when the cache has forgotten it."""
    return cache.get(_tag_key(CLOCK))


def unchanged(versions: dict[str, str]) -> bool:
    current = cache.get_many([_tag_key(tag) for tag in versions])
    return all(current.get(_tag_key(tag)) == version for tag, version in versions.items())


def watch(request: HttpRequest) -> None:
    """From here on, note what the answer shows."""
    request.page_cache_clock = _versions([CLOCK])[CLOCK]  # type: ignore[attr-defined]
    request.page_cache_versions = {}  # type: ignore[attr-defined]


def remember(key: str, tags: Iterable[str], make: Callable[[], T], *, near: bool = False) -> T:
    """What `make` gives, kept until one of the tags is dropped. For parts that signed-in readers see too.

    ``near``: also in this process, for what every page asks for and nobody changes: all get the same object, and only
    the clock is asked for until it moves.
    """
    key = f"part:{release.fingerprint()}:{key}"
    now = clock() if near else None  # before the versions: a drop beside this is then seen by the next one
    if now and (known := _near.get(key)):  # asked once: another thread may clear it meanwhile
        found_true_at, versions, made = known
        if found_true_at == now or unchanged(versions):
            _near[key] = (now, versions, made)
            return made
    versions = _versions(tags)
    kept = cache.get(key)
    made = kept[1] if kept and kept[0] == versions else make()
    if not kept or kept[0] != versions:
        cache.set(key, (versions, made), timeout=int(LIFETIME.total_seconds()))
    if now:
        if len(_near) >= MOST_NEAR:
            _near.clear()
        _near[key] = (now, versions, made)
    return made


_near: dict[str, tuple[str, dict[str, str], Any]] = {}  # a handful, by language and host


def _versions(tags: Iterable[str]) -> dict[str, str]:
    wanted = list(tags)
    found = cache.get_many([_tag_key(tag) for tag in wanted])
    for tag in wanted:
        if _tag_key(tag) not in found:
            cache.add(_tag_key(tag), uuid.uuid4().hex, timeout=None)
            found[_tag_key(tag)] = cache.get(_tag_key(tag))
    return {tag: found[_tag_key(tag)] for tag in wanted}


def _tag_key(tag: str) -> str:
    return f"tag:{tag}"
