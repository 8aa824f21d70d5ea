"""Asking the database which documents hold which stems: the only SQL that differs between SQLite and PostgreSQL."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from search.engines.pool import Chosen, Fact
from search.query import Term

MOST = 20_000  # a word that more documents hold says too little to read them all
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


class Holding(NamedTuple):
    """Which documents hold a term anywhere, and which in title or labels."""

    anywhere: frozenset[int]
    strong: frozenset[int]


def holdings(terms: Sequence[Term], chosen: Chosen) -> list[Holding]:
    """For each term the documents that hold it, among those that fit the choice; one statement for all."""
    asked = [words for term in terms for words in (term.stems, [f"^{stem}" for stem in term.stems])]
    sets = [frozenset(found) for found in _matching([[words, *_choices(chosen)] for words in asked])]
    return [Holding(*pair) for pair in zip(sets[::2], sets[1::2], strict=True)]


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
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [json.loads(documents or "[]") for _, documents in sorted(cursor.fetchall())]


def _expression(groups: Iterable[Iterable[str]]) -> str:
    """All of the groups, any word of each. Words are stems and slugs: letters, digits, and the signs = - _ ^."""
    quote, either, both = SIGNS[connection.vendor]
    return both.join(f"({either.join(f'{quote}{word}{quote}' for word in group)})" for group in groups)
