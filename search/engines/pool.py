"""The entries that hold some word of a query: filtering, counting and folding them. Pure functions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, NamedTuple

from search.engines.base import Ranked
from search.query import FACETS
from search.ranking import Score
from search.wanted import WHEN, Wanted

MOST = 2_000  # of the best are counted; a word that more documents hold is common: it says too little to read them all
COUNTED = {"kind": "kind", "partner": "partner", "district": "district", "topic": "topics", "audience": "audiences"}
SEVERAL = ("topic", "audience")
COLUMNS = ("id", "translation_key", "within", "language", "is_original", *COUNTED.values())
PUBLISHED = "published"  # read only where it puts them in order: one column more of thousands of rows


class Fact(NamedTuple):
    """An entry and what it stands for.

    ``thing``: shared with other entries, its translations, or all that stands in the same narrow place.
    """

    entry_id: int
    thing: str
    language: str
    is_original: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """Entries that hold some word, column by column, for there are thousands: a list has one place for each entry.

    ``values``: what each says in a facet, its slugs with spaces between. ``when``: whether it takes place in each of
    the named spans. ``fits``: for each facet in which something is chosen, and for the days, whether it fits.
    ``published``: where the newest are wanted first, something to sort by.
    """

    facts: Sequence[Fact] = ()
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    when: Mapping[str, Sequence[bool]] = field(default_factory=dict)
    fits: Mapping[str, Sequence[bool]] = field(default_factory=dict)
    published: Sequence[Any] = ()

    @classmethod
    def read(cls, rows: Iterable[Sequence[Any]], wanted: Wanted) -> "Pool":
        """``rows``: columns_read, then for each of ``wanted.spans`` whether it takes place then; so for its days."""
        columns = list(zip(*rows, strict=True))
        if not columns:
            return cls()
        published = columns.pop(len(COLUMNS)) if wanted.newest_first else ()
        ids, keys, within, languages, originals, *said = columns
        values = {"language": languages, **dict(zip(COUNTED, said, strict=False))}
        places = map(narrowest_place, within)
        things = map(str, ids) if wanted.within else [place or key for place, key in zip(places, keys, strict=True)]
        spans = columns[len(COLUMNS) :]
        when = dict(zip(wanted.spans, spans, strict=False))
        fits: dict[str, Sequence[bool]] = {name: _fitting(values[name], slugs) for name, slugs in wanted.chosen.items()}
        if wanted.days:
            fits[WHEN] = spans[-1]
        return cls(list(map(Fact, ids, things, languages, originals)), values, when, fits, published)

    @property
    def right(self) -> list[Fact]:
        """What fits all that is chosen; the newest first where that is wanted."""
        fitting = self._fitting_but_in("")
        if not self.published:
            return list(compress(self.facts, fitting))
        dated = compress(zip(self.published, self.facts, strict=True), fitting)
        return [fact for _, fact in sorted(dated, reverse=True)]

    def things_but_in(self, name: str) -> int:
        """How many things there are if nothing were chosen in this facet."""
        return things(compress(self.facts, self._fitting_but_in(name)))

    def counts(self) -> dict[str, dict[str, int]]:
        """How many things each choice would leave, as if nothing were chosen in its own facet."""
        return {name: self._counts(name) for name in (*FACETS, WHEN)}

    def _counts(self, name: str) -> dict[str, int]:
        those = self._fitting_but_in(name)
        known = [fact.thing for fact in compress(self.facts, those)]
        if name == WHEN:
            answers = {span: compress(answers, those) for span, answers in self.when.items()}
            return {span: count for span, one in answers.items() if (count := len(set(compress(known, one))))}
        said = set(zip(compress(self.values.get(name, ()), those), known, strict=True))
        if name in SEVERAL:
            said = {(slug, thing) for slugs, thing in said for slug in slugs.split()}
        return dict(Counter(slug for slug, _ in said if slug))

    def _fitting_but_in(self, name: str) -> Sequence[bool]:
        """For each entry whether it fits all that is chosen in other facets."""
        asked = [answers for facet, answers in self.fits.items() if facet != name]
        return list(map(all, zip(*asked, strict=True))) if asked else [True] * len(self.facts)


def columns_read(wanted: Wanted) -> tuple[str, ...]:
    return (*COLUMNS, PUBLISHED) if wanted.newest_first else COLUMNS


def things(facts: Iterable[Fact]) -> int:
    return len({fact.thing for fact in facts})


def narrowest_place(within: str) -> str:
    """Of ``forum board-5 topic-12`` the last; empty where it stands nowhere in particular."""
    return within.rpartition(" ")[2]


def _fitting(said: Sequence[str], slugs: Iterable[str]) -> list[bool]:
    """Several values in one facet are either-or."""
    wanted = set(slugs)
    known = {text: not wanted.isdisjoint(text.split()) for text in set(said)}
    return [known[text] for text in said]


def fold(scored: Iterable[tuple[Fact, float, Score | None]], language: str) -> list[Ranked]:
    """One entry for each thing, the best first: in the reader's language, else the original, else the best.

    It has the best one's score.
    """
    things: dict[str, list[tuple[Fact, float, Score | None]]] = defaultdict(list)
    for fact, score, parts in scored:
        things[fact.thing].append((fact, score, parts))
    faces = [_face(versions, language) for versions in things.values()]
    return sorted(faces, key=lambda face: (-face.score, -face.entry_id))


def _face(versions: list[tuple[Fact, float, Score | None]], language: str) -> Ranked:
    shown, *_ = max(versions, key=lambda version: (version[0].language == language, version[0].is_original, version[1]))
    _, score, parts = max(versions, key=lambda version: version[1])
    return Ranked(shown.entry_id, score, parts)


def best(scores: Mapping[int, float], most: int) -> list[int]:
    """The entries with the highest scores, of equals those that were added last. Made for many equal scores."""
    equals: dict[float, list[int]] = defaultdict(list)
    for entry_id, score in scores.items():
        equals[score].append(entry_id)
    found: list[int] = []
    for score in sorted(equals, reverse=True):
        found += sorted(equals[score], reverse=True)[: most - len(found)]
        if len(found) == most:
            break
    return found
