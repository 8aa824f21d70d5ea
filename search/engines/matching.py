"""Asking the database which documents hold which stems: the only SQL that differs between SQLite and PostgreSQL."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from search.days import bounds
from search.engines.pool import COLUMNS, Pool
from search.wanted import Chosen, Days, Term, Wanted

MOST = 2_000  # a word that more documents hold is common: it says too little to read them all
PREFIXES = 3
# PostgreSQL would rather read the whole table than an index for a common word, and compile a plan that runs once.
PLANNER = "SELECT set_config('enable_seqscan', %s, true), set_config('jit', %s, true)"
# The numbers of the documents come as one value: tens of thousands of rows would cost more than finding them.
MATCHING = {
    "sqlite": """
        SELECT %s, (SELECT json_group_array(rowid) FROM (
            SELECT rowid FROM search_document WHERE search_document MATCH %s{} ORDER BY rowid DESC LIMIT %s
        ))
    """,
    "postgresql": """
        SELECT %s, (SELECT json_agg(rowid)::text FROM (
            SELECT rowid FROM search_document WHERE words @@ %s::tsquery{} LIMIT %s
        ) AS part)
    """,
}
COUNTING = {
    "sqlite": (
        "SELECT %s, (SELECT count(*) FROM (SELECT 1 FROM search_document WHERE search_document MATCH %s LIMIT %s))"
    ),
    "postgresql": (
        "SELECT %s, (SELECT count(*) FROM (SELECT 1 FROM search_document WHERE words @@ %s::tsquery LIMIT %s) AS held)"
    ),
}
AMONG = {  # with a + SQLite takes no index for the condition, which it would read from end to end
    "sqlite": "SELECT {} FROM {} WHERE +({}) AND {} IN (SELECT value FROM json_each(%s))",
    "postgresql": "SELECT {} FROM {} WHERE {} AND {} = ANY(%s)",
}
ON_THESE_DAYS = (
    "(CASE WHEN starts IS NULL THEN published >= %s AND published < %s"
    " ELSE starts < %s AND COALESCE(ends, starts) >= %s END)"
)
ENTRIES_THEN = f"SELECT id FROM search_entry WHERE {ON_THESE_DAYS}"  # noqa: S608 – both are our own
IN_SIGHT = {False: "access = 'public'", True: "access IN ('public', 'within')"}  # whether somebody asks within a place
# The few that have expired, by an index of their own: the column stands behind the long texts of a row.
NOT_EXPIRED = "id NOT IN (SELECT id FROM search_entry WHERE until <= %s)"
SAID = {  # where a phrase may stand; a phrase runs through no border between them
    False: ("title", "label", "summary", "body"),
    True: ("title", "label"),
}
SAYS = "' ' || {} || ' ' LIKE %s"
SIGNS = {"sqlite": ('"', " OR ", " AND ", " NOT "), "postgresql": ("'", " | ", " & ", " & !")}
CLOSED = "access=within"
Groups = Sequence[Sequence[str]]  # all of the groups, any word of each; words are quoted


@dataclass(frozen=True, slots=True)
class Holding:
    """Which documents hold a term anywhere, and which in title or labels.

    Of a common term only some, among which ``share`` is about what part of all documents holds it.
    """

    anywhere: frozenset[int]
    strong: frozenset[int]
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Scope:
    """What every document has to hold (all groups, any word of each), the words none may hold, and when it is."""

    groups: Groups = ()
    without: Sequence[str] = ()
    days: Days | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Whatever answers holds these terms, anywhere or in title and labels.

    ``groups``: any word of each of them. ``phrase``: its stems in this order, nothing between.
    """

    terms: tuple[int, ...] = ()
    strong: bool = False
    groups: Groups = ()
    phrase: str = ""


def holdings(wanted: Wanted, *, narrow: bool = False) -> list[Holding]:
    """For each term the documents that hold it, among those that may be found at all.

    ``narrow``: and fit what was chosen. Of a common term there are some, all of those that also hold one of the rarer
    terms, and those that hold all the common ones, or the rarest of these.
    """
    inside = bool(wanted.within)
    scope = _scope(wanted, narrow=narrow)
    questions = [one for number, term in enumerate(wanted.terms) for one in _questions(number, term, own=inside)]
    found = _held(questions, scope, len(wanted.terms), inside=inside)
    common = sorted((number for number, one in enumerate(found) if one.share), key=lambda number: found[number].share)
    further = list(_together(questions, common)) if len(found) > 1 else []
    if further:
        for number, more in enumerate(_held(further, scope, len(found), inside=inside)):
            one = found[number]
            found[number] = Holding(one.anywhere | more.anywhere, one.strong | more.strong, one.share)
    return found


def fitting(wanted: Wanted, *, narrow: bool) -> list[int]:
    """Documents that may be found, whatever they say; ``narrow``: that fit what was chosen."""
    return _matching([Question()], _scope(wanted, narrow=narrow), inside=False)[0]


def count_holding(terms: Sequence[Sequence[str]], most: int) -> list[int]:
    """For each term, given by its stems, how many public documents hold it; of many no more than ``most``."""
    if not terms:
        return []
    count = COUNTING[connection.vendor]
    values = [
        value
        for number, stems in enumerate(terms)
        for value in (number, _expression([[_quoted(stem) for stem in stems]], Scope(), inside=False), most)
    ]
    with _by_index(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([count] * len(terms)), values)
        return [documents for _, documents in sorted(cursor.fetchall())]


def are_said(terms: Sequence[Term]) -> list[bool]:
    """Of each term, a phrase or a word, whether any public document says it."""
    questions = [one for number, term in enumerate(terms) for one in _questions(number, term, own=False)]
    questions = [one for one in questions if not one.strong]
    answers = _matching(questions, Scope(), inside=False, most=1)
    said = {number for one, documents in zip(questions, answers, strict=True) if documents for number in one.terms}
    return [number in said for number in range(len(terms))]


def saying(term: Term, documents: Iterable[int]) -> set[int]:
    """Which of these documents hold it, phrases word for word. Reads them all: for the few that may."""
    ids, phrases = _ids(documents), [f"% {way.stems} %" for way in term.ways for _ in SAID[False]]
    says = " OR ".join(SAYS.format(name) for _ in term.ways for name in SAID[False])
    with connection.cursor() as cursor:
        cursor.execute(
            AMONG[connection.vendor].format("rowid", "search_document", f"({says})", "rowid"), [*phrases, ids]
        )
        return {pk for (pk,) in cursor.fetchall()}


def pool(documents: Iterable[int], wanted: Wanted) -> Pool:
    """By hand, for thousands of rows: the ORM would take longer to convert them than the database to find them."""
    spans = [*wanted.spans.values(), *([wanted.days] if wanted.days else [])]
    columns = ", ".join((*COLUMNS, *[ON_THESE_DAYS] * len(spans)))
    in_sight = f"{IN_SIGHT[bool(wanted.within)]} AND {NOT_EXPIRED}"
    moments = [moment for span in spans for moment in _moments(span)]
    with connection.cursor() as cursor:
        statement = AMONG[connection.vendor].format(columns, "search_entry", in_sight, "id")
        cursor.execute(statement, [*moments, _moment(timezone.now()), _ids(documents)])
        return Pool.read(cursor.fetchall(), wanted)


# --- what is asked ----------------------------------------------------------------------------------------------------
def _scope(wanted: Wanted, *, narrow: bool) -> Scope:
    groups = [*_any("within", wanted.within), *_any("author", wanted.authors)]
    groups += (group for term in wanted.terms if term.required for group in _needs(term))
    without = [_quoted(way.stems) for term in wanted.without for way in term.ways if " " not in way.stems]
    if not narrow:
        return Scope(groups, without)
    return Scope([*groups, *_choices(wanted.chosen)], without, wanted.days)


def _needs(term: Term) -> list[list[str]]:
    """The words without which it cannot be there: one of them, or of a phrase that is said in one way all."""
    stems = [_quoted(stem) for stem in term.stems]
    return [[stem] for stem in stems] if len(term.ways) == 1 else [stems]


def _questions(number: int, term: Term, *, own: bool) -> Iterator[Question]:
    """``own``: not those words of a part that only the title of the whole says."""
    say = _own if own else _quoted
    single = [way.stems for way in term.ways if " " not in way.stems]
    if single:
        yield Question((number,), False, [[say(stem) for stem in single]])
        yield Question((number,), True, [[_quoted(f"^{stem}") for stem in single]])
    for way in term.ways:
        if " " in way.stems:
            stems = way.stems.split()
            yield Question((number,), False, [[say(stem)] for stem in stems], way.stems)
            yield Question((number,), True, [[_quoted(f"^{stem}")] for stem in stems], way.stems)


def _together(questions: Sequence[Question], common: Sequence[int]) -> Iterator[Question]:
    """What is asked of common terms once it is known which they are, the rarest of them first.

    Where there are no rare ones, the rarest of the common ones stands for them.
    """
    known = {number: one.groups[0] for one in questions for number in one.terms if not one.strong}
    more_common = set(common[1:] if len(common) == len(known) else common)
    rarer = [
        word for one in questions if not one.strong and more_common.isdisjoint(one.terms) for word in one.groups[0]
    ]
    for one in questions:
        if not more_common.isdisjoint(one.terms):
            yield replace(one, groups=[*one.groups, rarer])
    plain = [number for number in common if _is_plain(questions, number)]
    for count in range(len(plain), 1, -1)[:PREFIXES]:
        yield Question(tuple(plain[:count]), groups=[known[number] for number in plain[:count]])
    for one in questions:
        if one.strong and len(plain) > 1 and set(one.terms) <= set(plain):
            others = [known[number] for number in plain if number not in one.terms]
            yield replace(one, groups=[*one.groups, *others])


def _is_plain(questions: Sequence[Question], number: int) -> bool:
    return not any(one.phrase for one in questions if number in one.terms)


def _own(stem: str) -> str:
    *_, but_not = SIGNS[connection.vendor]
    return f"({_quoted(stem)}{but_not}{_quoted('-' + stem)})"


def _choices(chosen: Chosen) -> list[list[str]]:
    return [group for name, values in chosen.items() for group in _any(name, values)]


def _any(name: str, values: Sequence[str]) -> list[list[str]]:
    return [[_quoted(f"{name}={value}") for value in values]] if values else []


def _expression(groups: Groups, scope: Scope, *, inside: bool) -> str:
    """``inside``: somebody asks within a place; nobody else finds what is closed."""
    _, either, both, but_not = SIGNS[connection.vendor]
    expression = both.join(f"({either.join(group)})" for group in [*groups, *scope.groups])
    unwanted = [*scope.without, *([] if inside else [_quoted(CLOSED)])]
    return f"({expression}){but_not}({either.join(unwanted)})" if unwanted else expression


def _quoted(word: str) -> str:
    """Words are stems and slugs: letters, digits, and the signs = - _ ^."""
    quote = SIGNS[connection.vendor][0]
    return f"{quote}{word}{quote}"


# --- asking -----------------------------------------------------------------------------------------------------------
def _held(questions: Sequence[Question], scope: Scope, terms: int, *, inside: bool) -> list[Holding]:
    answers = _matching(questions, scope, inside=inside)
    anywhere: list[set[int]] = [set() for _ in range(terms)]
    strong: list[set[int]] = [set() for _ in range(terms)]
    share = [0.0] * terms
    for question, documents in zip(questions, answers, strict=True):
        for number in question.terms:
            (strong if question.strong else anywhere)[number].update(documents)
            if len(documents) == MOST and not question.strong:
                share[number] += _share(documents)
    return [Holding(frozenset(a), frozenset(s), c) for a, s, c in zip(anywhere, strong, share, strict=True)]


def _share(documents: Sequence[int]) -> float:
    """They come one after another: what part of all documents between the first and the last of them these are."""
    return min(1.0, len(documents) / (abs(documents[0] - documents[-1]) + 1))


def _matching(questions: Sequence[Question], scope: Scope, *, inside: bool, most: int = MOST) -> list[list[int]]:
    if not questions:
        return []
    statements, values = [], []
    for number, question in enumerate(questions):
        conditions, said = _conditions(question, scope.days)
        statements.append(MATCHING[connection.vendor].format(conditions))
        values += [number, _expression(question.groups, scope, inside=inside), *said, most]
    with _by_index(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        return [json.loads(documents or "[]") for _, documents in sorted(cursor.fetchall())]


def _conditions(question: Question, days: Days | None) -> tuple[str, list[Any]]:
    """What no word of the index tells. Stems are letters and digits: nothing in them means anything to LIKE."""
    conditions, values = "", list[Any]()
    if question.phrase:
        names = SAID[question.strong]
        conditions += f" AND ({' OR '.join(SAYS.format(name) for name in names)})"
        values += [f"% {question.phrase} %"] * len(names)
    if days:
        conditions += f" AND rowid IN ({ENTRIES_THEN})"
        values += _moments(days)
    return conditions, values


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


def _ids(documents: Iterable[int]) -> Any:
    wanted = list(documents)
    return json.dumps(wanted) if connection.vendor == "sqlite" else wanted


def _moments(days: Days) -> tuple[Any, ...]:
    first, after = map(_moment, bounds(days))
    return first, after, after, first


def _moment(moment: datetime) -> Any:
    """As the database keeps it: SQLite compares texts, and knows no time zones."""
    return connection.ops.adapt_datetimefield_value(moment)
