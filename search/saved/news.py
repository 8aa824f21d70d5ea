"""What a saved search has not told yet, by the engine and the eyes that everybody has."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from search import queries
from search.enums import Access
from search.models import Entry, SavedSearch, Told
from search.query import Query
from search.saved import arrivals
from search.saved.asking import query_of
from search.wanted import NEWEST


@dataclass
class Window:
    """What came up to a moment. Many searches were told up to the same one before it: each answer is kept."""

    until: datetime
    known: dict[datetime, frozenset[int]] = field(default_factory=dict)

    def since(self, moment: datetime) -> frozenset[int]:
        if moment not in self.known:
            self.known[moment] = arrivals.entries_between(moment, self.until)
        return self.known[moment]


def untold(search: SavedSearch, window: Window) -> Mapping[int, str]:
    """Entry → thing, the newest first: what was found lately and is public, without what this search has told."""
    query = query_of(search)
    among = None if query.when else window.since(search.told_until)
    found = _found(query, among) if among is None or among else {}
    told = set(Told.objects.filter(search=search, thing__in=found.values()).values_list("thing", flat=True))
    return {pk: thing for pk, thing in found.items() if thing not in told}


def found_already(search: SavedSearch) -> set[str]:
    """Where days are asked for by name (this week), old things become new with time. What is found now is not."""
    query = query_of(search)
    return set(_found(query, None).values()) if query.when else set()


def _found(query: Query, among: frozenset[int] | None) -> Mapping[int, str]:
    ranked = queries.ranked(replace(query, order=NEWEST), among)
    public = Entry.objects.filter(access=Access.PUBLIC, pk__in=ranked)
    things = dict(public.values_list("pk", "translation_key"))
    return {pk: things[pk] for pk in ranked if pk in things}
