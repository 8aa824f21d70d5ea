"""How well a document answers a query. Pure functions, the same for every engine.

A document is judged by what share of the query it holds (rare words weigh more), then by where it holds them, then by
how often for its length, then by how near to each other they stand, then by how timely it is.
"""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from search.wanted import Term

COVERAGE, PLACE, FREQUENCY, NEARNESS, TIMELINESS = 2.0, 4.0, 14.0, 2.0, 0.1
PLACES = {"title": 1.0, "label": 0.9, "summary": 0.6, "body": 0.3}
FREQUENCY_WEIGHT = {"title": 3.0, "label": 2.0, "summary": 1.5, "body": 1.0}
USUAL_LENGTH = {"title": 8, "label": 6, "summary": 25, "body": 150}
IN_A_ROW = {"title", "summary", "body"}  # labels follow each other by chance
LENGTH_MATTERS, SATURATION = 0.75, 1.5
HALF_LIFE = timedelta(days=180)
SOON, LONG_PAST = timedelta(days=30), timedelta(days=14)
COMING, PAST = 5.0, -10.0  # beside news of today, which count 1
FAR = 6  # words further from each other have nothing to do with each other


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
class Dates:
    """When it was published and, if it takes place at some time, from when to when."""

    published: datetime
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Score:
    coverage: float
    place: float
    frequency: float
    nearness: float
    timeliness: float
    boost: float

    @property
    def total(self) -> float:
        return self.coverage + self.place + self.frequency + self.nearness + self.timeliness + self.boost


def weight(holding: int, entries: int) -> float:
    """How much a word says that so many of the entries hold. Never nothing: a common word is still a word."""
    return math.log(1 + (max(entries, holding) + 1) / (holding + 0.5))


class Judge:
    """Of one question: what is the same for all documents is made ready once."""

    def __init__(self, asked: Sequence[Weighted], now: datetime) -> None:
        self.now = now
        self.weights = [word.weight for word in asked]
        self.pairs = [min(pair) for pair in pairwise(self.weights)]
        self.stems: dict[str, list[tuple[int, float]]] = defaultdict(list)  # which words it says, and its worth there
        self.phrases: list[tuple[str, int, float]] = []
        for number, word in enumerate(asked):
            for stems, worth in _ways(word.term):
                if " " in stems:
                    self.phrases.append((stems, number, worth))
                else:
                    self.stems[stems].append((number, worth))

    def score(self, fields: Fields, dates: Dates, boost: float) -> Score:
        held = place = frequency = 0.0
        words = [_Word() for _ in self.weights]
        for name in PLACES:
            if text := getattr(fields, name):
                self._read(name, text, words)
        for weight, word in zip(self.weights, words, strict=True):
            if word.places:
                worth = weight * word.worth
                held += worth
                place += worth * max([PLACES[name] for name in word.places])
                frequency += worth * word.often / (word.often + SATURATION)
        everything = sum(self.weights) or 1.0
        return Score(
            coverage=COVERAGE * held / everything,
            place=PLACE * place / everything,
            frequency=FREQUENCY * frequency / everything,
            nearness=NEARNESS * self._nearness(words),
            timeliness=TIMELINESS * timeliness(dates, self.now),
            boost=boost,
        )

    def _read(self, name: str, text: str, words: Sequence["_Word"]) -> None:
        """Once over each text, however many ways there are to say what is asked for."""
        said, stems = text.split(" "), self.stems
        found = [
            (place, number, worth) for place, stem in enumerate(said) if stem in stems for number, worth in stems[stem]
        ]
        if self.phrases:
            found += self._phrases(f" {text} ")
            found.sort()
        if found:
            length = LENGTH_MATTERS * len(said) / USUAL_LENGTH[name]
            share = FREQUENCY_WEIGHT[name] / (1 - LENGTH_MATTERS + length)
            for place, number, worth in found:
                words[number].add(name, place, worth, share)

    def _phrases(self, text: str) -> Iterator[tuple[int, int, float]]:
        """``text``: with a space before and after each word."""
        for stems, number, worth in self.phrases:
            found = text.find(f" {stems} ")
            while found >= 0:
                yield text.count(" ", 0, found), number, worth
                found = text.find(f" {stems} ", found + 1)

    def _nearness(self, words: Sequence["_Word"]) -> float:
        """1 where all that is asked for in a row stands in a row; less the further the words stand from each other."""
        near = 0.0
        for weight, (one, next_) in zip(self.pairs, pairwise(words), strict=True):
            both = one.places.keys() & next_.places.keys() & IN_A_ROW
            near += weight * max([1 / _distance(one.places[name], next_.places[name]) for name in both], default=0.0)
        return near / sum(self.pairs) if near else 0.0


@dataclass(slots=True)
class _Word:
    """How a document says a word of the question: by the best way's worth, how often for its length, and where.

    ``places``: for each text that says it how many words stand before it there.
    """

    worth: float = 0.0
    often: float = 0.0
    places: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, place: int, worth: float, share: float) -> None:
        self.worth = max(self.worth, worth)
        self.often += share
        self.places.setdefault(name, []).append(place)


def _ways(term: Term) -> Iterable[tuple[str, float]]:
    """Each once, as the best that it may be."""
    return dict(sorted((way.stems, way.worth) for way in term.ways)).items()


def timeliness(dates: Dates, now: datetime) -> float:
    """News: 1 today, half after half a year, and so on. What is to come: more, the sooner. What is over: below all."""
    if dates.starts is None:
        return 0.5 ** (max(now - dates.published, timedelta()) / HALF_LIFE)
    over = now - (dates.ends or dates.starts)
    if over > timedelta():
        return PAST * min(1.0, over / LONG_PAST)
    return 1 + COMING * 0.5 ** (max(dates.starts - now, timedelta()) / SOON)


def _distance(before: Sequence[int], after: Sequence[int]) -> float:
    """In words; backwards counts as one more, and what is far is infinitely far."""
    nearest = min(min(_forwards(one, after), _backwards(one, after) + 1) for one in before)
    return nearest if nearest <= FAR else math.inf


def _forwards(place: int, places: Sequence[int]) -> float:
    next_ = bisect_right(places, place)
    return places[next_] - place if next_ < len(places) else math.inf


def _backwards(place: int, places: Sequence[int]) -> float:
    last = bisect_left(places, place) - 1
    return place - places[last] if last >= 0 else math.inf
