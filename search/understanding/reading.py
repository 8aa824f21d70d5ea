"""From what was typed to what is looked for: the other keyboard, filters, Latin spellings, misspelled words.

A word that some public document says is taken as it is. Inside a place nothing is guessed: what is said there is not
for everybody, so no list of words may know it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from search.days import named_spans, today
from search.engines.matching import are_said
from search.positions import position_of
from search.query import Query
from search.text import words
from search.understanding import spelling
from search.understanding.filters import meanings, visible_authors
from search.understanding.keyboard import other_layouts
from search.understanding.kin import with_kin
from search.understanding.spelling import Meant
from search.understanding.synonyms import with_synonyms
from search.understanding.typed import Typed, parse, phrase, take_apart
from search.wanted import NEAREST, Term, Wanted

MUCH_BETTER = 0.3  # by that share of the letters more has to be known in the other layout
MOST_OF_IT = 0.6  # that share has to be known there
SHORTEST_TELLING = 3
SEVERAL, SOME_OF_IT = 2, 0.3  # or so many words that make so much of it
COVERAGE = ((10, 4), (7, 3), (4, 2))  # of so many words so many have to be there
RARE, COMMON = 2, 20  # documents: what so few say may be a misspelled word that so many say
SHORTEST_DOUBTED = 5


@dataclass(frozen=True)
class Reading:
    """``query``: filters that were typed are chosen in it, and its text is without them.

    ``instead``: the text that was looked for in place of it; ``maybe``: one that may have been meant; ``unsaid``: words
    that nobody says, and for which there was nothing else to look for.
    """

    query: Query
    wanted: Wanted
    instead: str = ""
    maybe: str = ""
    unsaid: tuple[str, ...] = ()


def understand(query: Query) -> Reading:
    as_typed = query.exact or bool(query.within)
    known = _Known()
    text = query.text if as_typed else _in_right_layout(query.text, known)
    typed, chosen, authors = _filtered(take_apart(text), query)
    typed, dissolved = (typed, False) if as_typed else _without_unsaid_phrases(typed)
    terms = parse(typed.words) if query.exact else with_synonyms(typed.words, parse(typed.words))
    guesses = {} if as_typed else _guesses(terms, known)
    found = [term for one in terms for term in guesses.get(one.word, Guess((one,))).terms]
    maybe = "" if as_typed or guesses else _maybe(typed, terms, known)
    asked = replace(query, text=_put_together(take_apart(query.text)), chosen=chosen, authors=authors)
    right = replace(typed, words=_rewritten(typed.words, {form: guess.words for form, guess in guesses.items()}))
    instead = _put_together(right) if guesses or dissolved or text != query.text else ""
    unsaid = () if as_typed else _unsaid(typed.words, [term for term in terms if term.word not in guesses], known)
    return Reading(asked, _wanted(asked, typed, found if as_typed else with_kin(found)), instead, maybe, unsaid)


def far_guesses(text: str) -> list[str]:
    """What may have been meant by a text of which nobody says a word: more letters wrong than is guessed unasked."""
    typed = take_apart(text)
    terms = [term for term in parse(typed.words) if term.word.isalpha() and len(term.word) >= SHORTEST_DOUBTED]
    unsaid = [term.word for term, count in zip(terms, spelling.held(terms), strict=True) if not count]
    meant = {form: some for form, some in spelling.meanings(unsaid, more=1).items() if some}
    most = max(map(len, meant.values()), default=0)
    readings = ({form: some[min(number, len(some) - 1)].word for form, some in meant.items()} for number in range(most))
    return list(dict.fromkeys(_put_together(replace(typed, words=_rewritten(typed.words, one))) for one in readings))


# --- words and whether anybody says them ------------------------------------------------------------------------------
class _Known:
    """In how many public documents terms are, each asked once."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, ...], int] = {}

    def __call__(self, terms: Sequence[Term]) -> list[int]:
        new = [term for term in terms if term.stems not in self._counts]
        self._counts |= zip((term.stems for term in new), spelling.held(new), strict=True)
        return [self._counts[term.stems] for term in terms]

    def share(self, terms: Sequence[Term]) -> float:
        """Of the letters, how many stand in words that somebody says."""
        letters = sum(len(term.word) for term in terms)
        said = sum(len(term.word) for term, count in zip(terms, self(terms), strict=True) if count)
        return said / letters if letters else 1.0


def _in_right_layout(text: str, known: _Known) -> str:
    """The text, or what the same keys write in another layout where that says much more."""
    share = known.share(parse(take_apart(text).words))
    if share == 1:
        return text
    readings = other_layouts(text)
    known([term for reading in readings for term in parse(reading)])
    best = max(readings, key=lambda reading: known.share(parse(take_apart(reading).words)), default=text)
    terms = parse(take_apart(best).words)
    said = sum(
        count > 0 and len(term.word) >= SHORTEST_TELLING for term, count in zip(terms, known(terms), strict=True)
    )
    enough = SOME_OF_IT if said >= SEVERAL else MOST_OF_IT
    if known.share(terms) >= max(share + MUCH_BETTER, enough):
        pairs = zip(text.split(), best.split(), strict=True)  # a key that writes a space does so in every layout
        return " ".join(_righter(piece, other, known) for piece, other in pairs)
    return " ".join(_right_word(piece, known) for piece in text.split())


def _righter(piece: str, other: str, known: _Known) -> str:
    """The other one, but for a word that is said as it stands and not so."""
    here, there = parse(piece), parse(other)
    return piece if here and all(known(here)) and not all(known(there)) else other


def _right_word(piece: str, known: _Known) -> str:
    terms = parse(piece)
    if not terms or any(known(terms)):
        return piece
    return next((reading for reading in other_layouts(piece) if (new := parse(reading)) and all(known(new))), piece)


# --- filters ----------------------------------------------------------------------------------------------------------
def _filtered(typed: Typed, query: Query) -> tuple[Typed, dict[str, tuple[str, ...]], tuple[str, ...]]:
    """What is left to look for by words, and what is chosen. A filter that means nothing here is only words."""
    meant, unknown = meanings(typed.filters)
    authors = tuple(visible_authors([*query.authors, *meant.get("author", ())]))
    chosen = dict(query.chosen)
    for facet, slugs in meant.items():
        if facet != "author":
            chosen[facet] = tuple(dict.fromkeys([*chosen.get(facet, ()), *slugs]))
    return replace(typed, words=" ".join([typed.words, *unknown]).strip()), chosen, authors


# --- phrases ----------------------------------------------------------------------------------------------------------
def _without_unsaid_phrases(typed: Typed) -> tuple[Typed, bool]:
    """What nobody says word for word is looked for by its words. And whether there was such a phrase."""
    said = are_said([phrase(text) for text in typed.phrases])
    kept = tuple(text for text, is_said in zip(typed.phrases, said, strict=True) if is_said)
    words = [text for text, is_said in zip(typed.phrases, said, strict=True) if not is_said]
    return replace(typed, words=" ".join(filter(None, [typed.words, *words])), phrases=kept), bool(words)


# --- guesses ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Guess:
    """What is looked for in place of one word, and how that is written."""

    terms: tuple[Term, ...]
    words: str = ""


def _guesses(terms: Sequence[Term], known: _Known) -> dict[str, Guess]:
    """By the words that nobody says, as far as they may have meant something."""
    unsaid = [term for term, count in zip(terms, known(terms), strict=True) if not count and term.word.isalpha()]
    meanings = spelling.meanings(term.word for term in unsaid)
    guesses = {term.word: _guess(term, meanings[term.word]) for term in unsaid}
    return {form: guess for form, guess in guesses.items() if guess}


def _unsaid(text: str, terms: Sequence[Term], known: _Known) -> tuple[str, ...]:
    """As they were typed."""
    unsaid = {term.word for term, count in zip(terms, known(terms), strict=True) if not count}
    return tuple(dict.fromkeys(text[word.start : word.end] for word in words(text) if word.form in unsaid))


def _guess(term: Term, meant: Sequence[Meant]) -> Guess | None:
    """A word with one wrong letter before one with more: also one that says nothing and is left out."""
    if all(one.letters > 1 for one in meant) and (stop_word := spelling.stop_word_near(term.word)):
        return Guess((), stop_word)
    if meant:
        return Guess((spelling.respelled(term, meant),), meant[0].word)
    halves = spelling.halves(term.word)
    return Guess(parse(" ".join(halves)), " ".join(halves)) if halves else None


def _maybe(typed: Typed, terms: Sequence[Term], known: _Known) -> str:
    """The text with those words changed that hardly anybody says, beside a like one that many say."""
    doubted = [
        term
        for term, count in zip(terms, known(terms), strict=True)
        if count <= RARE and len(term.word) >= SHORTEST_DOUBTED and term.word.isalpha()
    ]
    meanings = spelling.meanings(term.word for term in doubted)
    better = {term.word: meant.word for term in doubted if (meant := _much_likelier(term, meanings[term.word]))}
    return _put_together(replace(typed, words=_rewritten(typed.words, better))) if better else ""


def _much_likelier(term: Term, meant: Sequence[Meant]) -> Meant | None:
    return next((one for one in meant if one.stem not in term.stems and one.documents >= COMMON), None)


# --- text and question ------------------------------------------------------------------------------------------------
def _rewritten(text: str, instead: Mapping[str, str]) -> str:
    pieces, end = list[str](), 0
    for word in words(text):
        if word.form in instead:
            pieces += [text[end : word.start], instead[word.form]]
            end = word.end
    return "".join([*pieces, text[end:]])


def _put_together(typed: Typed) -> str:
    """As one would have typed it without filters."""
    return " ".join(
        [*filter(None, [typed.words]), *(f'"{text}"' for text in typed.phrases), *(_excluded(typed.without))]
    )


def _excluded(texts: Iterable[str]) -> list[str]:
    return [f'-"{text}"' if " " in text else f"-{text}" for text in texts]


def _wanted(query: Query, typed: Typed, terms: Sequence[Term]) -> Wanted:
    spans = named_spans(today())
    return Wanted(
        terms=(*(phrase(text, required=True) for text in typed.phrases), *terms),
        without=tuple(phrase(text) for text in typed.without),
        at_least=next((least for many, least in COVERAGE if len(terms) >= many), 1),
        language=query.language,
        chosen=query.chosen,
        authors=query.authors,
        days=query.days or spans.get(query.when),
        spans=spans,
        within=query.within,
        order=query.order,
        position=position_of(query.near) if query.order == NEAREST else None,
    )
