"""The entries that hold some word of a query: filtering, counting and folding them. Pure functions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from search.engines.base import Ranked

Chosen = Mapping[str, tuple[str, ...]]


class Fact(NamedTuple):
    """What facets ask about an entry. Slugs of topics and audiences stand in one text each, with spaces between."""

    entry_id: int
    translation_key: str
    language: str
    is_original: bool
    kind: str
    partner: str
    district: str
    topics: str
    audiences: str

    def values(self, facet: str) -> tuple[str, ...] | list[str]:
        match facet:
            case "topic":
                return self.topics.split()
            case "audience":
                return self.audiences.split()
            case _:
                value = getattr(self, facet)
                return (value,) if value else ()


def misses(fact: Fact, chosen: Chosen) -> list[str]:
    """The facets whose choice it doesn't fit. Several values in one facet are either-or."""
    return [name for name, wanted in chosen.items() if not set(fact.values(name)) & set(wanted)]


def count_facets(facts: Iterable[Fact], chosen: Chosen, names: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many things each choice would leave, as if nothing were chosen in its own facet."""
    things: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in names}
    for fact in facts:
        missed = misses(fact, chosen)
        if len(missed) > 1:
            continue
        for name in missed or things:
            for value in fact.values(name):
                things[name][value].add(fact.translation_key)
    return {name: {value: len(keys) for value, keys in values.items()} for name, values in things.items()}


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
