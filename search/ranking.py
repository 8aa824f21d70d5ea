"""How well a document answers a query. Pure functions, the same for every engine.

A document is judged by what share of the query it holds (rare words weigh more), then by where it holds them, then by
how often for its length, then by how fresh it is.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from search.query import Term

COVERAGE, PLACE, FREQUENCY, FRESHNESS = 10.0, 3.0, 4.0, 0.1
PLACES = {"title": 1.0, "label": 0.9, "summary": 0.6, "body": 0.3}
FREQUENCY_WEIGHT = {"title": 3.0, "label": 2.0, "summary": 1.5, "body": 1.0}
USUAL_LENGTH = {"title": 8, "label": 6, "summary": 25, "body": 150}
LENGTH_MATTERS, SATURATION = 0.6, 1.2
HALF_LIFE = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Weighted:
    """A query's word and how much it says: a word that few documents hold says more."""

    term: Term
    weight: float


@dataclass(frozen=True, slots=True)
class Fields:
    """A document's stems by place, parted by single spaces."""

    title: str
    label: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class Score:
    coverage: float
    place: float
    frequency: float
    freshness: float
    boost: float

    @property
    def total(self) -> float:
        return self.coverage + self.place + self.frequency + self.freshness + self.boost


def weight(holding: int, entries: int) -> float:
    """How much a word says that so many of the entries hold. Never nothing: a common word is still a word."""
    return math.log(1 + (max(entries, holding) + 1) / (holding + 0.5))


def score(fields: Fields, asked: Sequence[Weighted], published: datetime, boost: float, now: datetime) -> Score:
    everything = sum(word.weight for word in asked) or 1.0
    places = [(name, f" {text} ") for name in PLACES if (text := getattr(fields, name))]
    held = place = frequency = 0.0
    for word in asked:
        counts = [(name, text, _count(text, word.term.stems)) for name, text in places]
        held_in = [(name, text, count) for name, text, count in counts if count]
        if held_in:
            held += word.weight
            place += word.weight * max(PLACES[name] for name, _, _ in held_in)
            frequency += word.weight * _saturated(sum(_share(*one) for one in held_in))
    return Score(
        coverage=COVERAGE * held / everything,
        place=PLACE * place / everything,
        frequency=FREQUENCY * frequency / everything,
        freshness=FRESHNESS * freshness(published, now),
        boost=boost,
    )


def freshness(published: datetime, now: datetime) -> float:
    """1 today, half after half a year, and so on."""
    return 0.5 ** (max(now - published, timedelta()) / HALF_LIFE)


def _count(text: str, stems: Sequence[str]) -> int:
    return sum([text.count(f" {stem} ") for stem in stems])


def _share(name: str, text: str, count: int) -> float:
    """What a word's count says for a text of this length."""
    length = (text.count(" ") - 1) / USUAL_LENGTH[name]
    return FREQUENCY_WEIGHT[name] * count / (1 - LENGTH_MATTERS + LENGTH_MATTERS * length)


def _saturated(frequency: float) -> float:
    return frequency / (frequency + SATURATION)
