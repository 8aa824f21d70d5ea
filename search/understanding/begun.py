"""Text that somebody is still typing: every word is whole but the last. What else it may have been meant to be."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

from search.engines.beginnings import Typed
from search.text import Word, every_stem, words
from search.understanding import latin
from search.understanding.keyboard import other_layouts
from search.understanding.lexicon import Known

LONGEST = 100
MOST_WORDS = 6
SHORTEST_STEM = 3
SHORTEST_MISSPELLED = 5
MOST_SPELLED = 200
MOST_GUESSES = 2


def typed_words(text: str) -> list[Word]:
    """None of what is too long for a title."""
    found = list(words(text)) if len(text) <= LONGEST else []
    return found if len(found) <= MOST_WORDS else []


def read(text: str) -> Typed:
    forms = tuple(word.form for word in typed_words(text))
    return Typed(forms, tuple(min(every_stem(form), key=len) for form in forms))


def with_last(text: str, word: str) -> str:
    """The text with its last word ended, or another in its place."""
    return text[: typed_words(text)[-1].start] + word


def other_readings(text: str, known: Sequence[Known]) -> list[str]:
    """The last word in another form, the other keyboard, Latin letters for Cyrillic ones, a wrong letter in the end."""
    found = [*_in_another_form(text), *other_layouts(text), *_from_latin(text, known), *_respelled(text, known)]
    return [reading for reading in dict.fromkeys(found) if typed_words(reading)]


def _in_another_form(text: str) -> Iterator[str]:
    """музеи, where titles say музей and музея."""
    stem = read(text).stems[-1]
    if len(stem) >= SHORTEST_STEM:
        yield with_last(text, stem)


def _from_latin(text: str, known: Sequence[Known]) -> Iterator[str]:
    *others, last = typed_words(text)
    whole = {one.latin: one.word for one in reversed(known) if one.latin}
    before = [whole.get(_key(word.form), word.form) for word in others]
    for begun in _likeliest(_spelled(_key(last.form), known)):
        yield " ".join([*before, begun])


def _spelled(wanted: str, known: Sequence[Known]) -> Iterator[str]:
    """So much of each word as is written so in Latin letters."""
    for one in [one for one in known if wanted and one.latin.startswith(wanted)][:MOST_SPELLED]:
        lengths = range(1, len(one.form) + 1)
        yield next((one.form[:end] for end in lengths if latin.key(one.form[:end]).startswith(wanted)), one.form)


def _respelled(text: str, known: Sequence[Known]) -> Iterator[str]:
    form = typed_words(text)[-1].form
    if len(form) >= SHORTEST_MISSPELLED:
        for begun in _likeliest(_near(form, known)):
            yield with_last(text, begun)


def _near(form: str, known: Sequence[Known]) -> Iterator[str]:
    """So much of each word as differs in one letter: one more, one less, another, or two swapped."""
    for one in known:
        begun = {one.form[: len(form) + more] for more in (-1, 0, 1)}
        yield from (some for some in begun if OSA.distance(form, some, score_cutoff=1) == 1)


def _likeliest(found: Iterable[str]) -> list[str]:
    return [begun for begun, _ in Counter(found).most_common(MOST_GUESSES)]


def _key(form: str) -> str:
    return latin.key(form) if form.isascii() else ""
