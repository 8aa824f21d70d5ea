"""Words of the same root, for questions put in a sentence: основали, основание; Poland, Polish.

A stemmer takes off endings alone. Of a question of several words the text that answers it often says one in another
part of speech; among all its other words a stranger that only begins alike does little harm. In a search of a few
words it would.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz.distance import Prefix

from search.understanding import lexicon
from search.wanted import Term, Way

FEWEST_WORDS = 4
MOST_KIN = 5  # of a word
WORTH = 0.4
SHARE = 0.5  # so much of the longer stem stands in both


def with_kin(terms: Sequence[Term]) -> tuple[Term, ...]:
    if len(terms) < FEWEST_WORDS:
        return tuple(terms)
    return tuple(replace(term, ways=(*term.ways, *_kin(term))) for term in terms)


def _kin(term: Term) -> list[Way]:
    """Of the stem as it was typed, where the word isn't a guess already."""
    if any(way.worth < 1 or " " in way.stems for way in term.ways):
        return []
    stem = term.ways[0].stems
    near = [(_share(stem, other), other) for other in lexicon.stems_beginning(stem) if other not in term.stems]
    return [Way(other, WORTH) for share, other in _nearest(near) if share >= SHARE]


def _share(one: str, other: str) -> float:
    return Prefix.similarity(one, other) / max(len(one), len(other))


def _nearest(near: Iterable[tuple[float, str]]) -> list[tuple[float, str]]:
    return sorted(near, key=lambda pair: (-pair[0], pair[1]))[:MOST_KIN]
