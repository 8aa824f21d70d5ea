"""How often a search finds what answers, on judged questions, and how long that takes."""

import json
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple

from django.utils import timezone

from search.actions import Answer, entry_of
from search.batches import batches
from search.engines.base import Engine
from search.enums import Kind
from search.models import Entry
from search.query import Query, tidy
from search.registry import EntryDraft
from search.understanding import lexicon, understand
from search.understanding.keyboard import TO_CYRILLIC, TO_LATIN

FIRST = 10  # so many hits are looked at
LONG_WORD = re.compile(r"[^\W\d_]{5,}")
ALPHABETS = {"ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя", "be": "абвгдежзійклмнопрстуўфхцчшыьэюя"}
LATIN = "abcdefghijklmnopqrstuvwxyz"
BATCH = 500


class EvaluationError(Exception):
    """A file that cannot be read as what it should be; says which line, and why."""


@dataclass(frozen=True)
class Text:
    id: str
    title: str
    text: str
    language: str


@dataclass(frozen=True)
class Question:
    query: str
    language: str
    relevant: frozenset[str]


Spoil = Callable[[Question], str]


class Asked(NamedTuple):
    """``rank``: the place of the first text that answers, from 1; 0: not among the first. ``text``: what was asked."""

    question: Question
    rank: int
    seconds: float
    text: str


@dataclass
class Outcome:
    """Of all questions in one language, say."""

    ranks: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def recall(self, most: int) -> float:
        return sum(0 < rank <= most for rank in self.ranks) / len(self.ranks)

    def reciprocal_rank(self) -> float:
        return sum(1 / rank for rank in self.ranks if rank) / len(self.ranks)

    def milliseconds(self, share: int) -> float:
        """Of so many in a hundred questions at most."""
        return quantiles(self.seconds * 2, n=100, method="inclusive")[share - 1] * 1000


def read_texts(path: Path) -> list[Text]:
    return [
        Text(str(row["id"]), str(row.get("title", "")), str(row["text"]), str(row["language"]))
        for row in _rows(path, {"id", "text", "language"})
    ]


def read_questions(path: Path) -> list[Question]:
    return [
        Question(str(row["query"]), str(row["language"]), frozenset(map(str, row["relevant"])))
        for row in _rows(path, {"query", "language", "relevant"})
    ]


def fill(engine: Engine, texts: Iterable[Text]) -> None:
    """Into an index that is there for this alone."""
    for number, some in enumerate(batches(texts, BATCH)):
        entries = [_entry(text, number * BATCH + place) for place, text in enumerate(some)]
        engine.write(Entry.everything.bulk_create(entries))
    engine.settle()
    lexicon.learn_new()


def ask(engine: Engine, questions: Iterable[Question], spoil: Spoil) -> Iterator[Asked]:
    """Every question once."""
    keys = dict(Entry.everything.values_list("pk", "key"))
    for question in questions:
        text = tidy(spoil(question))
        started = time.perf_counter()
        ranked = engine.find(understand(Query(text, question.language)).wanted).ranked[:FIRST]
        seconds = time.perf_counter() - started
        found = [keys[one.entry_id].removeprefix("text:") for one in ranked]
        rank = next((place for place, key in enumerate(found, start=1) if key in question.relevant), 0)
        yield Asked(question, rank, seconds, text)


def as_asked(question: Question) -> str:
    return question.query


def misspelled(chance: random.Random) -> Spoil:
    """With one letter wrong in every word that has more than four."""

    def spoil(question: Question) -> str:
        alphabet = ALPHABETS.get(question.language, LATIN)
        return LONG_WORD.sub(lambda word: _misspelled(word[0], alphabet, chance), question.query)

    return spoil


def in_other_layout(question: Question) -> str:
    """As it comes out where the keyboard is in another language."""
    tables = TO_CYRILLIC["ru"] if question.language == "en" else TO_LATIN[question.language]
    return question.query.translate(tables)


def _misspelled(word: str, alphabet: str, chance: random.Random) -> str:
    """The first letter stays, as it mostly does."""
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    other = chance.choice(alphabet.replace(letter.lower(), ""))
    return chance.choice(
        [before + after, before + other + letter + after, before + other + after, _swapped(word, place)]
    )


def _swapped(word: str, place: int) -> str:
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _entry(text: Text, number: int) -> Entry:
    draft = EntryDraft(text.language, text.title, f"/{number}/", timezone.now(), body=text.text)
    entry = entry_of(Answer(Kind.PAGE, f"text:{text.id}", draft))
    entry.version = number + 1
    return entry


def _rows(path: Path, needed: Sequence[str] | set[str]) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise EvaluationError(f"{path.name}, line {number}: no JSON ({error}).") from error
            missing = sorted(set(needed) - row.keys()) if isinstance(row, dict) else sorted(needed)
            if missing:
                raise EvaluationError(f"{path.name}, line {number}: {', '.join(missing)} missing.")
            yield row
