"""Asking the database which documents hold which stems: the only SQL that differs between SQLite and PostgreSQL."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from search.engines.pool import Chosen, Fact
from search.query import Term

MOST = 10_000  # a word that more documents hold is common: it says too little to read them all
# PostgreSQL would rather read the whole table than an index for a common word, and compile a plan that runs once.
PLANNER = "SELECT set_config('enable_seqscan', %s, true), set_config('jit', %s, true)"
# The numbers of the documents come as one value: tens of thousands of rows would cost more than finding them.
MATCHING = {
    "sqlite": """
        SELECT %s, (SELECT json_group_array(rowid) FROM (
            SELECT rowid FROM search_document WHERE search_document MATCH %s ORDER BY rowid DESC LIMIT %s
        ))
    """,
    "postgresql": """
        SELECT %s, (SELECT json_agg(rowid)::text FROM (
            SELECT rowid FROM search_document WHERE words @@ %s::tsquery LIMIT %s
        ) AS part)
    """,
}
FACTS = {
    "sqlite": "SELECT {} FROM search_entry WHERE access = 'public' AND id IN (SELECT value FROM json_each(%s))",
    "postgresql": "SELECT {} FROM search_entry WHERE access = 'public' AND id = ANY(%s)",
}
SIGNS = {"sqlite": ('"', " OR ", " AND "), "postgresql": ("'", " | ", " & ")}


@dataclass(frozen=True, slots=True)
class Holding:
    """Which documents hold a term anywhere, and which in title or labels; of a common term only some of them."""

    anywhere: frozenset[int]
    strong: frozenset[int]
    common: bool = False


def holdings(terms: Sequence[Term], chosen: Chosen) -> list[Holding]:
    """For each term the documents that hold it, among those that fit the choice.

    Of a common term there are some, and all of those that also hold one of the rarer terms.
    """
    choices = _choices(chosen)
    found = _held([[words, *choices] for term in terms for words in _forms(term)])
    rarer = [stem for term, one in zip(terms, found, strict=True) if not one.common for stem in term.stems]
    common = [number for number, one in enumerate(found) if one.common] if rarer else []
    beside = _held([[words, rarer, *choices] for number in common for words in _forms(terms[number])])
    for number, more in zip(common, beside, strict=True):
        one = found[number]
        found[number] = Holding(one.anywhere | more.anywhere, one.strong | more.strong, common=True)
    return found


def _forms(term: Term) -> tuple[list[str], list[str]]:
    return list(term.stems), [f"^{stem}" for stem in term.stems]


def _held(questions: Sequence[Sequence[Sequence[str]]]) -> list[Holding]:
    sets = [frozenset(documents) for documents in _matching(questions)]
    return [
        Holding(anywhere, strong, len(anywhere) == MOST) for anywhere, strong in zip(sets[::2], sets[1::2], strict=True)
    ]


def fitting(chosen: Chosen) -> list[int]:
    """Documents that fit the choice, whatever they say."""
    return _matching([_choices(chosen)])[0]


def facts(documents: Iterable[int]) -> list[Fact]:
    """By hand, for thousands of rows: the ORM would take longer to convert them than the database to find them."""
    wanted: Any = list(documents)
    with connection.cursor() as cursor:
        statement = FACTS[connection.vendor].format(", ".join(("id", *Fact._fields[1:])))
        cursor.execute(statement, [json.dumps(wanted) if connection.vendor == "sqlite" else wanted])
        return [Fact(*row) for row in cursor.fetchall()]


def _choices(chosen: Chosen) -> list[list[str]]:
    return [[f"{name}={value}" for value in values] for name, values in chosen.items()]


def _matching(questions: Sequence[Iterable[Iterable[str]]]) -> list[list[int]]:
    if not questions:
        return []
    statement = " UNION ALL ".join([MATCHING[connection.vendor]] * len(questions))
    values: list[Any] = []
    for number, groups in enumerate(questions):
        values += [number, _expression(groups), MOST]
    with _by_index(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [json.loads(documents or "[]") for _, documents in sorted(cursor.fetchall())]


@contextmanager
def _by_index() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    inside = connection.in_atomic_block  # else the settings end with our own transaction
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNER, ["off", "off"])
        yield
        if inside:
            cursor.execute(PLANNER, ["on", "on"])


def _expression(groups: Iterable[Iterable[str]]) -> str:
    """All of the groups, any word of each. Words are stems and slugs: letters, digits, and the signs = - _ ^."""
    quote, either, both = SIGNS[connection.vendor]
    return both.join(f"({either.join(f'{quote}{word}{quote}' for word in group)})" for group in groups)
