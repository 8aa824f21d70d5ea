"""Showing where a text answers: the words looked for, marked, and the piece of a text that holds most of them."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.text import WORD, fold, stem
from search.wanted import Term

FRAGMENT = 220
LEAD_IN = 60
READ = 8_000  # a word further down in a long text is found but not shown


class Match(NamedTuple):
    """Where a word stands, and which of the terms it is."""

    start: int
    end: int
    term: int


def marked(text: str, terms: Sequence[Term], language: str) -> SafeString:
    """The whole text as safe HTML with the words that were looked for in <mark>."""
    return _html(text, 0, len(text), _matches(text, terms, language))


def fragment(texts: Sequence[str], terms: Sequence[Term], language: str) -> SafeString:
    """A piece of the first text that answers with as many different words as any, else the beginning of the first."""
    most, shown = 0, _cut(next(filter(None, texts), ""), 0, [])
    for text in texts:
        matches = _matches(text[:READ], terms, language)
        count, start = _densest(matches)
        if count > most:
            most, shown = count, _cut(text, start, matches)
        if most == len(terms):
            break
    return shown


def _matches(text: str, terms: Sequence[Term], language: str) -> list[Match]:
    wanted = {one: number for number, term in enumerate(terms) for one in term.stems}
    known: dict[str, int | None] = {}
    found = []
    for match in WORD.finditer(text):
        word = match[0]
        if word not in known:
            known[word] = wanted.get(stem(fold(word), language))
        number = known[word]
        if number is not None:
            found.append(Match(match.start(), match.end(), number))
    return found


def _densest(matches: Sequence[Match]) -> tuple[int, int]:
    """How many different terms stand within one fragment, and where that begins."""
    best, first = (0, 0), 0
    for last, match in enumerate(matches):
        while match.end - matches[first].start > FRAGMENT - LEAD_IN:
            first += 1
        count = len({one.term for one in matches[first : last + 1]})
        if count > best[0]:
            best = (count, matches[first].start)
    return best


def _cut(text: str, wanted: int, matches: Sequence[Match]) -> SafeString:
    start = _after_space(text, wanted - LEAD_IN) if wanted > LEAD_IN else 0
    end = _before_space(text, start + FRAGMENT)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return mark_safe(before + _html(text, start, end, matches) + after)


def _after_space(text: str, place: int) -> int:
    """Where a sentence begins nearby, else a word."""
    sentence = max(text.find(sign, place, place + LEAD_IN) for sign in (". ", "! ", "? "))
    return sentence + 2 if sentence >= 0 else text.find(" ", place) + 1


def _before_space(text: str, place: int) -> int:
    return len(text) if place >= len(text) else max(text.rfind(" ", 0, place), place - LEAD_IN)


def _html(text: str, start: int, end: int, matches: Sequence[Match]) -> SafeString:
    pieces, done = [], start
    for word in matches:
        if word.start >= done and word.end <= end:
            pieces += [escape(text[done : word.start]), "<mark>", escape(text[word.start : word.end]), "</mark>"]
            done = word.end
    return mark_safe("".join([*pieces, escape(text[done:end])]))
