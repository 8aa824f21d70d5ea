"""Asking the database which documents hold which stems: the only SQL that differs between SQLite and PostgreSQL."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from math import prod
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from search.days import bounds
from search.engines.base import JUDGED
from search.engines.pool import MOST, Pool, columns_read
from search.engines.windows import Window, Windows
from search.wanted import Chosen, Days, Term, Wanted

SEVERAL = 2
PREFIXES = 3  # common terms are looked for together: all, all but the most common, all but two
MANY = 5  # words: whether a common one of them stands in the title hardly matters
MEANT = 0.5  # what is worth less is only of the same root: looked for by itself, not in titles or beside others
# PostgreSQL would rather read the whole table than an index for a common word, and compile a plan that runs once.
PLANNER = "SELECT set_config('enable_seqscan', %s, true), set_config('jit', %s, true)"
# The numbers of the documents come as one value: tens of thousands of rows would cost more than finding them.
MATCHING = {
    "sqlite": """
        SELECT %s, (SELECT json_group_array(rowid) FROM (
            SELECT rowid FROM search_document WHERE search_document MATCH %s{} ORDER BY rowid DESC LIMIT %s
        ))
    """,
    # Sorted by a sum, so that it is not read in its order from the end, text by text.
    "postgresql": """
        SELECT %s, (SELECT json_agg(rowid)::text FROM (
            SELECT rowid FROM search_document WHERE words @@ %s::tsquery{} ORDER BY rowid + 0 DESC LIMIT %s
        ) AS part)
    """,
}
IN_WINDOW = " AND words @@ %s::tsquery"  # a condition of its own: the index then leaps to what fits both
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

    ``groups``: any word of each of them. ``meant``: of the first group those that are looked for beside other terms.
    ``phrase``: its stems in this order, nothing between. ``share``: about what part of all documents answers it, where
    that is known.
    """

    terms: tuple[int, ...] = ()
    strong: bool = False
    groups: Groups = ()
    meant: Sequence[str] = ()
    phrase: str = ""
    share: float | None = None


def holdings(wanted: Wanted, *, narrow: bool = False) -> list[Holding]:
    """For each term the documents that hold it, among those that may be found at all.

    ``narrow``: and fit what was chosen. Of a common term there are some: the newest, those that say it in title or
    labels, all of those that also hold one of the rarer terms, and those that hold all the common ones, or the rarest
    of these.
    """
    inside, scope = bool(wanted.within), _scope(wanted, narrow=narrow)
    held = _Held([set() for _ in wanted.terms], [set() for _ in wanted.terms], [0.0] * len(wanted.terms))

    def ask(questions: Sequence[Question]) -> list[list[int]]:
        answers = _matching(questions, scope, inside=inside, most=MOST)
        held.add(questions, answers)
        return answers

    questions = [one for number, term in enumerate(wanted.terms) for one in _questions(number, term, own=inside)]
    # Of many words those in titles that are rare: which are they?
    later = [one for one in questions if one.strong and wanted.at_least > 1]
    at_once = [one for one in questions if one not in later]
    known = [replace(one, share=_share(found)) for one, found in zip(at_once, ask(at_once), strict=True)] + later
    common = held.common
    rare = [replace(one, share=0.0) for one in later if set(common).isdisjoint(one.terms)]
    plain = [number for number in common if not any(one.phrase for one in questions if number in one.terms)]
    further = [*rare, *_beside_rarer(known, common), *_some_together(known, plain)]
    if len(plain) < SEVERAL:
        ask(further)
    else:
        *_, together = ask([*further, _together(known, plain)])
        if len(together) > JUDGED:  # else all of them are judged
            ask(list(_strong_together(known, plain)))
    return held.holdings(inside=inside)


def fitting(wanted: Wanted, *, narrow: bool) -> list[int]:
    """Documents that may be found, whatever they say; ``narrow``: that fit what was chosen."""
    return _matching([Question()], _scope(wanted, narrow=narrow), inside=False, most=MOST)[0]


def count_holding(terms: Sequence[Sequence[str]], most: int) -> list[int]:
    """For each term, given by its stems, how many public documents hold it; of many no more than ``most``."""
    questions = [Question((number,), groups=[list(map(_quoted, stems))]) for number, stems in enumerate(terms)]
    return [len(documents) for documents in _matching(questions, Scope(), inside=False, most=most)]


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
    columns = ", ".join((*columns_read(wanted), *[ON_THESE_DAYS] * len(spans)))
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
        meant = [way.stems for way in term.ways if " " not in way.stems and way.worth >= MEANT] or single
        yield Question((number,), False, [[say(stem) for stem in single]], [say(stem) for stem in meant])
        strong = [_quoted(f"^{stem}") for stem in meant]
        yield Question((number,), True, [strong], strong)
    for way in term.ways:
        if " " in way.stems:
            stems = way.stems.split()
            yield Question((number,), False, [[say(stem)] for stem in stems], [say(stems[0])], way.stems)
            yield Question((number,), True, [[_quoted(f"^{stem}")] for stem in stems], [], way.stems)


def _beside_rarer(questions: Sequence[Question], common: Sequence[int]) -> Iterator[Question]:
    """Common terms where a rarer one is said, too. Where there are no rare ones, the rarest stands for them."""
    terms = {number for one in questions for number in one.terms}
    more_common = set(common[1:] if len(common) == len(terms) else common)
    rarer = [one for one in questions if not one.strong and more_common.isdisjoint(one.terms)]
    share = max([one.share or 0.0 for one in rarer], default=0.0)
    words = [word for one in rarer for word in one.meant]
    for one in questions:
        if not (more_common.isdisjoint(one.terms) or (one.strong and len(terms) >= MANY)):
            yield replace(one, groups=[*_nearest(one), words], share=share * (one.share or 0.0))


def _some_together(questions: Sequence[Question], plain: Sequence[int]) -> Iterator[Question]:
    """The rarest of the common terms, without phrases, together, as _together asks for all. Of many words they are too
    many: one that is missing hardly matters.
    """
    if len({number for one in questions for number in one.terms}) < MANY:
        for count in range(max(SEVERAL, len(plain) - PREFIXES + 1), len(plain)):
            yield _together(questions, plain[:count])


def _together(questions: Sequence[Question], numbers: Sequence[int]) -> Question:
    known = {number: one for one in questions for number in one.terms if not one.strong}
    some = [known[number] for number in numbers]
    return Question(tuple(numbers), groups=[one.meant for one in some], share=prod(one.share or 0.0 for one in some))


def _strong_together(questions: Sequence[Question], plain: Sequence[int]) -> Iterator[Question]:
    """Each of them in title or labels, and all the others anywhere."""
    known = {number: one for one in questions for number in one.terms if not one.strong}
    for one in questions:
        if one.strong and not set(plain).isdisjoint(one.terms):
            others = [known[number] for number in plain if number not in one.terms]
            share = prod([one.share or 0.0, *(other.share or 0.0 for other in others)])
            yield replace(one, groups=[*one.groups, *(other.meant for other in others)], share=share)


def _nearest(question: Question) -> Groups:
    return question.groups if question.phrase else [question.meant]


def _own(stem: str) -> str:
    *_, but_not = SIGNS[connection.vendor]
    return f"({_quoted(stem)}{but_not}{_quoted('-' + stem)})"


def _choices(chosen: Chosen) -> list[list[str]]:
    return [group for name, values in chosen.items() for group in _any(name, values)]


def _any(name: str, values: Sequence[str]) -> list[list[str]]:
    return [[_quoted(f"{name}={value}") for value in values]] if values else []


def _expression(groups: Groups, scope: Scope, *, inside: bool) -> str:
    """``inside``: somebody asks within a place; nobody else finds what is closed."""
    *_, both, but_not = SIGNS[connection.vendor]
    expression = both.join(f"({_either(group)})" for group in [*groups, *scope.groups])
    unwanted = [*scope.without, *([] if inside else [_quoted(CLOSED)])]
    return f"({expression}){but_not}({_either(unwanted)})" if unwanted else expression


def _either(words: Sequence[str]) -> str:
    return SIGNS[connection.vendor][1].join(words)


def _quoted(word: str) -> str:
    """Words are stems and slugs: letters, digits, and the signs = - _ ^."""
    quote = SIGNS[connection.vendor][0]
    return f"{quote}{word}{quote}"


# --- asking -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Held:
    """What is known so far of each term; see Holding."""

    anywhere: list[set[int]]
    strong: list[set[int]]
    share: list[float]

    def add(self, questions: Sequence[Question], answers: Sequence[Sequence[int]]) -> None:
        for question, documents in zip(questions, answers, strict=True):
            for number in question.terms:
                (self.strong if question.strong else self.anywhere)[number].update(documents)
                if question.share is None and not question.strong:
                    self.share[number] += _share(documents)

    @property
    def common(self) -> list[int]:
        """The terms of which not all documents are known, the rarest first."""
        return sorted((number for number, share in enumerate(self.share) if share), key=self.share.__getitem__)

    def holdings(self, *, inside: bool) -> list[Holding]:
        """A title says a word that its text may not. ``inside``: of the whole's title no part says it itself."""
        return [
            Holding(frozenset(anywhere if inside else anywhere | strong), frozenset(strong), share)
            for anywhere, strong, share in zip(self.anywhere, self.strong, self.share, strict=True)
        ]


def _share(documents: Sequence[int]) -> float:
    """Of the newest: what part they are of all documents between the first and the last; 0 where they are all."""
    if len(documents) < MOST:
        return 0.0
    return min(1.0, len(documents) / (abs(documents[0] - documents[-1]) + 1))


def _matching(questions: Sequence[Question], scope: Scope, *, inside: bool, most: int) -> list[list[int]]:
    """For each question the newest documents that answer it."""
    if not questions:
        return []
    windows, asked = Windows.known(), list[Window | None]([None] * len(questions))
    if windows.first:
        asked = [windows.first if one.share is None else windows.holding(one.share, most) for one in questions]
    with _by_index():
        answers = _found(questions, asked, scope, inside=inside, most=most)
        while again := [number for number, one in enumerate(asked) if one and len(answers[number]) < most]:
            for number in again:
                unknown = asked[number] == windows.first
                asked[number] = windows.after(len(answers[number]), most) if unknown else None
            more = _found([questions[n] for n in again], [asked[n] for n in again], scope, inside=inside, most=most)
            for number, found in zip(again, more, strict=True):
                answers[number] = found
    return answers


def _found(
    questions: Sequence[Question], windows: Sequence[Window | None], scope: Scope, *, inside: bool, most: int
) -> list[list[int]]:
    statements, values = [], []
    for number, (question, window) in enumerate(zip(questions, windows, strict=True)):
        conditions, said = _conditions(question, scope.days)
        if window:
            conditions, said = IN_WINDOW + conditions, [_either(window), *said]
        statements.append(MATCHING[connection.vendor].format(conditions))
        values += [number, _expression(question.groups, scope, inside=inside), *said, most]
    with connection.cursor() as cursor:
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
