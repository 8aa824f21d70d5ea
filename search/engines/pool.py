"""The entries that hold some word of a query: filtering, counting and folding them. Pure functions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from search.engines.base import Ranked

Chosen = Mapping[str, tuple[str, ...]]
PLURAL = {"topic": "topics", "audience": "audiences"}  # several slugs in one text, with spaces between


class Fact(NamedTuple):
    """What facets ask about an entry."""

    entry_id: int
    translation_key: str
    language: str
    is_original: bool
    kind: str
    partner: str
    district: str
    topics: str
    audiences: str

    def values(self, facet: str) -> Sequence[str]:
        said: str = getattr(self, PLURAL.get(facet, facet))
        return said.split() if facet in PLURAL else (said,)


def misses(fact: Fact, chosen: Chosen) -> list[str]:
    """The facets whose choice it doesn't fit. Several values in one facet are either-or."""
    return [name for name, wanted in chosen.items() if set(wanted).isdisjoint(fact.values(name))]


def count_facets(facts: Sequence[Fact], chosen: Chosen, names: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many things each choice would leave, as if nothing were chosen in its own facet."""
    if not chosen:
        return {name: _count(facts, name) for name in names}
    missed = [misses(fact, chosen) for fact in facts]
    return {
        name: _count([fact for fact, missing in zip(facts, missed, strict=True) if missing in ([], [name])], name)
        for name in names
    }


def _count(facts: Sequence[Fact], name: str) -> dict[str, int]:
    things = {(value, fact.translation_key) for fact in facts for value in fact.values(name)}
    return dict(Counter(value for value, _ in things if value))


def fold(scored: Iterable[tuple[Fact, float]], language: str) -> list[Ranked]:
    """One entry for each thing: in the reader's language, else the original, else the best; with the best's score."""
    things: dict[str, list[tuple[Fact, float]]] = defaultdict(list)
    for fact, score in scored:
        things[fact.translation_key].append((fact, score))
    faces = [_face(versions, language) for versions in things.values()]
    return sorted(faces, key=lambda face: (-face.score, -face.entry_id))


def _face(versions: list[tuple[Fact, float]], language: str) -> Ranked:
    shown, _ = max(versions, key=lambda version: (version[0].language == language, version[0].is_original, version[1]))
    return Ranked(shown.entry_id, max(score for _, score in versions))


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
