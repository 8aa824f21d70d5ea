"""Documents on their way to the cluster, and what becomes of each.

A document carries the version of its entry (``external_gte``): what arrives late loses against what is newer, whoever
sent it and whatever the clocks say; what arrives twice is written twice alike, which mends what was damaged under the
same version.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import QuerySet
from elasticsearch.helpers import streaming_bulk

from search.documents import Names
from search.engines.elasticsearch.connection import client
from search.engines.elasticsearch.schema import index_language, writes_alias
from search.engines.elasticsearch.sources import HELD, Source, source_of, tombstone
from search.models import Entry

AT_ONCE = 500
MOST_BYTES = 5 * 1024 * 1024
NEWER_IS_THERE = 409
LATER = {401, 403, 404, 429}  # the cluster or its keeper will do something about these
FAILED = 500


class Fate(Enum):
    TAKEN = "taken"
    LATER = "later"
    FAILED = "failed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Written:
    """``source``: what the cluster shall hold of an entry in this version."""

    entry_id: int
    language: str
    version: int
    source: Source


@dataclass(frozen=True, slots=True)
class Outcome:
    entry_id: int
    fate: Fate
    reason: str = ""


def with_words(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """One statement, so that nothing changes between an entry and its words."""
    return entries.select_related("document")


def written(entry: Entry, names: Names, now: Any) -> Written:
    """Whatever is held for nobody stands in the cluster as gone."""
    source = source_of(entry, names) if entry.access in HELD else tombstone(entry.pk, now)
    return Written(entry.pk, index_language(entry.language), entry.version, source)


def send(documents: Iterable[Written], indexes: dict[str, list[str]]) -> Iterator[Outcome]:
    """To each of the indexes of its language. ``require_alias``: no write ever makes an index."""
    actions = (_action(one, name) for one in documents for name in indexes.get(one.language, ()))
    answers = streaming_bulk(
        client(),
        actions,
        chunk_size=AT_ONCE,
        max_chunk_bytes=MOST_BYTES,
        raise_on_error=False,
        require_alias=True,
    )
    for _, item in answers:
        yield _outcome(item["index"])


def _action(one: Written, name: str) -> dict[str, Any]:
    return {
        "_op_type": "index",
        "_index": writes_alias(name),
        "_id": str(one.entry_id),
        "version": one.version,
        "version_type": "external_gte",
        "_source": one.source,
    }


def _outcome(item: dict[str, Any]) -> Outcome:
    status, error = item["status"], item.get("error") or {}
    return Outcome(int(item["_id"]), _fate(status), f"{error.get('type', status)}: {error.get('reason', '')}"[:500])


def _fate(status: int) -> Fate:
    if status < 300 or status == NEWER_IS_THERE:
        return Fate.TAKEN
    if status in LATER or status == 503:
        return Fate.LATER
    return Fate.FAILED if status >= FAILED else Fate.REJECTED
