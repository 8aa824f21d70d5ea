"""How well a document answers a query. Pure functions, the same for every engine.

A document is judged by what share of the query it holds (rare words weigh more), then by where it holds them, then by
how often for its length, then by how near to each other they stand, then by how timely it is.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from search.wanted import Term

COVERAGE, PLACE, FREQUENCY, NEARNESS, TIMELINESS = 2.0, 4.0, 14.0, 2.0, 0.1
PLACES = {"title": 1.0, "label": 0.9, "summary": 0.6, "body": 0.3}
FREQUENCY_WEIGHT = {"title": 3.0, "label": 2.0, "summary": 1.5, "body": 1.0}
USUAL_LENGTH = {"title": 8, "label": 6, "summary": 25, "body": 150}
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


def score(fields: Fields, asked: Sequence[Weighted], dates: Dates, boost: float, now: datetime) -> Score:
    everything = sum(word.weight for word in asked) or 1.0
    places = [(name, f" {text} ") for name in PLACES if (text := getattr(fields, name))]
    held = place = frequency = 0.0
    for word in asked:
        counts = [(name, text, _count(text, word.term)) for name, text in places]
        held_in = [(name, text, count) for name, text, count in counts if count]
        if held_in:
            worth = word.weight * _worth(word.term, (text for _, text, _ in held_in))
            held += worth
            place += worth * max(PLACES[name] for name, _, _ in held_in)
            frequency += worth * _saturated(sum(_share(*one) for one in held_in))
    return Score(
        coverage=COVERAGE * held / everything,
        place=PLACE * place / everything,
        frequency=FREQUENCY * frequency / everything,
        nearness=NEARNESS * nearness(fields, asked),
        timeliness=TIMELINESS * timeliness(dates, now),
        boost=boost,
    )


def nearness(fields: Fields, asked: Sequence[Weighted]) -> float:
    """1 where all that is asked for in a row stands in a row; less the further the words stand from each other."""
    pairs = list(pairwise(asked))
    everything = sum(min(one.weight, next_.weight) for one, next_ in pairs)
    if not everything:
        return 0.0
    best = [0.0] * len(pairs)
    for text in (fields.title, fields.summary, fields.body):
        places = _places(f" {text} ", asked)
        for number, (before, after) in enumerate(pairwise(places)):
            if before and after:
                best[number] = max(best[number], 1 / _distance(before, after))
    return (
        sum(min(one.weight, next_.weight) * near for (one, next_), near in zip(pairs, best, strict=True)) / everything
    )


def timeliness(dates: Dates, now: datetime) -> float:
    """News: 1 today, half after half a year, and so on. What is to come: more, the sooner. What is over: below all."""
    if dates.starts is None:
        return 0.5 ** (max(now - dates.published, timedelta()) / HALF_LIFE)
    over = now - (dates.ends or dates.starts)
    if over > timedelta():
        return PAST * min(1.0, over / LONG_PAST)
    return 1 + COMING * 0.5 ** (max(dates.starts - now, timedelta()) / SOON)


def _worth(term: Term, texts: Iterable[str]) -> float:
    """Of the best way in which it is said."""
    if all(way.worth == 1 for way in term.ways):
        return 1.0
    everything = "".join(texts)
    return max((way.worth for way in term.ways if f" {way.stems} " in everything), default=0.0)


def _count(text: str, term: Term) -> int:
    return sum([text.count(f" {way.stems} ") for way in term.ways])


def _share(name: str, text: str, count: int) -> float:
    """What a word's count says for a text of this length."""
    length = (text.count(" ") - 1) / USUAL_LENGTH[name]
    return FREQUENCY_WEIGHT[name] * count / (1 - LENGTH_MATTERS + LENGTH_MATTERS * length)


def _saturated(frequency: float) -> float:
    return frequency / (frequency + SATURATION)


def _places(text: str, asked: Sequence[Weighted]) -> list[list[int]]:
    """For each word that is asked for, where it stands: how many words stand before it."""
    return [
        sorted(
            {place for first in {way.stems.split(" ", 1)[0] for way in word.term.ways} for place in _where(text, first)}
        )
        for word in asked
    ]


def _where(text: str, stem: str) -> Iterator[int]:
    """A text has a space before and after each word; most texts don't hold most words."""
    wanted = f" {stem} "
    found, place, counted = text.find(wanted), 0, 0
    while found >= 0:
        place += text.count(" ", counted, found)
        yield place
        counted, found = found, text.find(wanted, found + len(wanted) - 1)


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
