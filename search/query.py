"""Understanding what somebody typed. Pure functions, the same for every engine."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from search.stop_words import STOP_WORDS
from search.text import LONGEST_WORD, Word, every_stem, words

LONGEST_TEXT = 400
MOST_TERMS = 16
MOST_CHOICES = 20
SLUG = re.compile(r"[\w-]{1,80}")
INVISIBLE = re.compile(r"[\x00-\x1f\x7f]+")
FACETS = ("kind", "partner", "language", "topic", "audience", "district")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query and the stems under which the index may hold it."""

    word: str
    stems: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """``within``: places of which one must hold what is found, by words of its own; without words there is nothing.

    Whoever asks within a place has seen to it that the reader may read all that stands there.
    """

    text: str = ""
    language: str = "ru"
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    within: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        return parse(self.text)


def parse(text: str) -> tuple[Term, ...]:
    """The words worth looking for, each once, in their order; words that only put the question don't count."""
    found = list(words(text[:LONGEST_TEXT]))
    asked = [word for word in found if word.form not in STOP_WORDS] or found
    terms: dict[str, Term] = {}
    for word, wholes in zip(asked, _wholes(asked), strict=True):
        term = _term(word, wholes)
        terms.setdefault(term.stems[0], term)
    return tuple(terms.values())[:MOST_TERMS]


def tidy(text: str) -> str:
    """What was typed as the page may show it again."""
    return " ".join(INVISIBLE.sub(" ", text[: LONGEST_TEXT * 4]).split())[:LONGEST_TEXT]


def chosen_facets(values: dict[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Choices that could be meant; what no slug can be is dropped, an unknown slug stays and finds nothing."""
    well_formed = {
        name: tuple(dict.fromkeys(value for value in values.get(name, ()) if SLUG.fullmatch(value)))[:MOST_CHOICES]
        for name in FACETS
    }
    return {name: chosen for name, chosen in well_formed.items() if chosen}


def _term(word: Word, wholes: tuple[str, ...]) -> Term:
    forms = (word.form, *wholes)
    return Term(word.form, tuple(dict.fromkeys(stem for form in forms for stem in every_stem(form))))


def _wholes(asked: list[Word]) -> list[tuple[str, ...]]:
    """For each word the compounds it is a part of: онлайн-курс may stand in a text as онлайнкурс."""
    wholes: list[tuple[str, ...]] = [() for _ in asked]
    for place in range(1, len(asked)):
        if asked[place].joined:
            whole = (asked[place - 1].form + asked[place].form)[:LONGEST_WORD]
            wholes[place - 1] += (whole,)
            wholes[place] += (whole,)
    return wholes
