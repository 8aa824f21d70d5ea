"""What the worker looks after all the time: that the indexes are there, are what they should be, and are filled."""

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from search.engines.elasticsearch import building, outbox
from search.engines.elasticsearch.connection import client
from search.engines.elasticsearch.schema import alias, aliases, every_index, language_of, languages, shape
from search.engines.elasticsearch.sources import millis
from search.models import ClusterIndex

logger = logging.getLogger("learning_city.search")

LOOKED_AT_EVERY = 5.0  # seconds
CREATED_WITHIN = timedelta(seconds=30)
BESIDE_WRITES = 100
TOMBSTONES_LIVE = timedelta(days=1)
Indexes = Mapping[str, Mapping[str, Any]]


class Keeper:
    """One for each worker. It goes on with the indexes that it has begun itself, and with what others left."""

    def __init__(self) -> None:
        self.looked_at = -LOOKED_AT_EVERY
        self.begun: set[str] = set()

    def step(self) -> bool:
        """Whether there may be more to do at once. Changes come first: readers wait for them."""
        if time.monotonic() - self.looked_at >= LOOKED_AT_EVERY:
            self.begun |= set(look_after())
            self.looked_at = time.monotonic()
        sent = outbox.send_due()
        return self._fill() or sent > 0

    def _fill(self) -> bool:
        for row in building.unfinished():
            if row.name in self.begun or building.is_idle(row):
                self.begun.add(row.name)
                building.advance(row)
                return True
        return False


def look_after() -> list[str]:
    """Give up indexes that are not what they should be and begin others in their place. The names of those begun."""
    held = dict(client().indices.get(index=every_index(), allow_no_indices=True))
    rows = list(ClusterIndex.objects.all())
    for row in rows:
        if flaw := _flaw(row, held):
            _give_up(row, flaw)
    _drop_left_over(held, {row.name for row in rows})
    rows = list(ClusterIndex.objects.all())
    for row in rows:
        if row.serving:
            _keep_alias(row, held)
    return [building.begin(language).name for language in set(languages()) - {row.language for row in rows}]


def is_complete() -> bool:
    """Whether every language has an index that answers. Without a worker of this engine nobody vouches for one."""
    return ClusterIndex.objects.filter(serving=True, language__in=languages()).count() == len(languages())


def replace_incomplete() -> None:
    """Begin anew what does not hold as many entries as there are. Reads through all of them: for now and then."""
    for row in ClusterIndex.objects.filter(serving=True):
        if lacking := _lacking(row):
            logger.warning("index %s incomplete by %s", row.name, lacking)
            building.begin(row.language)


def _lacking(row: ClusterIndex) -> int:
    """Counted beside writes, a few more or less say nothing."""
    entries = building.entries_of(row.language)
    before, waiting = entries.count(), outbox.waiting()
    client().indices.refresh(index=row.name)
    held = client().count(index=row.name, query={"exists": {"field": "access"}})["count"]
    is_quiet = not waiting and entries.count() == before and not outbox.waiting()
    lacking = abs(before - held - outbox.rejected())
    return lacking if lacking > (0 if is_quiet else waiting + BESIDE_WRITES) else 0


def purge_tombstones() -> int:
    before = millis(timezone.now() - TOMBSTONES_LIVE)
    answer = client().delete_by_query(index=aliases(), query={"range": {"gone": {"lt": before}}}, conflicts="proceed")
    return int(answer["deleted"])


def _flaw(row: ClusterIndex, held: Indexes) -> str:
    if row.name not in held:
        return "" if _is_being_created(row) or client().indices.exists(index=row.name) else "missing"
    index = held[row.name]
    if row.uuid and index["settings"]["index"]["uuid"] != row.uuid:
        return "another index of this name"
    if row.uuid and shape(row.language, index["mappings"]) != row.shape:
        return "other fields"
    return "emptied" if row.serving and _is_emptied(row) else ""


def _is_being_created(row: ClusterIndex) -> bool:
    return not row.uuid and abs(timezone.now() - row.touched_at) < CREATED_WITHIN


def _is_emptied(row: ClusterIndex) -> bool:
    """Of entries that are there and of which no change waits, all have been sent."""
    if client().count(index=row.name, terminate_after=1)["count"]:
        return False
    if not building.entries_of(row.language).exists() or outbox.waiting():
        return False
    client().indices.refresh(index=row.name)
    return not client().count(index=row.name, terminate_after=1)["count"]


def _give_up(row: ClusterIndex, flaw: str) -> None:
    """Taken away altogether: nobody tells it of changes any more, so it must answer no more."""
    logger.warning("index %s given up: %s", row.name, flaw)
    row.delete()
    building.drop(row.name)


def _drop_left_over(held: Indexes, known: set[str]) -> None:
    for name in held:
        if language_of(name) and name not in known:
            building.drop(name)


def _keep_alias(row: ClusterIndex, held: Indexes) -> None:
    if row.name in held and alias(row.language) not in held[row.name]["aliases"]:
        client().indices.update_aliases(actions=[{"add": {"index": row.name, "alias": alias(row.language)}}])
