"""The engine ``elasticsearch``: asks the cluster, and the engine ``database`` wherever the cluster cannot answer.

The engine ``database`` is always written too. The cluster learns of what is written from the worker (outbox.py).
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone
from elasticsearch import BadRequestError
from elasticsearch.dsl import Search

from search.engines.base import Difference, Engine, Found
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import asking, comparing, outbox, reading
from search.engines.elasticsearch.breaker import Breaker
from search.engines.elasticsearch.connection import FAILURES, client
from search.engines.elasticsearch.keeping import Keeper, is_complete, look_after, purge_tombstones, replace_incomplete
from search.engines.elasticsearch.schema import aliases
from search.models import Entry
from search.wanted import Wanted

logger = logging.getLogger("learning_city.search")

SHORTEST = 0.01  # seconds: less is no time to ask in


class SlowError(Exception):
    """The cluster answered, but too late or not in full."""


class ElasticsearchEngine(Engine):
    def __init__(self) -> None:
        self.database = DatabaseEngine()
        self.breaker = Breaker()
        self.keeper = Keeper()

    def write(self, entries: Sequence[Entry]) -> None:
        self.database.write(entries)
        outbox.add(entries)

    def rehead(self, entries: Sequence[Entry]) -> None:
        self.database.rehead(entries)
        outbox.add(entries)

    def remove(self, entry_ids: Sequence[int]) -> None:
        outbox.add_gone(entry_ids)
        self.database.remove(entry_ids)

    def find(self, wanted: Wanted) -> Found:
        return self._ask_cluster(wanted) or self.database.find(wanted)

    def differences(self) -> Iterator[Difference]:
        yield from self.database.differences()
        yield from comparing.differences()

    def keep(self) -> bool:
        return self.keeper.step()

    def tidy(self) -> None:
        look_after()
        if is_complete():
            purge_tombstones()
            replace_incomplete()

    def trouble(self) -> str:
        """Counts stand for themselves: who watches them needs no log."""
        if not is_complete() or self.breaker.is_open or outbox.is_behind():
            return f"database instead of elasticsearch, {outbox.waiting()} changes waiting"
        refused = outbox.rejected()
        return f"{refused} entries rejected by elasticsearch" if refused else ""

    def settle(self) -> None:
        keeper = Keeper()
        while keeper.step():
            pass
        client().indices.refresh(index=aliases())

    def _ask_cluster(self, wanted: Wanted) -> Found | None:
        """None where it should not be asked, or does not answer in time."""
        if not is_complete() or outbox.is_behind() or not self.breaker.lets_through():
            return None
        try:
            found = _ask(wanted)
        except BadRequestError as error:  # something about this question alone
            logger.error("cluster refused a question: %s", error.error)
            return None
        except (*FAILURES, SlowError) as error:
            logger.warning("cluster away: %s", type(error).__name__)
            self.breaker.failed()
            return None
        self.breaker.succeeded()
        return found


def _ask(wanted: Wanted) -> Found:
    """First how much each word says, then what is found: both within the time that a reader is asked to wait."""
    now, deadline = timezone.now(), time.monotonic() + settings.ELASTICSEARCH_TIMEOUT
    asked, least = [], 0
    if wanted.terms:
        planned = _search(asking.plan(wanted, now), deadline)
        asked, least = reading.weighted(planned, wanted), reading.least(planned, wanted)
    answer = _search(asking.answer(wanted, asked, least, now), deadline)
    return reading.found(answer, asked, wanted, now)


def _search(search: Search, deadline: float) -> Mapping[str, Any]:
    seconds = deadline - time.monotonic()
    if seconds < SHORTEST:
        raise SlowError
    answer = (
        client()
        .options(request_timeout=seconds)
        .search(
            index=aliases(),
            body={**search.to_dict(), "timeout": f"{int(seconds * 1000)}ms"},
            allow_partial_search_results=False,
        )
    )
    if answer["timed_out"]:
        raise SlowError
    body: Mapping[str, Any] = answer.body
    return body
