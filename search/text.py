"""Words of a text as the index keeps them: one form for every spelling and ending. Pure functions, no database."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import chain, repeat

from Stemmer import Stemmer

from search import belarusian

LONGEST_WORD = 32
APOSTROPHES = "'’ʼ‘`´ʹ′"
HYPHENS = "-‐‑"
INSIDE_WORDS = "\u0300-\u036f\u00ad\u200b-\u200d"
WORD = re.compile(
    r"(?<![^\W_])[cCсС](?:\+\+|#)"
    rf"|[^\W_]++(?:(?:[{INSIDE_WORDS}]++|[{APOSTROPHES}](?=[^\W_]))[^\W_]*+)*+"
)
COMPOUND = re.compile(rf"(?:{WORD.pattern})(?:[{HYPHENS}](?:{WORD.pattern}))*")
TAG = re.compile(r"<[^>]*>")
SPACE = re.compile(r"\s+")
SPELLED_OUT = {"c++": "cplusplus", "c#": "csharp"}
LATIN_LOOKALIKE = str.maketrans("с", "c")
CYRILLIC_LOOKALIKE = str.maketrans("aceopxyikmthb", "асеорхуікмтнв")
PLAIN = re.compile(r"[а-яёіў]+|[a-z]+|[0-9]+")
WITHOUT_MARKS = str.maketrans("ёў", "еу")
CYRILLIC = re.compile("[а-яіѓґєіїјљњћўџ]")
LATIN = re.compile("[a-z]")
BREVE = "\u0306"

_russian, _english = Stemmer("russian", 0), Stemmer("english", 0)  # what it keeps itself it cleans up slowly


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands in its text; ``joined`` says that only a hyphen parts it from the word before."""

    start: int
    end: int
    form: str
    joined: bool


def words(text: str) -> Iterator[Word]:
    end = -2
    for match in WORD.finditer(text):
        form = fold(match[0])
        if form:
            joined = match.start() == end + 1 and text[end] in HYPHENS
            yield Word(match.start(), match.end(), form, joined)
            end = match.end()


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case, ё as е, ў as у, without accents, apostrophes and whatever hides inside words.

    Letters are those of Unicode 3.2: SQLite's tokenizer would part a word at some of the later ones.
    """
    if PLAIN.fullmatch(lower := word.lower()):  # nearly all
        return lower.translate(WITHOUT_MARKS)[:LONGEST_WORD]
    if word[-1:] in {"+", "#"}:
        return SPELLED_OUT[word.lower().translate(LATIN_LOOKALIKE)]
    plain = "'".join(re.split(f"[{APOSTROPHES}]", word))
    letters = unicodedata.normalize("NFKD", plain.casefold()).replace("и" + BREVE, "й")
    folded = "".join(letter for letter in letters if letter == "'" or unicodedata.ucd_3_2_0.category(letter)[0] in "LN")
    if CYRILLIC.search(folded):
        folded = folded.translate(CYRILLIC_LOOKALIKE)
    elif folded.endswith("'s"):
        folded = folded[:-2]
    return folded.replace("'", "")[:LONGEST_WORD]


def stems(text: str, language: str) -> list[str]:
    """What the index keeps of a text, in its order. онлайн-курс is also kept as one word."""
    return list(chain.from_iterable(map(_kept, COMPOUND.findall(text), repeat(language))))


@lru_cache(maxsize=200_000)
def _kept(compound: str, language: str) -> tuple[str, ...]:
    """Of a word, or of several between which stand hyphens alone."""
    found: list[str] = []
    before = ""
    for word in WORD.findall(compound):
        form = fold(word)
        if not form:
            before = ""
            continue
        found.append(stem(form, language))
        if before and not (before.isdigit() and word.isdigit()):
            found.append(stem((fold(before) + form)[:LONGEST_WORD], language))
        before = word
    return tuple(found)


@lru_cache(maxsize=200_000)
def stem(form: str, language: str) -> str:
    """Script decides first: a Russian page names Latin things, and the other way round."""
    if CYRILLIC.search(form):
        return belarusian.stem(form) if language == "be" else russian(form)
    return _english.stemWord(form) if LATIN.search(form) else form


def every_stem(form: str) -> tuple[str, ...]:
    """All the stems under which some language may keep this word: a query doesn't say which it is in."""
    return tuple(dict.fromkeys(stem(form, language) for language in ("ru", "be", "en")))


def russian(form: str) -> str:
    """й goes last: the endings that the stemmer knows are written with it."""
    return _russian.stemWord(form).replace("й", "и")


def plain(markup: str) -> str:
    """The text of a piece of HTML, tags and entities resolved."""
    return SPACE.sub(" ", unescape(TAG.sub(" ", markup))).strip()
