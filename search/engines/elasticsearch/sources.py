"""An entry as the cluster keeps it. Pure functions: the words are those that the engine ``database`` has made."""

import math
from datetime import datetime
from typing import Any

from search.documents import Names, document_of
from search.engines.pool import narrowest_place
from search.enums import Access
from search.models import Document, Entry

HELD = (Access.PUBLIC, Access.WITHIN)
READ = ("title", "label", "summary", "body")
Source = dict[str, Any]


def source_of(entry: Entry, names: Names) -> Source:
    document: Document = getattr(entry, "document", None) or document_of(entry, names)
    known = {
        "entry": entry.pk,
        "access": entry.access,
        "within": entry.within.split(),
        "borrowed": [mark[1:] for mark in document.marks.split() if mark.startswith("-")],
        "is_part": entry.is_part,
        **{name: getattr(document, name) for name in READ},
        "name": entry.title,
        **_facts(entry),
        **_moments(entry),
    }
    return {name: value for name, value in known.items() if value not in (None, "", [])}


def tombstone(entry_id: int, now: datetime) -> Source:
    """Keeps what was sent earlier and arrives later from coming back."""
    return {"entry": entry_id, "gone": millis(now)}


def millis(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _facts(entry: Entry) -> Source:
    return {
        "kind": entry.kind,
        "partner": entry.partner,
        "author": entry.author,
        "language": entry.language,
        "topics": entry.topics.split(),
        "audiences": entry.audiences.split(),
        "district": entry.district,
        "thing": narrowest_place(entry.within) or entry.translation_key,
        "is_original": entry.is_original,
        "position": _position(entry),
        "boost": entry.boost if math.isfinite(entry.boost) else 0.0,
    }


def _position(entry: Entry) -> Source | None:
    """JSON has no word for what is no number."""
    latitude, longitude = entry.latitude, entry.longitude
    if latitude is None or longitude is None or not math.isfinite(latitude + longitude):
        return None
    return {"lat": latitude, "lon": longitude}


def _moments(entry: Entry) -> Source:
    """``takes_place``: what has no date of its own takes place when it was published."""
    begins = entry.starts or entry.published
    ends = max(begins, entry.ends) if entry.starts and entry.ends else begins
    return {
        "published": millis(entry.published),
        "starts": millis(entry.starts) if entry.starts else None,
        "ends": millis(entry.ends) if entry.ends else None,
        "until": millis(entry.until) if entry.until else None,
        "takes_place": {"gte": millis(begins), "lte": millis(ends)},
    }
