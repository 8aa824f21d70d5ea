"""What every engine does. All of them pass the same tests: test_contract, _understood, _when_and_order."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.models import Entry
from search.ranking import Score
from search.wanted import Wanted

JUDGED = 200  # of what is found roughly so many are judged word by word: as many as a reader may leaf through
STRONG = 0.5  # what a word is worth more in title or labels, in the rough order
CACHE_TAG = "search"  # of every stored page that shows what was found


@dataclass(frozen=True, slots=True)
class Ranked:
    """``parts``: what the score is made of, where words were looked for."""

    entry_id: int
    score: float
    parts: Score | None = None


@dataclass(frozen=True)
class Found:
    """Translations are folded, and so is what stands in the same narrow place (the posts of a topic), unless somebody
    asks within a place: every hit, and every one that is counted, stands for one thing.

    ``ranked`` holds the first in the order asked for, as many as a reader may leaf through; ``more`` says that the
    counts are lower bounds; ``unfiltered`` is the total if nothing were chosen, neither facets nor days; a facet's
    counts are made as if nothing were chosen in it. ``facets["when"]`` counts by ``wanted.spans``. ``widened`` says of
    each facet in which something is chosen, and of ``when``, what the total would be if nothing were: a thing may have
    two values, so counts don't add up to it.
    """

    ranked: Sequence[Ranked] = ()
    total: int = 0
    unfiltered: int = 0
    more: bool = False
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    widened: Mapping[str, int] = field(default_factory=dict)


class Difference(NamedTuple):
    """Between what should be and what is. Of a thing (``key``), or of what an engine holds of an entry."""

    kind: str
    line: str
    key: str = ""
    entry_id: int = 0

    def __str__(self) -> str:
        return self.line


class Engine(ABC):
    @abstractmethod
    def write(self, entries: Sequence[Entry]) -> None:
        """Take these over as they are now: public ones and those within a place; whatever else goes."""

    @abstractmethod
    def rehead(self, entries: Sequence[Entry]) -> None:
        """Of these only title and place have changed."""

    @abstractmethod
    def remove(self, entry_ids: Sequence[int]) -> None: ...

    @abstractmethod
    def find(self, wanted: Wanted) -> Found:
        """Of public entries. ``wanted.within``: of all that stand in one of the places and say the words themselves."""

    @abstractmethod
    def differences(self) -> Iterator[Difference]:
        """Where the engine holds something else than the table."""

    def settle(self) -> None:  # noqa: B027  most have nothing to wait for
        """Whatever has been written can be found when this returns. For trials: elsewhere the worker sees to it."""

    def trouble(self) -> str:
        """What keeps it from doing all that it should, in a few words for /readyz; it answers nevertheless."""
        return ""

    def keep(self) -> bool:
        """The worker's part, done all the time: whether there may be more to do at once."""
        return False

    def tidy(self) -> None:  # noqa: B027  most have nothing to do
        """The worker's part, done every ten minutes."""
