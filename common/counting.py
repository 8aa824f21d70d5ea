"""Counting what readers are shown, though Django often never hears of it: stored pages are handed out before it begins.

A view says what has to be counted: ``count_each_time(request, "search", shown)``. It is counted at once, is kept with
the page if that is stored (common.stored_pages), and is counted again whenever the stored page is handed out. An app
registers what its name stands for in AppConfig.ready(). What goes wrong in counting never reaches the reader.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

logger = logging.getLogger("learning_city.counting")

Noted = tuple[str, Any]  # a name and what was shown; the latter is pickled with the page
Count = Callable[[Any, dict[str, Any]], None]  # of what was shown, and WSGI's environment of the request

_counts: dict[str, Count] = {}


def register(name: str, count: Count) -> None:
    _counts[name] = count


def count_each_time(request: HttpRequest, name: str, shown: Any) -> None:
    request.counted = (name, shown)  # type: ignore[attr-defined]
    count((name, shown), request.META)


def count(noted: Noted | None, environ: dict[str, Any]) -> None:
    if noted is None:
        return
    name, shown = noted
    try:
        _counts[name](shown, environ)
    except Exception:
        logger.exception("not counted: %s", name)
