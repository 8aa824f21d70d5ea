"""Reads of the index: what somebody asked for, ready to be shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from search.engines import current_engine
from search.engines.base import Ranked
from search.enums import Access, Kind
from search.highlight import fragment, marked
from search.models import Entry
from search.query import Query
from search.ranking import Score
from search.understanding import understand
from search.wanted import Term

PAGE_SIZE = 20
LAST_PAGE = 10
FEW_TERMS = 3


@dataclass(frozen=True)
class Hit:
    """``parts``: what its score is made of, where words were looked for and the best come first."""

    entry: Entry
    title: SafeString
    fragment: SafeString
    score: float
    parts: Score | None = None


@dataclass(frozen=True)
class Results:
    """One page of what was found; the counts are those of search.engines.base.Found.

    ``instead``, ``maybe``, ``unsaid``: see search.understanding.Reading.
    """

    query: Query
    terms: Sequence[Term] = ()
    hits: Sequence[Hit] = ()
    total: int = 0
    unfiltered: int = 0
    more: bool = False
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    widened: Mapping[str, int] = field(default_factory=dict)
    pages: int = 1
    instead: str = ""
    maybe: str = ""
    unsaid: Sequence[str] = ()

    @property
    def reachable(self) -> bool:
        """Whether leafing through leads to all of it."""
        return not self.more and self.total <= PAGE_SIZE * LAST_PAGE


def find(query: Query) -> Results:
    reading = understand(query)
    query, wanted = reading.query, reading.wanted
    if query.within and not wanted.terms:
        return Results(query)
    found = current_engine().find(wanted)
    pages = min(LAST_PAGE, max(1, -(-len(found.ranked) // PAGE_SIZE)))
    query = replace(query, page=min(query.page, pages))
    shown = found.ranked[(query.page - 1) * PAGE_SIZE : query.page * PAGE_SIZE]
    hits = _hits(shown, query, wanted.terms)
    counts = (found.total, found.unfiltered, found.more, found.facets, found.widened)
    return Results(query, wanted.terms, hits, *counts, pages, reading.instead, reading.maybe, reading.unsaid)


def count(query: Query) -> int:
    return current_engine().find(understand(query).wanted).total


def entries(query: Query) -> QuerySet[Entry]:
    """Of what is found the first in its order, as many as a reader may leaf through."""
    found = current_engine().find(understand(query).wanted)
    return Entry.objects.filter(access=Access.PUBLIC, pk__in=[one.entry_id for one in found.ranked])


def ranked(query: Query, among: frozenset[int] | None = None) -> list[int]:
    """Numbers of entries in the order asked for, as many as one may leaf through; of these alone, if some are given.

    Of few words all have to be said: whoever is told of a thing by itself doesn't see that better ones stand above it.
    """
    wanted = understand(query).wanted
    if len(wanted.terms) <= FEW_TERMS:
        wanted = replace(wanted, terms=tuple(replace(term, required=True) for term in wanted.terms))
    return [one.entry_id for one in current_engine().find(replace(wanted, among=among)).ranked]


def hits_of(query: Query, entry_ids: Sequence[int]) -> list[Hit]:
    """As everybody may see them now, with the words that the query asks for."""
    reading = understand(query)
    return _hits([Ranked(pk, 0.0) for pk in entry_ids], reading.query, reading.wanted.terms)


def _hits(ranked: Sequence[Ranked], query: Query, terms: Sequence[Term]) -> list[Hit]:
    """What went since the engine saw it, or stands elsewhere now, is left out."""
    wanted = Entry.everything if query.within else Entry.objects.filter(access=Access.PUBLIC)
    shown = wanted.select_related("picture").prefetch_related("picture__renditions")
    entries = {
        pk: entry for pk, entry in shown.in_bulk([one.entry_id for one in ranked]).items() if _fits(entry, query)
    }
    return [_hit(entries[one.entry_id], one, terms) for one in ranked if one.entry_id in entries]


def _fits(entry: Entry, query: Query) -> bool:
    return not query.within or not set(query.within).isdisjoint(entry.within.split())


def _hit(entry: Entry, ranked: Ranked, terms: Sequence[Term]) -> Hit:
    return Hit(
        entry,
        marked(entry.title, terms, entry.language),
        fragment([entry.summary, entry.body], terms, entry.language),
        ranked.score,
        ranked.parts,
    )


def entry_of_page(pk: int) -> Entry | None:
    """What everybody may know of a page, with its picture; none of a page that is not in the index."""
    public = Entry.objects.filter(access=Access.PUBLIC, key=f"page:{pk}").select_related("picture")
    return public.prefetch_related("picture__renditions").first()


def partner_names(slugs: Collection[str], language: str) -> dict[str, str]:
    """What the organisations are called in this language, else in their own."""
    public = Entry.objects.filter(access=Access.PUBLIC, kind=Kind.PARTNER, partner__in=slugs)
    rows = public.values_list("language", "is_original", "partner", "title") if slugs else []
    return {slug: title for code, original, slug, title in sorted(rows, key=lambda row: (row[0] == language, row[1]))}
