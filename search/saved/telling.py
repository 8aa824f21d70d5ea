"""What a letter says of each search: read anew, as the public sees it at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import islice, zip_longest
from urllib.parse import urljoin

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import override

from common.kinds import kind_of
from common.parts import Card
from search import listing, queries
from search.models import SavedSearch
from search.queries import Hit
from search.query import Query
from search.saved import naming
from search.saved.asking import query_of
from search.wanted import NEWEST

MOST_LISTED = 10


@dataclass(frozen=True)
class Item:
    card: Card
    kind: str
    url: str


@dataclass
class Section:
    """``count``: how many new things there are; ``items``: those that the letter shows."""

    search: SavedSearch
    title: str
    url: str
    count: int
    items: list[Item] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.items)


def sections(found: Sequence[tuple[SavedSearch, Sequence[int]]]) -> tuple[list[Section], dict[int, set[int]]]:
    """In the active language; and what of each search is not public any more: search → entries.

    The searches take turns until the letter is full.
    """
    asked = [query_of(search) for search, _entries in found]
    read = [queries.hits_of(query, entries) for query, (_search, entries) in zip(asked, found, strict=True)]
    hidden = {
        search.pk: set(entries) - {hit.entry.pk for hit in hits}
        for (search, entries), hits in zip(found, read, strict=True)
    }
    mine = _each_once(read)
    made = [
        Section(search, title, _results_url(search, query), len(hits))
        for (search, _entries), query, title, hits in zip(found, asked, naming.titles(asked), mine, strict=True)
    ]
    _share(made, mine)
    return [section for section in made if section.count], hidden


def _each_once(read: Sequence[Sequence[Hit]]) -> list[list[Hit]]:
    """What several searches find belongs to the first of them."""
    seen, mine = set[str](), []
    for hits in read:
        mine.append([hit for hit in hits if hit.entry.translation_key not in seen])
        seen.update(hit.entry.translation_key for hit in hits)
    return mine


def _share(made: Sequence[Section], mine: Sequence[Sequence[Hit]]) -> None:
    """One from each in turn: the first hits of all, then the second ones."""
    turns = ((section, hit) for row in zip_longest(*mine) for section, hit in zip(made, row, strict=True) if hit)
    for section, hit in islice(turns, MOST_LISTED):
        section.items.append(_item(hit))


def _item(hit: Hit) -> Item:
    entry = hit.entry
    card = replace(
        listing.card_of(entry, summary=unescape(strip_tags(hit.fragment))),
        published=entry.published,
    )
    return Item(card, str(kind_of(entry.kind).label), urljoin(settings.BASE_URL, entry.url))


def _results_url(search: SavedSearch, query: Query) -> str:
    """The page on which it was asked, the newest first."""
    with override(search.language):
        return settings.BASE_URL + listing.address(replace(query, order=NEWEST))
