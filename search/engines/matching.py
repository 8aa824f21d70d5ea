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
    "sqlite": "SELECT {} FROM search_entry WHERE {} AND id IN (SELECT value FROM json_each(%s))",
    "postgresql": "SELECT {} FROM search_entry WHERE {} AND id = ANY(%s)",
}
IN_SIGHT = {False: "access = 'public'", True: "access IN ('public', 'within')"}  # whether somebody asks within a place
SIGNS = {"sqlite": ('"', " OR ", " AND ", " NOT "), "postgresql": ("'", " | ", " & ", " & !")}
CLOSED = "access=within"
Groups = Sequence[Sequence[str]]  # all of the groups, any word of each; words are quoted


@dataclass(frozen=True, slots=True)
class Holding:
    """Which documents hold a term anywhere, and which in title or labels; of a common term only some of them."""

    anywhere: frozenset[int]
    strong: frozenset[int]
    common: bool = False


def holdings(terms: Sequence[Term], chosen: Chosen, within: Sequence[str] = ()) -> list[Holding]:
    """For each term the documents that hold it, among those that fit the choice and stand in one of the places.

    Of a common term there are some, and all of those that also hold one of the rarer terms.
    """
    scope = [*_choices(chosen), *_places(within)]
    inside = bool(within)
    forms = [_forms(term, own=inside) for term in terms]
    found = _held([[words, *scope] for pair in forms for words in pair], inside=inside)
    rarer = [word for (words, _), one in zip(forms, found, strict=True) if not one.common for word in words]
    common = [number for number, one in enumerate(found) if one.common] if rarer else []
    beside = _held([[words, rarer, *scope] for number in common for words in forms[number]], inside=inside)
    for number, more in zip(common, beside, strict=True):
        one = found[number]
        found[number] = Holding(one.anywhere | more.anywhere, one.strong | more.strong, common=True)
    return found


def _forms(term: Term, *, own: bool) -> tuple[list[str], list[str]]:
    """``own``: not those words of a part that only the title of the whole says."""
    *_, but_not = SIGNS[connection.vendor]
    words = [f"({_quoted(stem)}{but_not}{_quoted('-' + stem)})" if own else _quoted(stem) for stem in term.stems]
    return words, [_quoted(f"^{stem}") for stem in term.stems]


def _held(questions: Sequence[Groups], *, inside: bool) -> list[Holding]:
    sets = [frozenset(documents) for documents in _matching(questions, inside=inside)]
    return [
        Holding(anywhere, strong, len(anywhere) == MOST) for anywhere, strong in zip(sets[::2], sets[1::2], strict=True)
    ]


def fitting(chosen: Chosen) -> list[int]:
    """Documents that fit the choice, whatever they say."""
    return _matching([_choices(chosen)], inside=False)[0]


def facts(documents: Iterable[int], within: Sequence[str] = ()) -> list[Fact]:
    """By hand, for thousands of rows: the ORM would take longer to convert them than the database to find them."""
    wanted: Any = list(documents)
    with connection.cursor() as cursor:
        columns = ", ".join(("id", *Fact._fields[1:]))
        statement = FACTS[connection.vendor].format(columns, IN_SIGHT[bool(within)])
        cursor.execute(statement, [json.dumps(wanted) if connection.vendor == "sqlite" else wanted])
        return [Fact(*row) for row in cursor.fetchall()]


def _choices(chosen: Chosen) -> list[list[str]]:
    return [[_quoted(f"{name}={value}") for value in values] for name, values in chosen.items()]


def _places(within: Sequence[str]) -> list[list[str]]:
    return [[_quoted(f"within={place}") for place in within]] if within else []


def _matching(questions: Sequence[Groups], *, inside: bool) -> list[list[int]]:
    if not questions:
        return []
    statement = " UNION ALL ".join([MATCHING[connection.vendor]] * len(questions))
    values: list[Any] = []
    for number, groups in enumerate(questions):
        values += [number, _expression(groups, inside=inside), MOST]
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


def _expression(groups: Groups, *, inside: bool) -> str:
    """``inside``: somebody asks within a place; nobody else finds what is closed."""
    _, either, both, but_not = SIGNS[connection.vendor]
    expression = both.join(f"({either.join(group)})" for group in groups)
    return expression if inside else f"{expression}{but_not}{_quoted(CLOSED)}"


def _quoted(word: str) -> str:
    """Words are stems and slugs: letters, digits, and the signs = - _ ^."""
    quote = SIGNS[connection.vendor][0]
    return f"{quote}{word}{quote}"
