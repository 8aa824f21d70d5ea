# ruff: noqa: S608 – the SQL is put together of our own parts alone
"""Which titles begin, with one of their words, as something does that is being typed. The same SQL on both databases.

One index holds all rows by worth, which is counted in months, and within a month by their letters. So a question goes
down the months, and looks in each only at what begins so, until it has enough: a common letter needs few months, and
all of them take a rare word some milliseconds. An index of text (FTS5 with prefixes, a tsvector) has to gather all that
begins so before it knows what is worth showing; an index by letters alone has to sort it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from search.starts import BEGINNING, LONGEST, start

ENOUGH = 24  # with translations and namesakes among them
LOOKED_AT = 500
BESIDE = 1_000  # so many of those that begin so are asked for the other words
BEYOND = "\U0010ffff"
BEGINS = "start >= %s AND start < %s"
# The months that there are, one by one and only as many as are looked into: so each question has its own.
BEGUN = f"""
WITH RECURSIVE month(worth) AS (
    SELECT MAX(worth) FROM search_suggestion
    UNION ALL
    SELECT (SELECT MAX(before.worth) FROM search_suggestion AS before WHERE before.worth < month.worth)
    FROM month WHERE month.worth IS NOT NULL
)
SELECT begun.worth, entry_id FROM month CROSS JOIN search_suggestion AS begun
WHERE begun.worth = month.worth AND {BEGINS}
"""
BEST = f"ORDER BY worth DESC, entry_id DESC LIMIT {ENOUGH}"
SAYS = f"EXISTS (SELECT 1 FROM search_suggestion AS same WHERE same.entry_id = begun.entry_id AND {BEGINS})"
FOLLOWING = f"SELECT %s AS reading, 0 AS scattered, worth, entry_id FROM ({BEGUN} LIMIT {LOOKED_AT}) AS begun {BEST}"
SCATTERED = f"""
SELECT %s AS reading, 1 AS scattered, worth, entry_id FROM ({BEGUN} LIMIT {BESIDE}) AS begun WHERE {{says}} {BEST}
"""


@dataclass(frozen=True, slots=True)
class Typed:
    """``forms``: folded words, the last as far as it is typed. ``stems``: of each, as short as some language has it."""

    forms: tuple[str, ...]
    stems: tuple[str, ...]


class Begun(NamedTuple):
    """``reading``: of those that were asked for; ``scattered``: the words stand apart, or in another order or form."""

    reading: int
    scattered: bool
    worth: int
    entry_id: int

    @property
    def is_beginning(self) -> bool:
        return self.worth >= BEGINNING


def beginning(readings: Sequence[Typed]) -> list[Begun]:
    """The best first. One question, however many there are to ask for."""
    questions = [question for number, typed in enumerate(readings) for question in _questions(number, typed)]
    if not questions:
        return []
    statement = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS found" for sql, _ in questions)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _, values in questions for value in values])
        found = {Begun(reading, bool(apart), worth, pk) for reading, apart, worth, pk in cursor.fetchall()}
    return sorted(found, key=lambda one: (one.reading, one.scattered, -one.worth, -one.entry_id))


def _questions(number: int, typed: Typed) -> Iterable[tuple[str, list[Any]]]:
    yield FOLLOWING, [number, *_ends(start(typed.forms).rstrip())]
    if len(typed.forms) > 1:
        rarest, *others = sorted((*typed.stems[:-1], typed.forms[-1]), key=len, reverse=True)
        says = " AND ".join([SAYS] * len(others))
        yield SCATTERED.format(says=says), [number, *_ends(rarest), *(end for one in others for end in _ends(one))]


def _ends(begun: str) -> tuple[str, str]:
    return begun[:LONGEST], begun[:LONGEST] + BEYOND
