"""Full-text search in the site's own database, the same on SQLite and PostgreSQL.

The database only says which entries hold which stem, so nothing depends on its own morphology or ranking. Which of them
answer best is decided here, first roughly for all that hold a word, then exactly for the best of those.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from typing import Any

from django.db import connection
from django.utils import timezone

from search.batches import batches
from search.distance import distance
from search.documents import Stems, document_of, heading_of, known_names
from search.engines.base import JUDGED, STRONG, Difference, Engine, Found, Ranked
from search.engines.matching import Holding, fitting, holdings, pool, saying
from search.engines.pool import MOST, Fact, Pool, best, fold, things
from search.engines.windows import size
from search.enums import Access
from search.models import Change, ClusterIndex, Document, Entry, Suggestion
from search.ranking import Dates, Fields, Judge, Score, Weighted, weight
from search.starts import Start, starts_of
from search.text import stems
from search.wanted import NEAREST, RELEVANCE, Position, Term, Wanted

BATCH = 200
ENOUGH = 10  # where so many say as much as is asked for, those that say less are left out
HELD = (Access.PUBLIC, Access.WITHIN)
COMPARED = ("title", "label", "summary", "body", "marks")
READ = ("title", "label", "summary", "body")
SUGGEST = "INSERT INTO search_suggestion (entry_id, place, start, worth) VALUES (%s, %s, %s, %s)"
Scores = Mapping[int, float]


class DatabaseEngine(Engine):
    cluster_is_forgotten = False
    size = staticmethod(size)

    def __init__(self, stems: Stems = stems) -> None:
        self.stems = stems

    def write(self, entries: Sequence[Entry]) -> None:
        self._write(entries, self._documents(entries))

    def rewrite(self, entries: Sequence[Entry]) -> None:
        """As write; what is right already is only read."""
        documents = self._documents(entries)
        held = _Kept.of(entries)
        self._write([entry for entry in entries if any(held.wrong(entry, documents.get(entry.pk)))], documents)

    def _documents(self, entries: Iterable[Entry]) -> dict[int, Document]:
        names = known_names()
        return {entry.pk: document_of(entry, names, self.stems) for entry in entries if entry.access in HELD}

    def _write(self, entries: Sequence[Entry], documents: Mapping[int, Document]) -> None:
        instead: dict[str, Any] = {"update_conflicts": True, "unique_fields": ["entry"], "update_fields": COMPARED}
        written = [documents[entry.pk] for entry in entries if entry.pk in documents]
        gone = {entry.pk for entry in entries}
        if connection.vendor == "sqlite":
            instead = {}  # a virtual table knows no upsert
        else:
            gone.difference_update(documents)
        if gone:
            self.remove(list(gone))
        Document.objects.bulk_create(written, batch_size=100, **instead)
        self._suggest(entries)

    def rehead(self, entries: Sequence[Entry]) -> None:
        """Those that are headed alike, as most replies of one topic are, in one statement."""
        names, alike, pks = known_names(), defaultdict(list), [entry.pk for entry in entries]
        rows = Document.objects.filter(pk__in=pks).values_list("pk", "summary", "body")
        said = {pk: {*summary.split(), *body.split()} for pk, summary, body in rows}
        for entry in entries:
            alike[heading_of(entry, names, said.get(entry.pk, set()))].append(entry.pk)
        for heading, headed in alike.items():
            Document.objects.filter(pk__in=headed).update(**heading._asdict())
        self._suggest(entries)

    def remove(self, entry_ids: Sequence[int]) -> None:
        """What is suggested of them goes with the entries themselves, inside the database."""
        Document.objects.filter(pk__in=entry_ids).delete()

    def _suggest(self, entries: Sequence[Entry]) -> None:
        """Replies are never suggested, so there is nothing to ask for them: whoever becomes one is another entry."""
        wholes = [entry for entry in entries if not entry.is_part]
        if wholes:
            old = Suggestion.objects.filter(entry__in=[entry.pk for entry in wholes])
            old._raw_delete(old.db)  # receivers of all models' signals would have each row read before
            rows = [row for entry in wholes for row in starts_of(entry)]
            with connection.cursor() as cursor:  # by hand: half a dozen for each entry
                cursor.executemany(SUGGEST, rows)

    def find(self, wanted: Wanted) -> Found:
        held = holdings(wanted)
        asked = self._weighted(wanted.terms, held)
        rough = _rough(held, asked, wanted)
        known = pool(rough, wanted)
        facets, unfiltered = known.counts(), things(known.facts)
        widened = {name: known.things_but_in(name) for name in wanted.narrowed}
        if wanted.narrowed and len(rough) == MOST and not (asked and _is_enough(known, wanted)):
            held = holdings(wanted, narrow=True)
            rough = _rough(held, asked, wanted, narrow=True)
            known = pool(rough, wanted)
        right = [fact for fact in known.right if wanted.among is None or fact.entry_id in wanted.among]
        ranked = _ordered(right, rough, asked, wanted)
        return Found(ranked, things(right), unfiltered, len(rough) == MOST, facets, widened)

    def _weighted(self, terms: Sequence[Term], held: Sequence[Holding]) -> list[Weighted]:
        known = self.size()
        return [
            Weighted(
                term, weight(max(len(one.anywhere), min(known.entries, int(one.share * known.numbers))), known.entries)
            )
            for term, one in zip(terms, held, strict=True)
        ]

    def keep(self) -> bool:
        """In use alone, it leaves a cluster that nobody tells of changes: used again, that is filled anew."""
        if not self.cluster_is_forgotten:
            ClusterIndex.objects.all().delete()
            Change.objects.all().delete()
            self.cluster_is_forgotten = True
        return False

    def differences(self) -> Iterator[Difference]:
        all_held = Entry.everything.filter(access__in=HELD)
        for entries in batches(all_held.order_by("pk").iterator(chunk_size=BATCH), BATCH):
            held, documents = _Kept.of(entries), self._documents(entries)
            for entry in entries:
                name = f"{entry.kind} {entry.key} {entry.language}"
                for what in held.wrong(entry, documents[entry.pk]):
                    yield Difference(entry.kind, f"{name}: {what}", entry_id=entry.pk)
        orphans = Document.objects.exclude(pk__in=all_held.values("pk")).values_list("pk", flat=True)
        for pk in orphans:
            yield Difference("words", f"words of entry {pk}, which is gone or not public", entry_id=pk)
        closed = Suggestion.objects.exclude(entry__access__in=HELD).values_list("entry_id", flat=True).distinct()
        for pk in closed:
            yield Difference("words", f"suggestions of entry {pk}, which is not public", entry_id=pk)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the tables say of some entries."""

    words: Mapping[int, list[str]]
    said: Mapping[int, set[Start]]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "_Kept":
        pks = [entry.pk for entry in entries]
        words = {pk: texts for pk, *texts in Document.objects.filter(pk__in=pks).values_list("pk", *COMPARED)}
        said = defaultdict[int, set[Start]](set)
        for row in Suggestion.objects.filter(entry__in=pks).values_list(*Start._fields):
            said[row[0]].add(Start(*row))
        return cls(words, said)

    def wrong(self, entry: Entry, wanted: Document | None) -> Iterator[str]:
        words = self.words.get(entry.pk)
        if words != (wanted and [getattr(wanted, name) for name in COMPARED]):
            yield "words differ" if words else "words missing"
        if self.said.get(entry.pk, set()) != set(starts_of(entry)):
            yield "suggestions differ"


def _is_enough(known: Pool, wanted: Wanted) -> bool:
    """Whether the best that fit are among these already. By date or nearness others might come before them, and whoever
    asks about certain entries asks about all of them.
    """
    return wanted.order == RELEVANCE and wanted.among is None and len(known.right) >= JUDGED


def _rough(held: Sequence[Holding], asked: Sequence[Weighted], wanted: Wanted, *, narrow: bool = False) -> Scores:
    """The entries worth judging, by which words they hold, and which of them in title or labels."""
    scores = _holding(held, asked, wanted.at_least) if asked else _newest(wanted, narrow=narrow)
    for term in wanted.terms:
        if term.required and any(" " in way.stems for way in term.ways):
            right = saying(term, scores)
            scores = {entry_id: worth for entry_id, worth in scores.items() if entry_id in right}
    for term in wanted.without:
        if not asked or any(" " in way.stems for way in term.ways):
            wrong = saying(term, scores)
            scores = {entry_id: worth for entry_id, worth in scores.items() if entry_id not in wrong}
    return scores if len(scores) <= MOST else {entry_id: scores[entry_id] for entry_id in best(scores, MOST)}


def _holding(held: Sequence[Holding], asked: Sequence[Weighted], at_least: int) -> Scores:
    """Rare words come first. Once they found enough, a more common word only adds to what they found."""
    scores: dict[int, float] = {}
    counts: Counter[int] = Counter()
    for word, one in sorted(zip(asked, held, strict=True), key=lambda pair: -pair[0].weight):
        holding = one.anywhere if len(scores) < MOST else one.anywhere & scores.keys()
        counts.update(holding)
        for entry_id in holding:
            scores[entry_id] = scores.get(entry_id, 0.0) + word.weight
        for entry_id in one.strong & holding:
            scores[entry_id] += word.weight * STRONG
    for least in range(at_least, 1, -1):
        enough = {entry_id: scores[entry_id] for entry_id, count in counts.items() if count >= least}
        if len(enough) >= ENOUGH:
            return enough
    return scores


def _newest(wanted: Wanted, *, narrow: bool) -> Scores:
    if wanted.authors or (narrow and wanted.narrowed):
        # Sorted later: a database that sorts these by its index would read all entries for it.
        return dict.fromkeys(nlargest(MOST, fitting(wanted, narrow=narrow)), 0.0)
    public = Entry.objects.filter(access=Access.PUBLIC).order_by("-published", "-id")
    return dict.fromkeys(public.values_list("pk", flat=True)[:MOST], 0.0)


def _ordered(right: Sequence[Fact], rough: Scores, asked: Sequence[Weighted], wanted: Wanted) -> Sequence[Ranked]:
    """As many as one may leaf through, in the order that is wanted."""
    if wanted.newest_first or wanted.order == NEAREST:
        first = _nearest(right, wanted.position) if wanted.position else right[:JUDGED]
        return fold([(fact, -place, None) for place, fact in enumerate(first)], wanted.language)
    facts = {fact.entry_id: fact for fact in right}
    scores = _exact(best({pk: rough[pk] for pk in facts}, JUDGED), asked, own=bool(wanted.within))
    return fold([(facts[pk], score.total, score) for pk, score in scores.items()], wanted.language)


def _nearest(facts: Iterable[Fact], position: Position) -> list[Fact]:
    known = {fact.entry_id: fact for fact in facts}
    points = Entry.everything.filter(pk__in=list(known)).values_list("pk", "latitude", "longitude")
    steps = {pk: distance(position, latitude, longitude) for pk, latitude, longitude in points}
    return [known[pk] for pk in nsmallest(JUDGED, steps, key=lambda pk: (steps[pk], -pk))]


def _exact(entry_ids: Iterable[int], asked: Sequence[Weighted], *, own: bool) -> dict[int, Score]:
    """``own``: a part is judged without the title of the whole."""
    judge = Judge(asked, timezone.now())
    documents = Document.objects.filter(pk__in=list(entry_ids)).values_list(
        "pk", "entry__is_part", *READ, "entry__published", "entry__starts", "entry__ends", "entry__boost"
    )
    return {
        pk: judge.score(Fields("" if own and is_part else title, *texts), Dates(published, starts, ends), boost)
        for pk, is_part, title, *texts, published, starts, ends, boost in documents
    }
