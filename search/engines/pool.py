"""The entries that hold some word of a query: filtering, counting and folding them. Pure functions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple

from search.engines.base import Ranked
from search.ranking import Score
from search.wanted import WHEN, Chosen, Wanted

PLURAL = {"topic": "topics", "audience": "audiences"}  # several slugs in one text, with spaces between
COLUMNS = (
    *("id", "translation_key", "within", "language", "is_original"),
    *("kind", "partner", "district", "topics", "audiences"),
)


class Fact(NamedTuple):
    """What facets ask about an entry. ``when``: the named spans of days in which it takes place.

    ``thing``: what it stands for, with other entries: its translations, or all that stands in the same narrow place.
    """

    entry_id: int
    thing: str
    language: str
    is_original: bool
    kind: str
    partner: str
    district: str
    topics: str
    audiences: str
    when: tuple[str, ...] = ()
    fits_days: bool = True

    @classmethod
    def read(cls, row: Sequence[Any], wanted: Wanted) -> "Fact":
        """``row``: COLUMNS, then for each of ``wanted.spans`` whether it takes place then, and so for its days."""
        (pk, translation_key, within, *known), answers = row[: len(COLUMNS)], row[len(COLUMNS) :]
        thing = str(pk) if wanted.within else narrowest_place(within) or translation_key
        when = tuple(compress(wanted.spans, answers))
        return cls._make([pk, thing, *known, when, bool(answers[-1]) if wanted.days else True])

    def values(self, facet: str) -> Sequence[str]:
        if facet == WHEN:
            return self.when
        said: str = getattr(self, PLURAL.get(facet, facet))
        return said.split() if facet in PLURAL else (said,)


def narrowest_place(within: str) -> str:
    """Of ``forum board-5 topic-12`` the last; empty where it stands nowhere in particular."""
    return within.rpartition(" ")[2]


def misses(fact: Fact, chosen: Chosen) -> list[str]:
    """The facets whose choice it doesn't fit. Several values in one facet are either-or."""
    missed = [name for name, wanted in chosen.items() if set(wanted).isdisjoint(fact.values(name))]
    return missed if fact.fits_days else [*missed, WHEN]


def count_facets(facts: Sequence[Fact], chosen: Chosen, names: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many things each choice would leave, as if nothing were chosen in its own facet."""
    missed = [misses(fact, chosen) for fact in facts]
    return {
        name: _count([fact for fact, missing in zip(facts, missed, strict=True) if missing in ([], [name])], name)
        for name in names
    }


def _count(facts: Sequence[Fact], name: str) -> dict[str, int]:
    things = {(value, fact.thing) for fact in facts for value in fact.values(name)}
    return dict(Counter(value for value, _ in things if value))


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
