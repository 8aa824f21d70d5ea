"""Telling visits apart without keeping who they are.

A visit is a keyed hash of address, browser and what was asked. Its random key is made anew each day and is held by the
shared cache and the processes' memory alone; the hashes stand in the cache until the day ends, to count each once. No
two searches of one person can be brought together by them, and neither key nor hash reaches the database.
"""

import hashlib
import re
import secrets
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

LONGEST_AGENT = 300
MACHINES = re.compile(
    r"(?<!cu)bot(?:\b|[/;_-])|crawl|spider|slurp|mediapartners|preview|fetch|monitor|uptime|headless|lighthouse|scrap|archiv"
    r"|^(?:curl|wget|python|java|go-http|okhttp|libwww|ruby|perl|php|axios|node|postman|apache)",
    re.IGNORECASE,
)
_keys: dict[date, bytes] = {}


def visit_of(environ: dict[str, Any], *asked: str, day: date) -> bytes:
    """``asked``: what the visit is counted for."""
    seen = (_address(environ), environ.get("HTTP_USER_AGENT", "")[:LONGEST_AGENT], *asked)
    return hashlib.blake2b("\n".join(seen).encode(errors="replace"), key=_key_of(day), digest_size=16).digest()


def is_first(visit: bytes, day: date) -> bool:
    """Whether it was not counted yet. Without the shared cache every visit counts as none."""
    return bool(cache.add(f"visit:{visit.hex()}", 1, timeout=_seconds_left(day)))


def is_machine(environ: dict[str, Any]) -> bool:
    """By its own account, or because a browser only looks ahead."""
    ahead = environ.get("HTTP_SEC_PURPOSE", "") + environ.get("HTTP_PURPOSE", "") + environ.get("HTTP_X_MOZ", "")
    return "prefetch" in ahead or _is_machines(environ.get("HTTP_USER_AGENT", "")[:LONGEST_AGENT])


@lru_cache(maxsize=1_000)
def _is_machines(agent: str) -> bool:
    return not agent or MACHINES.search(agent) is not None


def _address(environ: dict[str, Any]) -> str:
    """Behind proxies of our own, the one they name."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    named = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return named[-proxies].strip() if 0 < proxies <= len(named) and named[-proxies] else environ.get("REMOTE_ADDR", "")


def _key_of(day: date) -> bytes:
    if day not in _keys:
        _keys.clear()
        name = f"visits-key:{day}"
        made = secrets.token_bytes(32)
        cache.add(name, made, timeout=_seconds_left(day))
        _keys[day] = cache.get(name) or made
    return _keys[day]


def _seconds_left(day: date) -> int:
    """An hour more than the day has: what is remembered at its end is written a little later."""
    end = datetime.combine(day + timedelta(days=1), time(1), timezone.get_current_timezone())
    return max(60, int((end - timezone.now()).total_seconds()))
