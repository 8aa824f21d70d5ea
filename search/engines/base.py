"""What every engine does. All of them pass the same tests, tests/search/test_contract.py."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from search.models import Entry
from search.query import Query


@dataclass(frozen=True, slots=True)
class Ranked:
    entry_id: int
    score: float


@dataclass(frozen=True)
class Found:
    """Translations are folded: every hit, and every one that is counted, stands for one thing.

    ``ranked`` holds the best, as many as a reader may leaf through; ``more`` says that the counts are lower bounds;
    ``unfiltered`` is the total if nothing were chosen; a facet's counts are made as if nothing were chosen in it.
    """

    ranked: Sequence[Ranked] = ()
    total: int = 0
    unfiltered: int = 0
    more: bool = False
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


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
    def find(self, query: Query) -> Found:
        """Of public entries. ``query.within``: of all that stand in one of the places and say the words themselves."""

    @abstractmethod
    def differences(self) -> list[str]:
        """Where the engine holds something else than the table, one line each."""
