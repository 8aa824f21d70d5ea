"""Words that mean the same, as editors of the CMS keep them. No query for a search: kept until a group is changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from common.page_cache import remember
from search.models import SynonymGroup
from search.phrases import folded, split_phrases
from search.text import every_stem

TAG = "synonyms"
WRITTEN_OUT = 3  # so short a word is an abbreviation, or one that has no endings: it is compared as it is
Phrase = tuple[str, ...]


class Alternative(NamedTuple):
    """Where a known phrase stands among the words, ``words[start:end]``, and what else to look for in its place."""

    start: int
    end: int
    phrases: tuple[Phrase, ...]


class Known(NamedTuple):
    """A phrase that may be typed, each word as all that it is recognised by."""

    words: tuple[frozenset[str], ...]
    alternatives: tuple[Phrase, ...]


Groups = Mapping[str, Sequence[Known]]  # by what the first word is recognised by; longer phrases first


def alternatives(words: Sequence[str], language: str) -> tuple[Alternative, ...]:
    """``words``: folded (search.text.fold), in the order they were typed."""
    return find(words, groups(language))


def groups(language: str) -> Groups:
    return remember(f"synonyms:{language}", (TAG,), lambda: grouped(_read(language)), near=True)


def find(words: Sequence[str], known: Groups) -> tuple[Alternative, ...]:
    """From left to right, of phrases that begin with the same word the longest; none within another."""
    typed = [recognised_by(word) for word in words] if known else []
    found: list[Alternative] = []
    place = 0
    while place < len(typed):
        match = _longest_at(typed, place, known)
        if match:
            found.append(Alternative(place, place + len(match.words), match.alternatives))
        place += len(match.words) if match else 1
    return tuple(found)


def grouped(pairs: Iterable[tuple[str, str]]) -> Groups:
    """Of the fields ``phrases`` and ``also`` of each group."""
    by_first: dict[str, list[Known]] = {}
    for phrases, also in pairs:
        for known in _known(phrases, also):
            for sign in known.words[0]:
                by_first.setdefault(sign, []).append(known)
    for several in by_first.values():
        several.sort(key=lambda one: -len(one.words))
    return by_first


def recognised_by(word: str) -> frozenset[str]:
    return frozenset((word,) if len(word) <= WRITTEN_OUT else every_stem(word))


def _known(phrases: str, also: str) -> list[Known]:
    typed = [folded(phrase) for phrase in split_phrases(phrases)]
    one_way = tuple(folded(phrase) for phrase in split_phrases(also))
    return [
        Known(
            tuple(recognised_by(word) for word in phrase),
            one_way or tuple(other for other in typed if other and other != phrase),
        )
        for phrase in typed
        if phrase
    ]


def _longest_at(typed: Sequence[frozenset[str]], place: int, known: Groups) -> Known | None:
    candidates = {id(one): one for sign in typed[place] for one in known.get(sign, ())}
    fitting = [one for one in candidates.values() if _stands_at(one.words, typed, place)]
    return max(fitting, key=lambda one: len(one.words), default=None)


def _stands_at(phrase: Sequence[frozenset[str]], typed: Sequence[frozenset[str]], place: int) -> bool:
    here = typed[place : place + len(phrase)]
    return len(here) == len(phrase) and not any(map(frozenset.isdisjoint, phrase, here))


def _read(language: str) -> list[tuple[str, str]]:
    return list(SynonymGroup.objects.filter(language=language).order_by("pk").values_list("phrases", "also"))
