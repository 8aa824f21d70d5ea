"""What an engine is asked for: a query as it was understood. The same for every engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import NamedTuple

Chosen = Mapping[str, tuple[str, ...]]
DEFAULT_LANGUAGE = "ru"
WHEN = "when"
RELEVANCE, NEWEST, NEAREST = ORDERS = ("relevance", "date", "near")


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a text may say a term: a stem, or several that follow each other, parted by single spaces.

    ``worth``: 1 as it was typed, less for what only might be meant.
    """

    stems: str
    worth: float = 1.0


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase of a query; a document holds it that says it in any of the ways."""

    word: str
    ways: tuple[Way, ...]
    required: bool = False

    @property
    def stems(self) -> tuple[str, ...]:
        """Every stem of every way, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(way.stems.split() for way in self.ways)))


class Days(NamedTuple):
    """From the first to the last, both included, as the city's calendar has them."""

    first: date
    last: date


class Position(NamedTuple):
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Wanted:
    """``terms``: what is found holds every required one and at least ``at_least`` of all; none: everything.

    ``without``: what is found holds none of these. ``chosen``: facet → slugs, either-or within a facet.
    ``authors``: who of them wrote it, either-or; see search.registry.author_slug.
    ``days``: when it takes place; what has no date of its own takes place when it was published.
    ``spans``: named days of which facet ``when`` counts how many take place then.
    ``within``: places of which one must hold what is found, by words of its own.
    ``order``: ``relevance``, ``date`` (the newest first) or ``near`` (the nearest to ``position``, then the rest).
    ``among``: of what is found only these entries are ranked and make the total (the counts of facets then say
    nothing). Which words are rare is not asked of them alone: they are found as in the whole list.
    """

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    at_least: int = 1
    language: str = DEFAULT_LANGUAGE
    chosen: Chosen = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    days: Days | None = None
    spans: Mapping[str, Days] = field(default_factory=dict)
    within: Sequence[str] = ()
    order: str = RELEVANCE
    position: Position | None = None
    among: frozenset[int] | None = None

    @property
    def newest_first(self) -> bool:
        """Also where there are no words to be relevant to, or nobody knows to what it should be near."""
        return self.order == NEWEST or not (self.position if self.order == NEAREST else self.terms)

    @property
    def narrowed(self) -> list[str]:
        """The facets in which something is chosen, and ``when`` if days are."""
        return [*self.chosen, *([WHEN] if self.days else [])]
