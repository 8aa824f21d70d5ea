"""How much there is, and where the newest of it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max, Min

from search.models import Entry

PART, ERA = 12, 16  # documents whose numbers are alike but for so many bits at the end; as in the migration
FIRST_PARTS, MOST_PARTS = 4, 16
SMALL = 100_000
FEW = 8  # fewer say nothing about how many there are elsewhere
SLACK = 1.5
LIVES = 60  # seconds


class Size(NamedTuple):
    """How many entries there are, about, and the numbers of the first and the last."""

    entries: int = 0
    oldest: int = 0
    newest: int = 0

    @property
    def numbers(self) -> int:
        return self.newest - self.oldest + 1


def size() -> Size:
    """As it was within the last minute."""
    known: Size = cache.get_or_set("search:size", counted, LIVES) or Size()
    return known


def counted() -> Size:
    known = Entry.objects.aggregate(count=Count("pk"), first=Min("pk"), last=Max("pk"))
    return Size(known["count"], known["first"] or 0, known["last"] or 0)


Window = Sequence[str]  # words of the index, each of so many documents whose numbers follow each other


@dataclass(frozen=True, slots=True)
class Windows:
    """The newest documents, as far as there are enough of them, on PostgreSQL: its index tells of a word only in which
    documents it is, all of them. What follows each other has a word of its own (``part=``, ``era=``).
    """

    oldest: int = 0
    newest: int = 0

    @classmethod
    def known(cls) -> "Windows":
        """SQLite needs none: it reads from the newest on, and stops."""
        known = size() if connection.vendor == "postgresql" else Size()
        return cls(known.oldest, known.newest)

    @property
    def first(self) -> Window | None:
        """None where there is too little to begin with a part of it."""
        return self._newest(FIRST_PARTS) if self.newest - self.oldest > SMALL else None

    def after(self, found: int, wanted: int) -> Window | None:
        """Where so many should be, if so many were found in the first; None: everywhere."""
        return self.holding(found / (FIRST_PARTS << PART), wanted) if found >= FEW else None

    def holding(self, share: float, wanted: int) -> Window | None:
        """Where so many should be, if about this part of all documents is meant; None: everywhere."""
        if share * (self.newest - self.oldest) < 2 * SLACK * wanted:
            return None
        parts = int(SLACK * wanted / share) + 1 >> PART
        return self._newest(parts) if parts << PART < (self.newest - self.oldest) / 2 else None

    def _newest(self, parts: int) -> Window:
        """A few more than that, and one that is still to come."""
        if parts <= MOST_PARTS:
            last = (self.newest >> PART) + 1
            return [f"'part={part}'" for part in range(last - parts - 1, last + 1)]
        last = (self.newest >> ERA) + 1
        return [f"'era={era}'" for era in range(last - (parts >> ERA - PART) - 2, last + 1)]
