"""Taking apart what somebody typed: words, phrases, what must not be there, filters. Pure functions.

ремонт "открытая мастерская" -велосипед партнёр:верстак
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from search.stop_words import STOP_WORDS
from search.text import LONGEST_WORD, Word, every_stem, fold, stem, stems, words
from search.wanted import Term, Way

MOST_TERMS = 16
MOST_OF_EACH = 5  # phrases, exclusions, filters
LANGUAGES = ("ru", "be", "en")
QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“"}
QUOTED = "|".join(f"{begin}[^{begin}{end}]*{end}" for begin, end in QUOTES.items())
PIECE = re.compile(
    rf"(?<!\S)(?P<name>[^\W\d_]+):(?P<value>{QUOTED}|[^\s{''.join(QUOTES)}]+)"
    rf"|(?P<minus>(?<!\S)[-−])?(?P<phrase>{QUOTED})"
    r"|(?<!\S)[-−](?P<without>[^\W\d_]\S*)"
)
NAMED = {
    "partner": "partner organisation organization партнёр организация партнёр арганізацыя",
    "topic": "topic тема тэма",
    "district": "district район раён",
    "audience": "for audience для аудитория аўдыторыя",
    "kind": "kind type вид тип від тып",
    "language": "language lang язык мова",
    "author": "author автор аўтар",
}
FILTERS = {fold(name): facet for facet, names in NAMED.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Typed:
    """``words``: what stands beside the rest, as it was typed. ``filters``: facet, or ``author``, and what it is."""

    words: str
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()


def take_apart(text: str) -> Typed:
    """Signs without a partner, and names that mean no filter, are left among the words."""
    rest, end = list[str](), 0
    phrases, without, filters = list[str](), list[str](), list[tuple[str, str]]()
    for piece in PIECE.finditer(text):
        facet = FILTERS.get(fold(piece["name"])) if piece["name"] else None
        if piece["name"] and not facet:
            continue
        said = (piece["value"] or piece["phrase"] or piece["without"] or "").strip("".join({*QUOTES, *QUOTES.values()}))
        if facet:
            filters.append((facet, said))
        else:
            (without if piece["minus"] or piece["without"] else phrases).append(said)
        rest.append(text[end : piece.start()])
        end = piece.end()
    return Typed(
        " ".join("".join([f"{some} " for some in rest] + [text[end:]]).split()),
        tuple(_worth_keeping(phrases)),
        tuple(_worth_keeping(without)),
        tuple(dict.fromkeys(filters))[:MOST_OF_EACH],
    )


def parse(text: str) -> tuple[Term, ...]:
    """The words worth looking for, each once, in their order; words that only put the question don't count."""
    terms: dict[str, Term] = {}
    asked = asked_words(text)
    for word, wholes in zip(asked, _wholes(asked), strict=True):
        term = Term(word.form, ways_of((word.form, *wholes)))
        terms.setdefault(term.ways[0].stems, term)
    return tuple(terms.values())[:MOST_TERMS]


def asked_words(text: str) -> list[Word]:
    found = list(words(text))
    return [word for word in found if word.form not in STOP_WORDS] or found


def ways_of(forms: Iterable[str], worth: float = 1.0) -> tuple[Way, ...]:
    """Under whatever stems some language keeps one of these words."""
    return tuple(Way(one, worth) for one in dict.fromkeys(chain.from_iterable(map(every_stem, forms))))


def phrase(text: str, *, required: bool = False) -> Term:
    """These words in this order; what a hyphen joins may also be written apart."""
    spelled = [stems(text, language) for language in LANGUAGES]
    apart = [[stem(word.form, language) for word in words(text)] for language in LANGUAGES]
    ways = dict.fromkeys(" ".join(one[:MOST_TERMS]) for one in [*spelled, *apart])
    return Term(text, tuple(Way(one) for one in ways), required)


def _worth_keeping(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if any(words(text))][:MOST_OF_EACH]


def _wholes(asked: list[Word]) -> list[tuple[str, ...]]:
    """For each word the compounds it is a part of: онлайн-курс may stand in a text as онлайнкурс."""
    wholes: list[tuple[str, ...]] = [() for _ in asked]
    for place in range(1, len(asked)):
        if asked[place].joined:
            whole = (asked[place - 1].form + asked[place].form)[:LONGEST_WORD]
            wholes[place - 1] += (whole,)
            wholes[place] += (whole,)
    return wholes
