"""Where the newest documents are, on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

PART, ERA = 12, 16  # documents whose numbers are alike but for so many bits at the end; as in the migration
FIRST_PARTS, MOST_PARTS = 4, 16
SMALL = 100_000
FEW = 8  # fewer say nothing about how many there are elsewhere
SLACK = 1.5

Window = Sequence[str]  # words of the index, each of so many documents whose numbers follow each other


@dataclass(frozen=True, slots=True)
class Windows:
    """The newest documents, as far as there are enough of them, on PostgreSQL: its index tells of a word only in which
    documents it is, all of them. What follows each other has a word of its own (``part=``, ``era=``).
    """

    oldest: int = 0
    newest: int = 0

    @classmethod
    def now(cls) -> "Windows":
        with connection.cursor() as cursor:
            cursor.execute("SELECT min(rowid), max(rowid) FROM search_document")
            oldest, newest = cursor.fetchone()
        return cls(oldest or 0, newest or 0)

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
        """Of more than are worth naming a few more."""
        if parts <= MOST_PARTS:
            last = self.newest >> PART
            return [f"'part={part}'" for part in range(last - parts, last + 1)]
        last = self.newest >> ERA
        return [f"'era={era}'" for era in range(last - (parts >> ERA - PART) - 1, last + 1)]
