"""Reads of the index: what somebody asked for, ready to be shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString

from search.engines import current_engine
from search.engines.base import Ranked
from search.enums import Access, Kind
from search.highlight import fragment, marked
from search.models import Entry
from search.query import Query, Term

PAGE_SIZE = 20
LAST_PAGE = 10


@dataclass(frozen=True)
class Hit:
    entry: Entry
    title: SafeString
    fragment: SafeString
    score: float


@dataclass(frozen=True)
class Results:
    """One page of what was found; the counts are those of search.engines.base.Found."""

    query: Query
    hits: Sequence[Hit] = ()
    total: int = 0
    unfiltered: int = 0
    more: bool = False
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    pages: int = 1

    @property
    def reachable(self) -> bool:
        """Whether leafing through leads to all of it."""
        return not self.more and self.total <= PAGE_SIZE * LAST_PAGE


def find(query: Query) -> Results:
    if query.within and not query.terms:
        return Results(query)
    found = current_engine().find(query)
    pages = min(LAST_PAGE, max(1, -(-len(found.ranked) // PAGE_SIZE)))
    query = replace(query, page=min(query.page, pages))
    shown = found.ranked[(query.page - 1) * PAGE_SIZE : query.page * PAGE_SIZE]
    return Results(query, _hits(shown, query), found.total, found.unfiltered, found.more, found.facets, pages)


def _hits(ranked: Sequence[Ranked], query: Query) -> list[Hit]:
    """What went since the engine saw it, or stands elsewhere now, is left out."""
    wanted = Entry.everything if query.within else Entry.objects.filter(access=Access.PUBLIC)
    shown = wanted.select_related("picture").prefetch_related("picture__renditions")
    entries = {
        pk: entry for pk, entry in shown.in_bulk([one.entry_id for one in ranked]).items() if _fits(entry, query)
    }
    return [_hit(entries[one.entry_id], one.score, query.terms) for one in ranked if one.entry_id in entries]


def _fits(entry: Entry, query: Query) -> bool:
    return not query.within or not set(query.within).isdisjoint(entry.within.split())


def _hit(entry: Entry, score: float, terms: Sequence[Term]) -> Hit:
    return Hit(
        entry,
        marked(entry.title, terms, entry.language),
        fragment([entry.summary, entry.body], terms, entry.language),
        score,
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
