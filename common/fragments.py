"""Parts of pages, kept in this process by everything that they show.

Nothing has to be dropped: other words make another key. So whoever calls names all that the template reads, and the
template gets nothing else: no request, no reader.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language

MOST_LETTERS = 16_000_000
TOKEN_MARK = mark_safe("<!--the form's token-->")  # no text of a reader's can hold it: there, < is written as &lt;


class Kept:
    """The least recently used goes first."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.parts: OrderedDict[Hashable, str] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Hashable) -> str | None:
        with self.lock:
            found = self.parts.get(key)
            if found is not None:
                self.parts.move_to_end(key)
            return found

    def put(self, key: Hashable, part: str) -> None:
        with self.lock:
            self.size += len(part) - len(self.parts.pop(key, ""))
            self.parts[key] = part
            while self.size > self.most:
                self.size -= len(self.parts.popitem(last=False)[1])


_kept = Kept(MOST_LETTERS)


def fragment(template: str, key: Hashable, shown: Mapping[str, Any], token: Callable[[], str] = str) -> SafeString:
    """``key`` holds everything in ``shown`` that may differ; the reader's language and the day belong to it by
    themselves. Forms in the template get this reader's CSRF token: a page without forms never asks for it."""
    whole = (template, get_language(), localdate(), key)
    part = _kept.get(whole)
    if part is None:
        part = render_to_string(template, {**shown, "csrf_token": TOKEN_MARK})
        _kept.put(whole, part)
    return mark_safe(part.replace(TOKEN_MARK, token()) if TOKEN_MARK in part else part)
