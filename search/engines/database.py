"""Full-text search in the site's own database, the same on SQLite and PostgreSQL.

The database only says which entries hold which stem, so nothing depends on its own morphology or ranking. Which of them
answer best is decided here, first roughly for all that hold a word, then exactly for the best of those.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from search.documents import document_of, heading_of, known_names
from search.engines.base import Engine, Found
from search.engines.matching import Holding, facts, fitting, holdings
from search.engines.pool import Chosen, Fact, best, count_facets, fold, misses
from search.enums import Access
from search.models import Document, Entry
from search.query import FACETS, Query, Term
from search.ranking import Fields, Weighted, score, weight

POOL = 2_000
JUDGED = 200
STRONG = 0.5  # what a word is worth more in title or labels, in the rough order
COMMON = 5  # a common word is taken to stand in a fifth of all entries
COUNT_LIVES = 60  # seconds
HELD = (Access.PUBLIC, Access.WITHIN)
COMPARED = ("title", "label", "summary", "body", "marks")
Scores = Mapping[int, float]


class DatabaseEngine(Engine):
    def write(self, entries: Sequence[Entry]) -> None:
        names = known_names()
        documents = [document_of(entry, names) for entry in entries if entry.access in HELD]
        instead: dict[str, Any] = {"update_conflicts": True, "unique_fields": ["entry"], "update_fields": COMPARED}
        gone = {entry.pk for entry in entries}
        if connection.vendor == "sqlite":
            instead = {}  # a virtual table knows no upsert
        else:
            gone -= {document.pk for document in documents}
        if gone:
            self.remove(list(gone))
        Document.objects.bulk_create(documents, batch_size=100, **instead)

    def rehead(self, entries: Sequence[Entry]) -> None:
        """Those that are headed alike, as most replies of one topic are, in one statement."""
        names, alike, pks = known_names(), defaultdict(list), [entry.pk for entry in entries]
        rows = Document.objects.filter(pk__in=pks).values_list("pk", "summary", "body")
        said = {pk: {*summary.split(), *body.split()} for pk, summary, body in rows}
        for entry in entries:
            alike[heading_of(entry, names, said.get(entry.pk, set()))].append(entry.pk)
        for heading, headed in alike.items():
            Document.objects.filter(pk__in=headed).update(**heading._asdict())

    def remove(self, entry_ids: Sequence[int]) -> None:
        Document.objects.filter(pk__in=entry_ids).delete()

    def find(self, query: Query) -> Found:
        held = holdings(query.terms, {}, query.within)
        asked = _weighted(query.terms, held)
        rough = _rough(held, asked) if asked else _newest()
        known = facts(rough, query.within)
        facets, unfiltered = count_facets(known, query.chosen, FACETS), _things(known)
        if query.chosen and len(rough) == POOL:
            held = holdings(query.terms, query.chosen, query.within)
            rough = _rough(held, asked) if asked else _newest(query.chosen)
            known = facts(rough, query.within)
        right = {fact.entry_id: fact for fact in known if not misses(fact, query.chosen)}
        judged = best({entry_id: rough[entry_id] for entry_id in right}, JUDGED)
        scores = _exact(judged, asked, own=bool(query.within)) if asked else rough
        ranked = fold([(right[entry_id], scores[entry_id]) for entry_id in judged], query.language)
        return Found(ranked, _things(right.values()), unfiltered, len(rough) == POOL, facets)

    def differences(self) -> list[str]:
        names, lines = known_names(), []
        all_held = Entry.everything.filter(access__in=HELD)
        for entry in all_held.select_related("document").order_by("pk").iterator(chunk_size=200):
            held: Document | None = getattr(entry, "document", None)
            wanted = document_of(entry, names)
            if held is None or any(getattr(held, name) != getattr(wanted, name) for name in COMPARED):
                lines.append(
                    f"{entry.kind} {entry.key} {entry.language}: words {'missing' if held is None else 'differ'}"
                )
        orphans = Document.objects.exclude(pk__in=all_held.values("pk")).values_list("pk", flat=True)
        return lines + [f"words of entry {pk}, which is gone or not public" for pk in orphans]


def _weighted(terms: Sequence[Term], held: Sequence[Holding]) -> list[Weighted]:
    entries = cache.get_or_set("search:entries", Entry.objects.count, COUNT_LIVES) or 0
    return [
        Weighted(term, weight(max(len(one.anywhere), one.common * entries // COMMON), entries))
        for term, one in zip(terms, held, strict=True)
    ]


def _rough(held: Sequence[Holding], asked: Sequence[Weighted]) -> Scores:
    """The entries worth judging: which words they hold, and which of them in title or labels.

    Rare words come first. Once they found enough, a more common word only adds to what they found.
    """
    scores: dict[int, float] = {}
    for word, one in sorted(zip(asked, held, strict=True), key=lambda pair: -pair[0].weight):
        holding = one.anywhere if len(scores) < POOL else one.anywhere & scores.keys()
        for entry_id in holding:
            scores[entry_id] = scores.get(entry_id, 0.0) + word.weight
        for entry_id in one.strong & holding:
            scores[entry_id] += word.weight * STRONG
    return scores if len(scores) <= POOL else {entry_id: scores[entry_id] for entry_id in best(scores, POOL)}


def _newest(chosen: Chosen | None = None) -> Scores:
    public = Entry.objects.filter(access=Access.PUBLIC)
    if chosen:  # sorted here: a database that sorts by its index would read all entries for it
        some = public.filter(pk__in=nlargest(POOL, fitting(chosen))).values_list("published", "pk")
        newest = [entry_id for _, entry_id in sorted(some, reverse=True)]
    else:
        newest = list(public.order_by("-published", "-id").values_list("pk", flat=True)[:POOL])
    return {entry_id: -place for place, entry_id in enumerate(newest)}


def _things(known: Iterable[Fact]) -> int:
    return len({fact.translation_key for fact in known})


def _exact(entry_ids: Iterable[int], asked: Sequence[Weighted], *, own: bool) -> Scores:
    """``own``: a part is judged without the title of the whole."""
    now = timezone.now()
    documents = Document.objects.filter(pk__in=list(entry_ids)).values_list(
        "pk", "entry__is_part", "title", "label", "summary", "body", "entry__published", "entry__boost"
    )
    return {
        entry_id: score(Fields("" if own and is_part else title, *texts), asked, published, boost, now).total
        for entry_id, is_part, title, *texts, published, boost in documents
    }
